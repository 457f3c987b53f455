/* Comfort only: every page works without this file. */
"use strict";

// A form that is on its way is not sent again by a second click. (The server would count it once anyway.)
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  // Whoever stopped the page from loading may want to send it again.
  setTimeout(() => release(form), 10000);
});

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

// Coming back to a page out of the browser's memory, its forms may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

// Going back to a page that had to be loaded anew, what was typed stands in its forms again, yet their keys are new:
// sent once more, they would count twice. So the entry of the history remembers the keys. Buttons without anything to
// fill in keep their new key: what they do depends on what the page says now.
const keyed = [...document.querySelectorAll("form input[name='form_key']")].filter((key) =>
  key.form.querySelector("input:not([type='hidden'], [type='submit'], [type='button']), select, textarea")
);
const keyNames = keyed.map((key, nth) => `${nth} ${key.form.getAttribute("action") || ""}`);
const [arrival] = performance.getEntriesByType("navigation");
const formKeys = (arrival && arrival.type === "back_forward" && history.state && history.state.formKeys) || {};
keyed.forEach((key, nth) => {
  if (formKeys[keyNames[nth]]) key.value = formKeys[keyNames[nth]];
});
if (keyed.length) {
  const kept = Object.fromEntries(keyed.map((key, nth) => [keyNames[nth], key.value]));
  history.replaceState({ ...history.state, formKeys: kept }, "");
}

// htmx sends a form by itself; when it has its answer the form is free again.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) release(form);
});

// What is sent without leaving the page and refused: the page says so. 403 is what a page gets whose token is no longer
// the browser's own. What a page asks for by itself, time and again, is nobody's tap: it asks again.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.requestConfig.triggeringEvent) refused(event.detail.xhr.status);
});
document.addEventListener("athleat:refused", () => refused(403));
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || !event.detail.requestConfig.triggeringEvent) return;
  for (const note of document.querySelectorAll("[data-refused-tap]")) note.hidden = true;
});

document.addEventListener("click", (event) => {
  // Asked for by its address: to reload the answer to a form would be to send the form again, with the token of old.
  if (event.target.closest("[data-reload]")) location.replace(location.pathname + location.search);
});

function refused(status) {
  const why = status === 403 ? "old" : "";
  for (const note of document.querySelectorAll("[data-refused-tap]")) {
    note.hidden = note.dataset.refusedTap !== why;
    if (!note.hidden) note.scrollIntoView({ block: "nearest" });
  }
}

// Where nobody has chosen a time zone yet, the device's own is the likely one.
for (const select of document.querySelectorAll("select[data-guess-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && select.value === "UTC" && [...select.options].some((option) => option.value === zone)) select.value = zone;
}

// An open menu closes with Escape and when the reader goes elsewhere.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.more[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// The first wrong answer is where the reader goes on.
const wrong = document.querySelector("[aria-invalid='true']");
if (wrong) (wrong.matches("fieldset") ? wrong.querySelector("input") : wrong).focus();
