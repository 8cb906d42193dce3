// 匿名提交前的工作量证明：人在填写时，由另一个线程去找几个数。找不到也能提交，服务器改看填写用了多久。
// 旁边有 [data-pow-note] 的，说还要多少秒；表单有 data-send-found 的，找到了就交上去。
export function findProof(root) {
  const field = root.querySelector("[data-pow-token]");
  if (!field || !window.Worker) return;
  const { powToken, powBits, powParts, powWorker } = field.dataset;
  const note = root.querySelector("[data-pow-note]");
  const began = performance.now();
  const worker = new Worker(powWorker);
  worker.onmessage = ({ data }) => {
    if (typeof data === "number") {
      if (note) tell(note, data, ((performance.now() - began) / (powParts - data)) * data);
      return;
    }
    field.value = data;
    worker.terminate();
    if (field.form && "sendFound" in field.form.dataset) field.form.submit();
  };
  worker.postMessage({ token: powToken, bits: Number(powBits), parts: Number(powParts) });
}

function tell(note, left, ms) {
  note.textContent = left ? note.dataset.text.replace("#", Math.max(1, Math.ceil(ms / 1000))) : note.dataset.done;
  note.hidden = false;
}
