"""What could be done about the tables of the rounds to come: proposals with their price, shown before one is taken.

Pure and perhaps slow: a view asks for them off its event loop, on a state as it is; taking one names that state's
revision (`hall.reseat`), so that nothing is taken that was made for another room. What the room's rules do by
themselves changes no announced seat; `strains` says where that breaks a limit, and a choice is due.
"""

from collections import Counter
from typing import NamedTuple

import msgspec
from immutables import Map

from cafe.rules.rounds import later
from cafe.rules.sitting import is_open, problem_of, seats_of, session_of
from cafe.seating import heirs as inheritance
from cafe.seating.problem import Score
from cafe.seating.replan import Kind, News, Proposal, needs_choice, replan
from cafe.state import RoundKey, State

KINDS: tuple[Kind, ...] = ("keep", "even", "mix")


class Strain(NamedTuple):
    """A table of a round to come that has more people than seats; a closed one has none."""

    round: int
    table: int
    people: int
    seats: int


class Offer(msgspec.Struct, frozen=True):
    """A proposal with what it takes, the revision of the room and the seats that change, and with its price: how many
    announced `seats` change and for how many `people`, the sizes of tables, the encounters that are repeated in the
    session, and the tables that are over a limit all the same.
    """

    kind: Kind
    rev: int
    seats: dict[str, list[tuple[int, str, int, int]]]
    sizes: tuple[int, int]
    repeats: int
    over: tuple[Strain, ...]

    @property
    def changed(self) -> int:
        return sum(map(len, self.seats.values()))

    @property
    def people(self) -> int:
        return len(self.seats)


def strains(state: State) -> tuple[Strain, ...]:
    """Where limits break in the rounds to come of the sessions that groups are in, or come to."""
    return tuple(strain for key, group in _coming(state) for strain in _over(state, key, group, _taken(state, key)))


def offers(state: State) -> list[Offer]:
    """What could be done, the cheapest first: `keep` leaves every announced seat that can be left; `even` and `mix` are
    among them only where they make something better. Empty when no round is to come.
    """
    found = {group.id: _proposals(state, group.id) for group in state.plan.groups}
    made: list[Offer] = []
    for number, kind in enumerate(KINDS):
        if not any(kind in theirs for theirs in found.values()):
            continue
        made.append(_offer(state, kind, {group: _upto(theirs, number) for group, theirs in found.items() if theirs}))
    return made


def _upto(found: dict[Kind, Proposal], number: int) -> Proposal:
    """A group's own proposal of a kind, or the nearest that changes less."""
    return [found[kind] for kind in KINDS[: number + 1] if kind in found][-1]


def heirs(state: State, table: int) -> list[str]:
    """Who could take over a table from its host: those who sit there and may move, who would miss least first. Nobody
    when no other round is to come.
    """
    for group in state.plan.groups:
        keys = session_of(state, group.id)
        if keys and table in {each.number for each in state.tables(keys[0], group.id)} - state.closed_tables:
            problem, running = problem_of(state, group.id, keys)
            here = inheritance.heirs(problem, seats_of(state, group.id, keys), str(table), round=max(running, 1))
            return [who for who in here if not (state.participants[who].left or who in state.hosts.values())]
    return []


def _proposals(state: State, group: str) -> dict[Kind, Proposal]:
    """The proposals for a group that are worth their price: each one better than all that change less."""
    keys = _planned(state, group)
    if not keys or not any(seats_of(state, group, keys)):
        return {}
    seating = state.plan.sessions[keys[0].session].seating
    kinds: tuple[Kind, ...] = KINDS if seating != "choose" else ("keep", "even")
    problem, running = problem_of(state, group, keys, travel=seating == "together")
    found = replan(problem, seats_of(state, group, keys), News(), round=running, kinds=kinds)
    if seating == "together" and needs_choice(found):  # Rather part who travels together than break a limit.
        problem, running = problem_of(state, group, keys)
        found = replan(problem, seats_of(state, group, keys), News(), round=running, kinds=kinds)
    worth = found[:1]
    for proposal in found[1:]:
        judge = _evenness if proposal.kind == "even" else _quality
        if judge(proposal.score) < min(judge(other.score) for other in worth):
            worth.append(proposal)
    return {proposal.kind: proposal for proposal in worth}


def _evenness(score: Score) -> tuple[int, ...]:
    """What evening out is for: limits that hold, then sizes."""
    return score.hard, score.uneven


def _quality(score: Score) -> tuple[int, ...]:
    """How good the seats are, goal by goal, whatever they cost."""
    return msgspec.structs.astuple(msgspec.structs.replace(score, changed=0))


def _offer(state: State, kind: Kind, best: dict[str, Proposal]) -> Offer:
    moves: dict[str, list[tuple[int, str, int, int]]] = {}
    sizes: list[int] = []
    over: list[Strain] = []
    for group, proposal in best.items():
        to_come = later(state, group)
        for key, seats in zip(_planned(state, group), proposal.seats, strict=True):
            if key not in to_come:
                continue
            taken = {who: int(table) for who, table in seats.items()}
            for who, table in taken.items():
                if state.table(who, key) != table:
                    moves.setdefault(who, []).append((*key, table))
            count = Counter(taken.values())
            sizes += [count[each.number] for each in state.tables(key, group) if is_open(state, each.number)]
            over += _over(state, key, group, taken)
    repeats = sum(proposal.repeats for proposal in best.values())
    return Offer(kind, state.rev, moves, (min(sizes, default=0), max(sizes, default=0)), repeats, tuple(over))


def _planned(state: State, group: str) -> list[RoundKey]:
    """The rounds of which something may be proposed: the last one leads home where it should, as long as others are to
    come.
    """
    keys = session_of(state, group)
    home = bool(keys) and state.plan.sessions[keys[0].session].seating == "home"
    return keys[:-1] if home and len(keys) > 1 and keys[-2] in later(state, group) else keys


def _coming(state: State) -> list[tuple[RoundKey, str]]:
    """The rounds to come of the sessions that groups are in, or come to."""
    found = []
    for group in state.plan.groups:
        to_come = set(later(state, group.id))
        found += [(key, group.id) for key in session_of(state, group.id) if key in to_come]
    return found


def _taken(state: State, key: RoundKey) -> dict[str, int]:
    return dict(state.seats.get(key, Map()))


def _over(state: State, key: RoundKey, group: str, taken: dict[str, int]) -> list[Strain]:
    """The tables of a group that are over their limit in a round."""
    count = Counter(taken.values())
    found = []
    for table in state.plan.tables_for(key.block, group):
        seats = table.seats if is_open(state, table.number) else 0
        if count[table.number] > seats:
            found.append(Strain(key.round, table.number, count[table.number], seats))
    return found
