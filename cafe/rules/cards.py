"""Which numbered card somebody gets, and at which tables it leads them in the rounds to come."""

from collections import Counter
from collections.abc import Iterable, Sequence

from immutables import Map

from cafe import events as e
from cafe import seating
from cafe.rules.company import Seats, best
from cafe.rules.decision import Refused
from cafe.rules.rounds import ahead, all_day, later
from cafe.state import RoundKey, State

RULE = "card"
MOST_CARDS = 9_999


def deal(
    state: State, group: str, number: int, table: int, tongues: frozenset[str], like: Sequence[str]
) -> seating.Card:
    """The card that somebody gets. Refused when it is somebody else's, or when there is no such group or table."""
    plan, taken = state.plan, held_cards(state)
    if number:
        if not 0 < number <= MOST_CARDS:
            raise Refused("no_such_card")
        if number in taken:
            raise Refused("card_taken")
        return seating.card(plan, number)
    if table:
        return _beginning_at(state, table, taken | state.reserved)
    return next_card(state, group, tongues, like)


def next_card(state: State, group: str, tongues: frozenset[str], like: Sequence[str]) -> seating.Card:
    """The card, of those that nobody has, that gives somebody the best company. Refused when there is no such group."""
    if group and group not in {each.id for each in state.plan.groups}:
        raise Refused("no_such_group")
    free = seating.free(state.plan, held_cards(state) | state.reserved, group or None, state.bare_tables)
    return best(state, _ways(state, free), tongues, like)


def _ways(state: State, cards: Iterable[seating.Card]) -> dict[seating.Card, Seats]:
    return {card: way_on(state, card) for card in cards}


def _beginning_at(state: State, table: int, taken: frozenset[int]) -> seating.Card:
    """The next card that nobody has and that sits at `table` now, or in the first round to come."""
    if not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    rounds = {group.id: set(ahead(state, group.id)) for group in state.plan.groups}
    for number in range(1, len(taken) + 40 * len(state.plan.tables) if table not in state.closed_tables else 1):
        dealt = seating.card(state.plan, number)
        seats = seating.seats(state.plan, dealt, state.bare_tables) if number not in taken else ()
        first = next((s for s in seats if RoundKey(s.block, s.session, s.round) in rounds[dealt.group]), None)
        if first and first.table == table:
            return dealt
    return seating.free(state.plan, taken)[0]


def held_cards(state: State) -> frozenset[int]:
    """The numbers of the cards that people hold; those of hosts, who stay, and of people who left are free."""
    hosts = frozenset(state.hosts.values())
    there = (person for person in state.participants.values() if person.id not in hosts and not person.left)
    return frozenset(person.card for person in there if person.card)


def way_on(state: State, dealt: seating.Card, at: int = 0) -> tuple[e.Seat, ...]:
    """A card's seats in the rounds that are still to come, the running one included; never at a closed table, nor at a
    full one while another has room. Who sits down `at` a table begins there, full or not.
    """
    rounds = set(ahead(state, dealt.group))
    way = seating.seats(state.plan, dealt, state.bare_tables)
    seats = [s for s in way if RoundKey(s.block, s.session, s.round) in rounds]
    here = seats[:1] if seats and seats[0].table == at and at not in state.closed_tables else []
    return (*here, *(_opened(state, dealt.group, seat) for seat in seats[len(here) :]))


def _opened(state: State, group: str, seat: e.Seat) -> e.Seat:
    """The seat, or one at the table with the most room where that table is closed, or full while others are not."""
    key = RoundKey(seat.block, seat.session, seat.round)
    tables = [table.number for table in state.plan.tables_for(seat.block, group)]
    others = [number for number in tables if number not in state.closed_tables] or tables
    left = places_left(state, key)
    if seat.table in others and left[seat.table] > 0:
        return seat
    most = max(others, key=lambda number: (left[number], -number))
    return seat if seat.table in others and left[most] <= 0 else e.Seat(*key, most)


def places_left(state: State, key: RoundKey) -> dict[int, int]:
    """How many more people each table takes in a round; the chair of a host who is expected is kept."""
    taken = Counter(state.seats.get(key, Map()).values())
    taken.update(each.table for each in state.to_come if each.host)
    return {table.number: table.seats - taken[table.number] for table in state.plan.tables}


def proof(state: State, dealt: seating.Card) -> str:
    """The algebra that proves that holders of cards up to this one meet nobody twice; '' where they must."""
    found = seating.way(state.plan, dealt.group, state.bare_tables)
    return f"difference matrix over {found.algebra}" if dealt.place < found.without_repeats else ""


def own_way(state: State, who: str, table: int) -> dict[str, tuple[e.Seat, ...]]:
    """The seats of somebody's card in the rounds to come, for those in which they stay at `table` as it is; none in
    those of another group, to which they were host.
    """
    person = state.participants[who]
    theirs = way_on(state, own_card(state, who)._replace(group=person.group))
    on = {RoundKey(seat.block, seat.session, seat.round): seat for seat in theirs}
    rounds = sorted({key for group in state.plan.groups for key in later(state, group.id)})
    seats = tuple(on.get(key, e.Seat(*key, 0)) for key in rounds if state.table(who, key) == table)
    return {who: seats} if seats and not person.left else {}


def own_card(state: State, who: str) -> seating.Card:
    """The card along which somebody goes on who stayed: their own, or the next one if they have none any more."""
    person, band = state.participants[who], {who, *state.companions(who)}
    others = {each.card for each in state.participants.values() if each.id not in band and not each.left}
    if person.card and person.card not in others:
        return seating.card(state.plan, person.card)
    return seating.free(state.plan, held_cards(state) | state.reserved, person.group)[0]


def missing(state: State) -> dict[str, tuple[e.Seat, ...]]:
    """The seats of everybody who is there in those rounds to come in which they have none yet: by their card, or at the
    table at which they stay.
    """
    found = {}
    hosted = {who: table for table, who in state.hosts.items()}
    for person in state.here:
        home = state.pins.get(person.id, hosted.get(person.id, 0))
        if not person.card:
            planned = all_day(state, home)
        elif all(state.table(person.id, key) for key in ahead(state, person.group)):
            continue
        else:
            dealt = seating.card(state.plan, person.card)._replace(group=person.group)
            planned = tuple(e.Seat(s.block, s.session, s.round, home or s.table) for s in way_on(state, dealt))
        seats = tuple(s for s in planned if not state.table(person.id, RoundKey(s.block, s.session, s.round)))
        if seats:
            found[person.id] = seats
    return found
