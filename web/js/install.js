// 没有网络时也打得开说明页：页面装好、不忙了，才登记浏览器里的那一段（worker.js）。没有 TLS 的地方，浏览器没有这一项。
const later = 2000;

export function keepOffline(root) {
  const link = root.querySelector("link[data-worker]");
  if (!link || !navigator.serviceWorker) return;
  const register = () => setTimeout(() => navigator.serviceWorker.register(link.dataset.worker).catch(() => {}), later);
  if (root.readyState === "complete") register();
  else addEventListener("load", register);
}

// 说明页代替了别的一页：网络回来，就去那一页。
export function comeBack(root) {
  const page = root.querySelector("[data-instead-of]");
  if (page && location.pathname !== page.dataset.insteadOf) addEventListener("online", () => location.reload());
}
