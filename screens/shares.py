"""How a round shares the height of the wall: the questions come first and whole, then the clock, then the strip."""

from math import ceil
from typing import NamedTuple

CLOCK = 0.2
"""The share of the wall's height that the clock takes at the least."""
LAST = 0.3
"""The same in the last minutes."""
LARGEST = 0.42
"""More would be shouting."""
STRIP = 3
"""Fewer rows than this are no strip: the total of ideas, and an idea of two lines."""


class Shares(NamedTuple):
    """Rows of the clock, of the word below it, of the questions, and of the strip of ideas."""

    clock: int
    word: int
    questions: int
    strip: int


def share(window: int, room: int, roomy: int, tight: int, *, last: bool, word: bool, strip: bool) -> Shares:
    """Shares out the `room` rows of a window of `window` rows.

    `roomy` and `tight` are the rows that the questions take with and without blank rows between. What is smaller gives
    way first: the strip, the blank rows, the word, the clock down to a fifth; and only then is the clock a line.
    """
    least, lesser = ceil(window * (LAST if last else CLOCK)), ceil(window * CLOCK)
    ways = (
        (least, word, roomy + 2, STRIP + 2 if strip else 0),
        (least, word, roomy, STRIP if strip else 0),
        (least, word, tight, STRIP if strip else 0),
        (least, word, roomy, 0),
        (least, word, tight, 0),
        (lesser, word, tight, 0),
        (lesser, False, tight, 0),
    )
    for clock, worded, asked, ideas in ways:
        spare = room - clock - worded - asked - ideas
        if spare < 0:
            continue
        more = min(spare // 2, max(0, int(window * LARGEST) - clock))
        fewer = min(spare - more, max(0, spare // 3)) if ideas else 0
        return Shares(clock + more, int(worded), asked + spare - more - fewer, ideas + fewer)
    return Shares(min(1, room), 0, max(0, room - 1), 0)
