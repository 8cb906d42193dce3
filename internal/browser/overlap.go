package browser

// Overlaps tells which pieces of text lie on one another, or run out of the box that cuts them off, or "".
// Lines of one text may touch: two pieces overlap where they share more than half of the lower one's height.
// What is drawn (svg), hidden from the eye, or scrolls in a box of its own is left out.
func (p *Page) Overlaps() string {
	p.t.Helper()
	return Evaluate[string](p, `(() => {
  const seen = e => {
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false; // a closed fold too
    for (; e && e !== document.documentElement; e = e.parentElement) {
      const s = getComputedStyle(e), r = e.getBoundingClientRect();
      if (e.tagName === 'svg' || e.tagName === 'OPTION') return false;
      if (s.position === 'fixed' || s.position === 'absolute' && (r.width < 2 || r.height < 2 || s.clipPath !== 'none' || r.right < 0 || r.bottom < 0)) return false;
      if (s.overflowX === 'auto' || s.overflowX === 'scroll') return false;
    }
    return true;
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [], range = document.createRange();
  for (let n; (n = walk.nextNode());) {
    if (!n.data.trim() || !n.parentElement || !seen(n.parentElement) || getComputedStyle(n.parentElement).fontSize === '0px') continue;
    range.selectNodeContents(n);
    for (const r of range.getClientRects()) if (r.width > 2 && r.height > 2) boxes.push({r, n});
  }
  boxes.sort((a, b) => a.r.top - b.r.top);
  for (let i = 0; i < boxes.length; i++) {
    const a = boxes[i];
    for (let j = i + 1; j < boxes.length && boxes[j].r.top < a.r.bottom; j++) {
      const b = boxes[j], low = Math.min(a.r.height, b.r.height);
      const wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left), high = Math.min(a.r.bottom, b.r.bottom) - b.r.top;
      if (a.n !== b.n && wide > 2 && high > low / 2) return 'text lies on text: ' + a.n.data.trim().slice(0, 60) + ' | ' + b.n.data.trim().slice(0, 60);
    }
  }
  return '';
})()`)
}
