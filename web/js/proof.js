// 匿名提交前的工作量证明：人在填写时，由另一个线程去找一个数。找不到也能提交，服务器改看填写用了多久。
export function findProof(root) {
  const field = root.querySelector("[data-pow-token]");
  if (!field || !window.Worker) return;
  const worker = new Worker(field.dataset.powWorker);
  worker.onmessage = (event) => {
    field.value = event.data;
    worker.terminate();
  };
  worker.postMessage({ token: field.dataset.powToken, bits: Number(field.dataset.powBits) });
}
