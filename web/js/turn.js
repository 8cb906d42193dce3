// 排队的页面：隔一会儿看一次轮到没有。轮到了，服务器带到下一页；没有轮到，只换上新的说明，不打断读屏。
export function waitTurn(root) {
  const box = root.querySelector("[data-turn-every]");
  if (!box) return;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
      if (answer.redirected) {
        location.replace(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-turn-left]");
      const said = box.querySelector("[data-turn-left]");
      if (!now || !said) {
        location.reload();
        return;
      }
      if (said.textContent !== now.textContent) said.textContent = now.textContent;
    } catch {
      // 断网：过一会儿再看，位子还在。
    }
    setTimeout(look, box.dataset.turnEvery * 1000);
  };
  setTimeout(look, box.dataset.turnEvery * 1000);
}
