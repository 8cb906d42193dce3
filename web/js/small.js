// 出错后，键盘和读屏软件先到错误汇总。
export function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}

// 二维码里的回执码在 # 之后，不经过服务器的日志。填进输入框，并从地址栏抹掉。
export function fragmentCode(root) {
  const field = root.querySelector("input[data-code-from-fragment]");
  const code = decodeURIComponent(location.hash.slice(1)).replace(/\D/g, "");
  if (!field || code.length !== 16) return;
  field.value = code.replace(/(\d{4})(?=\d)/g, "$1 ");
  history.replaceState(null, "", location.pathname + location.search);
}

// 还可以写几个字。服务器说的话里 # 换成数目。按字数，不按字节。
export function counters(root) {
  for (const line of root.querySelectorAll("[data-count-for]")) {
    const field = root.getElementById(line.dataset.countFor);
    if (!field) continue;
    const max = Number(line.dataset.max);
    const show = () => {
      const left = max - [...field.value].length;
      line.textContent = (left < 0 ? line.dataset.over : line.dataset.text).replace("#", Math.abs(left));
      line.classList.toggle("yifa-count--over", left < 0);
    };
    field.addEventListener("input", show);
    show();
  }
}

export function printButtons(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

export function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = [...root.querySelector(button.dataset.copy).children].map((part) => part.textContent).join(" ");
      await navigator.clipboard.writeText(text);
      button.textContent = button.dataset.done;
    });
  }
}
