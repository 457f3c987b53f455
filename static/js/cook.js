/* The kitchen: the screen stays on where the browser can do that, and times of a step run. Steps are plain links. */
"use strict";

const KEPT = "athleat-timers";
let lock = null;
// Somebody who let the screen sleep is not overruled when the page comes back.
let wanted = true;
let sound = null;

const bar = () => document.getElementById("kitchenbar");

function begin() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  if (!bar()) return;
  bar().hidden = false;
  showTimerButtons();
  tell();
  stayAwake();
  tick();
}

function showTimerButtons() {
  for (const button of document.querySelectorAll("[data-timer]")) button.hidden = false;
  for (const words of document.querySelectorAll("[data-untimed]")) words.hidden = true;
}

// --- the screen

async function stayAwake() {
  if (!navigator.wakeLock || !wanted || lock || !bar() || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => {
      lock = null;
      tell();
    });
  } catch {
    // Refused, as with little battery: the state says so.
    lock = null;
  }
  tell();
}

function tell() {
  const button = document.getElementById("awake");
  if (!button) return;
  const words = bar().dataset;
  button.textContent = navigator.wakeLock ? (lock ? words.awake : words.asleep) : words.never;
  button.disabled = !navigator.wakeLock;
  button.setAttribute("aria-pressed", String(Boolean(lock)));
  button.classList.toggle("on", Boolean(lock));
}

document.addEventListener("visibilitychange", stayAwake);

// --- times

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || [];
  } catch {
    return [];
  }
}

function keep(timers) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(timers));
  } catch {
    // Without storage a time ends with its page.
  }
}

function start(button) {
  // A browser lets only a touch switch sound on.
  try {
    sound = sound || new AudioContext();
    sound.resume();
  } catch {
    sound = null;
  }
  const timers = read();
  timers.push({ id: Date.now(), name: button.dataset.name, ends: Date.now() + Number(button.dataset.timer) * 1000 });
  keep(timers);
  document.getElementById("kitchen-said").textContent = button.textContent.trim();
  tick();
}

function tick() {
  const list = document.getElementById("running");
  if (!list) return;
  const timers = read();
  const known = new Set(timers.map((timer) => `t${timer.id}`));
  for (const row of [...list.children]) if (!known.has(row.id)) row.remove();
  for (const timer of timers) {
    const row = document.getElementById(`t${timer.id}`) || list.appendChild(rowOf(timer));
    const seconds = Math.max(0, Math.ceil((timer.ends - Date.now()) / 1000));
    row.querySelector("b").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds === 0 && !row.classList.contains("over")) {
      row.classList.add("over");
      document.getElementById("kitchen-said").textContent = `${bar().dataset.ready}: ${timer.name}`;
      row.querySelector("span").textContent = `${bar().dataset.ready}: ${timer.name}`;
      ring();
    }
  }
}

function rowOf(timer) {
  const row = document.createElement("li");
  row.id = `t${timer.id}`;
  row.append(document.createElement("b"), document.createElement("span"), document.createElement("button"));
  row.querySelector("span").textContent = timer.name;
  const stop = row.querySelector("button");
  stop.type = "button";
  stop.className = "btn lean";
  stop.textContent = bar().dataset.stop;
  stop.setAttribute("aria-label", `${bar().dataset.stop}: ${timer.name}`);
  stop.dataset.stops = timer.id;
  return row;
}

function ring() {
  if (navigator.vibrate) navigator.vibrate([300, 150, 300]);
  if (!sound) return;
  for (const second of [0, 0.4, 0.8]) {
    const tone = sound.createOscillator();
    tone.frequency.value = 880;
    tone.connect(sound.destination);
    tone.start(sound.currentTime + second);
    tone.stop(sound.currentTime + second + 0.2);
  }
}

setInterval(tick, 1000);

document.addEventListener("click", (event) => {
  const timer = event.target.closest("[data-timer]");
  if (timer) start(timer);
  const stop = event.target.closest("[data-stops]");
  if (stop) {
    keep(read().filter((one) => String(one.id) !== stop.dataset.stops));
    tick();
  }
  if (event.target.closest("#awake")) {
    wanted = !lock;
    if (lock) lock.release();
    else stayAwake();
  }
});

// --- steps

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const rel = { [forward]: "next", [back]: "prev" }[event.key];
  if (rel && turn(rel)) event.preventDefault();
});

function turn(rel) {
  const link = document.querySelector(`#cook a[rel="${rel}"]`);
  if (!link) return false;
  // A quick second turn may come before htmx has seen the new links: it would load the whole page.
  if (window.htmx) window.htmx.process(link);
  link.click();
  return true;
}

// A swipe with one finger: far, flat and quick, so that scrolling, zooming and choosing words turn nothing. From the
// very edge of the screen the browser itself goes back.
const SWIPE = { far: 60, flat: 0.5, quick: 700, edge: 24 };
let touched = null;

document.addEventListener(
  "touchstart",
  (event) => {
    const [finger] = event.touches;
    const edge = finger.clientX < SWIPE.edge || finger.clientX > innerWidth - SWIPE.edge;
    const free = event.touches.length === 1 && !edge && event.target.closest("#cook") && !event.target.closest(".lap");
    touched = free ? { x: finger.clientX, y: finger.clientY, at: event.timeStamp } : null;
  },
  { passive: true },
);
document.addEventListener("touchcancel", () => {
  touched = null;
});
document.addEventListener("touchend", (event) => {
  const from = touched;
  touched = null;
  if (!from || !getSelection().isCollapsed || (window.visualViewport && visualViewport.scale > 1.05)) return;
  const [finger] = event.changedTouches;
  const along = finger.clientX - from.x;
  const across = Math.abs(finger.clientY - from.y);
  if (Math.abs(along) < SWIPE.far || across > Math.abs(along) * SWIPE.flat) return;
  if (event.timeStamp - from.at > SWIPE.quick) return;
  const forward = along < 0 !== (document.documentElement.dir === "rtl");
  turn(forward ? "next" : "prev");
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "cook") return;
  showTimerButtons();
  document.getElementById("step-h").focus({ preventScroll: true });
});
document.addEventListener("htmx:historyRestore", begin);
begin();
