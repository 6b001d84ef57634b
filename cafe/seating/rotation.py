"""The plain rotation: everyone moves on to the next table of their group, and late people fill the gaps.

Person with start table i sits in round r at table (i + r - 1) mod T, so that nobody returns to a table while there
are as many tables as rounds, and sizes that are within one stay so in every round.
"""

from collections.abc import Mapping, Sequence

from cafe.events import Seat
from cafe.plan import Plan, Session
from cafe.state import RoundKey

RULE = "rotation"


def step(session: Session, round: int) -> int:
    """By how many tables a person is from the start in a round (from 1)."""
    if session.seating == "home" and round == session.rounds:
        return 0
    return round - 1


def arrive(
    plan: Plan, group: str, ahead: Sequence[RoundKey], occupied: Mapping[RoundKey, Mapping[int, int]]
) -> tuple[Seat, ...]:
    """Seats for one more person of `group` in the rounds `ahead`; nobody else moves.

    `occupied[round][table]` counts who sits there already. In each session the start table is taken that breaks no
    table's limit and leaves the smallest tables; with equal ones, the lowest number. Without tables: no seats.
    """
    blocks = dict.fromkeys(key.block for key in ahead)
    return tuple(
        seat for block in blocks for seat in _session(plan, group, [k for k in ahead if k.block == block], occupied)
    )


def _session(
    plan: Plan, group: str, ahead: Sequence[RoundKey], occupied: Mapping[RoundKey, Mapping[int, int]]
) -> tuple[Seat, ...]:
    """The seats in the rounds of one block, which has tables of its own."""
    tables = plan.tables_for(ahead[0].block, group)
    if not tables:
        return ()

    def itinerary(start: int) -> list[Seat]:
        return [
            Seat(*key, tables[(start + step(plan.sessions[key.session], key.round)) % len(tables)].number)
            for key in ahead
        ]

    def price(start: int) -> tuple[int, ...]:
        seats = itinerary(start)
        sizes = [occupied.get(RoundKey(s.block, s.session, s.round), {}).get(s.table, 0) + 1 for s in seats]
        over = sum(max(0, size - plan.table(seat.table).seats) for size, seat in zip(sizes, seats, strict=True))
        return over, max(sizes), sum(sizes), start

    return tuple(itinerary(min(range(len(tables)), key=price)))
