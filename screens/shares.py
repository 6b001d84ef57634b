"""How a round shares the height of the wall: the questions come first and whole, then the clock, then the strip."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

CLOCK = 0.2
"""The share of the wall's height that the clock takes at the least."""
LAST = 0.3
"""The same in the last minutes."""
STRIP = 3
"""Fewer rows than this are no strip: the total of ideas, and an idea of two lines."""


class Shares(NamedTuple):
    """Rows of the clock, of the word below it, of the questions, and of the strip of ideas."""

    clock: int
    word: int
    questions: int
    strip: int


def least(window: int, *, last: bool) -> int:
    """Rows of the clock at the least."""
    return ceil(window * (LAST if last else CLOCK))


def share(window: int, room: int, ways: Sequence[int], *, last: bool, word: bool, strip: bool) -> Shares:
    """Shares out the `room` rows of a window of `window` rows.

    `ways` are the rows that the questions take when laid out with air, without, and then in ways that are less and
    less beautiful. What is smaller gives way first: the strip, the air, the clock down to a fifth, its word; only then
    are the questions laid out otherwise, and the clock is a line at the very end.
    """
    wanted, lesser = least(window, last=last), least(window, last=False)
    airy, tight = ways[0], ways[min(1, len(ways) - 1)]
    said, ideas = int(word), STRIP if strip else 0
    orders = (
        (wanted, 2 * said, airy + 2, ideas and ideas + 2),
        *((wanted, rows, airy, ideas) for rows in (2 * said, said)),
        (wanted, said, tight, ideas),
        *((clock, said, asked, 0) for clock in (wanted, lesser) for asked in (airy, tight)),
        *((lesser, 0, asked, 0) for asked in ways),
    )
    for clock, worded, asked, below in orders:
        spare = room - clock - worded - asked - below
        if spare >= 0:
            further = spare // 3 if below else 0
            return Shares(clock, worded, asked + spare - further, below + further)
    # Where the questions are not whole even so, the others are on the phones, and the clock can be read.
    clock = max(1, room - min(ways)) if min(ways) < room else min(lesser, room)
    return Shares(clock, 0, room - clock, 0)
