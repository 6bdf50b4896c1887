// Only comforts: every page works without this file.
"use strict";

// A text that was not sent yet outlives a lost connection and the back button, in this tab only.
// A browser may forbid the store, or it may be full: then the page works as without it.
function store(act) {
  try { return act(sessionStorage); } catch { return null; }
}
for (const box of document.querySelectorAll("textarea[data-keep]")) {
  const key = "keep:" + box.dataset.keep;
  if (!box.value) box.value = store((kept) => kept.getItem(key)) || "";
  box.addEventListener("input", () => store((kept) => kept.setItem(key, box.value)));
}
for (const sent of document.querySelectorAll("[data-sent]")) store((kept) => kept.removeItem("keep:" + sent.dataset.sent));

// A second tap while the first is on its way does nothing. The server would say the same thing twice anyway, so after
// a few seconds a tap counts again: somebody may have stopped a page that never came.
const PATIENCE = 4000; // ms
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "1";
  setTimeout(() => delete form.dataset.sending, PATIENCE);
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sending;
});

// The queue: arrows change row, right goes to the next step.
for (const queue of document.querySelectorAll("table.queue")) {
  queue.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    const to = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    const like = to && to.querySelector(event.target.tagName);
    if (like) { like.focus(); event.preventDefault(); }
    if (event.key === "ArrowRight") row.querySelector("button, .do a")?.focus();
    if (event.key === "ArrowLeft") row.querySelector("a")?.focus();
  });
}

// A summary of errors is read first.
document.querySelector(".errors")?.focus();
