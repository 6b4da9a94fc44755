"use strict";

// Checking a window again: start, accept, drop.
document.addEventListener("click", async (e) => {
  const start = e.target.closest("#start");
  if (start) {
    start.disabled = true;
    const answer = await askNamed("/api/trials", { upload: start.dataset.upload });
    if (answer) location.href = "/trials/" + answer.id;
    start.disabled = false;
  }
  const settle = e.target.closest("[data-settle]");
  if (settle && await askNamed(settle.dataset.settle)) location.reload();
});
