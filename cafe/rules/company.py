"""Which of several cards gives somebody the best company: who sits where they would sit, as far as it is known.

Pure: who is like whom comes in, because sectors and organisations stand in the table of people alone. The order of what
counts is the planner's (`cafe.seating.problem.Score`): even tables, somebody to talk with, then the mix.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from immutables import Map

from cafe import events as e
from cafe import seating
from cafe.rules.rounds import all_day
from cafe.seating import Card
from cafe.state import Participant, RoundKey, State

Seats = tuple[e.Seat, ...]


def best(state: State, ways: Mapping[Card, Seats], tongues: frozenset[str], like: Sequence[str]) -> Card:
    """The card, of those with these seats, that makes no table larger than it must be, leads to the fewest tables at
    which nobody speaks one of the `tongues`, and meets the fewest people who are `like` its holder; else the first one.
    """
    if len(ways) == 1:
        return next(iter(ways))
    sizes, alike, strange = (defaultdict[RoundKey, Counter[int]](Counter) for _ in range(3))
    strangers = [who for who, person in state.participants.items() if not _speaks(state, person, tongues)]
    weight = Counter(like)
    for key in {_key(seat) for seats in ways.values() for seat in seats}:
        seated = state.seats.get(key, Map())
        sizes[key].update(seated.values())
        for who, times in weight.items():
            if who in seated:
                alike[key][seated[who]] += times
        strange[key].update(seated[who] for who in strangers if who in seated)
        for who, table in _awaited(state, key):
            sizes[key][table] += 1
            alike[key][table] += weight[who]
            strange[key][table] += not spoken(state, who) & tongues
    least: dict[RoundKey, int] = defaultdict(lambda: 1 << 30)
    for seat in (seat for seats in ways.values() for seat in seats):
        least[_key(seat)] = min(least[_key(seat)], sizes[_key(seat)][seat.table])

    def cost(card: Card) -> tuple[int, int, int, int]:
        places = [(_key(seat), seat.table) for seat in ways[card]]
        uneven = sum(sizes[key][table] - least[key] for key, table in places)
        alone = sum(sizes[key][table] > 0 and sizes[key][table] == strange[key][table] for key, table in places)
        return uneven, alone, sum(alike[key][table] for key, table in places), card.number

    return min(ways, key=cost)


def spoken(state: State, who: str) -> frozenset[str]:
    """The languages that somebody is known to speak: those of the list, and the one in which they read."""
    person, guest = state.participants.get(who), state.expected.get(who)
    told = [*([person.language] if person else []), *(guest.languages if guest else ())]
    return frozenset(each.partition("-")[0] for each in told)


def _key(seat: e.Seat) -> RoundKey:
    return RoundKey(seat.block, seat.session, seat.round)


def _speaks(state: State, person: Participant, tongues: frozenset[str]) -> bool:
    """Whether somebody speaks one of the tongues. It is asked of everybody for each who comes: mostly a quick yes."""
    return person.language.partition("-")[0] in tongues or bool(spoken(state, person.id) & tongues)


def _awaited(state: State, key: RoundKey) -> Iterable[tuple[str, int]]:
    """Who will sit where in a round: until the first one begins those who are expected are reckoned with."""
    for guest in () if state.rounds else state.to_come:
        seats = all_day(state, guest.table) if guest.table else _printed(state, guest.card)
        yield from ((guest.who, seat.table) for seat in seats if _key(seat) == key)


def _printed(state: State, card: int) -> Seats:
    return seating.seats(state.plan, seating.card(state.plan, card), state.bare_tables) if card else ()
