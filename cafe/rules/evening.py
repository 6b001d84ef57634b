"""What evening out the tables would cost: proposals for the rounds to come, to be shown before one is taken.

Pure and perhaps slow: a view asks for it off its event loop, on a state as it is; taking a proposal names that state's
revision (`hall.reseat`), so that nothing is taken that was made for another room.
"""

import msgspec

from cafe.rules.sitting import problem_of, seats_of, session_of
from cafe.seating.replan import News, Proposal, replan
from cafe.state import RoundKey, State


class Offer(msgspec.Struct, frozen=True):
    """A proposal with what it takes: the revision of the room, the seats that change, and how many people it moves."""

    rev: int
    seats: dict[str, list[tuple[int, str, int, int]]]
    people: int
    sizes: tuple[int, int]
    repeats: int


def offer(state: State) -> Offer | None:
    """Even tables in the rounds to come of every group, with the fewest changes; None when they are even already."""
    moves: dict[str, list[tuple[int, str, int, int]]] = {}
    sizes: list[int] = []
    repeats = 0
    for group in state.plan.groups:
        keys = session_of(state, group.id)
        if not keys:
            continue
        problem, running = problem_of(state, group.id, keys)
        found = replan(problem, seats_of(state, group.id, keys), News(), round=running, kinds=("even",))
        if not found:
            continue
        _collect(state, keys, running, found[0], moves)
        repeats += found[0].repeats
        for taken in found[0].seats[running:]:
            sizes += [list(taken.values()).count(table.id) for table in problem.stages[0].tables]
    if not moves:
        return None
    return Offer(state.rev, moves, len(moves), (min(sizes), max(sizes)), repeats)


def _collect(
    state: State,
    keys: list[RoundKey],
    running: int,
    found: Proposal,
    moves: dict[str, list[tuple[int, str, int, int]]],
) -> None:
    for key, taken in zip(keys[running:], found.seats[running:], strict=True):
        for who, table in taken.items():
            if state.table(who, key) != int(table):
                moves.setdefault(who, []).append((*key, int(table)))
