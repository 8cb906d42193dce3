// 断网时不丢字：<form data-keep="名字"> 里写的，记在这个标签页的 sessionStorage；到了没有这张表的下一页就删掉，
// 所以提交到一半断线，回来还在。
// 文件、隐藏字段、口令和 data-secret 不记。
export const worth = (field) =>
  field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type) && !("secret" in field.dataset) && field.autocomplete !== "one-time-code";

export function keepTyped(root) {
  const here = [...root.querySelectorAll("form[data-keep]")];
  const keys = here.map((form) => "yifa:" + form.dataset.keep);
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("yifa:") && !keys.includes(key)) sessionStorage.removeItem(key);
  }
  for (const form of here) {
    const key = "yifa:" + form.dataset.keep;
    restore(form, key);
    form.addEventListener("input", () => save(form, key));
    form.addEventListener("submit", (event) => {
      save(form, key);
      if (navigator.onLine) return;
      event.preventDefault();
      say(form);
    });
  }
}

function save(form, key) {
  const kept = [];
  for (const field of form.elements) {
    if (!worth(field)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) kept.push([field.name, field.value]);
    } else if (field.value) {
      kept.push([field.name, field.value]);
    }
  }
  sessionStorage.setItem(key, JSON.stringify(kept));
}

// 服务器已经给了内容的字段不动：它比这里的新。
function restore(form, key) {
  const raw = sessionStorage.getItem(key);
  if (!raw) return;
  for (const [name, value] of JSON.parse(raw)) {
    for (const field of form.elements) {
      if (field.name !== name || !worth(field)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked ||= field.value === value;
      } else if (!field.value) {
        field.value = value;
      }
    }
  }
}

function say(form) {
  let line = form.querySelector(".yifa-offline");
  if (!line) {
    line = document.createElement("p");
    line.className = "yifa-offline";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = form.dataset.offline || "";
}
