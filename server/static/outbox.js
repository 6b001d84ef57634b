/* Sending: an idea is asked again until the answer says that it is saved; its id makes that harmless. */

let flushing = false;
let [failures, flushTimer] = [0, 0];

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

function buildOn(idea) {
  form.elements.on.value = idea?.id ?? "";
  $("on").hidden = !idea;
  put({ built: idea?.text ?? "" });
}

function trouble(message) {
  put({ error: message });
  $("error").hidden = !message;
}

/** Puts words into the outbox: they are on this phone before the box is emptied. */
function post(text, q, place, on) {
  const item = { id: newId(), q, text, on: on || null, lang: language, t: Date.now(), in: place };
  keep(`out:${item.id}`, item);
  keep(`draft:${place}`, null);
  trouble("");
  take({ ...item, mine: true, st: "sending" });
  flush();
}

/** Waits longer with each failure, never in step with the other phones. */
const pause = (n) => Math.min(15000, 500 * 2 ** n) * (0.75 + Math.random() / 2);

/** An answer's status and data; status 0 when none came. */
async function ask(url, options = {}, patience = 8000) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(url, { cache: "no-store", redirect: "error", signal: stop.signal, ...options });
    return { status: answer.status, data: await answer.json(), wait: 1000 * answer.headers.get("Retry-After") };
  } catch {
    return { status: 0, data: {} };
  } finally {
    clearTimeout(timer);
  }
}

async function flush() {
  if (flushing) return;
  flushing = true;
  clearTimeout(flushTimer);
  let wait = 0;
  for (let next; !wait && (next = kept("out:")[0]); ) {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, keepalive: true };
    const answer = await ask("/c/ideas", { ...options, body: JSON.stringify(next[1]) });
    wait = settle(...next, answer);
    failures = wait ? failures + 1 : 0;
  }
  if (wait && !away) flushTimer = setTimeout(flush, wait);
  flushing = false;
  banner();
}

/** What an answer means for an item of the outbox: 0 when it is settled, else how long to wait. */
function settle(id, item, { status, data, wait }) {
  const saved = (status === 200 || status === 201) && data.id === id;
  if (status === 401 || status === 421) away = status === 401 ? "rejoin" : "moved";
  const heals = status <= 401 || status >= 500 || [408, 421, 429].includes(status);
  if (!saved && heals) return Math.max(wait || 0, pause(failures));
  keep(`out:${id}`, null);
  take(saved ? data : { id, st: "gone" });
  if (!saved) {
    box.value = [item.text, box.value].filter(Boolean).join("\n");
    keepDraft();
    trouble(data.error?.message ?? "");
  }
  return 0;
}

function keepDraft() {
  if (view?.q) keep(`draft:${view.in}`, box.value.trim() ? { text: box.value, q: view.q.id } : null);
  if (forgetful) banner();
}
