/* Where the café is, whose ideas there are, how the phone follows, and what people do. */

let view = null;
let cursor = "";
let base = { now: 0, at: 0, rate: 1 };
let warned = "";
const cafeNow = () => base.now + (performance.now() - base.at) * base.rate;
const setTime = (now, rate = base.rate) => (base = { now, at: performance.now(), rate });

function digits(ms) {
  const whole = Math.ceil(ms / 1000);
  const [h, m, s] = [Math.floor(Math.abs(whole) / 3600), Math.floor(Math.abs(whole) / 60) % 60, Math.abs(whole) % 60];
  const two = (n) => String(n).padStart(2, "0");
  return `${whole < 0 ? "+" : ""}${h ? `${h}:${two(m)}` : m}:${two(s)}`;
}

/** What changes by itself: the clock, and whether it is time to write. Spoken are only pause, five minutes and one. */
function tick() {
  const { mode, ends, left: stood } = view.clock;
  const left = mode === "run" ? ends - cafeNow() : stood;
  const over = mode !== "none" && Math.ceil(left / 1000) < 0;
  const waits = view.opens !== null && cafeNow() < view.opens;
  $("clock").hidden = mode === "none";
  $("clock").classList.toggle("over", over);
  $("over").hidden = !over || mode === "pause";
  $("pause").hidden = mode !== "pause";
  $("wait").hidden = !waits;
  form.hidden = !view.q || view.phase === "closed" || (waits && !box.value);
  put({ time: digits(left) });
  const mark = mode === "pause" ? mode : [1, 5].find((m) => left > (m - 0.5) * 60000 && left <= m * 60000);
  const news = mark && view.phase === "round" ? mark + view.in : "";
  if (news !== warned) put({ spoken: !news ? "" : mark === "pause" ? said.paused : say(said.minutes, { n: mark }) });
  warned = news;
}

/** Shows a state of the café; what somebody is writing is never touched, at most moved aside. */
function show(next) {
  const before = view;
  view = next;
  if (before?.in !== next.in) turnPage(before);
  else offer();
  for (const part of document.querySelectorAll("[data-in]")) {
    part.hidden = !part.dataset.in.split(" ").includes(next.phase);
  }
  const stays = next.to !== null && next.to === next.table;
  const where = (next.phase === "move" && next.to) || next.table;
  put({
    block: next.title || (said.phases[next.phase] ?? ""),
    until: say(said.until, { time: next.until }),
    people: say(said.people, { n: next.people }),
    number: String(next.table ?? ""),
    go: next.to === null ? said.change : say(stays ? said.stay : said.go, { number: next.to }),
    arrow: stays ? "" : "→",
    aim: next.to === null ? "" : `→ ${next.to}`,
    to: String(next.to ?? ""),
    table: next.table ? say(said.table, { number: next.table }) : "",
    round: say(said.round, next),
    question: next.q?.text ?? "",
    last: next.q?.text ?? "",
  });
  root.dataset.phase = next.phase;
  $("seat").hidden = !next.table;
  $("unseated").hidden = next.phase !== "round" || Boolean(next.table);
  $("question").lang = $("last").lang = next.q?.lang ?? language;
  const title = `${say(said.table, { number: where })} · ${say(said.round, next)}`;
  document.title = next.round && where ? title : said.title;
  tick();
  if (before && before.phase !== next.phase && document.activeElement !== box) scrollTo(0, 0);
  const other = before && (before.in !== next.in || everything(before) !== everything(next));
  if (other) later(everything(next) ? 1200 : 300);
}

/** Another question lies on the table: what was begun for the last one is put aside, not thrown away. */
function turnPage(before) {
  const draft = shelf.get(`draft:${view.in}`);
  if (before || draft) box.value = draft?.text ?? "";
  if (before) buildOn(null);
  offer();
}

/** Shows words that were begun for an earlier question and not sent. */
function offer() {
  const [place, draft] = kept("draft:").findLast?.(([place]) => place !== view.in) ?? [];
  $("unsent").hidden = !draft || view.phase === "closed";
  $("unsent").dataset.place = place ?? "";
  put({ "unsent-text": draft?.text ?? "" });
}

/* ------------------------------------------------------------------------------- the ideas */

const cards = new Map([...document.querySelectorAll("li.idea")].map((card) => [card.dataset.id, card]));
const waiting = new Map();

function listFor(idea) {
  if (idea.mine) return $("mine").querySelector("ul");
  return (everything(view) ? partOf(idea.q) : $("others"))?.querySelector("ul");
}

const partOf = (question) => document.querySelector(`#all [data-q="${CSS.escape(question)}"]`);
const copy = (template) => $(template).content.firstElementChild.cloneNode(true);

/** The card of an idea, made or mended. */
function cardOf(idea) {
  let card = cards.get(idea.id);
  if (card?.classList.contains("mine") !== idea.mine) {
    card?.remove();
    card = copy(idea.mine ? "card-mine" : "card");
    card.dataset.id = idea.id;
    for (const part of card.querySelectorAll("form")) {
      part.setAttribute("action", part.getAttribute("action").replace("//", `/${idea.id}/`));
    }
    card.querySelector(".build")?.setAttribute("href", `/c?on=${idea.id}#write`);
    cards.set(idea.id, card);
  }
  card.querySelector(".build")?.toggleAttribute("hidden", view?.phase === "closed");
  card.querySelector(".text").textContent = idea.text;
  if (idea.lang) card.querySelector(".text").lang = idea.lang;
  const mend = card.querySelector("details");
  if (mend) {
    const note = card.querySelector(".note");
    card.classList.toggle("sending", idea.st === "sending");
    note.hidden = idea.st === "ok";
    note.textContent = idea.st === "sending" ? said.sending : said.held;
    mend.hidden = idea.st === "sending" || view?.phase === "closed";
    if (!mend.open) mend.querySelector("textarea").value = idea.text;
  }
  return card;
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
    const [card, list] = [cardOf(idea), listFor(idea)];
    if (!list) return later(300);
    if (card.parentElement !== list) list[idea.mine || !everything(view) ? "prepend" : "append"](card);
    card.classList.toggle("new", live);
  }
  count();
}

function reading() {
  const others = $("others");
  return !others.hidden && (others.getBoundingClientRect().top < 0 || others.contains(document.activeElement));
}

function count() {
  $("mine").hidden = !$("mine").querySelector("li");
  $("others").hidden = everything(view) || !($("others").querySelector("li") || waiting.size);
  $("all").hidden = !everything(view);
  $("fresh").hidden = !waiting.size;
  put({ fresh: say(said.ideas, { n: waiting.size }) });
}

function takeAll(snapshot) {
  for (const q of everything(snapshot) ? snapshot.questions : []) {
    if (partOf(q.id)) continue;
    const part = copy("part");
    part.dataset.q = q.id;
    part.firstElementChild.textContent = q.text;
    part.firstElementChild.lang = q.lang;
    $("all").append(part);
  }
  const unsent = kept("out:").map(([, item]) => ({ ...item, mine: true, st: "sending" }));
  const all = new Map([...unsent, ...snapshot.ideas].map((idea) => [idea.id, idea]));
  waiting.clear();
  for (const id of [...cards.keys()]) if (!all.has(id)) take({ id, st: "gone" });
  for (const idea of all.values()) take(idea);
  count();
}

/* -------------------------------------------------------------------------------- following */

let source = null;
let turn = 0;
let heard = 0;
let lostAt = 0;
let away = "";
let tries = 0;
let timer = 0;
let buffered = false;

/** Says what is wrong with the connection, once it matters. */
function banner() {
  const lost = lostAt ? performance.now() - lostAt : 0;
  const held = kept("out:").length;
  const parts = away ? [said[away]] : lost > 20000 ? [said.moved] : lost > 3000 ? [said.offline] : [];
  if (parts.length && held) parts.push(say(said.waiting, { n: held }));
  if (forgetful && (held || box.value)) parts.push(said.memory);
  put({ "banner-text": parts.join(" ") });
  $("banner").hidden = !parts.length;
  $("rejoin").hidden = away !== "rejoin";
}

/** Asks for the snapshot a little later, and not in the same instant as all the others. */
function later(spread) {
  clearTimeout(timer);
  timer = setTimeout(follow, 50 + Math.random() * spread);
}

function stop() {
  source?.close();
  source = null;
  clearTimeout(timer);
  return ++turn;
}

/** Snapshot first; then what comes, by a stream, or by poll where a stream does not come through. */
async function follow() {
  const mine = stop();
  if (document.visibilityState === "hidden") return;
  const { status, data } = await ask("/c/state").catch(() => ({ status: 0 }));
  if (mine !== turn) return;
  if (status === 401) away = "rejoin";
  if (status !== 200 || !data.epoch) return broken();
  if (prefix !== `cafe:${data.epoch}:`) return location.reload();
  setTime(data.now, data.rate);
  cursor = `${data.epoch}.${data.seq}`;
  show(data);
  clearTimeout(timer);
  takeAll(data);
  if (data.phase === "closed") well();
  else if (buffered) poll(mine);
  else listen();
}

function well() {
  $("refresh").hidden = true;
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

function listen() {
  const stream = (source = new EventSource(`/c/events?since=${cursor}`));
  const silent = setTimeout(() => source === stream && ((buffered = true), poll(stop())), 3000);
  heard = performance.now();
  for (const name of ["hello", "state", "idea", "ping", "bye"]) {
    stream.addEventListener(name, (event) => {
      clearTimeout(silent);
      if (source === stream) hear(name, JSON.parse(event.data), event.lastEventId);
    });
  }
  stream.onerror = () => (clearTimeout(silent), source === stream && broken());
}

async function poll(mine) {
  const { status, data } = await ask(`/c/poll?since=${cursor}&wait=20`, {}, 30000).catch(() => ({ status: 0 }));
  if (mine !== turn) return;
  if (status !== 200 || !data.events) return broken();
  well();
  for (const { event, data: told, id } of data.events) hear(event, told, id);
  cursor = data.since;
  if (mine === turn) setTimeout(() => mine === turn && poll(mine), data.next_ms);
}

function hear(name, data, id) {
  heard = performance.now();
  cursor = id || cursor;
  if (name === "hello" || name === "ping") setTime(data.now, data.rate);
  if (name === "hello") well();
  if (name === "state") show(data);
  if (name === "idea") take(data, true);
  if (name !== "bye") return;
  stop();
  if (data.reason === "rejoin") away = "rejoin";
  if (data.reason === "shutdown" || data.reason === "closed") later(data.retry_ms);
  banner();
}

/* ------------------------------------------------------------------------------ what people do */

/** Does what a small form says without leaving the page; gives the answer's data, or null. */
async function quietly(sent, button) {
  const body = new URLSearchParams(new FormData(sent));
  if (button?.name) body.set(button.name, button.value);
  const options = { method: "POST", headers: { Accept: "application/json" }, body };
  const answer = await ask(sent.getAttribute("action"), options).catch(() => ({ status: 0, data: {} }));
  trouble(answer.status === 200 ? "" : (answer.data.error?.message ?? said.offline));
  if (answer.status !== 200) return null;
  if (sent.closest("details")) sent.closest("details").open = false;
  return answer.data;
}

document.addEventListener("submit", async (event) => {
  const sent = event.target;
  if (sent.id === "erase") for (const key of [...shelf.keys()]) keep(key, null);
  if (sent.id === "erase" || !view) return;
  event.preventDefault();
  if (sent === form) {
    const text = box.value;
    if (!text.trim() || !view.q) return;
    post(text, view.q.id, view.in, form.elements.on.value);
    box.value = "";
    buildOn(null);
    return;
  }
  const told = await quietly(sent, event.submitter);
  if (told) (sent.id === "elsewhere" ? show : take)(told);
});

document.addEventListener("click", (event) => {
  const target = event.target;
  const link = target.closest(".build, #unbuild");
  const { place } = $("unsent").dataset;
  if (link && view) {
    event.preventDefault();
    const on = link.closest("li");
    buildOn(on && { id: on.dataset.id, text: on.querySelector(".text").textContent });
    if (on) box.focus();
  } else if (target.id === "fresh") {
    const fresh = [...waiting.values()];
    waiting.clear();
    for (const idea of fresh) take(idea);
  } else if (target.closest("#unsent button") && shelf.has(`draft:${place}`)) {
    const { text, q } = shelf.get(`draft:${place}`);
    if (target.id === "unsent-send") post(text, q, place, "");
    else box.value = [box.value, text].filter(Boolean).join("\n");
    keep(`draft:${place}`, null);
    keepDraft();
    offer();
  }
});

box.addEventListener("input", keepDraft);
addEventListener("online", () => (follow(), flush()));
addEventListener("pageshow", (event) => event.persisted && follow());
addEventListener("pagehide", () => (keepDraft(), stop()));
document.addEventListener("visibilitychange", () => (keepDraft(), follow(), flush()));
setInterval(() => {
  if (view) tick();
  if (lostAt) banner();
  if (source && performance.now() - heard > 40000) broken();
}, 250);
follow();
flush();
