"use strict";

// Two pages side by side: zoom for both, rotation and scrolling for each.
const sizes = [50, 75, 100, 140, 200, 300];
let size = 2;

function lay() {
  for (const sheet of document.querySelectorAll(".turned")) {
    const turn = Number(sheet.dataset.by || 0);
    sheet.style.width = sizes[size] + "%";
    sheet.style.transform = "rotate(" + turn + "deg)";
    sheet.classList.toggle("sideways", turn % 180 !== 0);
  }
}

document.addEventListener("click", (e) => {
  const button = e.target.closest("button");
  if (!button) return;
  if (button.dataset.zoom) size = button.dataset.zoom === "0" ? 2 : Math.min(Math.max(size + Number(button.dataset.zoom), 0), sizes.length - 1);
  if ("turn" in button.dataset) {
    const sheet = button.closest(".half").querySelector(".turned");
    if (sheet) sheet.dataset.by = (Number(sheet.dataset.by || 0) + 90) % 360;
  }
  lay();
});
for (const select of document.querySelectorAll(".halfhead select")) select.addEventListener("change", () => { location.href = select.value; });
lay();
