/* A form that was sent after the session had ended, or from a page that had become too old, comes back with what was
   typed. Kept by this tab alone, until then. */
"use strict";

{
  const KEPT = "athleat:typed";
  const LONGEST_MINUTES = 60;
  const account = document.querySelector("meta[name=athleat-account]")?.content;
  const asksToSignIn = document.querySelector("form[data-sign-in]") !== null;

  // Hidden fields belong to the page, files cannot be put back, and a password is kept nowhere.
  const fields = (form) =>
    [...form.elements].filter((one) => one.name && one.type && !/^(hidden|password|file|submit|button|fieldset)$/.test(one.type));

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT) || "null");
    } catch {
      return null;
    }
  }

  function write(kept) {
    try {
      if (kept) sessionStorage.setItem(KEPT, JSON.stringify(kept));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // A device that keeps nothing still has the form one step back.
    }
  }

  function put(form, rows) {
    for (const [name, value, on] of rows) {
      for (const one of fields(form).filter((other) => other.name === name)) {
        if (/^(checkbox|radio)$/.test(one.type)) {
          if (one.value === value) one.checked = on;
        } else if (one.tagName !== "SELECT" || [...one.options].some((option) => option.value === value)) {
          one.value = value;
          if (value) one.closest("details")?.setAttribute("open", "");
        }
      }
    }
  }

  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) keep(event.target);
  });
  // What htmx asks for while somebody types can be the first to find that the session is over.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const form = event.target.closest("form");
    if (form && event.detail.xhr.getResponseHeader("HX-Redirect")?.startsWith("/account/login")) keep(form);
  });

  // Nothing of this was done: the page has to be loaded anew before it is sent again.
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.target.closest("form");
    if (form && event.detail.xhr.status === 403) keep(form, { wasOld: true });
  });
  document.addEventListener("athleat:refused", (event) => keep(event.detail.form, { wasOld: true }));

  function keep(form, why) {
    if (!account || form.method !== "post" || form.querySelector("[type=password]")) return;
    const rows = fields(form).map((one) => [one.name, one.value, Boolean(one.checked)]);
    if (rows.length) write({ account, path: location.pathname, action: form.action, at: Date.now(), rows, ...why });
  }

  // Of several forms that are sent to one place it is the one with these fields.
  function formOf(kept) {
    const same = [...document.forms].filter((one) => one.method === "post" && one.action === kept.action);
    return same.find((form) => kept.rows.every(([name]) => fields(form).some((one) => one.name === name))) || same[0];
  }

  const kept = read();
  if (kept && asksToSignIn) {
    write({ ...kept, wasSignedOut: true });
  } else if (kept) {
    const fresh = Date.now() - kept.at < LONGEST_MINUTES * 60000;
    const form = formOf(kept);
    const lost = kept.wasSignedOut || kept.wasOld;
    if (lost && fresh && kept.account === account && kept.path === location.pathname && form) {
      put(form, kept.rows);
      const note = document.querySelector("[data-typed-note]");
      if (note) note.hidden = false;
      const why = kept.wasSignedOut ? "signed-out" : "old";
      for (const words of document.querySelectorAll("[data-typed-why]")) words.hidden = words.dataset.typedWhy !== why;
    }
    write(null);
  }
}
