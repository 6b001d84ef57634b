"""How the planner sees the session that a group is in, or comes to next: rounds, seats, people and tables."""

from immutables import Map

from cafe.rules.hall import later
from cafe.seating.problem import Person, Problem, Stage, Table
from cafe.state import RoundKey, State


def session_of(state: State, group: str) -> list[RoundKey]:
    """All rounds of the session that a group is in, or comes to next; none when nothing of it is still to come."""
    ahead = later(state, group)
    if not ahead:
        return []
    block, session = ahead[0].block, ahead[0].session
    return [RoundKey(block, session, number) for number in range(1, state.plan.sessions[session].rounds + 1)]


def seats_of(state: State, group: str, keys: list[RoundKey]) -> tuple[dict[str, str], ...]:
    """Who of a group sits at which table in each of these rounds."""
    mine = {person.id for person in state.participants.values() if person.group == group}
    return tuple({who: str(table) for who, table in state.seats.get(key, Map()).items() if who in mine} for key in keys)


def problem_of(state: State, group: str, keys: list[RoundKey]) -> tuple[Problem, int]:
    """A group's session as the planner sees it, and how many of its rounds have begun."""
    first = next(key for key in later(state, group) if key in keys)
    running = first.round - 1
    tables = [t for t in state.plan.tables_for(keys[0].block, group) if t.number not in state.closed_tables or running]
    hosts = {who: table for table, who in state.hosts.items()}
    people = []
    for who in {who: None for seats in seats_of(state, group, keys) for who in seats}:
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
    return Problem(tuple(people), (stage,), past=seats_of(state, group, keys)[:running]), running
