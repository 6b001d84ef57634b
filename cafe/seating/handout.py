"""The personal cards of a day: how many, whose they are, and what is proved about them.

A printed card is the card of its number (`cafe.seating.itinerary`), so that paper and phone are one seat. With a list
people are dealt onto the first cards of their group by the rules and the softer goals: exchanging two cards changes no
encounter of cards. Who goes together has one card with its number on each one's paper. Who hosts or stays at a table
needs no number.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from cafe.events import Seat
from cafe.plan import Plan
from cafe.seating import problem as p
from cafe.seating.chance import Chance
from cafe.seating.deal import Deal
from cafe.seating.diagnose import Conflict, diagnose
from cafe.seating.frame import Frame
from cafe.seating.itinerary import Card, card, seats, way
from cafe.seating.people_csv import Guest, People
from cafe.seating.places import grouped, is_host, staying
from cafe.seating.report import Report, report
from cafe.seating.standing import plan_of

BUDGET: Final = 100_000
"""Exchanges of cards that are weighed for a group, well within a second."""
LEAST_SURPLUS: Final = 4


class Printed(NamedTuple):
    """A personal card: its number and group, its seats, and its name if there is a list. Who stays at table `stays`
    has the number 0; `host` says that they host it.
    """

    number: int
    group: str
    seats: tuple[Seat, ...]
    name: str = ""
    stays: int = 0
    host: bool = False


class Handout(NamedTuple):
    """The personal cards: of who stays, then of the others in the order of their numbers, then the `surplus`.

    `reports` judge the expected people of each group, `broken` counts rules of the list that the cards cannot keep.
    Where there are `conflicts` the rules contradict one another or there are too few seats, and nothing is dealt.
    """

    cards: tuple[Printed, ...]
    surplus: int
    reports: Mapping[str, Report]
    broken: int = 0
    conflicts: tuple[Conflict, ...] = ()

    @property
    def expected(self) -> tuple[Printed, ...]:
        """The cards without the surplus."""
        return self.cards[: len(self.cards) - self.surplus]


class _Hand(NamedTuple):
    """The movers and who stays, of one group, with the cards that they may get."""

    group: str
    movers: tuple[p.Person, ...]
    stayers: tuple[p.Person, ...]
    cards: tuple[Card, ...]
    named: bool


def numbered(plan: Plan, people: int) -> Handout:
    """Cards without names for so many people; the plan's own hosts come beside them."""
    hosts = plan.named_hosts
    stay = [p.Person(f"= {table}", stays=str(table)) for table in hosts]  # no card has such a number
    dealt = [card(plan, number) for number in range(1, people + 1)]
    hands = []
    for group in plan.groups:
        mine = tuple(each for each in dealt if each.group == group.id)
        movers = tuple(p.Person(str(each.number)) for each in mine)
        hands.append(_Hand(group.id, movers, tuple(_here(plan, group.id, stay)), mine, named=False))
    return _handout(plan, hands, _hosting(plan, hosts), p.Rules())


def _hosting(plan: Plan, hosts: Mapping[int, str]) -> list[Printed]:
    """The cards of hosts."""
    return [Printed(0, plan.table(t).group, _at(plan, t), name, t, host=True) for t, name in hosts.items()]


def listed(plan: Plan, people: People) -> Handout:
    """The people of a list, each with a card, and the hosts whom the plan alone names. The tables that the list names
    must be the plan's (see `staying`).
    """
    guests, tables = people.guests, staying(plan, people.guests)
    groups = grouped(plan, guests, tables)
    hosted = {tables[guest.name] for guest in guests if guest.name in tables and is_host(plan, guest)}
    more = {table: name for table, name in plan.named_hosts.items() if table not in hosted}
    stay = [_person(guest, str(tables[guest.name])) for guest in guests if guest.name in tables]
    stay += [p.Person(f"= {table}", stays=str(table)) for table in more]
    hands = []
    for group in plan.groups:
        movers = [g for g in guests if groups.get(g.name) == group.id and g.name not in tables]
        here = tuple(_here(plan, group.id, stay))
        shared = sum(len(band & {g.name for g in movers} or {""}) - 1 for band in people.together())
        cards = _first(plan, group.id, len(movers) - shared, here, spare=shared > 0)
        hands.append(_Hand(group.id, tuple(_person(g) for g in _by_kind(movers)), here, cards, named=True))
    kept = [
        Printed(0, plan.table(t).group, _at(plan, t), g.name, t, host=is_host(plan, g))
        for g in guests
        if (t := tables.get(g.name))
    ]
    kept += _hosting(plan, more)
    return _handout(plan, hands, sorted(kept, key=lambda each: each.stays), p.Rules(people.apart(), people.together()))


def _person(guest: Guest, stays: str = "") -> p.Person:
    return p.Person(guest.name, guest.sector, guest.organisation, guest.languages, stays)


def _here(plan: Plan, group: str, stay: Sequence[p.Person]) -> list[p.Person]:
    """Those who stay at a table to which the group comes; hosts serve every group that does."""
    tables = {str(table) for leg in way(plan, group).legs for table in leg.tables}
    return [person for person in stay if person.stays in tables]


def _by_kind(guests: Sequence[Guest]) -> list[Guest]:
    """Sector by sector, the largest first: neighbours in a class of cards never meet."""
    count: dict[str, int] = {}
    for guest in guests:
        count[guest.sector] = count.get(guest.sector, 0) + 1
    return sorted(guests, key=lambda each: (-count[each.sector], each.sector, each.organisation))


def _first(plan: Plan, group: str, wanted: int, stay: Sequence[p.Person], *, spare: bool) -> tuple[Card, ...]:
    """The first cards of a group; one class to `spare` where people go together, or stay at some tables only, so that
    sizes can be evened out, which comes before who meets whom.
    """
    width = way(plan, group).width
    if spare or len({sum(person.stays == str(table.number) for person in stay) for table in plan.tables_of(group)}) > 1:
        wanted += width
    found: list[Card] = []
    number = 0
    while len(found) < wanted:
        number += 1
        each = card(plan, number)
        if each.group == group:
            found.append(each)
    return tuple(found)


def _at(plan: Plan, table: int) -> tuple[Seat, ...]:
    """The seats of somebody who stays at a table in every round in which a group sits there."""
    return tuple(
        Seat(block, session, round, table)
        for block, part in enumerate(plan.programme)
        for session, groups in part.tracks()
        if any(table == each.number for group in groups for each in plan.tables_for(block, group))
        for round in range(1, plan.sessions[session].rounds + 1)
    )


def _handout(plan: Plan, hands: Sequence[_Hand], kept: Sequence[Printed], wishes: p.Rules) -> Handout:
    """Deal and judge each group; the surplus are the lowest numbers that nobody has."""
    holders: dict[int, list[str]] = {}
    reports, broken, conflicts = {}, 0, []
    for hand in hands:
        if not ((hand.movers or hand.stayers) and way(plan, hand.group).legs):
            continue
        asked = _problem(plan, hand, wishes)
        clashes = [conflict for conflict in diagnose(asked) if conflict.kind == "rule"]
        if clashes:
            conflicts += clashes
            continue
        dealt = _dealt(plan, asked, hand)
        judged, seated = _judged(plan, asked, hand, dealt)
        broken += _broken(judged, seated)
        reports[hand.group] = report(judged, seated)
        for name, each in dealt.items():
            holders.setdefault(each.number, []).append(name if hand.named else "")
    if conflicts:
        return Handout((), 0, {}, 0, tuple(conflicts))
    surplus = max(LEAST_SURPLUS, -(-len(holders) // 5))
    spare = [number for number in range(1, max(holders, default=0) + surplus + 1) if number not in holders][:surplus]
    cards = [
        Printed(number, each.group, seats(plan, each), name)
        for number in (*sorted(holders), *spare)
        if (each := card(plan, number))
        for name in holders.get(number, [""])
    ]
    return Handout((*kept, *cards), surplus, reports, broken)


def _problem(plan: Plan, hand: _Hand, wishes: p.Rules) -> p.Problem:
    """What a group's cards are judged by. A round that leads back home is meant, and left out."""
    stages, modes = [], set()
    for leg in way(plan, hand.group).legs:
        session = plan.sessions[leg.session]
        shared = session.per == "table"
        tables = (plan.table(number) for number in sorted(leg.tables))
        stages.append(
            p.Stage(
                tuple(
                    p.Table(str(t.number), t.seats, session.question(t.place, 1).id if shared else "") for t in tables
                ),
                session.rounds - (session.seating == "home" and session.rounds > 1),
            )
        )
        modes.add(session.seating)
    mode: p.Mode = "home" if modes == {"home"} else "mix"
    return p.Problem((*hand.stayers, *hand.movers), tuple(stages), msgspec.structs.replace(wishes, mode=mode))


def _path(plan: Plan, frame: Frame, each: Card) -> tuple[int, ...]:
    """A card's tables in the rounds of a problem, as its indices."""
    judged = [
        seat
        for seat in seats(plan, each)
        if seat.round == 1 or seat.round < plan.sessions[seat.session].rounds
        or plan.sessions[seat.session].seating != "home"
    ]  # fmt: skip
    return tuple(frame.index[r][str(seat.table)] for r, seat in enumerate(judged))


def _dealt(plan: Plan, asked: p.Problem, hand: _Hand) -> dict[str, Card]:
    """Who gets which card."""
    if not hand.named:
        return {person.id: each for person, each in zip(hand.movers, hand.cards, strict=True)}
    frame = Frame(asked)
    moving = [u for u, unit in enumerate(frame.units) if unit[0] >= len(hand.stayers)]
    holder = [*moving, *[-1] * (len(hand.cards) - len(moving))]
    deal = Deal(frame, [_path(plan, frame, each) for each in hand.cards], holder)
    deal.anneal(Chance(0), BUDGET, empties=len(hand.cards) > len(moving))
    dealt = [(frame.units[u], each) for u, each in zip(deal.holder, hand.cards, strict=True) if u >= 0]
    return {asked.people[number].id: each for unit, each in dealt for number in unit}


def _judged(plan: Plan, asked: p.Problem, hand: _Hand, dealt: Mapping[str, Card]) -> tuple[p.Problem, p.Plan]:
    """The dealt cards as a seating, with its score and what is proved about it, and the problem that it is judged by:
    where a table's people travel together that they do is no fault.
    """
    paths: dict[tuple[int, ...], set[str]] = {}
    frame = Frame(asked)
    for name, each in dealt.items():
        paths.setdefault(_path(plan, frame, each), set()).add(name)
    if {plan.sessions[leg.session].seating for leg in way(plan, hand.group).legs} == {"together"}:
        rules = msgspec.structs.replace(asked.rules, mode="together", together=tuple(map(frozenset, paths.values())))
        asked = msgspec.structs.replace(asked, rules=rules)
        frame = Frame(asked)
    path_of = {name: path for path, names in paths.items() for name in names}
    where = [list(path_of.get(asked.people[unit[0]].id, frame.fixed[u])) for u, unit in enumerate(frame.units)]
    return asked, plan_of(frame, where, way(plan, hand.group).algebra)


def _broken(asked: p.Problem, seated: p.Plan) -> int:
    """How many pairs that are to be apart sit together all the same, and how many seats are missing."""
    tables: dict[tuple[int, str], set[str]] = {}
    for round, where in enumerate(seated.seats, 1):
        for name, table in where.items():
            tables.setdefault((round, table), set()).add(name)
    over = sum(
        max(0, len(tables.get((round, table.id), ())) - table.seats)
        for round in range(1, asked.rounds + 1)
        for table in asked.tables(round)
        if table.seats
    )
    met = sum(any(pair <= names for names in tables.values()) for pair in asked.rules.apart)
    return over + met
