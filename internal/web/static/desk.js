"use strict";

// The desk: findings one by one, by keyboard or mouse.
const desk = document.getElementById("desk");
const cards = desk ? [...desk.querySelectorAll(".card")] : [];
const place = "hequan-desk-" + (desk ? desk.dataset.application : "");
let at = -1;

// Shows the card of that index.
function show(index, focus = true) {
  if (index < 0 || index >= cards.length) return;
  at = index;
  cards.forEach((card, i) => card.classList.toggle("current", i === index));
  for (const line of desk.querySelectorAll(".queue li")) {
    const now = line.dataset.key === cards[index].dataset.key;
    line.classList.toggle("current", now);
    if (now) {
      line.querySelector("a").setAttribute("aria-current", "true");
      line.scrollIntoView({ block: "nearest" });
    } else line.querySelector("a").removeAttribute("aria-current");
  }
  for (const picture of cards[index].querySelectorAll("img")) picture.loading = "eager";
  sessionStorage.setItem(place, JSON.stringify({ key: cards[index].dataset.key, index }));
  if (focus) {
    cards[index].focus({ preventScroll: true });
    if (desk.getBoundingClientRect().top < 0 || desk.getBoundingClientRect().top > innerHeight / 2) desk.scrollIntoView();
  }
}

const decided = (card) => card.querySelector(".decision").matches(".confirm, .dismiss");

// Goes to the next finding that nobody has decided; to the next one when all are.
function onward() {
  for (let i = 1; i <= cards.length; i++) {
    const next = (at + i) % cards.length;
    if (!decided(cards[next])) {
      show(next);
      return;
    }
  }
  cards[at].focus();
}

// Records a decision on the current finding.
async function decide(action, reason = "") {
  const card = cards[at];
  const answer = await askNamed("/api/applications/" + desk.dataset.application + "/decisions", { decisions: [{ finding: card.dataset.key, action, reason }] });
  if (!answer) return;
  trouble("");
  replacePieces(answer.pieces);
  const line = document.getElementById("q-" + card.dataset.key);
  if (line && cards[at] === card) line.classList.add("current");
  if (action !== "reopen") onward();
  else card.focus();
}

function askReason() {
  const form = cards[at].querySelector(".reasons");
  form.hidden = false;
  form.querySelector("button").focus();
}

// Opens the correction of the next value of the current finding.
function mend(figure) {
  const all = [...cards[at].querySelectorAll(".passage")].filter((f) => f.querySelector(".edit"));
  if (!all.length) {
    trouble("这一项没有可更正的值，请确认或驳回");
    return;
  }
  const open = all.findIndex((f) => !f.querySelector(".edit").hidden);
  closeMends();
  const chosen = figure || all[(open + 1) % all.length];
  const form = chosen.querySelector(".edit");
  form.hidden = false;
  form.elements.value.focus();
  if (form.elements.value.select) form.elements.value.select();
}

function closeMends() {
  for (const form of desk.querySelectorAll(".edit, .reasons")) form.hidden = true;
}

async function saveMend(form) {
  const button = form.querySelector(".primary");
  button.disabled = true;
  const answer = await askNamed("/api/applications/" + desk.dataset.application + "/corrections", {
    finding: form.closest(".card").dataset.key,
    place: Number(form.closest(".passage").dataset.place),
    value: form.elements.value.value,
    reason: form.elements.reason.value,
  });
  button.disabled = false;
  if (!answer) return;
  trouble("");
  form.hidden = true;
  form.closest(".passage").querySelector("output").textContent = answer.value;
  document.getElementById("tally").firstElementChild.textContent = "已更正，正在重新核对…"; // the page comes anew with the next run
}

// What each key does; false lets the browser have it.
const keys = {
  j: () => show(at + 1),
  k: () => show(at - 1),
  n: onward,
  a: () => decide("confirm"),
  d: askReason,
  u: () => decided(cards[at]) && decide("reopen"),
  e: () => mend(),
  o: () => {
    const look = cards[at].querySelector(".look");
    if (look) window.open(look.href, "_blank", "noopener");
  },
  z: () => desk.classList.toggle("zoomed"),
  "?": () => document.getElementById("help").showModal(),
};

function onKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || document.querySelector("dialog[open]")) return;
  const typing = e.target.matches("input:not([type=checkbox]), textarea, select");
  if (e.key === "Escape") {
    closeMends();
    cards[at].focus();
    return;
  }
  if (typing) return;
  const reasons = cards[at].querySelector(".reasons");
  if (!reasons.hidden && /^[1-4]$/.test(e.key)) {
    e.preventDefault();
    const chosen = reasons.querySelectorAll("[data-reason]")[Number(e.key) - 1];
    if (chosen) decide("dismiss", chosen.dataset.reason);
    else reasons.elements.reason.focus();
    return;
  }
  const act = keys[e.key.toLowerCase()];
  if (act) {
    e.preventDefault();
    act();
  }
}

function onClick(e) {
  const card = e.target.closest(".card");
  if (card) at = cards.indexOf(card);
  const act = e.target.closest("[data-act]");
  if (act) {
    if (act.dataset.act === "dismiss") askReason();
    else decide(act.dataset.act);
  }
  const reason = e.target.closest("[data-reason]");
  if (reason) decide("dismiss", reason.dataset.reason);
  if (e.target.closest(".mend")) mend(e.target.closest(".passage"));
  if (e.target.closest(".cancel")) closeMends();
  const line = e.target.closest(".queue a");
  if (line) {
    e.preventDefault();
    show(cards.findIndex((c) => c.dataset.key === line.closest("li").dataset.key));
  }
}

if (cards.length) {
  desk.classList.add("live");
  desk.addEventListener("click", onClick);
  desk.addEventListener("submit", (e) => {
    e.preventDefault();
    if (e.target.matches(".edit")) saveMend(e.target);
    else decide("dismiss", e.target.elements.reason.value);
  });
  document.addEventListener("keydown", onKey);
  // The finding looked at last, or the one that came into its place; else the first that is open.
  let start = cards.findIndex((c) => "#" + c.id === location.hash);
  try {
    const last = JSON.parse(sessionStorage.getItem(place));
    if (start < 0 && last) start = Math.max(cards.findIndex((c) => c.dataset.key === last.key), -1);
    if (start < 0 && last) start = Math.min(last.index, cards.length - 1);
  } catch {
    // nothing was kept
  }
  if (start < 0) start = Math.max(cards.findIndex((c) => !decided(c)), 0);
  show(start, false);
}

// Ticks beside what is looked up by hand: kept at once, with who and when.
function byHand() {
  const list = document.querySelector(".byhand");
  if (!list) return;
  list.addEventListener("change", async (e) => {
    const key = e.target.dataset.tick || e.target.dataset.note;
    const line = document.getElementById("m-" + key);
    const box = line.querySelector("[data-tick]");
    const answer = await askNamed("/api/applications/" + location.pathname.split("/")[2] + "/ticks", { item: key, ticked: box.checked, note: line.querySelector("[data-note]").value });
    if (answer) replacePieces(answer.pieces);
    else if (e.target === box) box.checked = !box.checked;
  });
}

byHand();

// On paper every finding is shown with its passages.
addEventListener("beforeprint", () => {
  for (const picture of document.querySelectorAll(".strip img")) picture.loading = "eager";
});

// New files for an application: each joins or takes the place of another.
function rounds() {
  const form = document.getElementById("round");
  if (!form) return;
  const input = document.getElementById("mended");
  const list = document.getElementById("mendedlist");
  const row = document.getElementById("mendedrow");
  const send = form.querySelector(".foot button");
  const leading = (name) => (name.split("/").pop().match(/^\d{1,2}(?!\d)/) || [""])[0];
  input.addEventListener("change", () => {
    list.replaceChildren();
    for (const file of input.files) {
      const piece = row.content.cloneNode(true);
      piece.querySelector("b").textContent = file.name;
      const choice = piece.querySelector("select");
      const names = [...choice.options].slice(1).map((o) => o.value);
      const same = names.filter((n) => n === file.name);
      const alike = names.filter((n) => leading(n) && leading(n) === leading(file.name));
      if (same.length) choice.value = same[0];
      else if (alike.length === 1) choice.value = alike[0];
      list.append(piece);
    }
    send.disabled = !input.files.length;
  });
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const data = new FormData();
    const replaces = {};
    [...input.files].forEach((file, i) => {
      const old = list.children[i].querySelector("select").value;
      if (old) replaces[file.name] = old;
    });
    data.append("replaces", JSON.stringify(replaces));
    for (const file of input.files) data.append("file", file, file.name);
    if (!named()) await askWho();
    if (!named()) return;
    send.disabled = true;
    const line = document.getElementById("roundtrouble");
    line.hidden = true;
    try {
      const answer = await fetch("/api/applications/" + form.dataset.application + "/files", { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!answer.ok) {
        const told = await answer.json();
        line.textContent = told.error + "。" + (told.remedy || "");
        line.hidden = false;
        send.disabled = false;
        return;
      }
      form.closest("dialog").close();
      input.value = "";
      list.replaceChildren();
    } catch {
      line.textContent = "上传中断，请检查网络或服务是否仍在运行，然后重新提交";
      line.hidden = false;
      send.disabled = false;
    }
  });
}

rounds();
