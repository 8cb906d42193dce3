// 大文件一段一段地传（tus 1.0）：断线、关页、服务器重启以后接着传。没有 JavaScript 时，照原来的表单一次传。
// 页面：<div data-upload="地址" data-field="字段"> 在 <input type=file> 后面；已经在路上的文件是里面的 <li data-at="地址">。
const chunk = 8 << 20;
const waits = [1, 2, 5, 10, 20, 30]; // 秒
const tus = { "Tus-Resumable": "1.0.0" };

const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const sleep = (seconds) => new Promise((go) => { setTimeout(go, seconds * 1000); addEventListener("online", go, { once: true }); });

// 头尾各 256 KB 的指纹：重新选择时，认得出是不是同一个文件。
async function printOf(file) {
  if (!crypto.subtle) return "";
  const ends = new Blob([file.slice(0, 1 << 18), file.slice(-(1 << 18)), String(file.size)]);
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await ends.arrayBuffer()));
  return [...sum.slice(0, 16)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

class Refused extends Error {}

// send 发一个请求；进度只有 XMLHttpRequest 报得出来。
function send(method, url, headers, body, progress) {
  return new Promise((done, failed) => {
    const x = new XMLHttpRequest();
    x.open(method, url);
    for (const [name, value] of Object.entries({ ...tus, ...headers })) x.setRequestHeader(name, value);
    if (progress) x.upload.onprogress = (e) => progress(e.loaded);
    x.onload = () => done(x);
    x.onerror = x.ontimeout = () => failed(new Error("network"));
    x.onabort = () => failed(new Refused(""));
    x.send(body ?? null);
    if (progress) progress.stop = () => x.abort();
  });
}

const plain = (x) => (x.getResponseHeader("Content-Type") || "").startsWith("text/plain") ? x.responseText : "";

class Upload {
  constructor(box, file, line, path) {
    Object.assign(this, { box, file, line, path, at: line.dataset.at, stopped: false });
  }
  async run() {
    for (let tries = 0; !this.stopped;) {
      try {
        if (!this.at) await this.begin();
        const before = this.offset;
        if (await this.goOn()) return true;
        if (this.offset > before) tries = 0;
      } catch (fault) {
        if (fault instanceof Refused) { this.say(fault.message || this.box.dataset.failed); return false; }
      }
      if (this.stopped) return false;
      this.say(this.box.dataset.broken);
      await sleep(waits[Math.min(tries++, waits.length - 1)]);
    }
    return false;
  }
  async begin() {
    const said = { filename: this.file.name, field: this.box.dataset.field, print: await printOf(this.file), path: this.path };
    const x = await send("POST", this.box.dataset.upload, {
      "Upload-Length": this.file.size,
      "Upload-Metadata": Object.entries(said).filter(([, v]) => v).map(([k, v]) => k + " " + encode(v)).join(","),
    });
    if (x.status !== 201) this.judge(x);
    this.at = this.line.dataset.at = x.getResponseHeader("Location");
    this.offset = 0;
  }
  async goOn() {
    const head = await send("HEAD", this.at);
    if (head.status !== 200) this.judge(head);
    this.offset = Number(head.getResponseHeader("Upload-Offset"));
    for (;;) {
      const from = this.offset, last = from + chunk >= this.file.size;
      if (last) this.say(this.box.dataset.checking, true);
      const x = await send("PATCH", this.at, { "Upload-Offset": from, "Content-Type": "application/offset+octet-stream" },
        this.file.slice(from, from + chunk), this.progress = (n) => this.show(from + n));
      if (x.status === 409) return false; // 从服务器说的地方接着
      if (x.status !== 204) this.judge(x);
      this.offset = Number(x.getResponseHeader("Upload-Offset"));
      this.show(this.offset);
      if (this.offset === this.file.size && last) return true;
    }
  }
  // judge 分开可以再试的和不能再试的。
  judge(x) {
    if (x.status === 401) throw new Refused(this.box.dataset.signin);
    if (x.status >= 400 && x.status < 500 && x.status !== 408 && x.status !== 429 || x.status === 507) throw new Refused(plain(x));
    throw new Error(String(x.status));
  }
  show(n) {
    const part = Math.min(n / this.file.size, 1);
    this.bar.value = part;
    if (part < 1) this.say(Math.floor(part * 100) + "%", true);
  }
  say(text, quiet) {
    this.bar.hidden = !quiet;
    this.text.textContent = text;
    this.text.toggleAttribute("role", false);
    if (!quiet) this.text.setAttribute("role", "status");
  }
  get bar() { return this.line.querySelector("progress"); }
  get text() { return this.line.querySelector("[data-text]"); }
  async drop() {
    this.stopped = true;
    this.progress?.stop?.();
    if (this.at) await send("DELETE", this.at).catch(() => {});
    this.line.remove();
  }
}

function element(name, props, ...inside) {
  const e = Object.assign(document.createElement(name), props);
  e.append(...inside);
  return e;
}

function lineOf(box, file) {
  const line = element("li", { className: "yifa-upload" }, element("span", { textContent: file.name }));
  box.querySelector("ul").append(line);
  return line;
}

function dress(box, line, give) {
  line.querySelector("[data-text]")?.remove();
  const text = element("span", { className: "yifa-small" });
  text.dataset.text = "";
  const stop = element("button", { type: "button", className: "yifa-cite", textContent: box.dataset.stop, onclick: give });
  line.append(element("progress", { max: 1, value: 0, ariaLabel: line.firstElementChild.textContent }), text, stop);
}

// within 读出拖进来的文件夹里的每一个文件，带上路径。
async function within(entry, out) {
  if (entry.isFile) {
    const file = await new Promise((done) => { entry.file(done, () => done(null)); });
    if (file) out.push([file, entry.fullPath.replace(/^\//, "")]);
    return;
  }
  const reader = entry.createReader();
  for (;;) { // 一次最多给 100 个
    const some = await new Promise((done) => { reader.readEntries(done, () => done([])); });
    if (!some.length) return;
    for (const one of some) await within(one, out);
  }
}

// hidden 是系统自己放进文件夹的东西。
const hidden = (path) => /(^|\/)(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(path);

// drop 让一个框接收整个文件夹：选择，或者拖进来。
function drop(zone, box, input, add) {
  const all = async (list) => {
    const order = new Intl.Collator("zh", { numeric: true });
    for (const [file, path] of list.filter(([, path]) => !hidden(path)).sort((a, b) => order.compare(a[1], b[1]))) await add(file, path);
  };
  const folder = element("input", { type: "file", className: "govuk-file-upload", id: input.id + "-folder" });
  folder.webkitdirectory = true;
  folder.addEventListener("change", () => { const chosen = [...folder.files].map((f) => [f, f.webkitRelativePath || f.name]); folder.value = ""; all(chosen); });
  input.after(element("p", { className: "yifa-quiet", textContent: box.dataset.dropHint }),
    element("label", { className: "govuk-label", htmlFor: folder.id, textContent: box.dataset.folder }), folder);
  zone.addEventListener("dragover", (e) => { e.preventDefault(); zone.classList.add("yifa-drop--over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("yifa-drop--over"));
  zone.addEventListener("drop", async (e) => {
    e.preventDefault();
    zone.classList.remove("yifa-drop--over");
    const out = [], entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.length) for (const entry of entries) await within(entry, out);
    else for (const f of e.dataTransfer.files) out.push([f, f.name]);
    all(out);
  });
}

function start(box) {
  const zone = box.closest("[data-drop]");
  let wanted = 0, taken = 0, refused = 0;
  const form = box.closest("form"), input = box.parentElement.querySelector("input[type=file]:not([capture])");
  let under = 0, submitter = null, queue = Promise.resolve();
  const count = () => {
    const total = box.querySelector("[data-total]");
    if (zone && total) total.textContent = box.dataset.total.replace("{n}", taken).replace("{all}", wanted);
  };
  const whole = (upload) => {
    if (zone) { taken++; upload.line.remove(); count(); }
    if (box.dataset.done === "reload") return;
    upload.line.replaceChildren();
    const id = upload.at.split("/").pop();
    const tick = element("input", { type: "checkbox", className: "govuk-radios__input", name: "arrived." + box.dataset.field, value: id, checked: true, id: "arrived-" + id });
    upload.line.append(element("div", { className: "govuk-radios__item" }, tick, element("label", { className: "govuk-radios__label", htmlFor: tick.id, textContent: upload.file.name })));
  };
  const idle = () => {
    if (under > 0) return;
    if (zone && refused) box.querySelector("[data-refused]").hidden = false; // 没有收下的，原因要看得到
    else if (box.dataset.done === "reload" && box.dataset.any) location.replace(location.href);
    else if (submitter) form.requestSubmit(submitter === true ? undefined : submitter);
  };
  const add = async (file, path) => {
    if (zone) { wanted++; count(); }
    under++;
    const print = await printOf(file);
    const known = [...box.querySelectorAll("li[data-at]")].find((li) => !li.running && li.dataset.name === file.name && Number(li.dataset.size) === file.size && (!li.dataset.print || !print || li.dataset.print === print));
    const line = known || lineOf(box, file);
    const upload = new Upload(box, file, line, path);
    line.running = true;
    dress(box, line, () => upload.drop());
    queue = queue.then(() => upload.run()).then((done) => {
      if (done) { box.dataset.any = "1"; whole(upload); } else if (!upload.stopped) { line.running = false; refused++; }
    }).finally(() => { under--; idle(); });
  };
  const chosen = (from) => () => { const files = [...from.files]; from.value = ""; (async () => { for (const file of files) await add(file); })(); };
  input.addEventListener("change", chosen(input));
  if (zone) drop(zone, box, input, add);
  for (const camera of box.parentElement.querySelectorAll("input[capture]")) camera.addEventListener("change", chosen(camera));
  for (const li of box.querySelectorAll("li[data-at]")) {
    const stop = element("button", { type: "button", className: "yifa-cite", textContent: box.dataset.stop, onclick: async () => { await send("DELETE", li.dataset.at).catch(() => {}); li.remove(); } });
    li.append(stop);
  }
  form.addEventListener("submit", (event) => {
    if (under === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitter = event.submitter || true;
    box.querySelector("[data-wait]").hidden = false;
  }, { capture: true });
  for (const button of form.querySelectorAll("[data-plain-only]")) button.hidden = true;
  addEventListener("beforeunload", (event) => { if (under > 0) event.preventDefault(); });
}

for (const box of document.querySelectorAll("[data-upload]")) start(box);
