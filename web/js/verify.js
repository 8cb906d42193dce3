// 核对回执：全部在这台设备上做，文件不发出去。算法是公开标准：RFC 6962 的哈希树，C2SP 的 signed-note、tlog-checkpoint、
// tlog-proof，叶子是 HMAC-SHA-256(盐, 头)。和命令 yifa verify --receipt 一样，只是不靠本站的程序。
const text = new TextEncoder();
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));

function joined(parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

const base64 = (s) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

async function hmac(salt, message) {
  const key = await crypto.subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

const leafHash = (data) => sha256(Uint8Array.of(0), data);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

// 公钥：名称+哈希+base64(算法‖公钥)，算法 1 是 Ed25519。哈希是 SHA-256(名称 换行 算法‖公钥) 的前 4 字节。
async function openKey(vkey) {
  const [name, hash, ...rest] = vkey.split("+");
  const bytes = base64(rest.join("+"));
  if (bytes[0] !== 1 || bytes.length !== 33) throw new Error("key");
  const id = (await sha256(text.encode(name + "\n"), bytes)).slice(0, 4);
  if (hex(id) !== hash) throw new Error("key");
  let key;
  try {
    key = await crypto.subtle.importKey("raw", bytes.slice(1), { name: "Ed25519" }, false, ["verify"]);
  } catch {
    throw new Unable();
  }
  return { name, id, key };
}

class Unable extends Error {}

const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

// 签名的短文：正文、空行、每行“— 名称 base64(哈希‖签名)”。别人（见证者）的签名不看。
async function openNote(note, key) {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0) throw new Error("note");
  const body = note.slice(0, cut + 1);
  for (const line of note.slice(cut + 2).split("\n")) {
    const [dash, name, value] = line.split(" ");
    if (dash !== "—" || name !== key.name) continue;
    const bytes = base64(value);
    if (!same(bytes.slice(0, 4), key.id)) continue;
    if (await crypto.subtle.verify({ name: "Ed25519" }, key.key, bytes.slice(4), text.encode(body))) return body;
  }
  throw new Error("signature");
}

async function openCheckpoint(note, origin, key) {
  const [name, size, root] = (await openNote(note, key)).split("\n");
  if (name !== origin || !/^(0|[1-9][0-9]*)$/.test(size)) throw new Error("checkpoint");
  return { size: Number(size), root: base64(root) };
}

// RFC 9162, 2.1.3.2
async function included(leaf, index, size, path, root) {
  if (index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const p of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(p, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, p);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(hash, root);
}

// RFC 9162, 2.1.4.2
async function consistent(old, now, proof) {
  if (old.size === now.size) return proof.length === 0 && same(old.root, now.root);
  if (old.size > now.size) return false;
  if (old.size === 0) return proof.length === 0;
  const path = [...proof];
  if (Number.isInteger(Math.log2(old.size))) path.unshift(old.root);
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  if (path.length === 0) return false;
  let [a, b] = [path[0], path[0]];
  for (const p of path.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [a, b] = [await nodeHash(p, a), await nodeHash(p, b)];
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      b = await nodeHash(b, p);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(a, old.root) && same(b, now.root);
}

async function checkEntry(entry, receipt, key) {
  const header = JSON.parse(entry.header);
  const heads = [...(header.parts ?? [])];
  const parts = [];
  for (const p of entry.parts ?? []) {
    const sum = await hmac(base64(p.salt), text.encode(p.text));
    const part = JSON.parse(p.text);
    const i = heads.findIndex((h) => h.class === part.class && (h.party ?? "") === (part.party ?? "") && same(base64(h.commitment), sum));
    if (i < 0) throw new Error("part");
    heads.splice(i, 1);
    parts.push(part);
  }
  const leaf = await hmac(base64(entry.salt), text.encode(entry.header));
  const out = { header, parts, hidden: heads.length };
  if (!entry.proof) {
    const [name, promised, recorded, delay] = (await openNote(entry.promise ?? "", key)).split("\n");
    if (name !== receipt.log + "/promise" || !same(base64(promised), leaf)) throw new Error("promise");
    out.until = new Date(new Date(recorded).getTime() + Number(delay) * 1000);
    return out;
  }
  const cut = entry.proof.indexOf("\n\n");
  const lines = entry.proof.slice(0, cut).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("proof");
  if (lines[0].startsWith("extra ")) lines.shift();
  const index = /^index ([0-9]+)$/.exec(lines.shift());
  out.checkpoint = await openCheckpoint(entry.proof.slice(cut + 2), receipt.log, key);
  out.index = Number(index[1]);
  if (!(await included(await leafHash(leaf), out.index, out.checkpoint.size, lines.map(base64), out.checkpoint.root))) throw new Error("proof");
  return out;
}

function start(box) {
  const words = JSON.parse(box.dataset.words);
  const say = (name, values = {}) => Object.entries(values).reduce((s, [k, v]) => s.replace("{" + k + "}", v), words[name] ?? name);
  const when = (d) => new Date(d).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" });
  const out = box.querySelector("[data-result]");
  const line = (kind, content, within = out) => {
    const p = document.createElement(kind);
    p.textContent = content;
    within.append(p);
    return p;
  };
  const verdict = (good, content) => (line("p", content).className = good ? "govuk-inset-text yifa-taken" : "govuk-inset-text yifa-bad");

  const show = (entry, n) => {
    const { header: h } = entry;
    line("h2", say("entry", { n }) + "  " + (words["act." + h.act] ?? h.act)).className = "govuk-heading-m";
    line("p", say("matter", { id: h.matter, seq: h.seq })).className = "govuk-body yifa-small";
    line("p", say("recorded") + say("colon") + when(h.recorded)).className = "govuk-body yifa-small";
    for (const part of entry.parts) {
      for (const [name, value] of Object.entries(part.fields ?? {})) {
        line("p", (words["field." + name] ?? name) + say("colon")).className = "govuk-body yifa-small";
        line("p", value).className = "yifa-quote";
      }
      for (const f of part.files ?? []) line("p", say("file", { name: f.name, n: f.size })).className = "govuk-body yifa-small";
    }
    if (entry.hidden > 0) line("p", say("hidden", { n: entry.hidden })).className = "govuk-body yifa-small";
    const state = entry.checkpoint ? say("proven", { index: entry.index + 1, size: entry.checkpoint.size }) : say("promised", { until: when(entry.until) });
    line("p", state).className = "govuk-body";
  };

  const compare = (receipt, key, old) => {
    const button = line("button", say("newer_ask"));
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    const hint = line("p", say("newer_hint"));
    hint.className = "govuk-hint";
    button.addEventListener("click", async () => {
      button.disabled = true;
      let good = false;
      try {
        const step = await (await fetch("/log/since/" + old.size)).text();
        const cut = step.indexOf("\n\n");
        const now = await openCheckpoint(step.slice(cut + 2), receipt.log, key);
        good = await consistent(old, now, step.slice(0, cut).split("\n").slice(1).map(base64));
        if (good) verdict(true, say("newer_good", { size: now.size }));
      } catch {
        good = false;
      }
      if (!good) verdict(false, say("newer_bad"));
      button.remove();
      hint.remove();
    });
  };

  const check = async (file) => {
    out.replaceChildren();
    let receipt;
    try {
      receipt = JSON.parse(await file.text());
      if (receipt.type !== "yifa-receipt" || receipt.format !== 1 || !receipt.entries.length) throw new Error("type");
    } catch {
      verdict(false, say("no_receipt"));
      return;
    }
    try {
      const key = await openKey(receipt.key);
      const entries = [];
      for (const e of receipt.entries) entries.push(await checkEntry(e, receipt, key));
      const ours = receipt.key === box.dataset.key;
      const last = entries[entries.length - 1];
      verdict(ours, say(!ours ? "other_key" : last.checkpoint ? "good" : "good_promised"));
      if (named.files.length) {
        const sum = await sha256(new Uint8Array(await named.files[0].arrayBuffer()));
        const held = entries.flatMap((e) => e.parts).flatMap((p) => p.files ?? []).find((f) => same(base64(f.sha256), sum));
        verdict(Boolean(held), held ? say("file_good", { name: held.name }) : say("file_bad"));
      }
      entries.forEach((e, i) => show(e, i + 1));
      line("p", say("key") + say("colon") + receipt.key).className = "govuk-body yifa-small yifa-break";
      if (receipt.key_sm2) line("p", say("sm2_unchecked")).className = "govuk-body yifa-small";
      if (ours && last.checkpoint) compare(receipt, key, last.checkpoint);
    } catch (fault) {
      verdict(false, say(fault instanceof Unable ? "no_browser" : "bad"));
    }
  };

  const input = box.querySelector("input[type=file]");
  const named = box.querySelector("[data-named]");
  const again = async () => {
    if (!input.files.length) return;
    await check(input.files[0]);
    out.focus();
  };
  input.addEventListener("change", again);
  named.addEventListener("change", again);
  document.querySelector("[data-no-script]")?.remove();
  box.hidden = false;
}

const box = document.querySelector("[data-verify]");
if (box && window.crypto?.subtle) start(box);
