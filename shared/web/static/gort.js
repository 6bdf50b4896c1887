// Only comforts: every page works without this file.
"use strict";

// A form that nobody has answered yet outlives a lost connection and the back button, in this tab only: what was
// written, and the key by which the server knows it again. Its first box says whether there is anything to keep.
// A browser may forbid the store, or it may be full: then the page works as without it.
function store(act) {
  try { return act(sessionStorage); } catch { return null; }
}
for (const form of document.querySelectorAll("form[data-keep]")) {
  const name = "keep:" + form.dataset.keep, box = form.querySelector("textarea"), key = form.elements.key;
  const begun = key.value; // the key of a new idea
  const kept = store((all) => JSON.parse(all.getItem(name)));
  if (kept && !("anew" in form.dataset) && (!box.value || box.value === kept[box.name])) {
    if (!box.value) fill(form, kept);
    key.value = kept.key;
  }
  const keep = () => {
    if (!box.value) key.value = begun;
    const all = JSON.stringify(Object.fromEntries(new FormData(form)));
    store((kept) => box.value ? kept.setItem(name, all) : kept.removeItem(name));
  };
  for (const type of ["input", "change", "submit"]) form.addEventListener(type, keep);
}
function fill(form, kept) {
  for (const part of form.elements) {
    if (!(part.name in kept)) continue;
    if (part.type === "radio" || part.type === "checkbox") part.checked = kept[part.name] === part.value;
    else part.value = kept[part.name];
    const folded = part.closest("details");
    if (folded && part.value) folded.open = true;
  }
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
