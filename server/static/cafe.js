/* The phone's page, alive: the server's page works without this script. It fills the same elements, keeps what people
 * write until the laptop has it on its disk, and follows the café. All text goes through textContent. It asks for
 * nothing that a page on plain HTTP does not have. */

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const root = $("cafe");
const said = JSON.parse(root.dataset.said);
const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
const box = $("text");
const form = $("write");
const EVERYBODYS = ["harvest", "closing", "closed"];

/** Fills a sentence; one that counts comes as an object of plural forms. */
function say(sentence, values = {}) {
  const text = typeof sentence === "string" ? sentence : sentence[plurals.select(values.n)] ?? sentence.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function put(id, text) {
  const element = $(id);
  if (element && element.textContent !== text) element.textContent = text;
}

/* ---------------------------------------------------------------- what is kept on this phone */

const prefix = `cafe:${root.dataset.epoch}:`;
const memory = new Map();
let forgetful = false;

function keep(key, value) {
  memory.set(key, JSON.stringify(value));
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    forgetful = true;
  }
}

function drop(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    forgetful = true;
  }
}

/** Everything kept whose key begins so, by the rest of the key. */
function kept(kind) {
  const found = new Map();
  for (const [key, value] of memory) if (key.startsWith(kind)) found.set(key.slice(kind.length), JSON.parse(value));
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix + kind)) found.set(key.slice((prefix + kind).length), JSON.parse(localStorage.getItem(key)));
    }
  } catch {
    forgetful = true;
  }
  return found;
}

function forgetAll() {
  for (const kind of ["draft:", "out:"]) for (const key of kept(kind).keys()) drop(kind + key);
}

/* ------------------------------------------------------------------------ where the café is */

let view = null;
let cursor = "";
let base = { now: 0, at: 0, rate: 1 };
let warned = "";

const cafeNow = () => base.now + (performance.now() - base.at) * base.rate;

function setTime(now, rate = base.rate) {
  base = { now, at: performance.now(), rate };
}

function digits(ms) {
  const seconds = Math.abs(Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return (Math.ceil(ms / 1000) < 0 ? "+" : "") + (h ? `${h}:${two(m)}` : m) + `:${two(s)}`;
}

function tick() {
  if (!view) return;
  const { mode, ends, left: stood } = view.clock;
  const left = mode === "run" ? ends - cafeNow() : stood;
  const over = mode !== "none" && Math.ceil(left / 1000) < 0;
  $("clock").hidden = mode === "none";
  $("clock").classList.toggle("over", over);
  $("over").hidden = !over || mode === "pause";
  $("pause").hidden = mode !== "pause";
  put("time", mode === "none" ? "" : digits(left));
  const waits = view.opens !== null && cafeNow() < view.opens;
  $("wait").hidden = !waits;
  form.hidden = !view.q || view.phase === "closed" || (waits && !box.value);
  const mark = mode === "pause" ? "pause" : [1, 5].find((m) => left > (m - 1) * 60000 + 30000 && left <= m * 60000);
  const news = mark ? `${mark}${view.in}` : "";
  if (news !== warned && view.phase === "round") {
    put("spoken", !mark ? "" : mark === "pause" ? said.paused : say(said.minutes, { n: mark }));
    warned = news;
  }
}

/** Shows a state of the café; what somebody is writing is never touched, at most moved aside. */
function show(next) {
  const before = view;
  const other = before && (before.in !== next.in || everything(before) !== everything(next));
  if (!before || before.in !== next.in) turnPage(before, next);
  view = next;
  for (const part of document.querySelectorAll("[data-in]")) {
    part.hidden = !part.dataset.in.split(" ").includes(next.phase);
  }
  const names = said.phases[next.phase] ?? "";
  put("block", next.title || names);
  put("until", say(said.until, { time: next.until }));
  put("people", say(said.people, { n: next.people }));
  $("seat").hidden = !next.table;
  put("number", String(next.table ?? ""));
  const stays = next.to !== null && next.to === next.table;
  put("go", next.to === null ? said.change : say(stays ? said.stay : said.go, { number: next.to }));
  put("arrow", stays ? "" : "→");
  put("to", String(next.to ?? ""));
  put("table", next.table ? say(said.table, { number: next.table }) : "");
  put("round", say(said.round, next));
  put("question", next.q?.text ?? "");
  put("last", next.q?.text ?? "");
  $("question").lang = $("last").lang = next.q?.lang ?? language;
  for (const button of document.querySelectorAll("#elsewhere button")) {
    button.toggleAttribute("aria-current", Number(button.value) === next.table);
  }
  const where = next.phase === "move" && next.to ? next.to : next.table;
  document.title = next.round && where ? `${say(said.table, { number: where })} · ${say(said.round, next)}` : said.title;
  tick();
  if (other) later(everything(next) ? 1200 : 300);
}

const everything = (state) => EVERYBODYS.includes(state.phase);

/** A new question lies on the table: what was begun for the last one is put aside, not thrown away. */
function turnPage(before, next) {
  const draft = kept("draft:").get(next.in);
  if (before || draft) box.value = draft?.text ?? "";
  if (before) buildOn(null);
  offer(next);
}

function offer(next) {
  const others = [...kept("draft:").entries()].filter(([key, draft]) => key !== next.in && draft.text.trim());
  const [key, draft] = others[others.length - 1] ?? [];
  $("unsent").hidden = !draft;
  $("unsent").dataset.key = key ?? "";
  put("unsent-text", draft?.text ?? "");
}

/* ------------------------------------------------------------------------------- the ideas */

const cards = new Map([...document.querySelectorAll("li.idea")].map((card) => [card.dataset.id, card]));
const waiting = new Map();

function listFor(idea) {
  if (idea.mine) return $("mine").querySelector("ul");
  return everything(view) ? document.querySelector(`#all [data-q="${CSS.escape(idea.q)}"] ul`) : $("others").querySelector("ul");
}

function card(idea) {
  let made = cards.get(idea.id);
  if (made && made.classList.contains("mine") !== idea.mine) {
    made.remove();
    made = null;
  }
  if (!made) {
    made = $(idea.mine ? "card-mine" : "card").content.querySelector("li").cloneNode(true);
    made.dataset.id = idea.id;
    if (idea.mine) {
      const [edit, back] = made.querySelectorAll("form");
      edit.setAttribute("action", `/c/ideas/${idea.id}/edit`);
      back.setAttribute("action", `/c/ideas/${idea.id}/back`);
      made.querySelector("textarea").id = `edit-${idea.id}`;
      made.querySelector("label").htmlFor = `edit-${idea.id}`;
    } else {
      made.querySelector(".build").setAttribute("href", `/c?on=${idea.id}#write`);
    }
    cards.set(idea.id, made);
  }
  const text = made.querySelector(".text");
  if (text.textContent !== idea.text) text.textContent = idea.text;
  if (idea.lang) text.lang = idea.lang;
  if (idea.mine) {
    const note = made.querySelector(".note");
    const mend = made.querySelector("details");
    made.classList.toggle("sending", idea.st === "sending");
    note.hidden = !["held", "hidden", "sending"].includes(idea.st);
    note.textContent = idea.st === "sending" ? said.sending : said.held;
    if (mend) mend.hidden = idea.st === "sending" || view?.phase === "closed";
    if (mend && !mend.open) made.querySelector("textarea").value = idea.text;
  }
  return made;
}

/** Takes an idea in, or away. While somebody reads further down, new ones of others wait behind a button. */
function take(idea, live = false) {
  if (idea.st === "gone") {
    cards.get(idea.id)?.remove();
    cards.delete(idea.id);
    waiting.delete(idea.id);
  } else if (live && !cards.has(idea.id) && !idea.mine && !everything(view) && reading()) {
    waiting.set(idea.id, idea);
  } else {
    const made = card(idea);
    const list = listFor(idea);
    if (!list) return later(300);
    if (made.parentElement !== list) {
      if (live) made.classList.add("new");
      if (idea.mine || !everything(view)) list.prepend(made);
      else list.append(made);
    }
  }
  count();
}

function reading() {
  const top = $("others").getBoundingClientRect().top;
  return !$("others").hidden && (top < 0 || $("others").contains(document.activeElement));
}

function count() {
  $("mine").hidden = !$("mine").querySelector("li");
  $("others").hidden = everything(view) || !($("others").querySelector("li") || waiting.size);
  $("all").hidden = !everything(view);
  $("fresh").hidden = !waiting.size;
  put("fresh", say(said.ideas, { n: waiting.size }));
}

function takeAll(snapshot) {
  if (everything(snapshot)) {
    for (const q of snapshot.questions) {
      if (document.querySelector(`#all [data-q="${CSS.escape(q.id)}"]`)) continue;
      const part = $("part").content.querySelector("section").cloneNode(true);
      part.dataset.q = q.id;
      part.querySelector("h2").textContent = q.text;
      part.querySelector("h2").lang = q.lang;
      $("all").append(part);
    }
  }
  const there = new Set(snapshot.ideas.map((idea) => idea.id));
  const unsent = kept("out:");
  for (const [id, made] of cards) {
    if (!there.has(id) && !unsent.has(id)) {
      made.remove();
      cards.delete(id);
    }
  }
  waiting.clear();
  for (const idea of snapshot.ideas) take(idea);
  for (const [id, item] of unsent) if (!there.has(id)) take({ ...item, mine: true, st: "sending" });
  count();
}

/* ----------------------------------------------------------------------- sending: the outbox */

let flushing = false;
let failures = 0;
let flushTimer = 0;

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

function buildOn(idea) {
  form.elements.on.value = idea?.id ?? "";
  $("on").hidden = !idea;
  put("built", idea?.text ?? "");
}

/** Puts words into the outbox. They are on this phone before the box is emptied. */
function post(text, q, place, on) {
  const item = { id: newId(), q, text, on: on || null, lang: language, t: Date.now(), in: place };
  keep(`out:${item.id}`, item);
  drop(`draft:${place}`);
  trouble("");
  take({ ...item, mine: true, st: "sending" });
  flush();
}

function trouble(message) {
  put("error", message);
  $("error").hidden = !message;
}

/** Waits longer with each failure, never in step with the other phones. */
const pause = (n) => Math.min(15000, 500 * 2 ** n) * (0.75 + Math.random() / 2);

async function ask(url, options = {}, patience = 8000) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(url, { cache: "no-store", redirect: "error", signal: stop.signal, ...options });
    return { status: answer.status, data: await answer.json(), wait: Number(answer.headers.get("Retry-After")) * 1000 };
  } finally {
    clearTimeout(timer);
  }
}

async function flush() {
  if (flushing) return;
  flushing = true;
  clearTimeout(flushTimer);
  for (const [id, item] of kept("out:")) {
    let wait = 0;
    try {
      const headers = { "Content-Type": "application/json" };
      const answer = await ask("/c/ideas", { method: "POST", headers, keepalive: true, body: JSON.stringify(item) });
      wait = settle(id, item, answer);
      failures = wait ? failures + 1 : 0;
    } catch {
      wait = pause(failures++);
    }
    if (wait) {
      if (wait < Infinity) flushTimer = setTimeout(flush, wait);
      break;
    }
  }
  flushing = false;
  banner();
}

/** What an answer means for an item of the outbox: 0 when it is settled, else how long to wait. */
function settle(id, item, { status, data, wait }) {
  if ((status === 200 || status === 201) && data.id === id) {
    drop(`out:${id}`);
    take(data);
    return 0;
  }
  if (status === 401 || status === 421) {
    away = status === 401 ? "rejoin" : "moved";
    return Infinity;
  }
  if (status < 400 || status === 408 || status === 429 || status >= 500) return Math.max(wait || 0, pause(failures));
  drop(`out:${id}`);
  take({ id, st: "gone" });
  box.value = box.value ? `${item.text}\n${box.value}` : item.text;
  keepDraft();
  trouble(data.error?.message ?? "");
  return 0;
}

function keepDraft() {
  if (!view?.q) return;
  if (box.value.trim()) keep(`draft:${view.in}`, { text: box.value, q: view.q.id });
  else drop(`draft:${view.in}`);
  if (forgetful) banner();
}

/* -------------------------------------------------------------------------------- following */

let source = null;
let polling = 0;
let heard = 0;
let lostAt = 0;
let away = "";
let tries = 0;
let timer = 0;
let over = false;
let buffered = false;

/** Says what is wrong with the connection, once it matters. */
function banner() {
  const lost = lostAt ? performance.now() - lostAt : 0;
  const held = kept("out:").size;
  const parts = [];
  if (away) parts.push(said[away]);
  else if (lost > 3000) parts.push(lost > 20000 ? said.moved : said.offline);
  if (parts.length && held) parts.push(say(said.waiting, { n: held }));
  if (forgetful && (held || box.value)) parts.push(said.memory);
  put("banner", parts.join(" "));
  $("banner").hidden = !parts.length;
}

/** Asks for the snapshot a little later, and not in the same instant as all the others. */
function later(spread) {
  clearTimeout(timer);
  timer = setTimeout(follow, 50 + Math.random() * spread);
}

function stop() {
  source?.close();
  source = null;
  polling++;
  clearTimeout(timer);
}

/** Snapshot first; then what comes, by a stream, or by poll where a stream does not come through. */
async function follow() {
  stop();
  if (document.visibilityState === "hidden" || over) return;
  const turn = polling;
  try {
    const { status, data } = await ask("/c/state");
    if (turn !== polling) return;
    if (status === 401) away = "rejoin";
    if (status !== 200 || !data.epoch) throw new Error(String(status));
    if (prefix !== `cafe:${data.epoch}:`) return location.reload();
    setTime(data.now, data.rate);
    cursor = `${data.epoch}.${data.seq}`;
    show(data);
    clearTimeout(timer);
    takeAll(data);
    if (buffered) poll(turn);
    else listen(turn);
  } catch {
    if (turn === polling) broken();
  }
}

function well() {
  heard = performance.now();
  lostAt = tries = 0;
  away = "";
  banner();
  flush();
}

function broken() {
  stop();
  lostAt ||= performance.now();
  if (away !== "rejoin") timer = setTimeout(follow, pause(tries++));
  banner();
}

function listen(turn) {
  const stream = (source = new EventSource(`/c/events?since=${cursor}`));
  const silent = setTimeout(() => {
    if (turn !== polling || source !== stream) return;
    stream.close();
    source = null;
    buffered = true;
    poll(turn);
  }, 3000);
  for (const name of ["hello", "state", "idea", "ping", "bye"]) {
    stream.addEventListener(name, (event) => {
      if (source !== stream) return;
      clearTimeout(silent);
      hear(name, JSON.parse(event.data), event.lastEventId);
    });
  }
  stream.onerror = () => {
    clearTimeout(silent);
    if (source === stream) broken();
  };
}

async function poll(turn) {
  try {
    const { status, data } = await ask(`/c/poll?since=${cursor}&wait=20`, {}, 30000);
    if (turn !== polling) return;
    if (status !== 200 || !data.events) throw new Error(String(status));
    well();
    for (const { event, data: told, id } of data.events) hear(event, told, id);
    cursor = data.since;
    if (turn === polling) timer = setTimeout(poll, data.next_ms, turn);
  } catch {
    if (turn === polling) broken();
  }
}

function hear(name, data, id) {
  heard = performance.now();
  if (id) cursor = id;
  if (name === "hello") {
    setTime(data.now, data.rate);
    well();
  } else if (name === "ping") setTime(data.now);
  else if (name === "state") show(data);
  else if (name === "idea") take(data, true);
  else if (name === "bye") farewell(data);
}

function farewell({ reason, retry_ms: wait }) {
  stop();
  over = reason === "closed";
  if (reason === "rejoin") away = "rejoin";
  if (reason === "shutdown") {
    lostAt ||= performance.now();
    timer = setTimeout(follow, wait * (0.5 + Math.random()));
  }
  banner();
}

/* ------------------------------------------------------------------------------ what people do */

async function quietly(url, method, body) {
  try {
    const type = method === "PUT" ? "application/json" : "application/x-www-form-urlencoded";
    const headers = { "Content-Type": type, Accept: "application/json" };
    const { status, data } = await ask(url, { method, headers, body });
    if (status >= 400) trouble(data.error?.message ?? "");
    return status < 400 ? data : null;
  } catch {
    lostAt ||= performance.now() - 3001;
    banner();
    return null;
  }
}

document.addEventListener("submit", async (event) => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (sent.id === "erase") return forgetAll();
  if (sent.method !== "post" || !view) return;
  event.preventDefault();
  if (sent === form) {
    const text = box.value;
    if (!text.trim() || !view.q) return;
    const on = form.elements.on.value;
    box.value = "";
    post(text, view.q.id, view.in, on);
    buildOn(null);
  } else if (sent.id === "elsewhere") {
    const told = await quietly("/c/here", "PUT", JSON.stringify({ table: Number(event.submitter.value) }));
    if (told) show(told);
    sent.closest("details").open = false;
  } else {
    const told = await quietly(sent.getAttribute("action"), "POST", new URLSearchParams(new FormData(sent)).toString());
    const mend = sent.closest("details");
    if (told && mend) mend.open = false;
    if (told) take(told);
  }
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const link = target.closest(".build, #unbuild");
  if (link && view) {
    event.preventDefault();
    const on = link.closest("li");
    buildOn(on && { id: on.dataset.id, text: on.querySelector(".text").textContent });
    if (on) box.focus();
  } else if (target.id === "fresh") {
    for (const idea of [...waiting.values()]) {
      waiting.delete(idea.id);
      $("others").querySelector("ul").prepend(card(idea));
    }
    count();
  } else if (target.closest("#unsent button")) {
    const key = $("unsent").dataset.key;
    const draft = kept("draft:").get(key);
    if (draft && target.id === "unsent-send") post(draft.text, draft.q, key, "");
    if (draft && target.id === "unsent-here") box.value = [box.value, draft.text].filter(Boolean).join("\n");
    drop(`draft:${key}`);
    keepDraft();
    offer(view);
  }
});

box.addEventListener("input", keepDraft);
addEventListener("online", () => (follow(), flush()));
addEventListener("pageshow", (event) => event.persisted && follow());
addEventListener("pagehide", () => (keepDraft(), stop()));
document.addEventListener("visibilitychange", () => {
  keepDraft();
  if (document.visibilityState === "hidden") stop();
  else (follow(), flush());
});
setInterval(() => {
  tick();
  if (lostAt) banner();
  if (source && performance.now() - heard > 40000) broken();
}, 250);
follow();
flush();
