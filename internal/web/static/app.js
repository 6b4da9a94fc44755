"use strict";

// Live pieces of the page: the server sends an element anew when it changed.
let events = null;

function listen() {
  if (events) events.close();
  const source = document.body.dataset.events;
  if (!source) return;
  events = new EventSource(source);
  events.onmessage = (message) => {
    const news = JSON.parse(message.data);
    if (news.id.startsWith("run-")) {
      // A run that this page does not show yet has finished.
      if (news.done && news.id !== document.body.dataset.run) reloadWhenIdle();
      return;
    }
    const old = document.getElementById(news.id);
    if (!news.html) {
      if (old) old.remove();
      rowsChanged();
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = news.html;
    const piece = holder.content.firstElementChild;
    if (old && old.outerHTML === piece.outerHTML) return; // as it was when the page was made
    if (old) old.replaceWith(piece);
    else if (rows()) rows().prepend(piece);
    rowsChanged();
  };
}

addEventListener("pagehide", () => events && events.close());

// Loads the page anew, but not under the hands of somebody who is writing.
function reloadWhenIdle() {
  if (document.querySelector(".edit:not([hidden]), .reasons:not([hidden]), dialog[open]")) {
    trouble("报告已更新，写完后自动刷新");
    setTimeout(reloadWhenIdle, 500);
  } else location.reload();
}

const rows = () => document.getElementById("rows");

// The list's own script wants to know; other pages have none.
function rowsChanged() {
  document.dispatchEvent(new Event("rows"));
}

function trouble(text) {
  const line = document.getElementById("trouble");
  line.textContent = text;
  line.hidden = !text;
}

function complain(body, status) {
  try {
    const told = JSON.parse(body);
    trouble(told.error + (told.remedy ? "。" + told.remedy : ""));
  } catch {
    trouble("服务器没有正常答复（" + status + "），请稍后重试");
  }
}

// Sends files with their paths as one upload. items: [{file, path}]
function send(items) {
  const kept = items.filter((item) => !/(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(item.path));
  trouble("");
  if (!kept.length) {
    trouble("所选文件夹中没有文件");
    return;
  }
  if (kept.reduce((sum, item) => sum + item.file.size, 0) > 16 * 1048576 && typeof sendInPieces === "function") {
    sendInPieces(kept);
    return;
  }
  const form = new FormData();
  for (const item of kept) form.append("file", item.file, item.path);
  const box = document.getElementById("sending");
  const bar = box.querySelector("progress");
  const text = box.querySelector("span");
  const request = new XMLHttpRequest();
  request.upload.onprogress = (e) => {
    if (!e.lengthComputable) return;
    bar.value = (e.loaded / e.total) * 100;
    text.textContent = "正在上传 " + kept.length + " 个文件，" + (e.loaded / 1048576).toFixed(1) + " / " + (e.total / 1048576).toFixed(1) + " MB";
  };
  request.onload = () => {
    box.hidden = true;
    if (request.status !== 202) complain(request.responseText, request.status);
  };
  const stop = document.getElementById("stopsending");
  request.onloadend = () => { stop.hidden = true; };
  request.onabort = () => {
    box.hidden = true;
    trouble("已取消上传");
  };
  stop.hidden = false;
  stop.onclick = () => request.abort();
  request.onerror = () => {
    box.hidden = true;
    trouble("上传中断，请检查网络或服务是否仍在运行，然后重新上传");
  };
  box.hidden = false;
  bar.value = 0;
  text.textContent = "正在上传";
  request.open("POST", "/api/applications");
  request.setRequestHeader("Accept", "application/json");
  request.send(form);
}

// Walks a dropped folder. readEntries gives at most a hundred at a time.
async function walk(entry, prefix, found) {
  const path = prefix + entry.name;
  if (entry.isFile) {
    found.push({ path, file: await new Promise((ok, no) => entry.file(ok, no)) });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((ok, no) => reader.readEntries(ok, no));
    if (!some.length) return;
    for (const child of some) await walk(child, path + "/", found);
  }
}

function uploads() {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const stop = (e) => e.preventDefault();
  document.addEventListener("dragover", stop); // a near miss must not open the file
  document.addEventListener("drop", stop);
  drop.addEventListener("dragover", () => drop.classList.add("over"));
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (e) => {
    drop.classList.remove("over");
    const entries = [...e.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    try {
      for (const entry of entries) await walk(entry, "", found);
    } catch {
      trouble("文件夹未能读取，请改用“选择文件夹”");
      return;
    }
    send(found);
  });
  for (const id of ["folder", "files"]) {
    const input = document.getElementById(id);
    input.addEventListener("change", () => {
      const items = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      if (items.length) send(items);
      input.value = "";
    });
  }
}

// Asks the server to do something. The answer's JSON, or null after a complaint.
async function ask(path, body, complainTo = complain) {
  let answer;
  try {
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    answer = await fetch(path, { method: "POST", headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    trouble("服务没有答复，请检查它是否仍在运行");
    return null;
  }
  if (answer.status === 428) { // the name was forgotten meanwhile
    document.querySelector("[data-person]").dataset.person = "";
    return askNamed(path, body);
  }
  if (!answer.ok) {
    complainTo(await answer.text(), answer.status);
    return null;
  }
  return answer.json();
}

const named = () => document.querySelector("[data-person]").dataset.person !== "";

// As ask, for what is kept under a person's name: asks for that first.
async function askNamed(path, body) {
  if (!named()) await askWho();
  return named() ? ask(path, body) : null;
}

// Asks who sits here; ends when the dialog is closed.
function askWho() {
  const dialog = document.getElementById("who");
  if (!dialog.open) dialog.showModal();
  return new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
}

function who() {
  const form = document.getElementById("whoform");
  if (!form) return;
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const line = form.querySelector(".trouble");
    const answer = await ask("/api/person", { name: form.elements.name.value }, (body) => {
      line.textContent = JSON.parse(body).remedy;
      line.hidden = false;
    });
    if (!answer) return;
    const button = document.querySelector("[data-person]");
    button.dataset.person = answer.name;
    button.textContent = "经办人：" + answer.name;
    line.hidden = true;
    form.closest("dialog").close();
  });
}

// Replaces elements by those that the server sent.
function replacePieces(pieces) {
  for (const { id, html } of pieces) {
    const holder = document.createElement("template"); // a row of a table keeps its shape only in there
    holder.innerHTML = html;
    const old = document.getElementById(id);
    if (old) old.replaceWith(holder.content.firstElementChild);
  }
}

// Buttons that ask the server to do something, and those that open and close dialogs.
document.addEventListener("click", async (e) => {
  const opener = e.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  if (e.target.closest("[data-close]")) e.target.closest("dialog").close();
  const button = e.target.closest("button[data-post]");
  if (!button) return;
  button.disabled = true;
  await ("named" in button.dataset ? askNamed : ask)(button.dataset.post);
  button.disabled = false;
});

who();
listen();
uploads();
