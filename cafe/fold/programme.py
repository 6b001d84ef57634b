"""What facts of the programme change: where it is, and how it was."""

from cafe import events as e
from cafe.fold.change import changes, remember, with_
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
def _(event: e.Returned, state: State, record: e.Record) -> State:
    moved = move(state, event.position, record.at)
    return with_(moved, before_return=state.position, away=event.away)
