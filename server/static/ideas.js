/* The ideas on the page. While somebody reads further down, new ones of others wait behind a button. */

const idOf = (card) => (card.dataset.id ??= card.querySelector(".build").search.slice(4));
const cards = new Map([...document.querySelectorAll("li.idea")].map((card) => [idOf(card), card]));
const waiting = new Map();
const all = (state) => Boolean(state?.parts.includes("all"));
const copy = (template) => $(template).content.firstElementChild.cloneNode(true);
const partOf = (question) => document.querySelector(`#all [data-q="${CSS.escape(question)}"]`);
const sectionOf = (idea) => (idea.mine ? $("mine") : all(view) ? partOf(idea.q) : $(idea.left ? "left" : "others"));
const reading = () => $("others").getBoundingClientRect().top < 0 || $("others").contains(document.activeElement);

/** The card of an idea, made or mended. */
function cardOf(idea) {
  const card = cards.get(idea.id) ?? copy(idea.mine ? "idea-mine" : "idea");
  card.dataset.id = idea.id;
  cards.set(idea.id, card);
  const [text, note, mend] = [".text", ".note", ".mend"].map((part) => card.querySelector(part));
  Object.assign(text, { textContent: idea.text, lang: idea.lang });
  card.classList.toggle("sending", idea.st === "sending");
  if (note) Object.assign(note, { hidden: idea.st === "ok", textContent: said[idea.st] ?? said.held });
  if (mend && !mend.open) mend.querySelector("textarea").value = idea.text;
  return card;
}

/** Takes an idea in, or away. One's own that comes from the laptop is saved there, whatever became of its answer. */
function take(idea, live = false) {
  if (device) return;
  if (idea.mine && idea.st !== "sending" && shelf.has(`out:${idea.id}`)) {
    keep(`out:${idea.id}`, null);
    put({ thanks: said.thanks });
  }
  waiting.delete(idea.id);
  if (idea.st === "gone") {
    cards.get(idea.id)?.remove();
    cards.delete(idea.id);
  } else if (live && !cards.has(idea.id) && !idea.mine && !all(view) && reading()) {
    waiting.set(idea.id, idea);
  } else {
    const [card, list] = [cardOf(idea), sectionOf(idea)?.querySelector("ul")];
    if (!list) return later(300);
    if (card.parentElement !== list) list[idea.mine || !all(view) ? "prepend" : "append"](card);
  }
  for (const id of ["mine", "left"]) $(id).hidden = !$(id).querySelector("li");
  $("others").hidden = all(view) || !($("others").querySelector("li") || waiting.size);
  put({ fresh: waiting.size ? say(said.ideas, waiting.size) : "" });
}

/** Shows the ideas of a snapshot and those that still wait on this phone, and no others. */
function takeAll(snapshot) {
  for (const q of all(snapshot) ? snapshot.questions.filter(({ id }) => !partOf(id)) : []) {
    const part = copy("part");
    part.dataset.q = q.id;
    Object.assign(part.firstElementChild, { textContent: q.text, lang: q.lang });
    $("all").append(part);
  }
  const now = new Map([...unsent(), ...snapshot.ideas].map((idea) => [idea.id, idea]));
  for (const id of [...cards.keys(), ...waiting.keys()]) if (!now.has(id)) take({ id, st: "gone" });
  for (const idea of now.values()) take(idea);
  fill(snapshot);
}
