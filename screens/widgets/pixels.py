"""Pictures made of cells: two square pixels to a cell, one above the other, or four narrow ones.

A cell whose pixels are equal is a space with a background colour, so that no font can spoil it; only a cell with
different pixels needs a glyph: `▀`, and in a narrow picture a quarter block.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

HALF = "▀"
QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟"
"""A cell of four pixels: upper left counts 1, upper right 2, lower left 4, lower right 8."""


class Bitmap(NamedTuple):
    """Rows of pixels, from the top; each is a string of "1" (ink) and "0" (paper), all of one length.

    In a `narrow` one two pixels stand side by side in a cell.
    """

    rows: tuple[str, ...]
    narrow: bool = False

    @property
    def width(self) -> int:
        """Cells that it is wide."""
        pixels = len(self.rows[0]) if self.rows else 0
        return -(-pixels // 2) if self.narrow else pixels

    @property
    def height(self) -> int:
        """Cells that it is high; an odd last row of pixels takes a whole cell."""
        return -(-len(self.rows) // 2)

    def pairs(self) -> Iterable[tuple[str, str]]:
        """The two rows of pixels of each row of cells."""
        blank = "0" * len(self.rows[0] if self.rows else "")
        for y in range(0, len(self.rows), 2):
            yield self.rows[y], self.rows[y + 1] if y + 1 < len(self.rows) else blank

    def scaled(self, times: int) -> "Bitmap":
        """Each pixel `times` as wide and as high."""
        wide = ("".join(pixel * times for pixel in row) for row in self.rows)
        return Bitmap(tuple(row for row in wide for _ in range(times)), self.narrow)


@lru_cache(maxsize=256)
def strips(picture: Bitmap, ink: Color, paper: Color) -> tuple[Strip, ...]:
    """The picture's rows of cells, painted."""
    if picture.narrow:
        return _narrow(picture, ink, paper)
    looks = {
        ("0", "0"): (" ", Style(bgcolor=paper)),
        ("1", "1"): (" ", Style(bgcolor=ink)),
        ("1", "0"): (HALF, Style(color=ink, bgcolor=paper)),
        ("0", "1"): (HALF, Style(color=paper, bgcolor=ink)),
    }
    painted = []
    for upper, lower in picture.pairs():
        segments = []
        for pair, run in groupby(zip(upper, lower, strict=True)):
            glyph, style = looks[pair]
            segments.append(Segment(glyph * len(list(run)), style))
        painted.append(Strip(segments, picture.width))
    return tuple(painted)


def _narrow(picture: Bitmap, ink: Color, paper: Color) -> tuple[Strip, ...]:
    """The same, of four pixels to a cell."""
    drawn, full = Style(color=ink, bgcolor=paper), Style(bgcolor=ink)
    painted = []
    for pair in picture.pairs():
        upper, lower = (row.ljust(2 * picture.width, "0") for row in pair)
        quarters = zip(upper[::2], upper[1::2], lower[::2], lower[1::2], strict=True)
        cells = (sum(1 << at for at, pixel in enumerate(cell) if pixel == "1") for cell in quarters)
        segments = []
        for is_full, run in groupby(cells, lambda cell: cell == len(QUARTERS)):
            glyphs = "".join(" " if is_full else QUARTERS[cell] for cell in run)
            segments.append(Segment(glyphs, full if is_full else drawn))
        painted.append(Strip(segments, picture.width))
    return tuple(painted)


def placed(line: Strip, left: int, width: int, around: Style) -> Strip:
    """A row of a picture with what is left and right of it, `width` cells in all."""
    right = width - left - line.cell_length
    return Strip.join([Strip.blank(left, around), line, Strip.blank(right, around)])
