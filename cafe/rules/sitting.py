"""How the planner sees the session that a group is in, or comes to next: rounds, seats, people and tables."""

from immutables import Map

from cafe.rules.rounds import later
from cafe.seating.problem import Person, Problem, Rules, Stage, Table
from cafe.state import RoundKey, State


def is_open(state: State, table: int) -> bool:
    """Whether a table is used in the rounds to come."""
    return table not in state.closed_tables


def session_of(state: State, group: str) -> list[RoundKey]:
    """All rounds of the session that a group is in, or comes to next; none when nothing of it is still to come."""
    track, running = state.track(group), state.position.block
    fitted = track.rounds if track else 0
    ahead = [key for key in later(state, group) if key.block > running or key.round <= fitted]
    if not ahead:
        return []
    block, session = ahead[0].block, ahead[0].session
    rounds = fitted if block == running else state.plan.rounds(block, session)
    return [RoundKey(block, session, number) for number in range(1, rounds + 1)]


def seats_of(state: State, group: str, keys: list[RoundKey]) -> tuple[dict[str, str], ...]:
    """Who sits at which of a group's tables in each of these rounds: its people, and the hosts who stay there."""
    taken = [(key, sorted(state.seats.get(key, Map()).items())) for key in keys]  # A map's order differs at each start.
    here = {key: {table.number for table in state.plan.tables_for(key.block, group)} for key in keys}
    return tuple({who: str(table) for who, table in seats if table in here[key]} for key, seats in taken)


def problem_of(state: State, group: str, keys: list[RoundKey], *, travel: bool = False) -> tuple[Problem, int]:
    """A group's session as the planner sees it, and how many of its rounds have begun. Companions whose seats are the
    same in all rounds to come stay together; with `travel` all people whose seats are.
    """
    first = next(key for key in later(state, group) if key in keys)
    running = first.round - 1
    session = state.plan.sessions[first.session]
    own = session.per == "table" and len(session.questions) >= len(keys)  # Then nobody need have one twice.
    here = state.plan.tables_for(first.block, group)
    people, bands = [], dict[tuple[tuple[int, ...], str], set[str]]()
    for who in {who: None for seats in seats_of(state, group, keys) for who in seats}:
        there = [key.round for key in keys if state.table(who, key)]
        ahead = tuple(state.table(who, key) for key in keys[running:])
        stays = _stays(state, who, ahead, {table.number for table in here})
        leaves = there[-1] + 1 if there[-1] < len(keys) else 0
        people.append(Person(who, stays=str(stays) if stays else "", arrives=there[0], leaves=leaves))
        if all(ahead) and not stays and (travel or state.companions(who)):
            bands.setdefault((ahead, "" if travel else min(who, *state.companions(who))), set()).add(who)
    tables = tuple(
        Table(
            str(table.number),
            table.seats,
            question=session.question(table.place, 1).id if own else "",
            closes=0 if is_open(state, table.number) else first.round,
        )
        for table in here
        if is_open(state, table.number) or (running and table.number not in state.bare_tables)
    )
    together = tuple(frozenset(band) for band in bands.values() if len(band) > 1)
    past = seats_of(state, group, keys)[:running]
    apart = frozenset(frozenset((guest.who, other)) for guest in state.expected.values() for other in guest.apart)
    rules = Rules(apart=apart, together=together)
    return Problem(tuple(people), (Stage(tables, len(keys)),), rules, past=past), running


def _stays(state: State, who: str, ahead: tuple[int, ...], here: set[int]) -> int:
    """The table that somebody does not leave in the rounds to come: as its host, or because they cannot move."""
    hosted = next((table for table, host in state.hosts.items() if host == who), 0)
    if hosted and set(ahead) == {hosted}:
        return hosted
    return state.pins.get(who, 0) if state.pins.get(who, 0) in here else 0
