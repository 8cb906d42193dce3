// 只在某一项选了某个答案时才问的几项：<div data-show="identity == 'named'">，选了几项的写 'a' in problem。条件没满足时收起来；没有 JavaScript 时都列着，
// 由提示说明什么时候填。看不懂的条件不管，都列着。该不该填，最后由服务器按法律数据判断。
const part = /^(?:'([^']*)' in )?([a-z_0-9]+)(?: == '([^']*)')?$/;

export function showAsked(root) {
  for (const box of root.querySelectorAll("[data-show]")) {
    const form = box.closest("form");
    const parts = box.dataset.show.split(" || ").map((one) => part.exec(one));
    if (!form || parts.includes(null)) continue;
    const look = () => {
      const given = new FormData(form);
      box.hidden = !parts.some(([, among, name, value]) => given.getAll(name).includes(among ?? value ?? "true"));
    };
    form.addEventListener("change", look);
    look();
  }
}
