/* Comfort only: keeps today, this week's recipes and the open lists readable without a connection. */
"use strict";

{
  const waiting = window.athleatWaiting;
  const account = document.querySelector("meta[name=athleat-account]")?.content || "";

  // A page out of the device's memory says from when it is.
  const copied = document.documentElement.hasAttribute("data-copy");
  for (const note of document.querySelectorAll("[data-copy-note]")) note.hidden = !copied;
  for (const again of document.querySelectorAll("[data-again]")) {
    again.addEventListener("click", () => location.reload());
  }

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/service-worker.js", { scope: "/", updateViaCache: "none" }).then(
      () => navigator.serviceWorker.ready.then((ready) => look(ready.active)),
      () => {},
    );
  }

  // Whose device it is now, and what to keep for later: when the page itself has what it needs.
  function look(worker) {
    if (!account || copied) return;
    const language = document.documentElement.lang;
    worker.postMessage({ account, language });
    const spare = navigator.connection?.saveData;
    if (!spare) setTimeout(() => worker.postMessage({ account, language, look: true }), 4000);
  }

  // What another account left on this device goes.
  if (account) {
    try {
      waiting.forget(false);
    } catch {
      // Storage that may not be used holds nothing.
    }
  }

  // Without a connection a form would be lost behind the browser's own page: it stays here, with what was typed.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (navigator.onLine || form.method !== "post" || form.closest("[data-offline-works]") || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      unsent(true);
    },
    true,
  );
  document.addEventListener("htmx:sendError", () => unsent(true));
  window.addEventListener("online", () => unsent(false));

  function unsent(show) {
    for (const note of document.querySelectorAll("[data-unsent]")) {
      note.hidden = !show;
      if (show) note.scrollIntoView({ block: "nearest" });
    }
  }

  // Lists that wait are sent from whatever page is open; the page of a list does so itself.
  async function flush() {
    const here = document.querySelector("form[data-list]")?.dataset.list;
    if (!account || !navigator.onLine) return;
    for (const list of waiting.lists()) if (list !== here) await waiting.send(list).catch(() => {});
    leaving();
  }

  // Who signs out is told what would be lost, and leaves nothing behind.
  function leaving() {
    const note = document.querySelector("[data-leaving]");
    const open = account ? waiting.lists().reduce((sum, list) => sum + waiting.read(list).changes.length, 0) : 0;
    if (note) note.hidden = !open;
    for (const count of document.querySelectorAll("[data-leaving-count]")) count.textContent = open;
  }
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post" || !new URL(event.target.action).pathname.endsWith("/logout/")) return;
    if (event.defaultPrevented) return;
    waiting.forget(true);
    if ("caches" in window) for (const name of ["athleat-pages", "athleat-shared"]) caches.delete(name);
  });
  window.addEventListener("online", flush);
  leaving();
  flush();

  // The page that stands in for others lists what can be read.
  const kept = document.querySelector("[data-kept]");
  if (kept && "caches" in window) list(kept);

  async function list(place) {
    const found = [];
    for (const name of ["athleat-pages", "athleat-shared"]) {
      if (!(await caches.has(name))) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
        const title = page.title.replace(/ · AthlEAT$/, "").trim();
        // One dish may be kept in several portions; its page leads to the others.
        if (found.some((other) => other.title === title)) continue;
        found.push({ url: request.url, title, at: page.querySelector("[data-copy-note] time")?.textContent || "" });
      }
    }
    const rank = ({ url }) => (url.includes("/today") ? 0 : url.includes("/shopping/") || url.includes("/shared/") ? 1 : 2);
    found.sort((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title));
    const line = place.querySelector("template").content.firstElementChild;
    for (const row of found) {
      const item = line.cloneNode(true);
      item.querySelector("a").href = row.url;
      item.querySelector("a").textContent = row.title;
      item.querySelector("small").textContent = row.at;
      place.append(item);
    }
    place.closest("[data-kept-section]").hidden = !found.length;
  }
}
