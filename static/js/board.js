/* Dragging a meal on the week board, where there is a mouse and room. The same move is a page of buttons without this. */
"use strict";

const wide = matchMedia("(min-width: 68rem) and (pointer: fine)");
const said = document.getElementById("dragsaid");
// Less movement than this is a click.
const SLACK = 6;
const EDGE = 56;
const STEP = 14;
let drag = null;

document.documentElement.classList.toggle("drag-ready", wide.matches);
wide.addEventListener("change", () => document.documentElement.classList.toggle("drag-ready", wide.matches));

document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest(".board [data-move]");
  if (!row || !wide.matches || event.button !== 0 || event.target.closest(".mv")) return;
  drag = { row, x: event.clientX, y: event.clientY, carried: null, page: null, places: new Map(), over: null };
});
// The browser would otherwise drag the link itself.
document.addEventListener("dragstart", (event) => {
  if (drag) event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (!drag || drag.sent) return;
  drag.y = drag.carried ? event.clientY : drag.y;
  if (!drag.carried) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLACK) return;
    lift();
  }
  drag.carried.style.translate = `${event.clientX + 12}px ${event.clientY + 12}px`;
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".board .place") || null;
  if (over !== drag.over) {
    drag.over?.classList.remove("over");
    over?.classList.add("over");
    drag.over = over;
  }
});

document.addEventListener("pointerup", () => {
  if (!drag) return;
  if (!drag.carried || !drag.over) return drop();
  const button = drag.places.get(drag.over.dataset.place);
  const form = document.importNode(button.form, true);
  const chosen = document.createElement("input");
  chosen.type = "hidden";
  chosen.name = "to";
  chosen.value = button.value;
  form.action = drag.row.dataset.move;
  form.hidden = true;
  form.append(chosen);
  document.body.append(form);
  said.textContent = said.dataset.moving;
  drag.sent = true;
  form.submit();
});

// A board is longer than a window: near its edge the page follows.
setInterval(() => {
  if (!drag?.carried || drag.sent) return;
  if (drag.y > innerHeight - EDGE) scrollBy(0, STEP);
  else if (drag.y < EDGE) scrollBy(0, -STEP);
}, 30);

document.addEventListener("pointercancel", drop);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") drop();
});
// A drag that ends over a link is no click on it.
document.addEventListener(
  "click",
  (event) => {
    if (!dropped) return;
    dropped = false;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
let dropped = false;

async function lift() {
  const own = drag;
  own.carried = document.createElement("div");
  own.carried.className = "carried";
  own.carried.textContent = own.row.querySelector("a").textContent;
  document.body.append(own.carried);
  own.row.classList.add("lifted");
  document.documentElement.classList.add("dragging");
  said.textContent = said.dataset.wait;
  try {
    const answer = await fetch(own.row.dataset.move, { headers: { Accept: "text/html" } });
    own.page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    if (drag === own) drop();
    return;
  }
  if (drag !== own) return;
  for (const button of own.page.querySelectorAll("#move-form button[name='to']")) {
    own.places.set(button.value, button);
    document.querySelector(`.board [data-place="${CSS.escape(button.value)}"]`)?.classList.add("place");
  }
  said.textContent = own.places.size ? said.dataset.drop : said.dataset.none;
}

function drop() {
  if (!drag) return;
  if (drag.sent) return;
  if (drag.carried) {
    dropped = true;
    setTimeout(() => (dropped = false), 0);
    drag.carried.remove();
    said.textContent = "";
  }
  drag.row.classList.remove("lifted");
  for (const place of document.querySelectorAll(".board .place")) place.classList.remove("place", "over");
  document.documentElement.classList.remove("dragging");
  drag = null;
}

// Coming back to the page out of the browser's memory, nothing is in the hand.
window.addEventListener("pageshow", () => {
  if (drag) drag.sent = false;
  drop();
});
