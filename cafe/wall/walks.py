"""Who goes where in a move: from the seats of two rounds to one arrow for each table."""

from collections import Counter
from typing import NamedTuple

from immutables import Map

from cafe import events as e
from cafe import seating
from cafe.state import RoundKey, State


class Walk(NamedTuple):
    """The people of one table go to another; `to` is 0 when they part, and each card or phone says where, and when
    nobody is `going`: at most a host sits there.

    `coming` counts who will sit at this table next.
    """

    table: int
    to: int
    coming: int = 0
    going: bool = True


class Walks(NamedTuple):
    """The walks of one group."""

    group: str
    walks: tuple[Walk, ...]

    @property
    def parts(self) -> bool:
        """Whether somebody's way stands on their card or phone alone."""
        return any(walk.going and not walk.to for walk in self.walks)

    @property
    def arrows(self) -> tuple[Walk, ...]:
        """The walks that have an arrow on the wall."""
        return tuple(walk for walk in self.walks if walk.to)


def walks(state: State) -> tuple[Walks, ...]:
    """The walks of every group that changes tables now."""
    moving = [track for track in state.position.tracks if track.phase == "move"]
    return tuple(Walks(group, _of(state, track, group)) for track in moving for group in track.groups)


def _of(state: State, track: e.Track, group: str) -> tuple[Walk, ...]:
    block = state.position.block
    before: Map[str, int] = state.seats.get(RoundKey(block, track.session, track.round), Map())
    after: Map[str, int] = state.seats.get(RoundKey(block, track.session, track.round + 1), Map())
    hosts = set(state.hosts.values())
    numbers = [table.number for table in state.tables(RoundKey(block, track.session, track.round), group)]
    ways: dict[int, Counter[int]] = {number: Counter() for number in numbers}
    for who, table in before.items():
        if table in ways and who in after and who not in hosts:
            ways[table][after[who]] += 1
    coming = Counter(after.values())
    # Whoever joins is seated evenly: with as many of them as tables, or with all who are expected, none is empty by
    # chance. With fewer, people whom nobody knows may well sit at an empty one, and are told where to go.
    guests = [table for who, table in before.items() if table in ways and who not in hosts]
    known = len(guests) >= len(numbers) or 0 < state.plan.people <= len(state.here)

    def walk(number: int) -> Walk:
        if ways[number]:
            return Walk(number, _most(ways[number]), coming[number])
        if number not in guests and (known or number in state.closed_tables):
            return Walk(number, 0, coming[number], going=False)
        return Walk(number, _planned(state, track, numbers, number), coming[number])

    return tuple(map(walk, numbers))


def _most(ways: Counter[int]) -> int:
    """Where more than half of a table goes: somebody who sat down elsewhere does not blur the arrow."""
    table, count = ways.most_common(1)[0]
    return table if 2 * count > ways.total() else 0


def _planned(state: State, track: e.Track, numbers: list[int], number: int) -> int:
    """Where people of an empty table would go: its guests may have no phone. 0 where cards differ."""
    group = state.plan.table(number).group
    uneven = state.closed_tables - state.bare_tables
    by = seating.stride(state.plan, group, state.position.block, track.round, state.bare_tables) if not uneven else None
    return numbers[(numbers.index(number) + by) % len(numbers)] if by is not None else 0


def hosts_stay(state: State) -> bool:
    """Whether somebody stays at a table as its host."""
    return bool(state.hosts)
