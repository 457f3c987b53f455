/* The advisor's answer while it is written. Without this file the question is sent and its page comes back. */
"use strict";

class Refused extends Error {}
// The page is not the one that this browser would send now.
class TooOld extends Error {}

// Before any other listener: a question that is streamed is not sent a second time by the browser or by htmx.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("form[data-stream]");
    if (!form || !window.TextDecoderStream) return;
    event.preventDefault();
    if (document.documentElement.dataset.asking) return;
    const data = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    ask(form, data);
  },
  true,
);

async function ask(form, data) {
  const asked = data.get("message") || "";
  const composer = document.querySelector("form.composer");
  const field = composer.elements.message;
  const live = show(asked);
  document.documentElement.dataset.asking = "1";
  try {
    const place = await follow(form.action, data, live, (id) => {
      // From here on the question is kept, and asking again goes on with its conversation.
      composer.action = `/advisor/${id}`;
      if (field.value === asked) field.value = "";
    });
    await open(place);
  } catch (error) {
    live.remove();
    if (!field.value) field.value = asked;
    if (error instanceof TooOld) document.dispatchEvent(new CustomEvent("athleat:refused", { detail: { form: composer } }));
    else refuse(error instanceof Refused ? error.message : document.querySelector("[data-refused]").dataset.lost);
  } finally {
    delete document.documentElement.dataset.asking;
  }
}

function show(asked) {
  document.querySelector("[data-refused]").hidden = true;
  const template = document.querySelector("template[data-live]");
  const live = template.content.firstElementChild.cloneNode(true);
  live.querySelector("[data-asked]").textContent = asked;
  template.before(live);
  live.lastElementChild.scrollIntoView({ block: "nearest" });
  return live;
}

function refuse(words) {
  const note = document.querySelector("[data-refused]");
  note.querySelector("[data-why]").textContent = words;
  note.hidden = false;
}

// Reads the stream to its end and returns the place of the answer; throws where there is none.
async function follow(address, data, live, accepted) {
  const response = await fetch(address, { method: "POST", body: data, headers: { Accept: "text/event-stream" } });
  const type = response.headers.get("Content-Type") || "";
  if (type.startsWith("application/json")) throw new Refused((await response.json()).error.message);
  if (response.status === 403) throw new TooOld("the token is not this browser's");
  if (!response.ok || !type.startsWith("text/event-stream")) throw new Error("no stream");
  const answer = live.querySelector("[data-answer]");
  for await (const [name, body] of events(response.body)) {
    if (name === "accepted") accepted(body.conversation_id);
    if (name === "token") answer.textContent += body.text;
    if (name === "restart") answer.textContent = "";
    if (name === "error") throw new Refused(body.error.message);
    if (name === "done") return body.url;
    live.querySelector("[data-wait]").hidden = answer.textContent !== "";
  }
  throw new Error("cut off");
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (waiting + value).split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const found = block.match(/^event: (\w+)\ndata: (.*)$/);
      if (found) yield [found[1], JSON.parse(found[2])];
    }
  }
}

// The page of the answer, with its sources and proposals, in place of this one.
async function open(place) {
  const [path, id] = place.split("#");
  const field = () => document.querySelector("form.composer textarea");
  // What was typed meanwhile is the next question.
  const typed = field().value;
  history.replaceState(null, "", place);
  await window.htmx.ajax("GET", path, { target: "#main", select: "#main", swap: "outerHTML" });
  document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  field().value = typed;
  field().focus({ preventScroll: true });
}
