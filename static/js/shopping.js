/* Comfort in the shop: the list works without this file. Ticks that could not be sent wait on this device. */
"use strict";

const PREFIX = "athleat-ticks-";

function waiting(list) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + list) || "{}");
  } catch {
    return {};
  }
}

function keep(list, ticks) {
  try {
    if (Object.keys(ticks).length) localStorage.setItem(PREFIX + list, JSON.stringify(ticks));
    else localStorage.removeItem(PREFIX + list);
  } catch {
    // Private windows may refuse to store; the tick then stays on the page only.
  }
}

function form() {
  return document.querySelector("form[data-keep-ticks]");
}

function note(show) {
  const line = document.querySelector("[data-offline-note]");
  if (line) line.hidden = !show;
}

// Remember what the page shows differently from what the server last said.
function remember() {
  const ticks = form();
  if (!ticks) return;
  const wishes = waiting(ticks.dataset.keepTicks);
  for (const box of ticks.querySelectorAll("input[name=ticked]")) {
    if (box.checked !== box.defaultChecked) wishes[box.value] = box.checked;
    else delete wishes[box.value];
  }
  keep(ticks.dataset.keepTicks, wishes);
  note(Object.keys(wishes).length > 0);
}

// Put what waits back on the page and send it; every line merges by itself.
function resume() {
  const ticks = form();
  if (!ticks) return;
  const wishes = waiting(ticks.dataset.keepTicks);
  let differs = false;
  for (const box of ticks.querySelectorAll("input[name=ticked]")) {
    if (!(box.value in wishes)) continue;
    box.checked = wishes[box.value];
    differs ||= box.checked !== box.defaultChecked;
  }
  if (!differs) keep(ticks.dataset.keepTicks, {});
  else if (navigator.onLine) ticks.requestSubmit();
  else note(true);
}

document.addEventListener("htmx:sendError", remember);
document.addEventListener("htmx:afterRequest", (event) => {
  const sent = event.detail.pathInfo?.requestPath || "";
  if (!event.detail.successful || !form() || !sent.endsWith("/ticks")) return;
  keep(form().dataset.keepTicks, {});
  note(false);
});
window.addEventListener("online", resume);
resume();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
