// 边写边存草稿：<form data-autosave="地址">。停笔三秒、离开页面时各存一次；存不上不打扰人，提交时服务器还会收到全文。
export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    let timer = 0;
    let changed = false;
    const send = () => {
      clearTimeout(timer);
      if (!changed) return;
      changed = false;
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string") body.append(name, value);
      }
      fetch(form.dataset.autosave, { method: "POST", body, keepalive: true, credentials: "same-origin" }).catch(() => {
        changed = true;
      });
    };
    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(send, 3000);
    });
    form.addEventListener("submit", () => {
      changed = false;
      clearTimeout(timer);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") send();
    });
  }
}
