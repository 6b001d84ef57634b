"""How facts change the state: `evolve(state, record)` is the only way to a new one.

It decides nothing, refuses nothing and looks at no clock, so that a file folds to the same state on every machine and
for ever. One function per fact; a fact of a newer version changes nothing.
"""

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import TypeVar

import msgspec
from immutables import Map

from cafe import events as e
from cafe.state import Idea, Participant, Place, RoundKey, State, Step

UNDO_DEPTH = 20
Key = TypeVar("Key")
Value = TypeVar("Value")


def evolve(state: State, record: e.Record) -> State:
    """The state after one more record of this room."""
    return _fold(record.event, state, record)


def fold(records: Iterable[e.Record], rooms: Map[str, State] = Map()) -> Map[str, State]:  # noqa: B008 (persistent)
    """Every room's state. Any interleaving that keeps each room's own order folds to the same."""
    for record in records:
        rooms = rooms.set(record.room, evolve(rooms.get(record.room, State(room=record.room)), record))
    return rooms


def _with(state: State, **changes: object) -> State:
    return msgspec.structs.replace(state, **changes)


@singledispatch
def _fold(event: e.Event, state: State, record: e.Record) -> State:
    """A fact that changes nothing that this version knows of."""
    return state


@_fold.register
def _(event: e.Opened, state: State, record: e.Record) -> State:
    return _with(
        state,
        epoch=event.epoch,
        code=event.code,
        plan=event.plan,
        text=event.text,
        trial=event.trial,
        reserved=frozenset(event.reserved),
        opened=record.at,
        language=event.plan.language,
        wall="none" if event.plan.wall == "after" else "strip",
        rev=state.rev + 1,
    )


@_fold.register
def _(event: e.Started, state: State, record: e.Record) -> State:
    return _with(state, offsets=(*state.offsets, (record.at, event.offset)), rev=state.rev + 1)


@_fold.register
def _(event: e.Addressed, state: State, record: e.Record) -> State:
    return _with(state, url=event.url, rev=state.rev + 1)


@_fold.register
def _(event: e.PlanTaken, state: State, record: e.Record) -> State:
    stands = {(number, name) for number, block in enumerate(event.plan.programme) for name, _ in block.tracks()}
    seats = Map({key: taken for key, taken in state.seats.items() if (key.block, key.session) in stands})
    return _with(state, plan=event.plan, text=event.text, seats=seats, rev=state.rev + 1)


@_fold.register
def _(event: e.HeadsCounted, state: State, record: e.Record) -> State:
    return _with(state, head_count=event.people, rev=state.rev + 1)


@_fold.register
def _(event: e.Closed, state: State, record: e.Record) -> State:
    ideas = state.ideas.update({i.id: msgspec.structs.replace(i, by="") for i in state.ideas.values() if i.by})
    state = _move(state, e.Position(len(state.plan.programme), record.at), record.at)
    return _with(state, closed=record.at, ideas=ideas, undo=())


# ---------------------------------------------------------------------------------------------- programme


def _move(state: State, position: e.Position, at: int) -> State:
    """Takes a new position and keeps the programme as it was: when blocks and rounds began and ended."""
    before, began, ended = state.position, state.began, state.ended
    rounds, over = state.rounds, state.rounds_ended
    now = {RoundKey(position.block, t.session, t.round) for t in position.tracks if t.phase == "round"}
    if position.block != before.block:
        if before.block in began:
            ended = ended.set(before.block, at)
        if 0 <= position.block < len(state.plan.programme):
            began = began if position.block in began else began.set(position.block, at)
            ended = ended.delete(position.block) if position.block in ended else ended
    for track in before.tracks:
        key = RoundKey(before.block, track.session, track.round)
        if track.phase == "round" and key not in now:
            over = over.set(key, at)
    for key in now:
        rounds = rounds if key in rounds else rounds.set(key, at)
        over = over.delete(key) if key in over else over
    return _with(
        state,
        position=position,
        before_return=None,
        began=began,
        ended=ended,
        rounds=rounds,
        rounds_ended=over,
        rev=state.rev + 1,
    )


def _remember(state: State, step: Step) -> State:
    return _with(state, undo=(*state.undo, step)[-UNDO_DEPTH:])


def _programme(event: e.Event, state: State, record: e.Record) -> State:
    position: e.Position = event.position  # type: ignore[attr-defined]
    return _move(_remember(state, Step(event.kind, position=state.position)), position, record.at)


for _kind in (e.BlockBegan, e.MoveBegan, e.RoundBegan, e.Paused, e.Resumed, e.TimeChanged, e.Fitted, e.CaughtUp):
    _fold.register(_kind, _programme)


@_fold.register
def _(event: e.Returned, state: State, record: e.Record) -> State:
    moved = _move(state, event.position, record.at)
    return _with(moved, before_return=state.position, away=event.away)


@_fold.register
def _(event: e.Undone, state: State, record: e.Record) -> State:
    state = _with(state, undo=state.undo[:-1], rev=state.rev + 1)
    if event.position is not None:
        state = _move(state, event.position, record.at)
    if event.wall:
        state = _with(state, wall=event.wall)
    state = _sit_all(state, event.seats)
    if event.what == "hosted":
        state = _host(state, event.table, event.who)
    if event.what == "left":
        state = _leave(state, event.who, 0)
    if event.what == "pinned":
        state = _pin(state, event.who, event.table)
    if event.what == "table_set":
        state = _set_table(state, event.table, closed=event.table not in state.closed_tables)
    return _stand(state, event.idea, event.standing) if event.standing else state


@_fold.register
def _(event: e.WallSet, state: State, record: e.Record) -> State:
    return _with(_remember(state, Step(event.kind, wall=state.wall)), wall=event.ideas, rev=state.rev + 1)


@_fold.register
def _(event: e.LanguageSet, state: State, record: e.Record) -> State:
    return _with(state, language=event.language, rev=state.rev + 1)


# ------------------------------------------------------------------------------------------------- people


def _sit(state: State, who: str, seats: Iterable[e.Seat]) -> State:
    taken = state.seats
    for seat in seats:
        key = RoundKey(seat.block, seat.session, seat.round)
        there = taken.get(key, Map())
        taken = taken.set(key, there.set(who, seat.table) if seat.table else _without(there, who))
    return _with(state, seats=taken, rev=state.rev + 1)


def _seats_before(state: State, seats: Mapping[str, Iterable[e.Seat]]) -> dict[str, tuple[e.Seat, ...]]:
    """The same seats as they were: what brings them back."""
    return {
        who: tuple(
            msgspec.structs.replace(seat, table=state.table(who, RoundKey(seat.block, seat.session, seat.round)))
            for seat in theirs
        )
        for who, theirs in seats.items()
    }


@_fold.register
def _(event: e.Joined, state: State, record: e.Record) -> State:
    person = Participant(event.who, event.group, event.language, record.at, event.card)
    return _sit(_with(state, participants=state.participants.set(event.who, person)), event.who, event.seats)


def _sit_all(state: State, seats: Mapping[str, Iterable[e.Seat]]) -> State:
    for who, theirs in seats.items():
        if who in state.participants:
            state = _sit(state, who, theirs)
    return state


@_fold.register
def _(event: e.Seated, state: State, record: e.Record) -> State:
    if event.undoable:
        state = _remember(state, Step(event.kind, seats=_seats_before(state, event.seats)))
    return _sit_all(state, event.seats)


@_fold.register
def _(event: e.Left, state: State, record: e.Record) -> State:
    state = _remember(state, Step(event.kind, who=event.who, seats=_seats_before(state, event.seats)))
    return _sit_all(_leave(state, event.who, record.at), event.seats)


def _leave(state: State, who: str, at: int) -> State:
    person = state.participants.get(who)
    if person is None:
        return state
    gone = msgspec.structs.replace(person, left=at)
    return _with(state, participants=state.participants.set(who, gone), rev=state.rev + 1)


@_fold.register
def _(event: e.Pinned, state: State, record: e.Record) -> State:
    before = _seats_before(state, event.seats)
    state = _remember(state, Step(event.kind, who=event.who, table=state.pins.get(event.who, 0), seats=before))
    return _sit_all(_pin(state, event.who, event.table), event.seats)


def _pin(state: State, who: str, table: int) -> State:
    pins = state.pins.set(who, table) if table else _without(state.pins, who)
    return _with(state, pins=pins, rev=state.rev + 1)


@_fold.register
def _(event: e.TableSet, state: State, record: e.Record) -> State:
    state = _remember(state, Step(event.kind, table=event.table, seats=_seats_before(state, event.seats)))
    return _sit_all(_set_table(state, event.table, closed=event.closed), event.seats)


def _set_table(state: State, table: int, *, closed: bool) -> State:
    tables = state.closed_tables | {table} if closed else state.closed_tables - {table}
    return _with(state, closed_tables=tables, rev=state.rev + 1)


@_fold.register
def _(event: e.Hosted, state: State, record: e.Record) -> State:
    if event.undoable:
        before = _seats_before(state, event.seats)
        step = Step(event.kind, who=state.hosts.get(event.table, ""), table=event.table, seats=before)
        state = _remember(state, step)
    return _sit_all(_host(state, event.table, event.who), event.seats)


def _host(state: State, table: int, who: str) -> State:
    hosts = state.hosts.set(table, who) if who else _without(state.hosts, table)
    return _with(state, hosts=hosts, rev=state.rev + 1)


@_fold.register
def _(event: e.LanguageChosen, state: State, record: e.Record) -> State:
    person = state.participants.get(event.who)
    if person is None:
        return state
    changed = msgspec.structs.replace(person, language=event.language)
    return _with(state, participants=state.participants.set(event.who, changed))


@_fold.register
def _(event: e.Forgot, state: State, record: e.Record) -> State:
    """Leaves just what a replay of the blanked log leaves: numbers and places are used up, words and links are gone."""
    mine = {idea.id: idea for idea in state.ideas.values() if idea.by == event.who}
    ideas, order, at_table, on_question = state.ideas, state.order, state.at_table, state.on_question
    for idea in mine.values():
        ideas, order = ideas.delete(idea.id), order.delete(idea.number)
        at_table = at_table.set(idea.place, _blanked(at_table[idea.place], idea.id))
        on_question = on_question.set(idea.question, _blanked(on_question[idea.question], idea.id))
    return _with(
        state,
        participants=_without(state.participants, event.who),
        forgotten=state.forgotten.set(event.who, record.at),
        seats=Map({key: _without(taken, event.who) for key, taken in state.seats.items()}),
        hosts=Map({table: who for table, who in state.hosts.items() if who != event.who}),
        pins=_without(state.pins, event.who),
        ideas=ideas,
        order=order,
        at_table=at_table,
        on_question=on_question,
        shown=state.shown - sum(idea.counts for idea in mine.values()),
        undo=tuple(Step(step.what) if step.idea in mine else step for step in state.undo),
        rev=state.rev + 1,
    )


def _blanked(listed: Map[int, str], id: str) -> Map[int, str]:
    return listed.set(next(place for place, other in listed.items() if other == id), "")


def _without(among: Map[Key, Value], key: Key) -> Map[Key, Value]:
    return among.delete(key) if key in among else among


# -------------------------------------------------------------------------------------------------- ideas


def _put(state: State, idea: Idea) -> State:
    before = state.ideas.get(idea.id)
    shown = state.shown + idea.counts - (before.counts if before else 0)
    return _with(state, ideas=state.ideas.set(idea.id, idea), shown=shown)


def _push(lists: Map[Key, Map[int, str]], name: Key, id: str) -> Map[Key, Map[int, str]]:
    listed = lists.get(name, Map())
    return lists.set(name, listed.set(len(listed), id))


@_fold.register
def _(event: e.IdeaSent, state: State, record: e.Record) -> State:
    number, place = state.numbers, Place(event.block, event.session, event.round, event.table)
    state = _with(
        state,
        numbers=number + 1,
        at_table=_push(state.at_table, place, event.id),
        on_question=_push(state.on_question, event.question, event.id),
    )
    if not event.id:
        return state
    idea = Idea(
        id=event.id,
        number=number,
        text=event.text,
        first=event.text,
        about=event.about,
        question=event.question,
        place=place,
        group=event.group,
        language=event.language,
        on=event.on,
        answers=event.answers,
        late=event.late,
        standing="held" if event.held else "shown",
        gone=False,
        by=event.by,
        source=event.source,
        at=record.at,
    )
    return _with(_put(state, idea), order=state.order.set(number, event.id))


@_fold.register
def _(event: e.IdeaChanged, state: State, record: e.Record) -> State:
    idea = state.ideas.get(event.id)
    if idea is None:
        return state
    standing = "held" if event.held and idea.standing == "shown" else idea.standing
    return _put(state, msgspec.structs.replace(idea, text=event.text, standing=standing))


@_fold.register
def _(event: e.IdeaTakenBack, state: State, record: e.Record) -> State:
    idea = state.ideas.get(event.id)
    return state if idea is None else _put(state, msgspec.structs.replace(idea, gone=True))


def _stand(state: State, id: str, standing: str) -> State:
    idea = state.ideas.get(id)
    return state if idea is None else _put(state, msgspec.structs.replace(idea, standing=standing))


@_fold.register
def _(event: e.IdeaStood, state: State, record: e.Record) -> State:
    idea = state.ideas.get(event.id)
    if idea is None:
        return _remember(state, Step(event.kind))
    return _stand(_remember(state, Step(event.kind, idea=idea.id, standing=idea.standing)), idea.id, event.standing)
