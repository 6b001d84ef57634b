"""From how far plain words on the wall can be read, and when the letters should be larger. Pure.

Assumed, because nobody can measure it from a laptop: the window fills a picture of 16:9 that is two metres wide, its
cells are at most twice as high as wide, and a capital has 0.64 of a cell's height (measured on usual terminal fonts).
"""

from math import radians, tan

from cafe.i18n import Translator

WIDE, HIGH = 2.0, 1.125
"""Metres of the projected picture."""

CAPITAL = 0.64
"""Of a cell's height that a capital letter takes."""

COMFORT = tan(radians(20 / 60))
"""A capital's height by its distance: 20 minutes of arc read comfortably, 16 are the least (ISO 9241-3)."""

NEAR = 5.0
"""Metres below which half of a room for forty cannot read plain words; 80 by 24 reaches just beyond."""


def reach(columns: int, rows: int) -> float:
    """Metres from which plain words can be read comfortably in a window of this size; 0 without a window."""
    if columns < 1 or rows < 1:
        return 0.0
    cell = min(HIGH / rows, 2 * WIDE / columns)
    return CAPITAL * cell / COMFORT


def told(tr: Translator, columns: int, rows: int) -> str:
    """The distance as a sentence for the facilitator, with advice where it is short."""
    far = reach(columns, rows)
    said = tr("Plain words are read to about {metres} m on a screen 2 m wide", metres=f"{far:.0f}")
    return f"{said}: {tr('make the letters larger')}" if far < NEAR else said


def is_small(columns: int, rows: int) -> bool:
    """Whether there is a window, and its letters should be larger."""
    return 0 < reach(columns, rows) < NEAR
