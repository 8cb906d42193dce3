// 没有提交的草稿，只在本人选了以后，才在这台设备上留一份（docs/decisions/0040）。存在 IndexedDB：每份一把不能导出的钥匙，内容用 AES-GCM 加密；
// 删除就是删钥匙和内容。姓名、电话不留：只看有 data-keep 的表单，那一页没有。
import { worth } from "./keep.js";

const carry = "yifa.carry"; // 这个标签页里正要接着填的那一份
const most = { one: 5 << 20, all: 20 << 20 }; // 字节：再大的文件，上网以后再选
const dayMs = 24 * 60 * 60 * 1000;
const text = new TextEncoder();

const done = (request) => new Promise((ok, failed) => { request.onsuccess = () => ok(request.result); request.onerror = () => failed(request.error); });

async function drafts(mode, act) {
  const asked = indexedDB.open("yifa", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "id" });
  const db = await done(asked);
  try {
    return await done(act(db.transaction("drafts", mode).objectStore("drafts")));
  } finally {
    db.close();
  }
}

const all = () => drafts("readonly", (s) => s.getAll());
const drop = (id) => drafts("readwrite", (s) => s.delete(id));

async function seal(key, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}
const unseal = (key, box) => crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, key, box.bytes);

// put 存下一份；内容是 { server, step, fields }，files 是已经加密的文件。
async function put(row, content) {
  row.box = await seal(row.key, text.encode(JSON.stringify(content)));
  row.saved = Date.now();
  await drafts("readwrite", (s) => s.put(row));
}
const read = async (row) => JSON.parse(new TextDecoder().decode(await unseal(row.key, row.box)));

// fresh 是没有过期的几份；过期的顺手删掉。
async function fresh(days) {
  const rows = await all();
  for (const row of rows) if (Date.now() - row.saved > days * dayMs) await drop(row.id);
  return rows.filter((row) => Date.now() - row.saved <= days * dayMs);
}

const serverOf = (path) => /\/report\/d\/([^/]+)\/([a-z]+)/.exec(path) || [];

// typed 是一张表单里填了的。
function typed(form) {
  const list = [];
  for (const field of form.elements) {
    if (!worth(field) || (field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    if (field.value) list.push([field.name, field.value]);
  }
  return list;
}

// fill 把留着的填回去。这台设备上的改动都记着，所以它不比服务器的旧。
function fill(form, kept) {
  for (const [name, value] of kept) {
    for (const field of form.elements) {
      if (field.name !== name || !worth(field)) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// 填写的每一页：问要不要留；留了的，边写边存。
async function onStep(box, days) {
  const form = document.querySelector("form[data-keep^='report-'],form[data-upload-form]");
  const [, server, step] = serverOf(new URL(form.action).pathname);
  const off = box.querySelector("[data-phone-off]"), on = box.querySelector("[data-phone-on]");
  let row = null, content = null, saving = Promise.resolve();
  const show = () => { off.hidden = !!row; on.hidden = !row; box.hidden = false; };
  const save = () => (saving = saving.then(async () => {
    if (!row) return;
    content.step = step;
    if (form.dataset.keep) content.fields[step] = typed(form);
    await put(row, content);
  }));
  for (const one of await fresh(days)) {
    const held = await read(one);
    if (held.server !== server && one.id !== sessionStorage.getItem(carry)) continue;
    [row, content] = [one, held];
    content.server = server;
    sessionStorage.removeItem(carry);
    if (form.dataset.keep) fill(form, content.fields[step] || []);
    else offerFiles(box, form, row);
    break;
  }
  off.querySelector("button").onclick = async () => {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    [row, content] = [{ id: crypto.randomUUID(), key, files: [] }, { server, fields: {} }];
    await save();
    show();
  };
  on.querySelector("button").onclick = async () => {
    const id = row.id;
    row = null;
    await saving;
    await drop(id);
    show();
  };
  form.addEventListener("input", save);
  if (!form.dataset.keep) keepFiles(form, () => row, save);
  if (row) await save();
  show();
}

// keepFiles 在上传的脚本拿走以前，把选的小文件也留一份。
function keepFiles(form, rowNow, save) {
  form.addEventListener("change", async (event) => {
    const row = rowNow();
    if (!row || !event.target.files) return;
    let room = most.all - row.files.reduce((n, f) => n + f.box.bytes.byteLength, 0);
    const small = [...event.target.files].filter((f) => f.size <= most.one && (room -= f.size) >= 0);
    for (const file of small) {
      const name = await seal(row.key, text.encode(JSON.stringify([file.name, file.type])));
      row.files.push({ name, box: await seal(row.key, await file.arrayBuffer()) });
    }
    await save();
  }, { capture: true });
}

// offerFiles：留着的文件，由本人按一下才交上去，走和重新选择一样的路。
async function offerFiles(box, form, row) {
  const there = document.querySelector("main").textContent;
  const files = [];
  for (const kept of row.files) {
    const [name, type] = JSON.parse(new TextDecoder().decode(await unseal(row.key, kept.name)));
    if (!there.includes(name)) files.push(new File([await unseal(row.key, kept.box)], name, { type }));
  }
  const offer = box.querySelector("[data-phone-files]");
  if (!files.length || !offer) return;
  const [line, button] = [offer.querySelector("p"), offer.querySelector("button")];
  line.textContent = line.dataset.text.replace("#", files.map((f) => f.name).join(line.dataset.and));
  button.onclick = () => {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    const input = form.querySelector("input[type=file]:not([capture])");
    input.files = chosen.files;
    row.files = []; // 由下面的 change 重新留下
    offer.hidden = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  offer.hidden = false;
}

// 开始页：列出留着的，接着填或者删除。
async function onList(box, days) {
  const list = box.querySelector("ul"), said = box.querySelector("[role=status]");
  const say = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  const rows = await fresh(days);
  sessionStorage.removeItem(carry); // 另外开始的一件，和留着的没有关系
  const button = (words, className, onclick) => Object.assign(document.createElement("button"), { type: "button", textContent: words, className, onclick });
  for (const row of rows) {
    const item = document.createElement("li"), line = document.createElement("p"), group = document.createElement("div");
    line.textContent = box.dataset.line.replace("#", say.format(row.saved)).replace("#", say.format(row.saved + days * dayMs));
    group.className = "govuk-button-group";
    group.append(
      button(box.dataset.go, "govuk-button govuk-button--secondary", () => goOn(row).catch(() => { said.textContent = box.dataset.offline; })),
      button(box.dataset.drop, "yifa-cite", async () => { await drop(row.id); item.remove(); box.hidden = !list.children.length; }));
    item.append(line, group);
    list.append(item);
  }
  box.hidden = !rows.length;
}

// goOn 回到服务器上的草稿；那一份已经过期的，用留着的内容重新开始。
async function goOn(row) {
  const content = await read(row), prefix = /^\/(zh-hant|en)(?=\/)/.exec(location.pathname)?.[0] ?? "";
  const answer = await fetch(`${prefix}/report/d/${content.server}/check`, { cache: "no-store", credentials: "same-origin" });
  if (answer.redirected) return location.assign(answer.url); // 已经提交：看回执
  sessionStorage.setItem(carry, row.id);
  if (answer.ok) return location.assign(`${prefix}/report/d/${content.server}/${content.step}`);
  if (answer.status !== 410) throw new Error(String(answer.status));
  const form = document.querySelector("form[data-keep='report-start']");
  for (const [name, value] of Object.values(content.fields).flat()) {
    if (name === "organ") form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.requestSubmit();
}

// 看到回执了：留着的那一份不要了。
async function onReceipt() {
  const [, server] = serverOf(location.pathname);
  for (const row of await all()) if ((await read(row)).server === server) await drop(row.id);
}

async function start(box) {
  const days = Number(box.dataset.days);
  if (!days || !crypto.subtle || !window.indexedDB) return;
  await { step: onStep, list: onList, receipt: onReceipt }[box.dataset.phone](box, days);
}

for (const box of document.querySelectorAll("[data-phone]")) start(box).catch(() => {}); // 隐私窗口里存不了：就当没有这一项
