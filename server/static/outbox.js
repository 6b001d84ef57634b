/* Sending: an idea is asked again until the answer says that it is saved; its id, of 64 bits, makes that harmless. */

let [flushing, failures, flushTimer, slow] = [false, 0, 0, 1];

const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");

const unsent = () => kept("out:").map(([, item]) => ({ ...item, mine: true, st: "sending" }));

/** Puts words into the outbox: they are on this phone before the box is emptied. */
function post(text, q, place, on, other = false) {
  const item = { id: newId(), q, text, on: on || null, lang: language, in: place, other };
  keep(`out:${item.id}`, item);
  keep(`draft:${place}`, null);
  put({ error: "", thanks: said.sending });
  take({ ...item, mine: true, st: "sending" });
  flush();
}

/** Waits longer with each failure, never in step with the other phones. */
const pause = (n) => Math.min(3500, 500 * 2 ** n) * (0.75 + Math.random() / 2);

/** An answer's status and data; status 0 when none came. On a network that is too slow for it, patience grows. */
async function ask(url, options = {}, patience = 8000) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), patience * slow);
  try {
    const answer = await fetch(url, { cache: "no-store", signal: stop.signal, ...options });
    return { status: answer.status, data: await answer.json(), wait: 1000 * answer.headers.get("Retry-After") };
  } catch {
    if (stop.signal.aborted) slow = Math.min(4, 2 * slow);
    return { status: 0, data: {} };
  }
}

/** Sends the oldest of what waits; when that is settled, the next. */
async function flush() {
  const [next] = kept("out:");
  if (flushing || !next) return;
  flushing = true;
  clearTimeout(flushTimer);
  const body = JSON.stringify(next[1]);
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, keepalive: true, body };
  const wait = settle(...next, await ask(`${home}/ideas`, options));
  flushing = false;
  failures = wait ? failures + 1 : 0;
  if (!wait || !away) flushTimer = setTimeout(flush, wait);
  banner();
}

/** What an answer means for an item of the outbox: nothing more when it is settled, else how long to wait. */
function settle(id, item, { status, data, wait }) {
  const saved = (status === 200 || status === 201) && data.id === id;
  if (status === 401 || status === 421) away = status === 401 ? "rejoin" : "moved";
  const heals = status <= 401 || status >= 500 || [408, 421, 429].includes(status);
  if (!saved && heals) return Math.max(wait || 0, pause(failures));
  keep(`out:${id}`, null);
  take(saved ? data : { id, st: "gone" });
  if (!saved) box.value = [item.text, box.value].filter(Boolean).join("\n");
  keepDraft();
  put({ error: data.note ?? data.error?.message ?? "", thanks: saved ? said.thanks : "" });
}

function keepDraft() {
  for (const it of view ? fields : []) keep(it.id, it.value.trim() !== it.defaultValue.trim() && it.value);
  if (view) keep(`draft:${view.in}`, box.value.trim() ? { text: box.value, q: view.q?.id } : null);
}
