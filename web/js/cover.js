// 遮盖：在页面上画框，一个框就是表里的一行；改行里的数字，框跟着动。没有 JavaScript 时照样填数字。
// 鼠标、手指拖一下画一个框；框得到焦点以后，方向键移动，按住 Shift 的方向键改大小，Delete 删去。
const sides = ["x", "y", "w", "h"];
const round = (v) => Math.round(v * 100) / 100;
const bound = (v, most = 100) => Math.min(most, Math.max(0, v));

for (const box of document.querySelectorAll("[data-cover]")) {
  const rows = box.querySelector("[data-cover-rows]");
  if (!rows) continue;
  const name = box.dataset.cover;
  const field = (row, part) => row.querySelector(`[name="${name}.${part}"]`);
  const pages = new Map([...box.querySelectorAll("[data-cover-page]")].map((p) => [p.dataset.coverPage, p]));
  const drawn = new Map();

  const read = (row) => sides.map((s) => field(row, s).value.trim());
  const write = (row, values) => { sides.forEach((s, i) => { field(row, s).value = values === null ? "" : round(values[i]); }); show(row); };

  function move(row, event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const [x, y, w, h] = read(row).map(Number);
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      write(row, null);
      field(row, "reason").focus();
    } else if (step) {
      event.preventDefault();
      if (event.shiftKey) write(row, [x, y, bound(w + step[0], 100 - x) || 0.5, bound(h + step[1], 100 - y) || 0.5]);
      else write(row, [bound(x + step[0], 100 - w), bound(y + step[1], 100 - h), w, h]);
    }
  }

  // show 把一行画成框。样式只从脚本里改，内容安全策略不许写在页面里。
  function show(row) {
    const values = read(row).map(Number);
    const page = pages.get(field(row, "page").value.trim());
    let mark = drawn.get(row);
    if (!page || read(row).includes("") || values.some(Number.isNaN)) {
      mark?.remove();
      drawn.delete(row);
      return;
    }
    if (!mark) {
      mark = document.createElement("button");
      mark.type = "button";
      mark.className = "yifa-cover-box";
      mark.addEventListener("keydown", (event) => move(row, event));
      mark.addEventListener("pointerdown", (event) => event.stopPropagation());
      drawn.set(row, mark);
    }
    const reason = field(row, "reason");
    mark.textContent = reason.selectedIndex + 1;
    mark.setAttribute("aria-label", `${reason.getAttribute("aria-label")}: ${reason.selectedOptions[0].text}`);
    ["left", "top", "width", "height"].forEach((side, i) => { mark.style[side] = `${values[i]}%`; });
    if (mark.parentNode !== page) page.append(mark);
  }

  function freeRow() {
    const list = [...rows.querySelectorAll("[data-cover-row]")];
    const free = list.find((row) => read(row).every((v) => v === ""));
    if (free) return free;
    const row = list.at(-1).cloneNode(true);
    rows.append(row);
    sides.forEach((s) => { field(row, s).value = ""; });
    return row;
  }

  for (const [n, page] of pages) {
    let start = null;
    let row = null;
    const at = (event) => {
      const r = page.getBoundingClientRect();
      return [bound((event.clientX - r.left) / r.width * 100), bound((event.clientY - r.top) / r.height * 100)];
    };
    const drag = (event) => {
      const [x, y] = at(event);
      const next = [Math.min(x, start[0]), Math.min(y, start[1]), Math.abs(x - start[0]), Math.abs(y - start[1])];
      if (next[2] < 0.5 || next[3] < 0.3) return;
      if (!row) { row = freeRow(); field(row, "page").value = n; }
      write(row, next);
    };
    const stop = () => { start = null; row = null; };
    page.classList.add("yifa-cover-page--draws");
    page.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      start = at(event);
      page.setPointerCapture(event.pointerId);
    });
    page.addEventListener("pointermove", (event) => { if (start) drag(event); });
    page.addEventListener("pointerup", stop);
    page.addEventListener("pointercancel", stop);
  }
  rows.addEventListener("input", (event) => show(event.target.closest("[data-cover-row]")));
  rows.querySelectorAll("[data-cover-row]").forEach(show);
}
