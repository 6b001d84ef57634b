"""The readable tables: what Datasette, DB Browser and sqlite-utils show of a café.

They are derived from the log, written in the same transaction, and can be dropped and made again from it at any time.
`ideas` has no author.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from sqlite_utils.utils import sqlite3

from cafe import events as e
from cafe.columns import COLUMNS
from cafe.fold import evolve
from cafe.i18n import translator
from cafe.plan import clock
from cafe.rules.feedback import ASKED
from cafe.state import Idea, Place, RoundKey, State

Values = tuple[Any, ...]


class Change(NamedTuple):
    """A row to put in place (`values` in the order of the columns) or to remove (`values` is None)."""

    table: str
    key: Values
    values: Values | None


def moment(state: State, at: int) -> str:
    """A café time as people write it: ISO 8601 with offset, whole seconds; '' for never."""
    return state.local(at).isoformat(timespec="seconds") if at else ""


def changes(before: State, after: State, event: e.Event) -> Iterator[Change]:
    """The rows that differ between two states with one event between them."""
    match event:
        case e.Opened() | e.PlanTaken():
            yield from _unplanned(before, after)
            yield from _plan(after)
        case e.ProgrammeChanged():
            yield from _programme(before, after)
        case e.QuestionMended(question=question):
            yield from _mended(after, question.id)
        case e.Addressed() | e.HeadsCounted():
            yield _cafe(after)
        case e.Closed():
            yield _cafe(after)
            yield from _course(before, after)
            yield from _photographs(before, after)
        case e.Joined():
            yield from _joined(after, event.who)
        case e.LanguageChosen(who=who) if who in after.participants:
            yield _participant(after, who)
        case e.Seated() | e.Hosted() | e.Left() | e.Pinned() | e.TableSet() | e.TablesLaid():
            yield from (_participant(after, who) for who in event.seats if _other_card(before, after, who))
            yield from _seated(before, after, event.seats)
        case e.Forgot():
            yield from _forgotten(before, after, event.who)
        case e.IdeaSent() | e.IdeaChanged() | e.IdeaTakenBack() | e.IdeaStood():
            yield from _idea(after, event.id)
            yield from _themes(before, after)
        case e.ThemesChanged():
            yield from _themes(before, after)
        case e.HandedOver() | e.HandOverStood():
            yield from _hand_over(after, Place(event.block, event.session, event.round, event.table))
        case e.PhotoTaken() | e.PhotoStood() | e.PhotoTakenBack() | e.NamesPurged():
            yield from _photographs(before, after)
        case e.Undone(what="joined", who=who):
            yield from _forgotten(before, after, who)
        case e.FeedbackGiven(id=id):
            yield from _feedback(before, after, {id})
        case e.Concluded(question=question):
            yield _conclusion(after, question)
        case e.DotsGiven():
            yield from _votes(before, after)
        case e.Undone(what="concluded", about=question):
            yield _conclusion(after, question)
        case e.Undone():
            yield from _idea(after, event.idea)
            if (place := Place.read(event.place)) is not None:
                yield from _hand_over(after, place)
            if event.programme:
                yield from _programme(before, after)
            if event.question is not None:
                yield from _mended(after, event.question.id)
            if event.photo:
                yield from _photographs(before, after)
            yield from _seated(before, after, event.seats)
            yield from _course(before, after)
            yield from _themes(before, after)
        case _:
            yield from _course(before, after)


def _cafe(state: State) -> Change:
    plan = state.plan
    date = plan.date.isoformat() if plan.date else ""
    told = (plan.title, plan.theme, plan.language, date, plan.place, plan.organiser, plan.contact, plan.funding)
    times = (moment(state, state.opened), moment(state, state.closed))
    values = (state.room, state.epoch, state.code, *told, *times, state.head_count, int(state.trial))
    return Change("cafe", (state.room,), values)


def _plan(state: State) -> Iterator[Change]:
    plan = state.plan
    yield _cafe(state)
    for number in range(len(plan.programme)):
        yield _block(state, number)
    for session, question in plan.questions():
        text = question.text(plan.language)[0]
        yield Change("questions", (question.id,), (question.id, session.id, session.title, text))
    for table in plan.tables:
        yield Change("tables", (table.number,), (table.number, table.name, table.group, table.seats))


def _unplanned(before: State, after: State) -> Iterator[Change]:
    """Rows of a plan that do not stand in the one that follows it."""
    for number in range(len(after.plan.programme), len(before.plan.programme)):
        yield Change("programme", (before.room, number), None)
    asked = {question.id for _, question in after.plan.questions()}
    for _, question in before.plan.questions():
        if question.id not in asked:
            yield Change("questions", (question.id,), None)
    for table in before.plan.tables[len(after.plan.tables) :]:
        yield Change("tables", (table.number,), None)
    yield from _reseated(before, after)


def _programme(before: State, after: State) -> Iterator[Change]:
    """Every block of a programme that was changed, and seats in rounds that have another number now, or are gone."""
    for number in range(len(after.plan.programme), len(before.plan.programme)):
        yield Change("programme", (before.room, number), None)
    for number in range(len(after.plan.programme)):
        yield _block(after, number)
    yield from _reseated(before, after)
    yield from _course(before, after)


def _reseated(before: State, after: State) -> Iterator[Change]:
    for key, taken in before.seats.items():
        for who in taken if after.seats.get(key) is not taken else ():
            if not after.table(who, key):
                yield Change("seats", (*key, who), None)
    for key, taken in after.seats.items():
        for who, table in taken.items() if before.seats.get(key) is not taken else ():
            yield Change("seats", (*key, who), (*key, who, table))


def _mended(state: State, id: str) -> Iterator[Change]:
    """A question with other words, and its ideas, which have them beside theirs."""
    for session, question in state.plan.questions():
        if question.id == id:
            text = question.text(state.plan.language)[0]
            yield Change("questions", (id,), (id, session.id, session.title, text))
    for idea in state.on_question.get(id, {}).values():
        yield from _idea(state, idea)


def _block(state: State, number: int) -> Change:
    block = state.plan.programme[number]
    planned = "" if block.planned_at is None else clock(block.planned_at)
    times = (moment(state, state.began.get(number, 0)), moment(state, state.ended.get(number, 0)))
    title = state.plan.block_title(number)
    return Change("programme", (state.room, number), (state.room, number, planned, block.kind, title, *times))


def _course(before: State, after: State) -> Iterator[Change]:
    """Blocks and rounds that began or ended between the two."""
    if before.began is not after.began or before.ended is not after.ended:
        for number in {before.position.block, after.position.block}:
            if 0 <= number < len(after.plan.programme):
                yield _block(after, number)
    if before.rounds is after.rounds and before.rounds_ended is after.rounds_ended:
        return
    for state in (before, after):
        for track in state.position.tracks:
            key = RoundKey(state.position.block, track.session, track.round)
            if key in after.rounds:
                times = (moment(after, after.rounds[key]), moment(after, after.rounds_ended.get(key, 0)))
                yield Change("rounds", (after.room, *key), (after.room, *key, *times))


def _participant(state: State, who: str) -> Change:
    person = state.participants[who]
    return Change(
        "participants", (who,), (who, person.group, person.card, person.language, moment(state, person.joined))
    )


def _other_card(before: State, after: State, who: str) -> bool:
    was, now = before.participants.get(who), after.participants.get(who)
    return was is not None and now is not None and was.card != now.card


def _joined(state: State, who: str) -> Iterator[Change]:
    yield _participant(state, who)
    yield from _seats(state, who)


def _seats(state: State, who: str) -> Iterator[Change]:
    for key, taken in state.seats.items():
        if who in taken:
            yield Change("seats", (*key, who), (*key, who, taken[who]))


def _seated(before: State, after: State, people: Iterable[str]) -> Iterator[Change]:
    for who in people:
        for key in before.seats:
            if before.table(who, key) and not after.table(who, key):
                yield Change("seats", (*key, who), None)
        yield from _seats(after, who)


def _forgotten(before: State, after: State, who: str) -> Iterator[Change]:
    yield Change("participants", (who,), None)
    for key, taken in before.seats.items():
        if who in taken:
            yield Change("seats", (*key, who), None)
    for id in before.ideas:
        if id not in after.ideas:
            yield Change("ideas", (id,), None)
    for place in before.handovers:
        if place not in after.handovers:
            yield Change("hand_overs", place, None)
    yield from _photographs(before, after)
    yield from _feedback(before, after, set(before.feedback) - set(after.feedback))
    yield from _votes(before, after)
    yield from _themes(before, after)


def _conclusion(state: State, question: str) -> Change:
    text = state.conclusions.get(question)
    return Change("conclusions", (question,), (question, text) if text else None)


def _votes(before: State, after: State) -> Iterator[Change]:
    for idea in set(before.votes) | set(after.votes) if before.votes is not after.votes else ():
        if (dots := after.votes.get(idea, 0)) != before.votes.get(idea, 0):
            yield Change("votes", (idea,), (idea, dots) if dots else None)


def _themes(before: State, after: State) -> Iterator[Change]:
    """Themes with other names, and ideas that are under others."""
    if before.themes is after.themes and before.themed is after.themed:
        return
    for theme in set(before.themes) | set(after.themes):
        if (name := after.themes.get(theme)) != before.themes.get(theme):
            yield Change("themes", (theme,), (theme, name) if name else None)
    for idea in set(before.themed) | set(after.themed):
        if (under := after.themed.get(idea, 0)) != before.themed.get(idea, 0):
            yield Change("themed_ideas", (idea,), (idea, under) if under else None)


def _hand_over(state: State, place: Place) -> Iterator[Change]:
    said = state.handovers.get(place)
    values = None
    if said is not None:
        told = (state.question(place).id, said.text, said.language, moment(state, said.at))
        values = (*place, *told, int(place in state.kept_back))
    yield Change("hand_overs", place, values)


def _photographs(before: State, after: State) -> Iterator[Change]:
    for id in before.photos:
        if id not in after.photos:
            yield Change("photographs", (id,), None)
    for id, photo in after.photos.items():
        if before.photos.get(id) != photo:
            yield Change("photographs", (id,), (id, *photo.place, moment(after, photo.at), int(photo.hidden)))


def _feedback(before: State, after: State, ids: Iterable[str]) -> Iterator[Change]:
    tr = translator(after.plan.language)
    for id in ids:
        was, now = before.feedback.get(id), after.feedback.get(id)
        for about in was.words if was else ():
            if not now or about not in now.words:
                yield Change("feedback", (id, about), None)
        for about, text in now.words.items() if now else ():
            asked = tr(ASKED.get(about, about))
            yield Change("feedback", (id, about), (id, about, asked, text, now.language if now else ""))


def _idea(state: State, id: str) -> Iterator[Change]:
    idea = state.ideas.get(id)
    if idea is not None:
        yield Change("ideas", (id,), None if idea.gone else idea_values(state, idea))


def idea_values(state: State, idea: Idea) -> Values:
    """An idea as a row of `ideas`."""
    place: Place = idea.place
    question = state.question(place).text(state.plan.language)[0] if place.block >= 0 else ""
    origin = (idea.about, place.session, question, idea.question, place.block, place.round, place.table)
    links = (idea.on, idea.answers, int(idea.late), int(idea.standing == "held"), int(idea.standing == "hidden"))
    return (idea.id, idea.text, *origin, idea.group, idea.language, moment(state, idea.at), *links, idea.source)


def apply(db: sqlite3.Connection, changed: Iterable[Change]) -> None:
    """Writes changes inside the transaction that is open."""
    for table, key, values in changed:
        columns, primary = COLUMNS[table]
        if values is None:
            where = " AND ".join(f"{column} = ?" for column in primary)
            db.execute(f"DELETE FROM {table} WHERE {where}", key)
        else:
            db.execute(_UPSERT[table], values)
        assert len(key) == len(primary), columns


def _upsert(table: str) -> str:
    columns, primary = COLUMNS[table]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    sets = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in primary)
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({', '.join(primary)}) DO UPDATE SET {sets}"


_UPSERT = {table: _upsert(table) for table in COLUMNS}


def rebuild(db: sqlite3.Connection, records: Iterable[e.Record], note: Callable[[State], None] | None = None) -> None:
    """Empties the tables and makes them again from the log, inside the transaction that is open."""
    for table in COLUMNS:
        db.execute(f"DELETE FROM {table}")
    rooms: dict[str, State] = {}
    for record in records:
        before = rooms.get(record.room, State(room=record.room))
        after = rooms[record.room] = evolve(before, record)
        apply(db, changes(before, after, record.event))
    for state in rooms.values():
        if note:
            note(state)
