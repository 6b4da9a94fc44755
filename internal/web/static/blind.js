"use strict";

// A blind check: the answer tells whether the machine had read the same.
const blind = document.getElementById("blind");

async function tellBlind(value) {
  const { application, sha256, field } = blind.dataset;
  const answer = await askNamed("/api/blind", { application, sha256, page: Number(blind.dataset.page), field, nth: Number(blind.dataset.nth), value });
  if (!answer) return;
  const told = document.getElementById("told");
  told.textContent = (value === "" ? "已记为看不清，机器读作 " : answer.agrees ? "一致：" : "不一致，机器读作 ") + answer.machine + " ";
  const next = document.createElement("a");
  next.href = location.href;
  next.className = "button";
  next.textContent = "下一处";
  told.append(next);
  for (const part of blind.elements) part.disabled = true;
  next.focus();
}

if (blind) {
  blind.addEventListener("submit", (e) => {
    e.preventDefault();
    if (blind.elements.value.value.trim()) tellBlind(blind.elements.value.value);
  });
  document.getElementById("unreadable").addEventListener("click", () => tellBlind(""));
}
