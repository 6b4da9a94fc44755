"use strict";

// Large uploads go in pieces: a broken connection costs one piece, and a file
// that was begun before goes on where it stopped, also after the page was closed.
const pieceSize = 4 * 1048576;
const begun = "hequan-transfers";

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(begun)) || {};
  } catch {
    return {};
  }
}

function rememberTransfer(name, id) {
  const all = remembered();
  if (id) all[name] = id;
  else delete all[name];
  localStorage.setItem(begun, JSON.stringify(all));
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// Asks until there is an answer: seconds at first, then every half minute.
async function persist(stop, ask) {
  for (let pause = 1000; ; pause = Math.min(pause * 2, 30000)) {
    if (stop.signal.aborted) throw new DOMException("", "AbortError");
    try {
      const answer = await ask();
      if (answer.status < 500 && answer.status !== 429) return answer;
    } catch (e) {
      if (e.name === "AbortError") throw e;
    }
    document.querySelector("#sending span").textContent = "连接中断，正在等待网络恢复后续传…";
    await wait(pause);
  }
}

class Refused extends Error {}

async function told(answer) {
  const body = await answer.json();
  if (answer.ok || answer.status === 409 && "offset" in body) return body;
  throw new Refused(body.error + (body.remedy ? "。" + body.remedy : ""));
}

// Where a file is to go on: a transfer that was begun before, or a new one.
async function begin(item, stop) {
  const name = [item.path, item.file.size, item.file.lastModified].join("|");
  const old = remembered()[name];
  if (old) {
    const answer = await persist(stop, () => fetch("/api/transfers/" + old, { signal: stop.signal }));
    if (answer.ok) return { name, ...(await answer.json()) };
  }
  const fresh = await told(await persist(stop, () => fetch("/api/transfers", { method: "POST", signal: stop.signal, headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ bytes: item.file.size }) })));
  rememberTransfer(name, fresh.id);
  return { name, ...fresh };
}

async function sendInPieces(items) {
  const files = items.filter((item) => item.file.size > 0);
  const total = files.reduce((sum, item) => sum + item.file.size, 0);
  const box = document.getElementById("sending");
  const button = document.getElementById("stopsending");
  const stop = new AbortController();
  button.hidden = box.hidden = false;
  button.onclick = () => stop.abort();
  let sent = 0;
  const show = (more) => {
    sent += more;
    box.querySelector("progress").value = (sent / total) * 100;
    box.querySelector("span").textContent = "正在上传 " + files.length + " 个文件，" + (sent / 1048576).toFixed(1) + " / " + (total / 1048576).toFixed(1) + " MB";
  };
  const done = [];
  try {
    for (const item of files) {
      const transfer = await begin(item, stop);
      done.push({ transfer: transfer.id, name: item.path, kept: transfer.name });
      show(transfer.offset);
      while (transfer.offset < item.file.size) {
        const piece = item.file.slice(transfer.offset, transfer.offset + pieceSize);
        const now = await told(await persist(stop, () => fetch("/api/transfers/" + transfer.id + "?offset=" + transfer.offset, { method: "PUT", body: piece, signal: stop.signal, headers: { Accept: "application/json" } })));
        show(now.offset - transfer.offset);
        transfer.offset = now.offset;
      }
    }
    await told(await persist(stop, () => fetch("/api/transfers/finish", { method: "POST", signal: stop.signal, headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ files: done.map(({ transfer, name }) => ({ transfer, name })) }) })));
    for (const { kept } of done) rememberTransfer(kept);
  } catch (e) {
    if (e.name === "AbortError") {
      for (const { transfer, kept } of done) {
        fetch("/api/transfers/" + transfer, { method: "DELETE" }).catch(() => {}); // it is forgotten in three days anyway
        rememberTransfer(kept);
      }
      trouble("已取消上传");
    } else trouble(e instanceof Refused ? e.message : "上传失败，请重新选择同一文件夹，将从中断处继续");
  }
  button.hidden = box.hidden = true;
}
