/* How the phone follows the café: by a stream, or by poll where a stream does not come through. */

let [view, source, cursor, away, buffered] = [null, null, root.dataset.since, "", false];
let [turn, heard, lostAt, tries, timer] = [0, 0, 0, 0, 0];

/** Says what is wrong with the connection, once it matters. */
function banner() {
  const [lost, held] = [lostAt && performance.now() - lostAt, kept("out:").length];
  const parts = away ? [said[away]] : lost > 20000 ? [said.moved] : lost > 3000 ? [said.offline] : [];
  if (parts.length && held) parts.push(say(said.waiting, held));
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
  source = source?.close();
  clearTimeout(timer);
  return ++turn;
}

/** Snapshot first, and at the very first the page is one; then what comes. */
async function follow() {
  const mine = stop();
  if (document.visibilityState === "hidden") return;
  if (!view && !tries && !buffered && !device) return listen();
  const { status, data } = await ask(`${home}/state?lang=${language}`);
  if (mine !== turn) return;
  if (status === 401) away = "rejoin";
  if (status !== 200 || !data.epoch) return broken();
  if (prefix !== `cafe:${data.epoch}:`) return location.reload();
  setTime(data.now, data.rate);
  cursor = `${data.epoch}.${data.seq}`;
  show(data);
  clearTimeout(timer);
  takeAll(data);
  if (device || data.phase === "closed") well();
  else (buffered ? poll : listen)(mine);
  if (device) later(5000);
}

function well() {
  $("refresh").hidden = true;
  [lostAt, tries, away] = [0, 0, ""];
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
  const silent = setTimeout(() => source === stream && ((buffered = true), follow()), 3000);
  heard = performance.now();
  const listener = ({ type, data, lastEventId }) => {
    clearTimeout(silent);
    if (source === stream) hear(type, JSON.parse(data), lastEventId);
  };
  for (const name of ["hello", "state", "idea", "ping", "bye"]) stream.addEventListener(name, listener);
  stream.onerror = () => (clearTimeout(silent), source === stream && broken());
}

async function poll(mine) {
  const { status, data } = await ask(`/c/poll?since=${cursor}&wait=20`, {}, 30000);
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
  if (data.now) setTime(data.now, data.rate);
  if (name === "hello") well();
  if (name === "state") show(data);
  if (name === "idea") (take(data, true), view && fill(view));
  if (name !== "bye") return;
  stop();
  if (data.reason !== "replaced") later(data.retry_ms);
}
