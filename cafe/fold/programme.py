"""What facts of the programme change: where it is, how it was, and what it is from now on."""

import msgspec
from immutables import Map

from cafe import events as e
from cafe.fold.change import Value, changes, remember, with_, without
from cafe.plan import Block, Question
from cafe.state import RoundKey, State, Step


def move(state: State, position: e.Position, at: int) -> State:
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
    moved = with_(state, position=position)
    return with_(
        moved,
        phones_down=state.phones_down and moved.step == state.step,
        staged=state.staged if moved.step == state.step else "",  # What stands large must not hide where people go.
        theme_shown=state.theme_shown if moved.step == state.step else 0,
        before_return=None,
        began=began,
        ended=ended,
        rounds=rounds,
        rounds_ended=over,
        rev=state.rev + 1,
    )


def _programme(event: e.Event, state: State, record: e.Record) -> State:
    position: e.Position = event.position  # type: ignore[attr-defined]
    return move(remember(state, Step(event.kind, position=state.position)), position, record.at)


for _kind in (e.BlockBegan, e.MoveBegan, e.RoundBegan, e.Paused, e.Resumed, e.TimeChanged, e.Fitted, e.CaughtUp):
    changes.register(_kind, _programme)


@changes.register
def _(event: e.ReportSet, state: State, record: e.Record) -> State:
    return move(remember(state, Step(event.what, position=state.position)), event.position, record.at)


@changes.register
def _(event: e.Returned, state: State, record: e.Record) -> State:
    moved = move(state, event.position, record.at)
    return with_(moved, before_return=state.position, away=event.away)


def reprogram(state: State, programme: tuple[Block, ...], at: int, by: int) -> State:
    """Takes another programme; where its numbers moved, what is known about its blocks moves with them.

    Seats of rounds that it does not have are gone.
    """

    def now(block: int) -> int | None:
        """The number that a block has now; None for one that is taken out."""
        return block if block < at else block + by if block >= at - by else None

    def moved(known: Map[int, Value]) -> Map[int, Value]:
        return Map({number: value for block, value in known.items() if (number := now(block)) is not None})

    plan = msgspec.structs.replace(state.plan, programme=programme)
    seats = {}
    for key, taken in state.seats.items():
        number = now(key.block)
        if number is None or number >= len(programme) or key.session not in programme[number].sessions.values():
            continue
        if key.round <= plan.rounds(number, key.session):
            seats[key._replace(block=number)] = taken
    if by:
        state = with_(state, began=moved(state.began), ended=moved(state.ended), notes=moved(state.notes))
    return with_(state, plan=plan, seats=Map(seats), edits=state.edits + 1, rev=state.rev + 1)


@changes.register
def _(event: e.ProgrammeChanged, state: State, record: e.Record) -> State:
    before = state.position if event.position != state.position else None
    step = Step(
        event.what,
        position=before,
        programme=state.plan.programme,
        at=event.at,
        by=event.by,
        minutes=event.minutes,
    )
    changed = reprogram(remember(state, step), event.programme, event.at, event.by)
    return changed if before is None else move(changed, event.position, record.at)


def mend(state: State, question: Question) -> State:
    """The question of this id with these words, in whichever session it stands."""
    sessions = {
        name: msgspec.structs.replace(
            session, questions=tuple(question if each.id == question.id else each for each in session.questions)
        )
        for name, session in state.plan.sessions.items()
    }
    plan = msgspec.structs.replace(state.plan, sessions=sessions)
    return with_(state, plan=plan, edits=state.edits + 1, rev=state.rev + 1)


@changes.register
def _(event: e.QuestionMended, state: State, record: e.Record) -> State:
    before = next((q for _, q in state.plan.questions() if q.id == event.question.id), None)
    return mend(remember(state, Step(event.kind, question=before)), event.question)


def note(state: State, block: int, text: str) -> State:
    notes = state.notes.set(block, text) if text else without(state.notes, block)
    return with_(state, notes=notes, rev=state.rev + 1)


@changes.register
def _(event: e.NoteWritten, state: State, record: e.Record) -> State:
    before = Step(event.kind, block=event.block, note=state.notes.get(event.block, ""))
    return note(remember(state, before), event.block, event.text)
