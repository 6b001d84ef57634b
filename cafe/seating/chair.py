"""A chair for one more person: what it costs, goal by goal, and the cheapest ones through all rounds in which there is
none yet. Nobody else moves for it.
"""

from collections.abc import Sequence

import msgspec

from cafe.seating.board import BASE, Board
from cafe.seating.frame import FREE
from cafe.seating.planner import Where

BEAM = 6
"""Itineraries of one person that are followed at a time."""
NEAR = 2
"""A table so many people larger than the smallest is still looked at for a late person."""

Price = tuple[int, ...]


class Room(msgspec.Struct, frozen=True):
    """How even a round can still become: the least and the most that a table should have, how many chairs are missing
    to the least, and how many people are still to be seated after this one; `smallest` is the smallest table.
    """

    least: int
    most: int
    missing: int
    others: int
    smallest: int

    def uneven(self, size: int, weight: int) -> int:
        """By how much sizes will be further apart than they must if somebody sits down at a table of `size`."""
        filled = min(weight, max(0, self.least - size))
        short = self.missing - filled > self.others  # then the smallest tables come first
        return max(0, size + weight - self.most) + (size - self.smallest + 1 if short else 0)


def _room(board: Board, r: int, others: int) -> Room:
    caps, sizes = board.frame.caps[r], board.sizes[r]
    quota = [want for want, cap in zip(board.frame.level(r), caps, strict=True) if cap]
    least = min(quota)
    missing = sum(max(0, min(least, cap) - size) for size, cap in zip(sizes, caps, strict=True) if cap)
    smallest = min(size for size, cap in zip(sizes, caps, strict=True) if cap)
    return Room(least, max(quota), missing, others, smallest)


def _tables(board: Board, r: int) -> list[int]:
    """Tables worth a look for one more person: open, and hardly larger than the smallest with room."""
    caps, count = board.frame.caps[r], board.sizes[r]
    room = [t for t, cap in enumerate(caps) if cap and count[t] < cap] or [t for t, cap in enumerate(caps) if cap]
    least = min(count[t] for t in room)
    return [t for t in room if count[t] <= least + NEAR]


def cheapest(board: Board, where: Where, u: int, r: int) -> int:
    """The table of a round at which one more person costs least."""
    room = _room(board, r, 0)
    return min(_tables(board, r), key=lambda t: (_price(board, u, r, t, where[u], room), t))


def _price(board: Board, u: int, r: int, t: int, path: Sequence[int], room: Room) -> Price:
    """What a seat costs one more person, goal by goal: hard rules, question, table, size, language, encounters."""
    frame = board.frame
    size, group = board.sizes[r][t], board.groups[r][t]
    place, question = frame.place[r][t], frame.question[r][t]
    been = [(x, y) for x, y in enumerate(path) if y >= 0 and x != r]
    return (
        max(0, size + frame.weight[u][r] - frame.caps[r][t]) + (group & frame.apart[u]).bit_count(),
        sum(question == frame.question[x][y] for x, y in been) if frame.shared else 0,
        sum(place == frame.place[x][y] for x, y in been),
        room.uneven(size, frame.weight[u][r]),
        int(frame.mixed_languages and bool(group) and not group & frame.shares[u]),
        board.met(u, group),
        (group & frame.sector[u]).bit_count(),
        (group & frame.organisation[u]).bit_count(),
        (group & frame.known[u]).bit_count(),
    )


def settle(board: Board, where: Where, u: int, others: Sequence[int], vacated: list[list[int]]) -> None:
    """Give somebody the cheapest seats in the rounds where there is none yet: a narrow beam over the rounds, and the
    itineraries of those who have left, which fit into the whole as nothing else does. A taken one leaves `vacated`.
    """
    frame = board.frame
    gaps = [r for r in range(frame.past, frame.rounds) if frame.fixed[u][r] == FREE and where[u][r] < 0]
    if not gaps:
        return
    rooms = {r: _room(board, r, sum(where[v][r] < 0 and frame.fixed[v][r] == FREE for v in others)) for r in gaps}

    def extended(step: tuple[Price, list[int], int], r: int, t: int) -> tuple[Price, list[int], int]:
        price, path, met = step
        more = _price(board, u, r, t, path, rooms[r])
        group = board.groups[r][t]
        again = (group & met).bit_count() * BASE
        total = tuple(a + b for a, b in zip(price, (*more[:5], more[5] + again, *more[6:]), strict=True))
        return total, [*path[:r], t, *path[r + 1 :]], met | group

    start: tuple[Price, list[int], int] = ((0,) * 9, list(where[u]), 0)
    beam = [start]
    for r in gaps:
        wider = [extended(step, r, t) for step in beam for t in _tables(board, r)]
        beam = sorted(wider, key=lambda each: each[:2])[:BEAM]
    best, taken = beam[0], None
    for card in vacated:
        if all(card[r] >= 0 and frame.caps[r][card[r]] for r in gaps):
            step = start
            for r in gaps:
                step = extended(step, r, card[r])
            if step[0] < best[0] or (step[0] == best[0] and taken is None):
                best, taken = step, card
    if taken is not None:
        vacated.remove(taken)
    where[u][:] = best[1]
    for r in gaps:
        board.put(u, r, where[u][r])
