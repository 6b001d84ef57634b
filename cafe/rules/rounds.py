"""The rounds that are still to come, and who has a seat in them for the whole day."""

from cafe import events as e
from cafe.state import RoundKey, State


def ahead(state: State, group: str) -> list[RoundKey]:
    """The rounds that a group still has before it, the running one included."""
    keys = []
    for number, block in enumerate(state.plan.programme):
        name = block.sessions.get(group)
        if name is None or number < state.position.block or block.skipped is not None:
            continue
        track = state.track(group) if number == state.position.block else None
        first = state.key(track).round if track else 1
        keys += [RoundKey(number, name, r) for r in range(first, state.plan.rounds(number, name) + 1)]
    return keys


def later(state: State, group: str) -> list[RoundKey]:
    """The rounds of a group that have not begun: those that may still change."""
    track = state.track(group)
    running = state.key(track) if track and track.phase == "round" else None
    return [key for key in ahead(state, group) if key != running]


def all_day(state: State, table: int) -> tuple[e.Seat, ...]:
    """The seats of somebody who stays at a table: in every round to come in which any group sits there."""
    keys = {
        key
        for group in state.plan.groups
        for key in ahead(state, group.id)
        if table in {each.number for each in state.plan.tables_for(key.block, group.id)}
    }
    return tuple(e.Seat(*key, table) for key in sorted(keys))
