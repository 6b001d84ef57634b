"""What evening out the tables would cost: proposals for the rounds to come, to be shown before one is taken.

Pure and perhaps slow: a view asks for it off its event loop, on a state as it is; taking a proposal names that state's
revision (`hall.reseat`), so that nothing is taken that was made for another room.
"""

import msgspec
from immutables import Map

from cafe.rules.hall import later
from cafe.seating.itinerary import way
from cafe.seating.problem import Person, Problem, Stage, Table
from cafe.seating.replan import News, Proposal, replan
from cafe.seating.report import Sentence, report, sentences
from cafe.seating.standing import standing
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
        keys = _rounds(state, group.id)
        if not keys:
            continue
        problem, running = _problem(state, group.id, keys)
        found = replan(problem, _seats(state, group.id, keys), News(), round=running, kinds=("even",))
        if not found:
            continue
        _collect(state, keys, running, found[0], moves)
        repeats += found[0].repeats
        for taken in found[0].seats[running:]:
            sizes += [list(taken.values()).count(table.id) for table in problem.stages[0].tables]
    if not moves:
        return None
    return Offer(state.rev, moves, len(moves), (min(sizes), max(sizes)), repeats)


def verdicts(state: State) -> dict[str, list[Sentence]]:
    """What is to be said of each group's seating in the session that it is in or comes to; nothing after the last."""
    said = {}
    for group in state.plan.groups:
        keys = _rounds(state, group.id)
        seats = _seats(state, group.id, keys) if keys else ()
        if not any(seats):
            continue
        problem, _ = _problem(state, group.id, keys)
        problem = msgspec.structs.replace(problem, past=())
        found = standing(problem, seats, way(state.plan, group.id).algebra)
        said[group.id] = sentences(report(problem, found))
    return said


def _rounds(state: State, group: str) -> list[RoundKey]:
    """All rounds of the session that a group is in, or comes to next; none when nothing of it is still to come."""
    ahead = later(state, group)
    if not ahead:
        return []
    block, session = ahead[0].block, ahead[0].session
    return [RoundKey(block, session, number) for number in range(1, state.plan.sessions[session].rounds + 1)]


def _seats(state: State, group: str, keys: list[RoundKey]) -> tuple[dict[str, str], ...]:
    mine = {person.id for person in state.participants.values() if person.group == group}
    return tuple({who: str(table) for who, table in state.seats.get(key, Map()).items() if who in mine} for key in keys)


def _problem(state: State, group: str, keys: list[RoundKey]) -> tuple[Problem, int]:
    """A group's session as the planner sees it, and how many of its rounds have begun."""
    first = next(key for key in later(state, group) if key in keys)
    running = first.round - 1
    tables = [t for t in state.plan.tables_for(keys[0].block, group) if t.number not in state.closed_tables or running]
    hosts = {who: table for table, who in state.hosts.items()}
    people = []
    for who in {who: None for seats in _seats(state, group, keys) for who in seats}:
        there = [key.round for key in keys if state.table(who, key)]
        stays = hosts.get(who) or state.pins.get(who, 0)
        leaves = there[-1] + 1 if there[-1] < len(keys) else 0
        people.append(Person(who, stays=str(stays) if stays else "", arrives=there[0], leaves=leaves))
    stage = Stage(
        tuple(
            Table(str(t.number), t.seats, closes=first.round if t.number in state.closed_tables else 0) for t in tables
        ),
        len(keys),
    )
    return Problem(tuple(people), (stage,), past=_seats(state, group, keys)[:running]), running


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
