"use strict";

// The list: what is chosen stands in the address, the server looks it up. It is
// kept for the next visit, but for the words looked for.
const table = document.getElementById("applications");
const kept = "hequan-list-choice";
let chosen = new URLSearchParams(location.search);
const picked = new Set();

function remember() {
  const lasting = new URLSearchParams(chosen);
  lasting.delete("q");
  lasting.delete("page");
  localStorage.setItem(kept, lasting.toString());
  history.replaceState(null, "", lasting.toString() ? "/?" + lasting : "/");
}

let asked = 0;

// Shows what is chosen: the parts of the list that differ come from the server.
async function choose(change = {}) {
  if (!("page" in change)) chosen.delete("page");
  for (const [name, value] of Object.entries(change)) {
    if (value) chosen.set(name, value);
    else chosen.delete(name);
  }
  remember();
  const turn = ++asked;
  let text;
  try {
    const answer = await fetch("/?" + chosen, { headers: { Accept: "text/html" } });
    text = await answer.text();
    if (!answer.ok) throw new Error(answer.status);
  } catch {
    trouble("列表未能读取，请检查服务是否仍在运行");
    return;
  }
  if (turn !== asked) return; // something else was chosen meanwhile
  trouble("");
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const id of ["chips", "heads", "rows", "pager"]) document.getElementById(id).replaceWith(fresh.getElementById(id));
  document.getElementById("book").href = fresh.getElementById("book").getAttribute("href");
  for (const select of document.querySelectorAll("[data-choice]")) select.value = chosen.get(select.dataset.choice) || "";
  document.body.dataset.events = fresh.body.dataset.events;
  picked.clear();
  listen();
  marks();
}

// Shows which rows are picked; a row that came anew is picked as it was.
function marks() {
  const boxes = [...document.querySelectorAll("#rows .pick input")];
  for (const box of boxes) box.checked = picked.has(box.value);
  const all = document.getElementById("pickall");
  all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
  const bulk = document.getElementById("bulk");
  bulk.hidden = picked.size === 0;
  bulk.querySelector("b").textContent = picked.size;
}

// Does one thing to all picked applications.
async function bulk(what, more = {}) {
  const answer = await askNamed("/api/bulk/" + what, { applications: [...picked], ...more });
  if (!answer) return;
  trouble(answer.skipped ? "其中 " + answer.skipped + " 份没有可办的事项，未处理" : "");
  picked.clear();
  marks();
}

function onListClick(e) {
  const chip = e.target.closest("[data-class]");
  if (chip) choose({ verdict: chip.dataset.class });
  const head = e.target.closest("[data-sort]");
  if (head) choose({ sort: head.dataset.next });
  const page = e.target.closest("[data-page]");
  if (page) choose({ page: page.dataset.page });
  const act = e.target.closest("[data-bulk]");
  if (act) bulk(act.dataset.bulk);
  if (e.target.closest("#anew")) {
    document.getElementById("find").value = "";
    chosen = new URLSearchParams();
    choose();
  }
  if (e.target.closest("#bookchosen")) location.href = "/summary.xlsx?" + new URLSearchParams([...picked].map((id) => ["id", id]));
  if (e.target.id === "pickall") {
    for (const box of document.querySelectorAll("#rows .pick input")) e.target.checked ? picked.add(box.value) : picked.delete(box.value);
    marks();
  } else if (e.target.matches("#rows .pick input")) {
    e.target.checked ? picked.add(e.target.value) : picked.delete(e.target.value);
    marks();
  }
}

function filters() {
  document.getElementById("saved").addEventListener("change", (e) => {
    if (!e.target.value) return;
    chosen = new URLSearchParams(e.target.value);
    e.target.value = "";
    document.getElementById("find").value = chosen.get("q") || "";
    choose();
  });
  document.getElementById("filterform").addEventListener("submit", async (e) => {
    e.preventDefault();
    if (await askNamed("/api/filters", { name: e.target.elements.name.value, query: chosen.toString() || "sort=" })) location.reload();
  });
  document.getElementById("keepfilter").addEventListener("click", async (e) => {
    const forget = e.target.closest("[data-forget]");
    if (forget && await askNamed("/api/filters", { name: forget.dataset.forget, query: "" })) location.reload();
  });
}

function listPage() {
  const find = document.getElementById("find");
  document.getElementById("desklist").addEventListener("click", onListClick);
  for (const select of document.querySelectorAll("[data-choice]")) select.addEventListener("change", () => choose({ [select.dataset.choice]: select.value }));
  let pause = 0;
  find.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => choose({ q: find.value }), 150);
  });
  document.getElementById("assignform").addEventListener("submit", async (e) => {
    e.preventDefault();
    e.target.closest("dialog").close();
    const { account, assignee } = e.target.elements;
    await bulk("assign", account ? { account: account.value.replace("@", "") } : { assignee: assignee.value });
  });
  filters();
  document.addEventListener("rows", marks);
  document.addEventListener("keydown", (e) => {
    if (e.key === "/" && !e.target.matches("input:not([type=checkbox]), textarea, select") && !document.querySelector("dialog[open]")) {
      e.preventDefault();
      find.focus();
    }
  });
  const last = localStorage.getItem(kept);
  if (!location.search && last) {
    chosen = new URLSearchParams(last);
    choose();
  } else remember();
}

const windows = document.getElementById("window");
if (windows) windows.addEventListener("change", () => { location.href = windows.dataset.path + (windows.value ? "?upload=" + windows.value : ""); });
if (table) listPage();
