"use strict";

// The list: filter, sort, search. What was chosen is kept for the next visit.
const table = document.getElementById("applications");
const kept = "hequan-list";
const order = { fail: 0, dead: 1, review: 2, busy: 3, pass: 4 };
let chosen = { verdict: "", stage: "", intake: "", words: "", sort: "", down: false };

function keys(row, by) {
  const value = row.dataset[by] || "";
  if (by === "verdict") return order[value] ?? 9;
  if (by === "open" || by === "claimed" || by === "payable") return Number(value || -1);
  return value;
}

function sortRows(body) {
  if (!chosen.sort) return;
  const rows = [...body.children];
  const sorted = [...rows].sort((a, b) => {
    const x = keys(a, chosen.sort), y = keys(b, chosen.sort);
    const way = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh-CN");
    return chosen.down ? -way : way;
  });
  if (sorted.some((row, i) => row !== rows[i])) body.append(...sorted);
}

// Shows the rows that fit what was chosen, and counts each verdict.
function arrange() {
  const body = document.getElementById("rows");
  const words = chosen.words.trim().toLowerCase().split(/\s+/);
  const counts = { "": 0 };
  for (const row of body.children) {
    const kind = row.dataset.verdict || row.querySelector(".state").classList[1] || "";
    const fits = (!chosen.stage || row.dataset.stage === chosen.stage) && (!chosen.intake || row.dataset.upload === chosen.intake);
    if (fits) {
      counts[""]++;
      counts[kind] = (counts[kind] || 0) + 1;
    }
    const text = row.textContent.toLowerCase();
    row.hidden = !fits || (chosen.verdict !== "" && kind !== chosen.verdict) || !words.every((word) => text.includes(word));
  }
  for (const chip of document.getElementById("chips").children) {
    chip.lastElementChild.textContent = counts[chip.dataset.class] || 0;
    chip.setAttribute("aria-pressed", chip.dataset.class === chosen.verdict);
  }
  for (const head of table.querySelectorAll("th")) {
    const button = head.querySelector("[data-sort]");
    if (button && button.dataset.sort === chosen.sort) head.setAttribute("aria-sort", chosen.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  document.getElementById("book").href = "/summary.xlsx" + (chosen.intake ? "?upload=" + chosen.intake : "");
  sortRows(body);
  localStorage.setItem(kept, JSON.stringify(chosen));
}

function listPage() {
  const find = document.getElementById("find"), stage = document.getElementById("stage"), intake = document.getElementById("intake");
  try {
    chosen = { ...chosen, ...JSON.parse(localStorage.getItem(kept)), words: "" };
  } catch {
    // nothing was kept
  }
  stage.value = chosen.stage;
  intake.value = chosen.intake;
  if (stage.selectedIndex < 0) stage.value = chosen.stage = "";
  if (intake.selectedIndex < 0) intake.value = chosen.intake = "";
  document.getElementById("chips").addEventListener("click", (e) => {
    const chip = e.target.closest("button");
    if (!chip) return;
    chosen.verdict = chip.dataset.class;
    arrange();
  });
  table.tHead.addEventListener("click", (e) => {
    const button = e.target.closest("[data-sort]");
    if (!button) return;
    const by = button.dataset.sort;
    chosen.down = chosen.sort === by ? !chosen.down : ["open", "claimed", "payable", "time"].includes(by);
    chosen.sort = by;
    arrange();
  });
  find.addEventListener("input", () => { chosen.words = find.value; arrange(); });
  stage.addEventListener("change", () => { chosen.stage = stage.value; arrange(); });
  intake.addEventListener("change", () => { chosen.intake = intake.value; arrange(); });
  document.addEventListener("rows", arrange);
  document.addEventListener("keydown", (e) => {
    if (e.key === "/" && !e.target.matches("input, textarea, select") && !document.querySelector("dialog[open]")) {
      e.preventDefault();
      find.focus();
    }
  });
  arrange();
}

const windows = document.getElementById("window");
if (windows) windows.addEventListener("change", () => { location.href = windows.dataset.path + (windows.value ? "?upload=" + windows.value : ""); });
if (table) listPage();
