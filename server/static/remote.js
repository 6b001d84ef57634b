/* The remote's page, alive: at most 60 lines, which the participants' page never loads. Without it the buttons are plain
 * forms. What is pressed without a connection is dropped and said so, never kept for later. */
const $ = (id) => document.getElementById(id);
const form = $("remote");
let [view, came, tag, held] = [null, 0, "", 0];

/** The café's clock from here: 12:05, and +0:30 when it ran out half a minute ago. */
function tick() {
  const { mode, ends, left } = view.clock;
  const whole = Math.ceil((mode === "run" ? ends - view.now - (performance.now() - came) * view.rate : left) / 1000);
  const digits = new Date(Math.abs(whole) * 1000).toISOString().slice(11, 19).replace(/^(00:)?0?/, "");
  $("time").textContent = mode === "none" ? "" : (whole < 0 ? "+" : "") + digits;
}

function show(next) {
  [view, came, tag] = [next, performance.now(), next.tag];
  for (const [id, text] of Object.entries(next.texts)) $(id).textContent = text;
  for (const name of ["step", "trail", "idea"]) form.elements[name].value = next[name];
  for (const button of form.querySelectorAll("button")) button.hidden = !next.parts.includes(button.value);
}

/** Asks the laptop; to a phone that is no remote any more it says so on a page of its own. */
async function ask(url, seconds, options) {
  const [headers, signal] = [{ Accept: "application/json" }, AbortSignal.timeout?.(seconds * 1000)];
  const answer = await fetch(url, { ...options, headers, signal });
  if ([403, 410].includes(answer.status)) location.reload();
  return answer.json();
}

async function follow() {
  const told = await ask(`/r/state?since=${tag}`, 12).catch(() => null);
  told?.tag ? show(told) : (tag = ""); // who comes back is told at once
  $("lost").hidden = Boolean(told);
  setTimeout(follow, told?.tag ? 100 : 1000);
}

/** Sends what was pressed. Where no answer comes it is sent once more under the same number: it is done once at most. */
async function press(action) {
  const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const stamp = view ? Math.floor(view.stamp + performance.now() - came) : "";
  const body = new URLSearchParams({ ...Object.fromEntries(new FormData(form)), action, id, stamp, sure: "1" });
  const send = () => ask("/r/do", 3, { method: "POST", body });
  const told = await send().catch(send).catch(() => ({ said: form.dataset.unsure }));
  if (told.tag) show(told);
  else $("said").textContent = told.said;
}

/** What the room notices is held for a second. From a keyboard or a screen reader the laptop asks back on a page. */
form.addEventListener("pointerdown", ({ target }) => {
  if (target.matches("[data-hold]")) held = setTimeout(() => ((held = 0), press(target.value)), 1000);
});
for (const name of ["pointerup", "pointercancel", "pointerout"]) addEventListener(name, () => clearTimeout(held));
form.addEventListener("click", (event) => {
  const [{ target, detail }, { hold }] = [event, event.target.dataset];
  if (!hold || detail) event.preventDefault();
  if (!hold && target.value) press(target.value);
  if (hold && detail && held) $("said").textContent = hold;
});
setInterval(() => view && tick(), 250);
follow();
