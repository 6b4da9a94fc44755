"use strict";

// The viewer: layers, zoom, rotation, and from a value to its place.
const box = document.getElementById("sheetbox");
const turned = document.getElementById("turned");
const sizes = [50, 75, 100, 140, 200, 300];
let size = 2, turn = 0;

function lay() {
  if (!turned) return;
  turned.style.width = sizes[size] + "%";
  turned.style.transform = "rotate(" + turn + "deg)";
  turned.classList.toggle("sideways", turn % 180 !== 0);
}

function zoom(by) {
  size = by === 0 ? 2 : Math.min(Math.max(size + by, 0), sizes.length - 1);
  lay();
}

function layer(name, on) {
  const group = document.querySelector('[data-of="' + name + '"]');
  if (group) group.setAttribute("visibility", on ? "visible" : "hidden");
}

document.getElementById("layers").addEventListener("change", (e) => {
  if (e.target.dataset.layer) layer(e.target.dataset.layer, e.target.checked);
});
document.addEventListener("click", (e) => {
  const button = e.target.closest("button");
  if (!button) return;
  if (button.dataset.zoom) zoom(Number(button.dataset.zoom));
  if ("turn" in button.dataset) {
    turn = (turn + 90) % 360;
    lay();
  }
  if (button.dataset.mark) {
    for (const old of document.querySelectorAll("rect.on")) old.classList.remove("on");
    const rect = document.getElementById(button.dataset.mark);
    if (rect) {
      rect.classList.add("on");
      rect.scrollIntoView({ block: "center", inline: "center" });
    }
  }
});
document.getElementById("files").addEventListener("change", (e) => { location.href = e.target.value; });
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
  const go = (rel) => {
    const link = document.querySelector('a[rel="' + rel + '"]');
    if (link) location.href = link.href;
  };
  const act = { "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), 0: () => zoom(0), r: () => { turn = (turn + 90) % 360; lay(); }, j: () => go("next"), k: () => go("prev"), PageDown: () => go("next"), PageUp: () => go("prev") }[e.key];
  if (act) {
    e.preventDefault();
    act();
  }
});
const marked = document.querySelector(".marked rect");
if (marked) addEventListener("load", () => marked.scrollIntoView({ block: "center", inline: "center" }));
lay();
