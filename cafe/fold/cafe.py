"""What facts of the café as a whole change."""

import msgspec
from immutables import Map

from cafe import events as e
from cafe.fold.change import changes, with_
from cafe.fold.programme import move
from cafe.state import State


@changes.register
def _(event: e.Opened, state: State, record: e.Record) -> State:
    return with_(
        state,
        epoch=event.epoch,
        code=event.code,
        plan=event.plan,
        text=event.text,
        file=event.plan,
        taken=event.plan,
        trial=event.trial,
        reserved=frozenset(event.reserved),
        opened=record.at,
        language=event.plan.language,
        wall="none" if event.plan.wall == "after" else "strip",
        rev=state.rev + 1,
    )


@changes.register
def _(event: e.Started, state: State, record: e.Record) -> State:
    return with_(state, offsets=(*state.offsets, (record.at, event.offset)), rev=state.rev + 1)


@changes.register
def _(event: e.Addressed, state: State, record: e.Record) -> State:
    return with_(state, url=event.url, code=event.code or state.code, rev=state.rev + 1)


@changes.register
def _(event: e.PlanTaken, state: State, record: e.Record) -> State:
    stands = {(number, name) for number, block in enumerate(event.plan.programme) for name, _ in block.tracks()}
    seats = Map({key: taken for key, taken in state.seats.items() if (key.block, key.session) in stands})
    undo = tuple(step for step in state.undo if not step.programme and step.question is None)  # Of another plan.
    kept = state.taken.course if event.plan.course == state.plan.course else {}
    return with_(
        state,
        plan=event.plan,
        text=event.text,
        file=event.file or event.plan,
        taken=msgspec.structs.replace(event.plan, **kept),
        seats=seats,
        undo=undo,
        edits=state.edits + 1,
        rev=state.rev + 1,
    )


@changes.register
def _(event: e.HeadsCounted, state: State, record: e.Record) -> State:
    return with_(state, head_count=event.people, rev=state.rev + 1)


@changes.register
def _(event: e.Closed, state: State, record: e.Record) -> State:
    ideas = state.ideas.update({i.id: msgspec.structs.replace(i, by="") for i in state.ideas.values() if i.by})
    handovers = Map({at: msgspec.structs.replace(one, by="") for at, one in state.handovers.items()})
    photos = Map({id: msgspec.structs.replace(one, by="") for id, one in state.photos.items() if not one.hidden})
    state = move(state, e.Position(len(state.plan.programme), record.at), record.at)
    feedback = Map({id: msgspec.structs.replace(said, by="") for id, said in state.feedback.items()})
    ballots = Map({id: msgspec.structs.replace(one, by="") for id, one in state.ballots.items()})
    said = {"ideas": ideas, "handovers": handovers, "photos": photos, "feedback": feedback, "ballots": ballots}
    return with_(state, closed=record.at, undo=(), **said)
