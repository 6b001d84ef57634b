/* What is kept on this phone: drafts and the outbox, one key per item, until the laptop has them on its disk. */

const prefix = `cafe:${root.dataset.since.split(".")[0]}:`;
const shelf = new Map();
let forgetful = false;

/** Keeps a value on the phone, or drops it; in memory where the browser keeps nothing, and then the page says so. */
function keep(key, value) {
  value ? shelf.set(key, value) : shelf.delete(key);
  try {
    value ? localStorage.setItem(prefix + key, JSON.stringify(value)) : localStorage.removeItem(prefix + key);
  } catch {
    forgetful = true;
  }
}

/** Everything kept of a kind: [key, value] pairs, the oldest first. */
const kept = (kind) =>
  [...shelf].flatMap(([key, it]) => (key.startsWith(kind) ? [[key.slice(kind.length), it]] : []));

try {
  const own = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  for (const key of own) shelf.set(key.slice(prefix.length), JSON.parse(localStorage.getItem(key)));
} catch {
  forgetful = true;
}
