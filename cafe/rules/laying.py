"""At how many tables a group sits when other people came than were planned for: asked before its first round.

The rule: tables of four to six people, or as many as the plan seats at all of its tables. Among such numbers the one at
which nobody has a question twice, then nobody returns to a table, then the fewest encounters are repeated, then the
nearest to the plan. Every question keeps a table, tables with a host or with somebody who stays put are kept, and there
are never more than the plan has. A group that changes rooms with another one is not asked. Unanswered, the plan holds.

`asks` is quick and a hint; `proposal` plans seats and may be slow: a view asks for it off its event loop.
"""

from typing import NamedTuple

import msgspec

from cafe import events as e
from cafe import seating
from cafe.plan import Table as Planned
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.seating import problem as p
from cafe.seating.planner import plan as planned
from cafe.seating.standing import standing
from cafe.seating.whatif import QUICK
from cafe.state import Participant, State

LEAST, MOST = 4, 6
"""People at a table for a talk in which everybody speaks."""


class Laid(NamedTuple):
    """A number of tables: how many, the sizes, and how many encounters would be repeated."""

    tables: int
    least: int
    most: int
    again: int


class Laying(msgspec.Struct, frozen=True):
    """What is asked: the number that would be better, with what takes it, and how it is now. `seats` are only there
    where the ways of the cards would be worse.
    """

    group: str
    people: int
    better: Laid
    now: Laid
    bare: tuple[int, ...]
    seats: dict[str, list[tuple[int, str, int, int]]]


def asks(state: State) -> str | None:
    """The first group whose next step is its first round and whose people would sit better at another number of
    tables; None where all is well, or where it is too late.
    """
    for group in state.plan.groups:
        if _before(state, group.id) and _numbers(state, group.id):
            return group.id
    return None


def proposal(state: State) -> Laying | None:
    """The better number for the first group that has one, with its price; None where the tables fit."""
    group = asks(state)
    if group is None:
        return None
    people = coming(state, group)
    tables = _open(state, group)
    plans = {number: _plan(state, group, _laid(state, group, number)) for number in _numbers(state, group)}
    number = min(plans, key=lambda n: (_price(plans[n][0]), abs(n - len(state.plan.tables_of(group)))))
    kept, (plan, by_card) = _laid(state, group, number), plans[number]
    now, _ = _plan(state, group, tables)
    return Laying(
        group,
        len(people),
        _figures(plan, number),
        _figures(now, len(tables)),
        tuple(t.number for t in state.plan.tables_of(group) if t not in kept),
        {} if by_card else _seats(state, group, plan),
    )


@facilitator
def lay(
    state: State, now: int, group: str, bare: list[int], seats: dict[str, list[tuple[int, str, int, int]]]
) -> Decision:
    """Lays a group's tables but for the `bare` ones, for the whole café, and seats its people there. Who came since
    the seats were planned goes the way of their card. Refused when the group has begun.
    """
    mine = {table.number for table in state.plan.tables_of(group)}
    if not _before(state, group):
        raise Refused("already_left")
    if not mine - set(bare) or not set(bare) <= mine:
        raise Refused("no_such_table")
    unused = (state.bare_tables - mine).union(bare)
    moves = {}
    for person in coming(state, group):
        card = seating.seats(state.plan, _card(state, person), unused)
        found = tuple(e.Seat(*seat) for seat in seats.get(person.id, ()))
        if any(seat.table not in mine - set(bare) for seat in found):
            raise Refused("no_such_table")
        if {seat[:3] for seat in map(_key, found)} != {seat[:3] for seat in map(_key, card)}:
            stays = _stays(state, person)
            found = tuple(msgspec.structs.replace(seat, table=stays or seat.table) for seat in card)
        moves[person.id] = found
    return (e.TablesLaid(group, tuple(sorted(bare)), moves),)


def _key(seat: e.Seat) -> tuple[int, str, int]:
    return seat.block, seat.session, seat.round


def _before(state: State, group: str) -> bool:
    """Whether the next step is the group's first round, and its tables are its own all day."""
    blocks = [
        number for number, block in enumerate(state.plan.programme) if group in block.sessions and block.skipped is None
    ]
    others = [other.id for other in state.plan.groups if other.id != group]
    own = set(state.plan.tables_of(group))
    walked = any(
        own & set(state.plan.tables_for(number, other))
        for number, block in enumerate(state.plan.programme)
        for other in others
        if other in block.sessions
    )
    return bool(blocks) and not state.closed and state.plan.following(state.position.block) == blocks[0] and not walked


def coming(state: State, group: str) -> list[Participant]:
    """Who of a group is in."""
    return [person for person in state.here if person.group == group]


def _card(state: State, person: Participant) -> seating.Card:
    return seating.card(state.plan, max(person.card, 1))._replace(group=person.group)


def _open(state: State, group: str) -> tuple[Planned, ...]:
    return tuple(t for t in state.plan.tables_of(group) if t.number not in state.closed_tables)


def _stays(state: State, person: Participant) -> int:
    return next((table for table, host in state.hosts.items() if host == person.id), state.pins.get(person.id, 0))


def _numbers(state: State, group: str) -> list[int]:
    """The numbers of tables at which people sit better than now, if there are any."""
    tables, people = state.plan.tables_of(group), coming(state, group)
    sessions = [state.plan.sessions[block.sessions[group]] for block in state.plan.programme if group in block.sessions]
    least = max([2, len(_kept(state, group)), *(len(s.questions) for s in sessions if s.per == "table")])
    planned = max((table.seats for table in tables), default=0)

    def miss(number: int) -> int:
        return _miss(len(people), number, max(MOST, planned) if number == len(tables) else MOST)

    misses = {
        number: miss(number)
        for number in range(least, len(tables) + 1)
        if sum(table.seats for table in _laid(state, group, number)) >= len(people)
    }
    now = miss(len(_open(state, group)))
    best = min(misses.values(), default=now)
    return [number for number, miss in misses.items() if miss == best < now] if people else []


def _miss(people: int, tables: int, most: int) -> int:
    """By how many people tables would be too small or too large."""
    if not tables:
        return people
    return max(0, LEAST - people // tables) + max(0, -(-people // tables) - most)


def _kept(state: State, group: str) -> list[Planned]:
    """The tables that cannot go: somebody hosts them, or stays put there."""
    needed = set(state.hosts) | set(state.pins.values()) | {guest.table for guest in state.to_come}
    return [t for t in state.plan.tables_of(group) if t.host or t.number in needed]


def _laid(state: State, group: str, number: int) -> tuple[Planned, ...]:
    """So many tables: those that cannot go, and then the first ones, so that every question keeps a table."""
    kept = _kept(state, group)
    rest = [t for t in state.plan.tables_of(group) if t not in kept]
    return tuple(sorted([*kept, *rest[: max(0, number - len(kept))]], key=lambda table: table.number))


def _problem(state: State, group: str, tables: tuple[Planned, ...]) -> p.Problem:
    """All sessions of a group at these tables, as the planner sees them."""
    stages = []
    for number, block in enumerate(state.plan.programme):
        if group in block.sessions:
            session = state.plan.sessions[block.sessions[group]]
            asked = [
                f"{session.id}.{t.place % len(session.questions)}"
                if session.per == "table" and len(session.questions) >= session.rounds
                else ""
                for t in tables
            ]
            laid = tuple(p.Table(str(t.number), t.seats, q) for t, q in zip(tables, asked, strict=True))
            stages.append(p.Stage(laid, state.plan.rounds(number, session.id)))
    stays = {person.id: _stays(state, person) for person in coming(state, group)}
    return p.Problem(tuple(p.Person(who, stays=str(table or "")) for who, table in stays.items()), tuple(stages))


def _plan(state: State, group: str, tables: tuple[Planned, ...]) -> tuple[p.Plan, bool]:
    """How a group would sit at these tables, and whether by its cards; else as planned anew, where that is better."""
    problem = _problem(state, group, tables)
    numbers = {table.number for table in tables}
    bare = {t.number for t in state.plan.tables_of(group)} - numbers
    rounds: list[dict[str, str]] = [{} for _ in range(problem.rounds)]
    for person in coming(state, group):
        stays = _stays(state, person)
        card = seating.seats(state.plan, _card(state, person), bare)
        for seated, seat in zip(rounds, card, strict=True):
            seated[person.id] = str(stays or seat.table)
    by_card = standing(problem, tuple(rounds), seating.way(state.plan, group, bare).algebra)
    modes = {state.plan.sessions[b.sessions[group]].seating for b in state.plan.programme if group in b.sessions}
    if by_card.proved or not modes <= {"mix", "choose"}:
        return by_card, True
    anew = planned(problem, budget=QUICK)
    return (anew, False) if anew.score < by_card.score else (by_card, True)


def _price(plan: p.Plan) -> tuple[int, ...]:
    return plan.score.hard, plan.score.questions, plan.score.revisits, plan.score.uneven, plan.repeats


def _figures(plan: p.Plan, tables: int) -> Laid:
    return Laid(tables, *plan.sizes, plan.repeats)


def _seats(state: State, group: str, plan: p.Plan) -> dict[str, list[tuple[int, str, int, int]]]:
    keys = [
        (number, block.sessions[group], round)
        for number, block in enumerate(state.plan.programme)
        if group in block.sessions
        for round in range(1, state.plan.rounds(number, block.sessions[group]) + 1)
    ]
    found: dict[str, list[tuple[int, str, int, int]]] = {}
    for key, seated in zip(keys, plan.seats, strict=True):
        for who, table in seated.items():
            found.setdefault(who, []).append((*key, int(table)))
    return found
