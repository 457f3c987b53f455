/* Keeps what the server says may be kept (X-Offline-Copy), for the account it belongs to, and shows it when the network
   gives no answer. Nothing else is kept: no form, no answer of the API, no page of the admin. */

const FILES = `athleat-files-${BUILD.version}`;
const PAGES = "athleat-pages";
const SHARED = "athleat-shared";
const STATE = "athleat-state";
const COPY = "X-Offline-Copy";
const LIMIT_MS = 3000;
// After a form was sent, a copy from before it would look as if nothing had happened: then the answer is waited for.
const FORM_MS = 30000;
const LOOK_EVERY_MS = 10 * 60 * 1000;
let sentAt = 0;
let settling = Promise.resolve();
// How often everything was forgotten: an answer that was asked for before is for who has left.
let left = 0;
const MOST = { [PAGES]: 60, [SHARED]: 5 };

self.addEventListener("install", (event) => {
  const fresh = [...BUILD.assets, BUILD.offline].map((url) => new Request(url, { cache: "no-cache" }));
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("athleat-files-") && name !== FILES) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") sentAt = Date.now();
  // Whoever signs out or deletes the account leaves nothing behind, and whoever signs in finds nothing of others.
  if (request.method === "POST" && /\/(login|logout|signup)\/$|^\/me\/delete$/.test(url.pathname)) {
    event.waitUntil(forget());
  } else if (request.method !== "GET") {
    return;
  } else if (url.pathname.startsWith(BUILD.static)) {
    event.respondWith(file(event));
  } else if (request.mode === "navigate") {
    event.respondWith(page(event));
  } else if (request.headers.get("X-Refresh")) {
    event.respondWith(fromNetwork(event));
  }
});

self.addEventListener("message", (event) => {
  const { account, language, look } = event.data || {};
  if (account) event.waitUntil(belongsTo(account, language).then(() => look && lookAhead(account)));
});

async function file(event) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(event.request);
  const fresh = fetch(event.request).then((answer) => {
    if (answer.ok && answer.type === "basic") event.waitUntil(cache.put(event.request, answer.clone()));
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return Promise.race([fresh, late()]).catch(() => kept);
}

async function page(event) {
  const copy = await copyOf(event.request.url);
  const answer = fromNetwork(event);
  event.waitUntil(answer.catch(() => {}));
  try {
    const hurried = copy && Date.now() - sentAt > FORM_MS;
    const first = hurried ? await Promise.race([answer, late()]) : await answer;
    if (!copy || first.status < 502 || first.status > 504) return first;
  } catch {
    // No answer, or none in time.
  }
  if (copy) return marked(copy);
  const stand = await caches.match(BUILD.offline, { cacheName: FILES });
  return stand || Response.error();
}

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), LIMIT_MS));
}

async function fromNetwork(event) {
  const since = left;
  const answer = await fetch(event.request);
  event.waitUntil(keep(event.request.url, answer.clone(), since));
  return answer;
}

async function copyOf(url) {
  for (const options of [{}, { ignoreSearch: true }]) {
    for (const cacheName of [PAGES, SHARED]) {
      const found = await caches.match(url, { cacheName, ...options });
      if (found) return found;
    }
  }
  return undefined;
}

// The page itself says from when it is, once it is marked as a copy.
async function marked(copy) {
  const headers = new Headers(copy.headers);
  for (const name of ["Content-Encoding", "Content-Length", COPY]) headers.delete(name);
  const html = (await copy.text()).replace(/<html(?=[\s>])/i, "<html data-copy");
  return new Response(html, { status: 200, headers });
}

// Keeps what may be kept; a page that is refused or has gone is kept no longer. Answers whether it was kept.
async function keep(address, answer, since) {
  const url = address.split("#")[0];
  const owner = answer.headers.get(COPY);
  if (since !== left) return false;
  if (answer.status === 200 && owner && answer.type === "basic" && !answer.redirected) {
    const name = owner === "link" ? SHARED : PAGES;
    if (name === PAGES) await belongsTo(owner, answer.headers.get("Content-Language"));
    const cache = await caches.open(name);
    // Deleted first, so that the newest is the last of the keys.
    await cache.delete(url);
    await cache.put(url, answer);
    if (since !== left) {
      await cache.delete(url);
      return false;
    }
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(old);
    return true;
  }
  const refused = answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status);
  if (refused) for (const name of [PAGES, SHARED]) await (await caches.open(name)).delete(url);
  return false;
}

async function state() {
  const kept = await caches.match("/state", { cacheName: STATE });
  return kept ? kept.json() : {};
}

async function setState(value) {
  await (await caches.open(STATE)).put("/state", new Response(JSON.stringify(value)));
}

async function forget() {
  left += 1;
  for (const name of [PAGES, SHARED, STATE]) await caches.delete(name);
}

// Copies are of one account and in one language; whoever reads another one gets no old page beside new ones.
function belongsTo(account, language) {
  // One after another: two that find the old language would each empty what the other has kept.
  settling = settling.catch(() => {}).then(() => settle(account, language));
  return settling;
}

async function settle(account, language) {
  const known = await state();
  const spoken = language || known.language;
  if (known.account === account && known.language === spoken) return;
  if (known.account) await caches.delete(PAGES);
  await setState({ account, language: spoken });
  if (known.language && known.language !== spoken) await keepStand();
}

async function keepStand() {
  const cache = await caches.open(FILES);
  await cache.add(new Request(BUILD.offline, { cache: "no-cache" })).catch(() => {});
}

async function lookAhead(account) {
  const known = await state();
  if (known.account !== account || Date.now() - (known.looked_ms || 0) < LOOK_EVERY_MS) return;
  await setState({ ...known, looked_ms: Date.now() });
  const answer = await fetch(BUILD.pages, { redirect: "error", headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const wanted = await answer.json();
  if (wanted.account !== account) return;
  const marks = known.marks || {};
  const fresh = {};
  for (const { url, mark } of wanted.pages) {
    const now = await state();
    // Somebody else may have signed in meanwhile, or nobody is any more.
    if (now.account !== account) return;
    const address = new URL(url, self.location.origin).href;
    const there = await caches.match(address, { cacheName: PAGES });
    const since = left;
    const kept =
      there && marks[url] === mark ? true : await keep(address, await fetch(url, { redirect: "manual" }), since);
    if (kept) fresh[url] = mark;
    await setState({ ...now, marks: fresh });
  }
  await keepStand();
}
