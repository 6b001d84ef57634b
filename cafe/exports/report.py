"""What a report says, before it is a page: the day, its programme, its figures, and the ideas by question.

No name is in it. Hidden ideas and those that were never let through are left out; late ones are in.
"""

from collections.abc import Iterable, Sequence
from datetime import time

import msgspec

from cafe.exports.harvested import Harvested
from cafe.i18n import N_, Translator, translator
from cafe.plan import Block
from cafe.rules.dots import most_dots
from cafe.rules.feedback import ASKED
from cafe.rules.themes import under
from cafe.state import Idea, Place, State

BLOCKS = {
    "welcome": N_("Welcome"),
    "talk": N_("Talk"),
    "session": N_("Session"),
    "break": N_("Break"),
    "harvest": N_("Our ideas"),
    "closing": N_("Closing"),
}
"""What a block without a title is called."""

ABOUT = {"problem": N_("problem"), "practice": N_("good practice"), "question": N_("question")}
"""How an idea is marked that is something else than an idea."""

SNIPPET = 60
"""Letters that are quoted of the idea on which another one builds."""


class Link(msgspec.Struct, frozen=True):
    """The idea on which another one builds: its number in the report and its first words."""

    number: int
    words: str


class Told(msgspec.Struct, frozen=True):
    """An idea as the report tells it, numbered through the whole report; `dots` in words, '' for none."""

    number: int
    text: str
    language: str
    about: str
    where: str
    builds_on: Link | None
    id: str = ""
    dots: str = ""


class Left(msgspec.Struct, frozen=True):
    """What a table left for the next people, and where that was."""

    text: str
    language: str
    where: str


class Taken(msgspec.Struct, frozen=True):
    """A photograph of a tablecloth: the file beside the report, and where it was taken."""

    file: str
    id: str
    where: str


class Asked(msgspec.Struct, frozen=True):
    """A question with everything that was said to it, whichever group said it."""

    text: str
    ideas: tuple[Told, ...]
    left: tuple[Left, ...] = ()
    photos: tuple[Taken, ...] = ()
    conclusion: str = ""


class Part(msgspec.Struct, frozen=True):
    """A session: its title and its questions."""

    title: str
    questions: tuple[Asked, ...]


class Answered(msgspec.Struct, frozen=True):
    """A question about the day itself, with the answers: each with its language."""

    text: str
    answers: tuple[tuple[str, str], ...]


class Row(msgspec.Struct, frozen=True):
    """A block of the programme: when it was planned and when it was, as `10:30`, and what it was. In words where no
    plan had it, or where it was left out.
    """

    planned: str
    was: str
    title: str


class Voted(msgspec.Struct, frozen=True):
    """An idea with dots; `dots` in words, `where` it was written."""

    text: str
    language: str
    dots: str
    where: str


class Theme(msgspec.Struct, frozen=True):
    """A theme with the ideas under it; `told` says how many they are, and their dots where there was a vote."""

    name: str
    told: str
    ideas: tuple[Told, ...]


class Report(msgspec.Struct, frozen=True):
    """Everything that a report says, in the café's language: `facts` and `figures` are pairs of words, `notes`
    the titles of blocks with what the facilitator wrote about them.
    """

    language: str
    title: str
    theme: str
    trial: bool
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    programme: tuple[Row, ...]
    important: tuple[Voted, ...]
    themes: tuple[Theme, ...]
    parts: tuple[Part, ...]
    feedback: tuple[Answered, ...]
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def began(self) -> bool:
        """Whether anything of the programme has been."""
        return any(row.was for row in self.programme)


def report(harvested: Harvested) -> Report:
    """The report of a café, also of one that has not begun."""
    state, tr = harvested.state, translator(harvested.state.plan.language)
    ideas = [idea for idea in harvested.ideas() if idea.counts]
    parts = tuple(_parts(harvested, tr, ideas))
    return Report(
        language=tr.language,
        title=state.plan.title,
        theme=state.plan.theme,
        trial=state.trial,
        facts=tuple((name, said) for name, said in _facts(state, tr) if said),
        figures=tuple(_figures(state, tr, ideas)),
        programme=tuple(_row(state, tr, number, block) for number, block in enumerate(state.plan.programme)),
        important=tuple(_important(state, tr)),
        themes=tuple(_themes(state, tr, parts)),
        parts=parts,
        feedback=tuple(Answered(tr(ASKED[q]), tuple(said)) for q, said in harvested.feedback().items() if said),
        notes=tuple(_notes(state, tr)) if harvested.notes else (),
    )


def _notes(state: State, tr: Translator) -> Iterable[tuple[str, str]]:
    for number, block in enumerate(state.plan.programme):
        if number in state.notes:
            yield _title(state, number, block) or tr(BLOCKS[block.kind]), state.notes[number]


MOST_IMPORTANT = 10
"""So many ideas with the most dots are named; up to twice as many where the last of them have as many as others."""


def _important(state: State, tr: Translator) -> Iterable[Voted]:
    """The ideas that stand out. Where very many have equally few dots, these do not: each has its own beside it."""
    listed = most_dots(state)
    least = listed[:MOST_IMPORTANT][-1][1] if listed else 0
    if sum(n >= least for _, n in listed) > 2 * MOST_IMPORTANT:
        least += 1
    for idea, n in listed:
        if n >= least:
            yield Voted(idea.text, idea.language, _dots(tr, n), _where(state, tr, idea.place))


def _dots(tr: Translator, n: int) -> str:
    return tr.n("{n} dot", "{n} dots", n)


def _themes(state: State, tr: Translator, parts: Sequence[Part]) -> Iterable[Theme]:
    """The themes in the order in which they were made, those with the same ideas that stand below their questions."""
    said = {told.id: told for part in parts for asked in part.questions for told in asked.ideas}
    for number, name in sorted(state.themes.items()):
        ideas = tuple(said[idea.id] for idea in under(state, number) if idea.id in said)
        dots = sum(state.votes.get(idea.id, 0) for idea in ideas)
        told = tr.n("{n} idea", "{n} ideas", len(ideas))
        if ideas:
            yield Theme(name, " · ".join((told, _dots(tr, dots))) if dots else told, ideas)


def _facts(state: State, tr: Translator) -> Iterable[tuple[str, str]]:
    plan = state.plan
    held = state.local(min(state.began.values())).date() if state.began else None
    day = plan.date or held
    yield tr("Date"), tr.date(day) if day else ""
    if plan.date and held and plan.date != held:
        yield tr("Held on"), tr.date(held)
    yield tr("Place"), plan.place
    yield tr("Organiser"), plan.organiser
    yield tr("Who was there"), _people(state, tr)
    yield tr("Funding"), plan.funding


def _people(state: State, tr: Translator) -> str:
    """How many people were there, as counted; without that only how many phones, told as such."""
    if state.head_count:
        return tr.n("{n} person", "{n} people", state.head_count)
    phones = sum(one.phone for one in state.participants.values()) + state.forgotten_phones
    if not phones:
        return ""
    return tr.n("{n} phone joined", "{n} phones joined", phones) + " " + tr("(people were not counted)")


def _figures(state: State, tr: Translator, ideas: Sequence[Idea]) -> Iterable[tuple[str, str]]:
    """The numbers of the day, each with what it counts. None of them ranks anybody."""
    if not state.rounds:
        return
    rounds = len({(key.block, key.round) for key in state.rounds})
    tables = len({table for key in state.rounds for table in state.seats.get(key, {}).values()})
    yield _figure(len(ideas), tr.n("{n} idea", "{n} ideas", len(ideas)))
    if tables:
        yield _figure(tables, tr.n("{n} table", "{n} tables", tables))
    yield _figure(rounds, tr.n("{n} round", "{n} rounds", rounds))
    if share := _linked(state, ideas):
        yield tr.percent(share), tr("of the ideas build on what another table said")


def _figure(n: int, words: str) -> tuple[str, str]:
    """A count as a number and the words beside it: `27` and `de idei`."""
    return str(n), words.replace(str(n), "", 1).strip()


def _linked(state: State, ideas: Sequence[Idea]) -> float:
    """The share of ideas that build on an idea of another table that everybody may see, in whole hundredths."""
    others = (state.ideas.get(idea.on) for idea in ideas)
    linked = sum(
        other is not None and other.counts and other.place.table != idea.place.table
        for idea, other in zip(ideas, others, strict=True)
    )
    return round(linked / len(ideas), 2) if ideas else 0


def _row(state: State, tr: Translator, number: int, block: Block) -> Row:
    began, ended = (moments.get(number) for moments in (state.began, state.ended))
    was = f"{_time(state, tr, began)}–{_time(state, tr, ended)}" if began else ""
    if block.skipped is not None and not began:
        was = tr("left out")
    planned = tr("put in") if block.planned_at is None else tr.time(time(*divmod(block.planned_at, 60)))
    return Row(planned, was, _title(state, number, block) or tr(BLOCKS[block.kind]))


def _title(state: State, number: int, block: Block) -> str:
    """A block's title; that of parallel sessions says which group had which."""
    tracks = block.tracks()
    if block.title or len(tracks) < 2:
        return state.plan.block_title(number)
    return " · ".join(f"{state.plan.sessions[session].title} ({', '.join(groups)})" for session, groups in tracks)


def _time(state: State, tr: Translator, at: int | None) -> str:
    return tr.time(state.local(at).time()) if at else ""


def _parts(harvested: Harvested, tr: Translator, ideas: Sequence[Idea]) -> Iterable[Part]:
    """The sessions with their questions and ideas, then ideas to a question that the plan has lost, then what the
    speakers of talks were asked.
    """
    state = harvested.state
    said: dict[str, list[Idea]] = {id: [] for id in harvested.questions()}
    lost: list[Idea] = []
    for idea in ideas:
        said.get(idea.question, lost).append(idea)
    talks = harvested.talks()
    to_speakers: dict[str, list[Idea]] = {id: [] for id in talks}
    for idea in harvested.ideas():
        if idea.to_speaker and idea.standing == "shown":
            to_speakers[idea.question].append(idea)
    order = [idea for listed in (*said.values(), lost, *to_speakers.values()) for idea in listed]
    numbers = {idea.id: number for number, idea in enumerate(order, start=1)}

    def told(listed: Iterable[Idea]) -> tuple[Told, ...]:
        return tuple(_told(state, tr, idea, numbers) for idea in listed)

    texts = harvested.questions()
    sessions = dict.fromkeys(session.id for session, _ in state.plan.questions())
    for session in map(state.plan.sessions.__getitem__, sessions):
        asked = (
            Asked(texts[q.id], told(said[q.id]), *_of_tables(harvested, tr, q.id), state.conclusions.get(q.id, ""))
            for q in session.questions
        )
        yield Part(session.title, tuple(asked))
    if lost:
        yield Part(tr("Other ideas"), (Asked("", told(lost)),))
    if any(to_speakers.values()):
        asked = (Asked(talks[id], told(listed)) for id, listed in to_speakers.items() if listed)
        yield Part(tr("Questions to the speakers"), tuple(asked))


def _told(state: State, tr: Translator, idea: Idea, numbers: dict[str, int]) -> Told:
    on = state.ideas.get(idea.on)
    link = Link(numbers[on.id], _snippet(on.text)) if on and on.id in numbers else None
    about = tr(ABOUT[idea.about]) if idea.about in ABOUT and not idea.to_speaker else ""
    dots = _dots(tr, n) if (n := state.votes.get(idea.id, 0)) else ""
    return Told(numbers[idea.id], idea.text, idea.language, about, _where(state, tr, idea.place), link, idea.id, dots)


def _of_tables(harvested: Harvested, tr: Translator, question: str) -> tuple[tuple[Left, ...], tuple[Taken, ...]]:
    """What tables left for the next people while they had a question, and the photographs of their tablecloths."""
    state = harvested.state
    left = tuple(
        Left(said.text, said.language, _where(state, tr, place))
        for place, said in harvested.hand_overs()
        if _asked(state, place) == question and place not in state.kept_back
    )
    taken = tuple(
        Taken(file, photo.id, _where(state, tr, photo.place))
        for file, photo in harvested.photos().items()
        if _asked(state, photo.place) == question
    )
    return left, taken


def _asked(state: State, place: Place) -> str:
    """The id of the question that a table had in a round; '' where the plan has lost it."""
    session = state.plan.sessions.get(place.session)
    return state.question(place).id if session and 0 < place.table <= len(state.plan.tables) else ""


def _where(state: State, tr: Translator, place: Place) -> str:
    words = []
    if 0 < place.table <= len(state.plan.tables):
        name = state.plan.table(place.table).name
        words.append(tr("Table {number}", number=place.table) + (f" ({name})" if name else ""))
    if place.round and place.session:
        words.append(tr("Round {number}", number=place.round))
    return " · ".join(words)


def _snippet(text: str) -> str:
    """The first words of a text on one line; cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= SNIPPET:
        return line
    cut = line[:SNIPPET]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[SNIPPET // 2 :] else cut}…"
