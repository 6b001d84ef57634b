/* Where the café is, as the page shows it, and what people do. */

/** What changes by itself: the clock, and what is offered from a moment on. Spoken: pause, 5:00, 1:00 and 0:10. */
function tick() {
  const { mode, ends, left: stood } = view.clock;
  const left = Math.max(mode === "run" ? ends - cafeNow() : stood, view.phase === "move" ? 0 : -Infinity);
  const waits = view.opens !== null && cafeNow() < view.opens;
  $("clock").classList.toggle("over", mode === "run" && Math.ceil(left / 1000) < 0);
  $("wait").hidden = !root.classList.toggle("heads-up", waits);
  Object.assign($("soon"), { hidden: view.soon === null || cafeNow() < view.soon, className: "" });
  form.hidden = !box.value && (!view.q || waits); // words that came too late are there to be copied
  const mark = [1, 5].find((m) => left > (m - 0.5) * 60000 && left <= m * 60000);
  const news = mark ? said.minutes[mark] : left > 0 && left <= 10000 ? said.seconds : "";
  put({ time: digits(left), message: cafeNow() < view.message?.until ? view.message.text : "" });
  put({ spoken: view.phase !== "round" ? "" : mode === "pause" ? $("pause").textContent : news });
}

/** Shows a state of the café; what somebody is writing is never touched, at most moved aside. */
function show(next) {
  const before = view;
  keepDraft();
  view = next;
  const turned = before?.in !== next.in;
  const draft = turned && shelf.get(`draft:${next.in}`); // what was begun for another question is put aside
  if (turned && (before || draft)) box.value = draft?.text ?? "";
  if (turned && before) (buildOn(null), put({ thanks: "" }));
  leave.defaultValue = next.hand ?? "";
  for (const field of turned ? fields : []) field.value = shelf.get(field.id) ?? field.defaultValue;
  for (const field of document.querySelectorAll("[name=in]")) field.value = next.in;
  $("hand").open ||= next.host;
  const [place, begun] = kept("draft:").filter(([place]) => place !== next.in).pop() ?? []; // and offered to be sent
  $("unsent").hidden = !begun;
  $("unsent").dataset.place = place ?? "";
  const there = next.parts.map((name) => `[data-in~="${name}"]`).join();
  for (const part of document.querySelectorAll("[data-in]")) part.hidden = !part.matches(there);
  put({ ...next.texts, "unsent-text": begun?.text ?? "" });
  fill(next);
  root.dataset.parts = next.parts.join(" ");
  for (const [id, traits] of Object.entries(next.traits)) Object.assign($(id), traits);
  tick();
  if (before && before.phase !== next.phase && document.activeElement !== box) scrollTo(0, 0);
  if (before && (turned || all(before) !== all(next))) later(all(next) ? 1200 : 300);
}

/** The buttons of the forms of tables, talks and dots, mended in place so that no finger or focus loses one. */
function fill(next) {
  for (const list of document.querySelectorAll("form.tables")) {
    const choices = next[list.id] ?? next.ballot[list.closest("li").dataset.id] ?? next.ballot[""] ?? [];
    const buttons = choices.map((_, at) => list.children[at] ?? copy("table-button"));
    for (const [at, { number: value, text: textContent, here, full: disabled }] of choices.entries())
      Object.assign(buttons[at], { name: list.dataset.name, value, textContent, disabled, ariaCurrent: `${here}` });
    if (buttons.length !== list.childElementCount) list.replaceChildren(...buttons);
  }
}

/** The idea of a card is built on, or none. */
function buildOn(card) {
  form.elements.on.value = card?.dataset.id ?? "";
  $("on").hidden = !card;
  put({ built: card?.querySelector(".text").textContent ?? "" });
  if (card) box.focus();
}

/** Does what a small form says without leaving the page. */
async function quietly(sent, button) {
  const [data, script] = [new FormData(sent), sent.elements.photo?.dataset.script];
  const body = script ? await import(script).then((it) => it.smaller(data), () => data) : new URLSearchParams(data);
  if (button?.name) body.set(button.name, button.value);
  const action = sent.getAttribute("action").replace("//", `/${sent.closest("li")?.dataset.id}/`);
  const answer = await ask(action, { method: "POST", headers: { Accept: "application/json" }, body }, 60000);
  put({ error: answer.status === 200 ? "" : (answer.data.error?.message ?? said.again) });
  if (answer.status !== 200) return;
  for (const field of sent.querySelectorAll("textarea")) field.defaultValue = data.get(field.name);
  sent.closest(".mend, .fold, .scanned")?.removeAttribute("open");
  (answer.data.phase ? show : take)(answer.data);
}

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.id === "erase") for (const key of [...shelf.keys()]) keep(key, null);
  if (sent.id === "erase" || !view || !(event.submitter || sent === form)) return; // Safari 15.3 does not know which
  event.preventDefault();
  if (sent !== form) return quietly(sent, event.submitter);
  if (!box.value.trim() || !view.q) return;
  const { on, other } = form.elements; // a tick that is out of sight says nothing any more
  post(box.value, view.q.id, view.in, on.value, other.checked && !other.parentElement.hidden);
  box.value = "";
  buildOn(null);
});

document.addEventListener("click", (event) => {
  const [target, { place }] = [event.target, $("unsent").dataset];
  const link = target.closest(".build, #unbuild");
  if (link && view) {
    event.preventDefault();
    buildOn(link.closest("li"));
  } else if (target.closest("#unsent button") && shelf.has(`draft:${place}`)) {
    const { text, q } = shelf.get(`draft:${place}`);
    if (target.id === "unsent-send") post(text, q, place, "");
    else box.value = [box.value, text].filter(Boolean).join("\n");
    keep(`draft:${place}`, null);
    show(view);
  }
});

$("fresh").addEventListener("click", () => waiting.forEach((idea) => take(idea)));
document.addEventListener("input", keepDraft);
for (const name of ["online", "pageshow"]) addEventListener(name, () => (follow(), flush())); // pageshow: also the first
document.addEventListener("visibilitychange", () => (keepDraft(), follow(), flush()));
setInterval(() => {
  if (view) tick();
  if (lostAt || forgetful) banner();
  if (source && performance.now() - heard > 40000) broken();
}, 250);
unsent().forEach((idea) => take(idea));
