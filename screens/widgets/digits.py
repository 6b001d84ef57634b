"""Digits drawn to measure: the figures of the big clock, for any height, without a font.

Strokes are whole rows of cells, so that they are painted as background and show no seam in any terminal. All digits
have one width, so that a running clock stands still.
"""

from collections.abc import Iterator
from typing import NamedTuple

from screens.widgets.pixels import Bitmap

# The strokes of a digit, as on a pocket calculator: a top, b and c right, d bottom, e and f left, g middle.
STROKES = {
    "0": "abcdef", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg",
    "9": "abfgcd", "-": "g", "−": "g", "–": "g", " ": "",
}  # fmt: skip
SIGNS = {*STROKES, *"1:+"}

# The corners that are rounded, as (digits, right, low, stroke that the corner begins with); the other corners of
# a 2, a 4, a 5 and a 7 stay sharp, as in print.
_CORNERS = (
    ("0689", False, False, "top"), ("02389", True, False, "top"), ("2", False, False, "middle"),
    ("56", True, False, "middle"), ("2", True, True, "middle"), ("9", False, True, "middle"),
    ("068", False, True, "bottom"), ("035689", True, True, "bottom"),
)  # fmt: skip
_ROUND = 1.3  # radius of a corner, in strokes


class Measure(NamedTuple):
    """A size: rows high, columns wide, the stroke's rows (`bar`) and columns (`stem`), the gap between signs."""

    height: int
    width: int
    bar: int
    stem: int
    gap: int

    @property
    def middle(self) -> int:
        """The row where the middle stroke begins; an odd row is given to the lower half, as in print."""
        return self.bar + (self.height - 3 * self.bar) // 2

    def across(self, text: str) -> int:
        """Columns that `text` takes; a digit's share is always the same."""
        return sum(self.stem if sign == ":" else self.width for sign in text) + self.gap * (len(text) - 1)


def measures(height: int) -> Iterator[Measure]:
    """Every size up to `height` rows of cells, the largest first, each from its best width down to a narrow one."""
    for rows in range(height, 4, -1):
        bar = max(1, round(0.17 * rows))
        if (rows - 3 * bar) // 2 < bar:  # counters that are thinner than strokes close up from afar
            bar = max(1, bar - 1)
        stem = 2 * bar
        best = max(round(0.58 * rows) * 2, 2 * stem + 2)
        narrow = max(round(0.42 * rows) * 2, 2 * stem + 2)
        for width in range(best, narrow - 1, -2):
            yield Measure(rows, width, bar, stem, max(2, stem if width == best else stem // 2 + 1))


def _rectangle(grid: list[list[str]], top: int, left: int, height: int, width: int) -> None:
    for row in grid[max(top, 0) : top + height]:
        row[max(left, 0) : left + width] = ["1"] * width


def _rounded(grid: list[list[str]], sign: str, size: Measure) -> None:
    """Cut the corners of `sign`: a cell goes when its middle lies outside the quarter of an ellipse."""
    across, down = size.stem * _ROUND, size.bar * _ROUND
    tops = {"top": 0, "middle": size.middle, "bottom": size.height - size.bar}
    for digits, right, low, stroke in _CORNERS:
        if sign not in digits:
            continue
        for y in range(size.bar):
            for x in range(size.stem):
                if ((across - x - 0.5) / across) ** 2 + ((down - y - 0.5) / down) ** 2 > 1:
                    row = tops[stroke] + (size.bar - 1 - y if low else y)
                    grid[row][size.width - 1 - x if right else x] = "0"


def _drawn(sign: str, size: Measure) -> list[str]:
    height, width, bar, stem, _gap = size
    middle, side = size.middle, width - stem
    grid = [["0"] * (stem if sign == ":" else width) for _ in range(height)]
    if sign == ":":
        dot = bar + (middle - 2 * bar) // 2
        _rectangle(grid, dot, 0, bar, stem)
        _rectangle(grid, height - bar - dot, 0, bar, stem)
    elif sign == "1":
        _rectangle(grid, 0, side // 2, height, stem)
        _rectangle(grid, 0, side // 4, bar, side // 2)
        _rectangle(grid, height - bar, 0, bar, width)
    elif sign == "+":
        arm = max(1, round(side / 2 * bar / stem))
        _rectangle(grid, middle, 0, bar, width)
        _rectangle(grid, middle - arm, side // 2, bar + 2 * arm, stem)
    else:
        strokes = {
            "a": (0, 0, bar, width), "g": (middle, 0, bar, width), "d": (height - bar, 0, bar, width),
            "f": (0, 0, middle + bar, stem), "b": (0, side, middle + bar, stem),
            "e": (middle, 0, height - middle, stem), "c": (middle, side, height - middle, stem),
        }  # fmt: skip
        for stroke in STROKES[sign]:
            _rectangle(grid, *strokes[stroke])
        _rounded(grid, sign, size)
    return ["".join(row) for row in grid]


def _line(text: str, size: Measure) -> list[str]:
    drawn = [_drawn(sign, size) for sign in text]
    return [("0" * size.gap).join(rows) for rows in zip(*drawn, strict=True)]


# For rooms of three and four rows: the same figures, a pixel (half a cell) to a stroke.
_SMALL = (Measure(7, 5, 1, 1, 1), Measure(7, 3, 1, 1, 1), Measure(5, 3, 1, 1, 1))


def bitmap(text: str, width: int, height: int, reserve: str = "") -> Bitmap | None:
    """`text` (digits, ":", "+", "-", blanks) as large as a room of `width` by `height` cells takes it, else None.

    `reserve` is a text that must find room at the same size, so that "9:59" is no larger than "10:00" was.
    """
    if not text or not set(text) <= SIGNS:
        return None
    for size in measures(height):
        if max(size.across(text), size.across(reserve)) <= width:
            return Bitmap(tuple(row for row in _line(text, size) for _ in range(2)))
    for size in _SMALL:
        if size.height <= 2 * height and max(size.across(text), size.across(reserve)) <= width:
            return Bitmap(tuple(_line(text, size)))
    return None
