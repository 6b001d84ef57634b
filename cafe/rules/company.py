"""Which of several cards gives somebody the best company: who sits where they would sit, as far as it is known.

Pure: who is like whom comes in, because sectors and organisations stand in the table of people alone. The order of what
counts is the planner's (`cafe.seating.problem.Score`): even tables, somebody to talk with, then the mix.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cafe import events as e
from cafe import seating
from cafe.rules.rounds import all_day
from cafe.seating import Card
from cafe.state import RoundKey, State

Seats = tuple[e.Seat, ...]


def best(state: State, ways: Mapping[Card, Seats], tongues: frozenset[str], like: Sequence[str]) -> Card:
    """The card, of those with these seats, that makes no table larger than it must be, leads to the fewest tables at
    which nobody speaks one of the `tongues`, and meets the fewest people who are `like` its holder; else the first one.
    """
    if len(ways) == 1:
        return next(iter(ways))
    sizes, alike = Counter[tuple[RoundKey, int]](), Counter[tuple[RoundKey, int]]()
    speakers, weight = Counter[tuple[RoundKey, int]](), Counter(like)
    for who, key, table in _taken(state, {_key(seat) for seats in ways.values() for seat in seats}):
        sizes[key, table] += 1
        alike[key, table] += weight[who]
        speakers[key, table] += bool(spoken(state, who) & tongues)
    least: dict[RoundKey, int] = defaultdict(lambda: 1 << 30)
    for seat in (seat for seats in ways.values() for seat in seats):
        least[_key(seat)] = min(least[_key(seat)], sizes[_key(seat), seat.table])

    def cost(card: Card) -> tuple[int, int, int, int]:
        places = [(_key(seat), seat.table) for seat in ways[card]]
        uneven = sum(sizes[place] - least[place[0]] for place in places)
        alone = sum(sizes[place] > 0 and not speakers[place] for place in places)
        return uneven, alone, sum(alike[place] for place in places), card.number

    return min(ways, key=cost)


def spoken(state: State, who: str) -> frozenset[str]:
    """The languages that somebody is known to speak: those of the list, and the one in which they read."""
    person, guest = state.participants.get(who), state.expected.get(who)
    told = [*([person.language] if person else []), *(guest.languages if guest else ())]
    return frozenset(each.partition("-")[0] for each in told)


def _key(seat: e.Seat) -> RoundKey:
    return RoundKey(seat.block, seat.session, seat.round)


def _taken(state: State, keys: set[RoundKey]) -> Iterable[tuple[str, RoundKey, int]]:
    """Who sits where in these rounds. Until the first one begins those who are expected are reckoned with."""
    for key in keys:
        for who, table in state.seats.get(key, {}).items():
            yield who, key, table
    for guest in () if state.rounds else state.to_come:
        seats = all_day(state, guest.table) if guest.table else _printed(state, guest.card)
        for seat in seats:
            if _key(seat) in keys:
                yield guest.who, _key(seat), seat.table


def _printed(state: State, card: int) -> Seats:
    return seating.seats(state.plan, seating.card(state.plan, card), state.bare_tables) if card else ()
