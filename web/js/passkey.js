// 通行密钥：把服务器给的选项交给浏览器，把浏览器的回答放进表单发回去。没有这段脚本，用密码和动态口令照样登录。
const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (b) => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function opened(o) {
  o.challenge = bytes(o.challenge);
  if (o.user) o.user.id = bytes(o.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    for (const c of o[list] || []) c.id = bytes(c.id);
  }
  return { publicKey: o };
}

function closed(c) {
  const r = c.response;
  const response = { clientDataJSON: text(r.clientDataJSON) };
  if (r.attestationObject) {
    response.attestationObject = text(r.attestationObject);
    if (r.getTransports) response.transports = r.getTransports();
  } else {
    response.authenticatorData = text(r.authenticatorData);
    response.signature = text(r.signature);
    if (r.userHandle) response.userHandle = text(r.userHandle);
  }
  return JSON.stringify({ id: c.id, rawId: text(c.rawId), type: c.type, response, clientExtensionResults: c.getClientExtensionResults() });
}

async function ask(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const options = opened(JSON.parse(form.dataset.options));
    const c = form.dataset.passkey === "make" ? await navigator.credentials.create(options) : await navigator.credentials.get(options);
    form.querySelector("[data-passkey-answer]").value = closed(c);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    ask(form);
  });
  if (window.PublicKeyCredential && form.dataset.passkey === "use") ask(form);
}
