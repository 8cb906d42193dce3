// 把凭证分成几份，每份找一个数 n，使 SHA-256(凭证 + ":" + 份 + ":" + n) 开头有规定个数的零位。与 internal/web/pow 同一算法。
// 自己算 SHA-256：crypto.subtle 每次异步，慢几十倍，而且没有 TLS 的内网演示里不存在。
const K = new Uint32Array(64);
const H0 = new Uint32Array(8);
{
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const frac = (x) => (x - Math.floor(x)) * 4294967296;
  primes.forEach((p, i) => {
    K[i] = frac(Math.cbrt(p));
    if (i < 8) H0[i] = frac(Math.sqrt(p));
  });
}

const W = new Uint32Array(64);
const rot = (x, n) => (x >>> n) | (x << (32 - n));

// 一个 64 字节的块。
function block(state, bytes, at) {
  for (let i = 0; i < 16; i++, at += 4) {
    W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const a = W[i - 15];
    const b = W[i - 2];
    W[i] = W[i - 16] + (rot(a, 7) ^ rot(a, 18) ^ (a >>> 3)) + W[i - 7] + (rot(b, 17) ^ rot(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (rot(e, 6) ^ rot(e, 11) ^ rot(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const t2 = ((rot(a, 2) ^ rot(a, 13) ^ rot(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

export function sha256(text) {
  const raw = new TextEncoder().encode(text);
  const bytes = new Uint8Array((((raw.length + 8) >> 6) + 1) << 6);
  bytes.set(raw);
  bytes[raw.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, raw.length * 8);
  const state = H0.slice();
  for (let at = 0; at < bytes.length; at += 64) block(state, bytes, at);
  return state;
}

function zeros(state) {
  let n = 0;
  for (const word of state) {
    n += Math.clz32(word);
    if (word) break;
  }
  return n;
}

export function solve(token, bits, parts, done) {
  const found = [];
  for (let part = 0; part < parts; part++) {
    let n = 0;
    while (zeros(sha256(token + ":" + part + ":" + n)) < bits) n++;
    found.push(n);
    done(part + 1);
  }
  return found.join(",");
}

// 每做完一份说一声还差几份；最后把找到的数一起交出来。
self.onmessage = ({ data: { token, bits, parts } }) => {
  self.postMessage(solve(token, bits, parts, (n) => self.postMessage(parts - n)));
};
