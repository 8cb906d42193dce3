// 统计图：从页面上的表格读数，画在表格上方。没有脚本时只有表格，一个数也不少。颜色取自样式表里的变量，深色、打印都跟着变。
import { init, use } from "echarts/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

// theme 是这一刻样式表说的颜色、字体和字号。
function theme(box) {
  const style = getComputedStyle(box);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    ink: value("--yf-ink"), quiet: value("--yf-ink-2"), line: value("--yf-line"), panel: value("--yf-panel"),
    main: value("--yf-bar-run"), second: value("--yf-bar-stop"), late: value("--yf-danger"),
    font: style.fontFamily, size: Math.max(13, parseFloat(style.fontSize) * 0.8),
  };
}

// read 从表格取行名、列名和数；不公布的数没有 data-value，横条的位置上写表格里的那句话，免得看成零。
function read(box) {
  const table = document.getElementById(box.dataset.table);
  const columns = box.dataset.series.split(" ").map(Number);
  const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("total"));
  return {
    names: rows.map((row) => row.cells[0].dataset.short ?? row.cells[0].textContent.trim()),
    series: columns.map((n) => ({
      name: table.tHead.rows[0].cells[n + 1].textContent.trim(),
      data: rows.map((row) => {
        const cell = row.cells[n + 1];
        return cell.dataset.value === undefined ? { value: 0, said: cell.textContent.trim() } : { value: Number(cell.dataset.value) };
      }),
    })),
  };
}

function option(box) {
  const t = theme(box);
  const { names, series } = read(box);
  const lying = box.dataset.chart !== "columns";
  const stacked = box.dataset.chart === "stack";
  const narrow = narrowed(box);
  const text = { color: t.quiet, fontFamily: t.font, fontSize: t.size };
  const face = { fontFamily: t.font, fontSize: t.size };
  const shown = (p) => (p.value > 0 ? p.value : "");
  const written = (p) => p.data.said ?? shown(p);
  const colours = stacked ? [t.main, t.late] : [t.main, t.second];
  const category = {
    type: "category", data: names, inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: t.line } },
    axisLabel: { ...text, color: t.ink, ...(lying ? { lineHeight: Math.round(t.size * 1.25), interval: 0, width: named(box), overflow: "break" } : { hideOverlap: true }) },
  };
  const amount = { type: "value", minInterval: 1, axisLabel: { show: false }, axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  return {
    animation: false,
    aria: { enabled: true, label: { description: box.getAttribute("aria-label") }, decal: { show: false } },
    textStyle: text,
    grid: { left: 4, right: lying ? 44 : 8, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 14, selectedMode: false, textStyle: { ...text, color: t.ink } },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow", shadowStyle: { color: t.line, opacity: 0.35 } },
      backgroundColor: t.panel, borderColor: t.line, textStyle: { ...text, color: t.ink } },
    [lying ? "yAxis" : "xAxis"]: category,
    [lying ? "xAxis" : "yAxis"]: amount,
    series: series.map((s, i) => ({
      type: "bar", name: s.name, data: s.data, stack: stacked ? "all" : undefined, barMaxWidth: 26, barGap: "12%", itemStyle: { color: colours[i] },
      label: stacked && i === 0
        ? { show: true, position: "insideLeft", color: t.panel, ...face, formatter: shown }
        : { show: !(narrow && !lying && names.length > 8 && series.length > 1), position: lying ? "right" : "top", color: t.ink, ...face, formatter: lying ? written : shown },
    })),
  };
}

const narrowed = (box) => box.clientWidth < 480;
const named = (box) => box.clientWidth * (narrowed(box) ? 0.34 : 0.26); // 行名占多宽

// height 是横条图的高度：行名长、要折行的，每一行高一些，一个名称也不盖住另一个。
function height(box) {
  const { names } = read(box);
  const size = theme(box).size;
  const wide = (name) => [...name].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.6), 0) * size;
  const lines = Math.max(...names.map((name) => { const n = wide(name) / named(box); return n <= 1 ? 1 : Math.ceil(n) + (name.includes(" ") ? 1 : 0); }), 1);
  return 48 + names.length * Math.max(44, lines * Math.round(size * 1.25) + 10);
}

// draw 画一张图，高度随行数；窗口和深浅色变了就重画。
function draw(box) {
  box.hidden = false;
  const tall = () => (box.dataset.chart === "columns" ? 260 : height(box));
  const chart = init(box, null, { renderer: "canvas", height: tall() });
  const show = () => {
    chart.resize({ height: tall() });
    chart.setOption(option(box), true);
  };
  show();
  new ResizeObserver(show).observe(box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

for (const box of document.querySelectorAll("[data-chart]")) {
  try {
    draw(box);
  } catch {
    box.hidden = true; // 画不出来也不要紧，表格在下面
  }
}
