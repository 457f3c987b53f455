/* What was changed on a list without a connection waits on this device, list by list, until it is sent. */
"use strict";

window.athleatWaiting = (() => {
  const PREFIX = "athleat:";
  const SENT = "athleat-sent:";
  const BATCH = 200;
  const account = () => document.querySelector("meta[name=athleat-account]")?.content || "link";
  const sentKeyOf = (list) => `${SENT}${account()}:${list}`;
  const keyOf = (list) => `${PREFIX}${account()}:${list}`;

  function read(list) {
    try {
      const kept = JSON.parse(localStorage.getItem(keyOf(list)) || "{}");
      return { url: kept.url || "", changes: kept.changes || [], told: kept.told || [] };
    } catch {
      return { url: "", changes: [], told: [] };
    }
  }

  function write(list, kept) {
    try {
      if (kept.changes.length || kept.told.length) localStorage.setItem(keyOf(list), JSON.stringify(kept));
      else localStorage.removeItem(keyOf(list));
      return true;
    } catch {
      return false;
    }
  }

  // A change that may have arrived already is never altered: what follows it is added after it.
  function put(list, url, wish) {
    const kept = read(list);
    const change = { id: crypto.randomUUID(), at: new Date().toISOString(), ...wish };
    const open = (other, ...kinds) => !other.tried && kinds.includes(other.do);
    const mine = (other) => other.item === change.item;
    const added = kept.changes.find((other) => open(other, "add") && `new:${other.id}` === change.item);
    if (change.do === "remove") kept.changes = kept.changes.filter((other) => !(mine(other) && open(other, "tick", "amount")));
    if (added && change.do === "remove") {
      kept.changes = kept.changes.filter((other) => other !== added);
    } else if (added && change.do === "amount") {
      added.quantity = change.to;
    } else {
      const before = kept.changes.find((other) => mine(other) && change.item && open(other, change.do));
      if (before && change.do === "amount") change.seen_amount = before.seen_amount;
      kept.changes = kept.changes.filter((other) => other !== before);
      kept.changes.push(change);
    }
    kept.url = url;
    return write(list, kept);
  }

  function tell(list, rows) {
    const kept = read(list);
    for (const row of rows) if (!kept.told.some((other) => other.message === row.message)) kept.told.push(row);
    write(list, kept);
  }

  function untell(list, message) {
    const kept = read(list);
    kept.told = kept.told.filter((row) => row.message !== message);
    write(list, kept);
  }

  function drop(list, changes) {
    const ids = new Set(changes.map((change) => change.id));
    const kept = read(list);
    kept.changes = kept.changes.filter((change) => !ids.has(change.id));
    write(list, kept);
  }

  // A page that was asked for while a change was on its way may be older than the change.
  const JUST_MS = 15000;

  function noteSent(list) {
    try {
      sessionStorage.setItem(sentKeyOf(list), Date.now());
    } catch {
      // Then the next look shows it.
    }
  }

  function justSent(list) {
    try {
      return Date.now() - Number(sessionStorage.getItem(sentKeyOf(list))) < JUST_MS;
    } catch {
      return false;
    }
  }

  function cookie(name) {
    const pair = document.cookie.split("; ").find((text) => text.startsWith(`${name}=`));
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
  }

  async function post(url, changes) {
    return fetch(url, {
      method: "POST",
      redirect: "manual",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ sent_at: new Date().toISOString(), changes }),
    });
  }

  // "sent", "nothing", "offline", "signed-out" or "gone".
  async function sendAll(list) {
    let sent = "nothing";
    let size = BATCH;
    for (;;) {
      const kept = read(list);
      const batch = kept.changes.slice(0, size);
      if (!batch.length) return sent;
      for (const change of batch) change.tried = true;
      write(list, kept);
      let answer;
      try {
        answer = await post(kept.url, batch.map(({ tried, ...change }) => change));
      } catch {
        return "offline";
      }
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "signed-out";
      if (answer.status === 404) {
        tell(list, batch.map((change) => ({ message: `${change.name || change.to || "…"}`, lost: true })));
        drop(list, batch);
        sent = "gone";
        continue;
      }
      if (answer.status === 400 || answer.status === 413) {
        // One of them cannot be read: it is found by sending them one by one, and told.
        if (batch.length === 1) {
          tell(list, [{ message: `${batch[0].name || batch[0].to || "…"}`, lost: true }]);
          drop(list, batch);
        }
        size = 1;
        continue;
      }
      if (!answer.ok) return "offline";
      let body;
      try {
        body = await answer.json();
      } catch {
        return "offline";
      }
      const by = new Map(batch.map((change) => [change.id, change]));
      tell(list, [
        ...body.changes
          .filter((row) => row.message)
          .map((row) => ({
            message: row.message,
            ...(row.outcome === "changed" ? { item: row.item, mine: by.get(row.id)?.to, theirs: row.quantity } : {}),
          })),
        ...body.notices.map((message) => ({ message })),
      ]);
      noteSent(list);
      drop(list, batch);
      sent = sent === "gone" ? sent : "sent";
    }
  }

  // Two tabs of one list take turns.
  function send(list) {
    return navigator.locks ? navigator.locks.request(keyOf(list), () => sendAll(list)) : sendAll(list);
  }

  function lists() {
    const own = `${PREFIX}${account()}:`;
    return Object.keys(localStorage).filter((key) => key.startsWith(own)).map((key) => key.slice(own.length));
  }

  // Keys of other people go; `all` takes one's own as well.
  function forget(all) {
    for (const [kept, prefix] of [[localStorage, PREFIX], [sessionStorage, SENT]]) {
      for (const key of Object.keys(kept)) {
        if (key.startsWith(prefix) && (all || !key.startsWith(`${prefix}${account()}:`))) kept.removeItem(key);
      }
    }
  }

  return { account, read, put, send, lists, forget, untell, keyOf, justSent };
})();
