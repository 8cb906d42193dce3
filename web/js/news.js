// 有没有新消息：单子人人一样，钥匙留在这台设备上，比对也在这台设备上做。算法见 docs/decisions/0019：每一行是
// HMAC-SHA-256(钥匙, "yifa news 1\n" 分钟 "\n" 日期 "\n") 的前 8 个字节。
const text = new TextEncoder();
const days = 30;
const again = 10 * 60 * 1000;

const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

async function newest(key) {
  const answer = await fetch("/news/list", { cache: "no-store", credentials: "omit" });
  if (!answer.ok) throw new Error("list");
  const [head, minute, ...lines] = (await answer.text()).split("\n\n")[0].split("\n");
  if (head !== "yifa news 1") throw new Error("list");
  const held = new Set(lines);
  const hmac = await crypto.subtle.importKey("raw", Uint8Array.from(key.match(/../g), (b) => parseInt(b, 16)), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const today = Date.parse(minute.slice(0, 10) + "T00:00:00Z");
  for (let i = 0; i <= days; i++) {
    const day = new Date(today - i * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const tag = new Uint8Array(await crypto.subtle.sign("HMAC", hmac, text.encode(`${head}\n${minute}\n${day}\n`))).slice(0, 8);
    if (held.has(hex(tag))) return day;
  }
  return "";
}

function start(box) {
  const words = JSON.parse(box.dataset.words);
  const out = box.querySelector("[data-result]");
  const field = box.querySelector("input");
  const title = document.title;
  let timer = 0;
  const say = (kind, content) => {
    const p = document.createElement("p");
    p.className = kind;
    p.textContent = content;
    out.replaceChildren(p);
  };
  const look = async () => {
    clearTimeout(timer);
    const key = field.value.replace(/\s/g, "").toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(key)) {
      say("govuk-error-message", words.bad);
      return;
    }
    try {
      const day = await newest(key);
      say("govuk-inset-text", day ? words.some.replace("{day}", day) : words.none);
      document.title = day ? "● " + title : title;
    } catch {
      say("govuk-error-message", words.fault);
    }
    timer = setTimeout(look, again); // 开着这一页，隔一会儿再看
  };
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  if (/^#[0-9a-f]{64}$/.test(location.hash)) {
    field.value = location.hash.slice(1);
    look();
  }
  box.hidden = false;
}

const box = document.querySelector("[data-news]");
if (box && window.crypto?.subtle) start(box);
