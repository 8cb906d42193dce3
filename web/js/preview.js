// 填文书时，旁边的预览跟着变：<form data-preview="按钮名">。停笔片刻，把表照那个按钮的样子发一次，取回页面里的 #preview。
// 没有 JavaScript 时按“预览”按钮，看到的一样。
const pause = 700;

export function previewPaper(root) {
  const form = root.querySelector("form[data-preview]");
  const shown = root.getElementById("preview");
  if (!form || !shown) return;
  let timer = 0;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const sent = new URLSearchParams(new FormData(form));
    sent.set(form.dataset.preview, "1");
    const answer = await fetch(form.action, { method: "POST", body: sent });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("preview");
    if (fresh) shown.replaceChildren(...fresh.childNodes);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), pause);
  });
}
