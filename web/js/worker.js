// 装在浏览器里的那一段。每一页都先问服务器，问不到才给出留着的：所以旧的版本从不会压住新的。
// 只留两样：样式、脚本、图标（地址里有摘要，内容不变）；和不属于任何人的几页（pages）。工作台、回执、查询、填写的页面从不留下。
// self.kept 由服务器写在前面：version, files, pages, offline；withdrawn 时撤掉自己留下的一切（docs/decisions/0040）。
const { version, files, pages, offline, withdrawn } = self.kept;
const name = "yifa-" + version;
const day = 24 * 60 * 60 * 1000;
const outside = /^(\/(zh-hant|en))?\/(desk|open311)(\/|$)/;
const nobody = { credentials: "omit", cache: "no-store" }; // 留下的页面，是给谁都一样的那一份

const prefixOf = (path) => /^\/(zh-hant|en)(?=\/|$)/.exec(path)?.[0] ?? "";
const open = () => caches.open(name);
const find = async (path) => (await open()).match(path, { ignoreVary: true });

async function keepPages(prefix) {
  const cache = await open();
  for (const page of pages) {
    const kept = await find(prefix + page);
    if (kept && Math.abs(Date.now() - Date.parse(kept.headers.get("Date"))) < day) continue;
    const answer = await fetch(prefix + page, nobody);
    if (answer.ok && !answer.redirected) await cache.put(prefix + page, answer);
  }
}

async function install() {
  await (await open()).addAll(files);
  const seen = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const prefix of new Set(seen.map((one) => prefixOf(new URL(one.url).pathname)))) await keepPages(prefix);
}

// 旧版本留下的、撤销时留下的，都删掉。
async function clean() {
  for (const key of await caches.keys()) {
    if (key.startsWith("yifa-") && (withdrawn || key !== name)) await caches.delete(key);
  }
  if (withdrawn) await registration.unregister();
  else await clients.claim();
}

async function visit(event, url) {
  const prefix = prefixOf(url.pathname);
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keepPages(prefix).catch(() => {}));
    return answer;
  } catch (fault) {
    const asked = url.search === "" && pages.includes(url.pathname.slice(prefix.length)) ? await find(url.pathname) : null;
    return asked || (await find(prefix + offline)) || (await find(offline)) || Promise.reject(fault);
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  if (!withdrawn) event.waitUntil(install());
});
addEventListener("activate", (event) => event.waitUntil(clean()));
if (!withdrawn) {
  addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== location.origin) return;
    if (files.includes(url.pathname)) event.respondWith(find(url.pathname).then((kept) => kept || fetch(event.request)));
    else if (event.request.mode === "navigate" && !outside.test(url.pathname)) event.respondWith(visit(event, url));
  });
}
