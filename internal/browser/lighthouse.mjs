// Reads {chromium, modules, runs, pages: [{name, url, cookie, categories}]} as JSON from standard input, has Lighthouse
// look at each page as a phone does and writes [{name, scores, faults, weight, fast, slow}], one for each page: scores
// from 0 to 100, what takes a point away, and with runs > 0 the medians of so many visits: over the line Lighthouse
// simulates for its performance score (fast), and over 400 kbit/s with 400 ms each way and back (slow).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium, modules, runs, pages } = JSON.parse(readFileSync(0, "utf8"));
const load = (path) => import(pathToFileURL(join(modules, path)));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

const slowLine = { requestLatencyMs: 400, downloadThroughputKbps: 400, uploadThroughputKbps: 400, cpuSlowdownMultiplier: 1 };
// What does not hang on time need not wait for a quiet page (any other way of throttling than the default waits 5 s).
const untimed = { disableFullPageScreenshot: true, pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 };
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// Each look is of somebody who was never here: Lighthouse empties what the browser keeps. On a busy machine it now and
// then misses the start of its own trace; it looks once more then.
const tries = 3;
async function look(port, page, more) {
  const headers = page.cookie ? { Cookie: page.cookie } : {};
  let fault = "";
  for (let i = 0; i < tries; i++) {
    const { lhr } = await lighthouse(page.url, { port, output: "json", logLevel: "error", extraHeaders: headers, formFactor: "mobile", ...more });
    if (!lhr.runtimeError) return lhr;
    fault = lhr.runtimeError.message;
  }
  throw new Error(`${page.name}: ${fault}`);
}

function faultsOf({ categories, audits }) {
  const lost = Object.values(categories).flatMap((c) => c.auditRefs.filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 1).map((ref) => ref.id));
  return lost.map((id) => `${id}: ${audits[id].title} ${(audits[id].details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.description ?? item.source ?? "").join(" … ")}`);
}

async function timed(port, page, more) {
  const seen = [];
  for (let i = 0; i < runs; i++) seen.push(await look(port, page, { onlyCategories: ["performance"], ...more }));
  const ms = (audit) => Math.round(median(seen.map(({ audits }) => audits[audit].numericValue)));
  return {
    score: Math.round(100 * median(seen.map((s) => s.categories.performance.score))),
    firstPaint: ms("first-contentful-paint"), largestPaint: ms("largest-contentful-paint"), usable: ms("interactive"),
    blocked: ms("total-blocking-time"), weight: ms("total-byte-weight"),
  };
}

const chrome = await launch({ chromePath: chromium, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--lang=zh-CN"], logLevel: "silent" });
const found = [];
try {
  for (const page of pages) {
    const lhr = await look(chrome.port, page, { onlyCategories: page.categories, ...untimed });
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, c]) => [name, Math.round(100 * c.score)]));
    const entry = { name: page.name, scores, faults: faultsOf(lhr) };
    if (runs > 0) {
      entry.fast = await timed(chrome.port, page, {});
      entry.slow = await timed(chrome.port, page, { throttlingMethod: "devtools", throttling: slowLine });
    }
    found.push(entry);
  }
} finally {
  chrome.kill();
}
process.stdout.write(JSON.stringify(found));
