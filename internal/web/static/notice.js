"use strict";

// The letter: what stands in the form is kept as it is.
const letter = document.getElementById("notice");

function written() {
  const text = (from, name) => from.querySelector('[name="' + name + '"]').value.trim();
  const ticked = (from, name) => {
    const box = from.querySelector('[name="' + name + '"]');
    return box ? box.checked : false;
  };
  const notice = {};
  for (const name of ["title", "number", "recipient", "opening", "closing", "contact", "office", "date"]) notice[name] = text(letter, name);
  notice.items = [...letter.querySelectorAll(".defects > li")].map((li) => ({
    key: li.dataset.key, include: ticked(li, "include"), picture: ticked(li, "picture"),
    problem: text(li, "problem"), ask: text(li, "ask"), where: text(li, "where"), clause: text(li, "clause"),
  }));
  return notice;
}

const keep = (issue) => askNamed("/api/applications/" + letter.dataset.application + "/notice", { notice: written(), issue });

document.getElementById("keep").addEventListener("click", async () => {
  const answer = await keep(false);
  if (!answer) return;
  document.getElementById("kept").textContent = "草稿已保存";
  location.href = "/applications/" + letter.dataset.application + "/notice.docx?number=" + answer.number;
});

document.getElementById("issue").addEventListener("click", () => {
  document.getElementById("many").textContent = written().items.filter((item) => item.include).length;
  document.getElementById("sure").showModal();
});

document.getElementById("really").addEventListener("click", async () => {
  document.getElementById("sure").close();
  if (await keep(true)) location.href = location.pathname + "?anew";
});

document.getElementById("adddefect").addEventListener("click", () => {
  const list = letter.querySelector(".defects");
  list.append(document.getElementById("blank").content.cloneNode(true));
  list.lastElementChild.querySelector("textarea").focus();
});

letter.addEventListener("submit", (e) => e.preventDefault());
