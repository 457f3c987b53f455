/* Comfort in the shop: the list works without this file. Changes go through the device, so that none needs a signal. */
"use strict";

{
  const waiting = window.athleatWaiting;
  const PATIENCE_MS = 1500;
  // Two who shop by one list see each other's basket without touching theirs.
  const LOOK_MS = 30000;
  const form = () => document.querySelector("form[data-list]");
  const listId = form()?.dataset.list;
  let sending = null;
  let again = false;
  let look = false;
  let state = "sent";
  // Where the device keeps nothing, the page itself does.
  let homeless = false;

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const lineOf = (item) => all("li[data-item]").find((line) => line.dataset.item === item);
  const nameOf = (line) => one(".n", line)?.textContent.trim() || "";
  const words = () => one("[data-waiting]")?.dataset || {};

  function wish(change) {
    homeless ||= !waiting.put(listId, form().dataset.changes, change);
    show();
    send();
  }

  // What an own line is, in case somebody takes it off meanwhile and a tick has to bring it back.
  function about(line) {
    const name = nameOf(line);
    if (!line.hasAttribute("data-own")) return { name };
    const aisle = line.closest("[data-aisle]")?.dataset.aisle || "";
    return { name, quantity: line.dataset.shown ?? one(".q bdi", line).textContent.trim(), category: aisle };
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("form[data-list] input[name=ticked], [data-added] input[type=checkbox]")) return;
    const line = box.closest("li");
    const item = line.dataset.item;
    wish({ do: "tick", item, to: box.checked, ...about(line) });
  });

  document.addEventListener(
    "submit",
    (event) => {
      const sent = event.target;
      if (sent.matches("form[data-list]")) {
        event.preventDefault();
        send();
      } else if (sent.matches("form[data-add]")) {
        const [name, quantity, category] = ["name", "quantity", "category"].map((part) => sent.elements[part].value.trim());
        // What is missing is said by the server, beside its field.
        if (!name && navigator.onLine) return;
        event.preventDefault();
        if (!name) return sent.elements.name.focus();
        wish({ do: "add", name, quantity, category });
        sent.reset();
        sent.elements.name.focus();
      }
    },
    true,
  );

  // --- sending ---

  function send() {
    if (sending) {
      again = true;
      return;
    }
    sending = (async () => {
      do {
        again = false;
        state = await waiting.send(listId).catch(() => "offline");
        const old = state === "nothing" && (look || document.documentElement.hasAttribute("data-copy"));
        look = false;
        if (state === "sent" || state === "gone" || old) await refresh();
      } while (again);
    })()
      .catch(() => {})
      .finally(() => {
        sending = null;
        show();
        if (state === "offline" && navigator.onLine && waiting.read(listId).changes.length) setTimeout(send, 15000);
      });
    setTimeout(show, PATIENCE_MS);
  }

  // The list as the server has it now, without touching what is being typed.
  async function refresh() {
    const answer = await fetch(location.pathname, { redirect: "manual", headers: { "X-Refresh": "1" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focus = document.activeElement?.id;
    for (const id of ["basket", "ticks"]) {
      const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
      // A list that was empty gets its parts, and the words around them, with the whole page.
      if (!old !== !now) return location.reload();
      if (old) old.replaceWith(now);
    }
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    document.documentElement.removeAttribute("data-copy");
    for (const note of all("[data-copy-note]")) note.hidden = true;
    show();
  }

  // --- showing ---

  function mark(line, word) {
    let note = one("[data-mark]", line);
    if (!word) return note?.remove();
    if (!note) {
      note = document.createElement("span");
      note.className = "for";
      note.dataset.mark = "";
      const about = one(".about", line);
      if (about) about.prepend(note);
      else one(".n", line).after(note);
    }
    note.textContent = word;
  }

  function show() {
    if (!form()) return;
    const { changes, told } = waiting.read(listId);
    const visible = changes.filter((change) => state !== "sent" || !navigator.onLine || Date.now() - Date.parse(change.at) > PATIENCE_MS);
    const late = new Set(visible);
    for (const line of all("form[data-list] li[data-item]")) mark(line, "");
    showAdded(changes, late);
    for (const change of changes) {
      const line = change.item && lineOf(change.item);
      if (!line) continue;
      if (change.do === "tick") one("input[type=checkbox]", line).checked = change.to;
      if (change.do === "amount") {
        line.dataset.shown ??= one(".q bdi", line).textContent.trim();
        one(".q bdi", line).textContent = change.to || line.dataset.shown;
      }
      if (late.has(change) && line.closest("form")) mark(line, change.do === "remove" ? words().wordGone : words().word);
    }
    count();
    showNote(visible.length);
    showTold(told);
    for (const row of all("[data-noscript]")) row.hidden = true;
  }

  function showAdded(changes, late) {
    const section = one("[data-added]");
    if (!section) return;
    const place = one("ul", section);
    const pattern = one("template", place).content.firstElementChild;
    const added = changes.filter((change) => change.do === "add" && (late.has(change) || one(`[data-item="new:${change.id}"]`, place)));
    const keys = added.map((change) => `new:${change.id}`);
    for (const line of all("li", place)) if (!keys.includes(line.dataset.item)) line.remove();
    for (const change of added) {
      let line = all("li", place).find((other) => other.dataset.item === `new:${change.id}`);
      if (!line) {
        line = pattern.cloneNode(true);
        line.dataset.item = `new:${change.id}`;
        line.dataset.amount = "";
        line.setAttribute("data-own", "");
        one(".n bdi", line).textContent = change.name;
        one("[data-take-off]", line).addEventListener("click", () => wish({ do: "remove", item: line.dataset.item, name: change.name }));
        place.append(line);
      }
      one(".q bdi", line).textContent = change.quantity;
      one(".for", line).textContent = words().word;
    }
    section.hidden = !added.length;
  }

  function count() {
    const boxes = all("form[data-list] input[name=ticked]");
    const done = boxes.filter((box) => box.checked).length;
    for (const place of all("[data-ticked]")) place.textContent = done;
    for (const bar of all("[data-share]")) bar.setAttribute("width", `${boxes.length ? (100 * done) / boxes.length : 0}%`);
    for (const place of all("[data-left]")) {
      place.textContent = all("input[name=ticked]:not(:checked)", place.closest("section")).length;
    }
  }

  function showNote(number) {
    const note = one("[data-waiting]");
    if (!note) return;
    note.hidden = !number && !homeless;
    one("[data-waiting-count]", note).textContent = `${number}.`;
    one("[data-waiting-signed-out]", note).hidden = state !== "signed-out";
    one("[data-waiting-offline]", note).hidden = state === "signed-out";
    if (homeless) one("[data-waiting-offline]", note).textContent = words().wordNothing;
    const link = one("[data-sign-in]", note);
    if (link) link.href = `${link.href.split("?")[0]}?next=${encodeURIComponent(location.pathname)}`;
  }

  function showTold(told) {
    const note = one("[data-told]");
    if (!note) return;
    const place = one("[data-told-lines]", note);
    const pattern = one("template", place).content.firstElementChild;
    for (const line of all("li", place)) line.remove();
    for (const row of told) {
      const line = pattern.cloneNode(true);
      one("span", line).textContent = row.lost ? `${words().wordLost} ${row.message}` : row.message;
      const mine = one("[data-mine]", line);
      mine.hidden = !row.item;
      mine.addEventListener("click", () => {
        waiting.untell(listId, row.message);
        wish({ do: "amount", item: row.item, to: row.mine, seen_amount: row.theirs || "" });
      });
      place.append(line);
    }
    note.hidden = !told.length;
  }

  for (const button of all("[data-told-done]")) {
    button.addEventListener("click", () => {
      for (const row of waiting.read(listId).told) waiting.untell(listId, row.message);
      show();
    });
  }

  // --- one line without a connection: its own page cannot be reached, so a dialog does what matters ---

  document.addEventListener("click", (event) => {
    const link = event.target.closest("form[data-list] li.buy > a");
    const dialog = one("dialog[data-line]");
    const away = !navigator.onLine || state === "offline" || document.documentElement.hasAttribute("data-copy");
    if (!link || !dialog || !away) return;
    event.preventDefault();
    const line = link.closest("li");
    const own = line.hasAttribute("data-own");
    one("[data-line-name]", dialog).textContent = nameOf(line);
    const written = waiting.read(listId).changes.findLast((change) => change.item === line.dataset.item && change.do === "amount");
    const input = one("input", dialog);
    input.value = written ? written.to : line.dataset.amount;
    one("[data-line-remove]", dialog).hidden = !own;
    dialog.returnValue = "";
    dialog.onclose = () => {
      const item = line.dataset.item;
      const seen = { name: nameOf(line), seen_amount: written && written.tried ? written.to : line.dataset.amount };
      if (dialog.returnValue === "save" && input.value.trim() !== (written ? written.to : line.dataset.amount)) {
        wish({ do: "amount", item, to: input.value.trim(), ...seen });
      } else if (dialog.returnValue === "remove") {
        wish({ do: "remove", item, seen_ticked: one("input[type=checkbox]", line).checked, ...seen });
      }
      link.focus();
    };
    dialog.showModal();
  });

  if (form()) {
    const lookAgain = () => {
      if (document.visibilityState !== "visible" || one("dialog[open]")) return;
      look = navigator.onLine;
      send();
    };
    window.addEventListener("online", send);
    // A phone out of the pocket was asleep while the signal came back or somebody else shopped.
    document.addEventListener("visibilitychange", lookAgain);
    setInterval(lookAgain, LOOK_MS);
    window.addEventListener("offline", () => {
      state = "offline";
      show();
    });
    // Another tab of the same list has changed or sent something.
    window.addEventListener("storage", (event) => event.key === waiting.keyOf(listId) && show());
    if (!navigator.onLine) state = "offline";
    look = navigator.onLine && waiting.justSent(listId);
    show();
    send();
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
