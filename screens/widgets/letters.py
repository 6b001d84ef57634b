"""Words that the back row can read: text from a bitmap font, each pixel half a cell, as large as its room allows.

Where no font fits, or a letter is in none of them, plain bold text stands instead; never a box, never half a word.
"""

import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.fence import say, shown
from screens.widgets.pixels import Bitmap, placed, strips

SMALLEST = 4
"""The rows that a line of letters needs."""
NARROW = {3: 5, 2: 4, 1: 3}
"""Sizes of narrow letters, between those of letters and plain text: the rows that a line of them needs."""
PLAIN = 0
"""The size of plain text."""

_ANY = 200  # rows: as many as the words need
_SAME = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2212": "–"})


class Glyph(NamedTuple):
    """A letter without the blank columns at its sides: its width in pixels, its rows as integers."""

    width: int
    rows: tuple[int, ...]


class Font(NamedTuple):
    """A bitmap font: its height in pixels, the pixels between two letters, and its letters."""

    name: str
    height: int
    apart: int
    glyphs: dict[str, Glyph]

    @property
    def bold(self) -> bool:
        """Strokes two pixels wide, which may be enlarged without looking thin."""
        return self.name.endswith("B")

    def pitches(self) -> tuple[int, ...]:
        """Pixels from line to line: even where there is room, so that every line meets the cells alike."""
        return (self.height // 2 * 2,) if self.bold else (self.height // 2 * 2, self.height // 2 * 2 - 1)


def _trimmed(rows: tuple[int, ...], width: int) -> Glyph:
    ink = 0
    for row in rows:
        ink |= row
    if not ink:
        return Glyph(width // 2, rows)
    right = (ink & -ink).bit_length() - 1
    return Glyph(ink.bit_length() - right, tuple(row >> right for row in rows))


@lru_cache(maxsize=1)
def fonts() -> tuple[Font, ...]:
    """The packed fonts, the smallest first."""
    found: list[Font] = []
    width = 0
    packed = files("screens.widgets") / "fonts" / "misc-fixed.txt"
    for line in packed.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, *rest = line.split()
        if first == "font":
            width = int(rest[1])
            found.append(Font(rest[0], int(rest[2]), 2 if width > 8 else 1, {}))
        else:
            found[-1].glyphs[chr(int(first, 16))] = _trimmed(tuple(int(row, 16) for row in rest), width)
    return tuple(found)


def _length(text: str, font: Font) -> int:
    return sum(font.glyphs[letter].width + font.apart for letter in text) - font.apart


def _wrapped(text: str, font: Font, width: int) -> list[str] | None:
    """The lines of `text` in `width` pixels, words whole; None when a word is too long."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if _length(longer, font) <= width:
                line = longer
            elif _length(word, font) <= width:
                lines.append(line)
                line = word
            else:
                return None
        lines.append(line)
    return lines


def _balanced(text: str, font: Font, width: int, lines: list[str]) -> list[str]:
    """The same number of lines, as even as they get: no last line with one short word."""
    low, high, best = width // 2, width, lines
    while low < high:
        middle = (low + high) // 2
        even = _wrapped(text, font, middle)
        if even is not None and len(even) <= len(lines):
            best, high = even, middle
        else:
            low = middle + 1
    return best


def _drawn(lines: list[str], font: Font, pitch: int, align: str) -> Bitmap | None:
    """The lines as a picture; None when letters of two lines would run into each other."""
    lengths = [_length(line, font) for line in lines]
    width = max(lengths)
    rows = [0] * (pitch * (len(lines) - 1) + font.height)
    for number, (line, length) in enumerate(zip(lines, lengths, strict=True)):
        right = width - ((width - length) // 2 if align == "center" else 0)
        drawn = [0] * font.height
        for letter in line:
            glyph = font.glyphs[letter]
            right -= glyph.width
            drawn = [row | bits << right for row, bits in zip(drawn, glyph.rows, strict=True)]
            right -= font.apart
        for y, row in enumerate(drawn, number * pitch):
            if rows[y] & row:
                return None
        for y, row in enumerate(drawn, number * pitch):
            rows[y] |= row
    while rows and not rows[0]:
        del rows[0]
    while rows and not rows[-1]:
        del rows[-1]
    # Half a cell up or down: take what leaves fewer cells with two colours, and so fewer seams.
    if _seams(rows[1:]) < _seams(rows) and len(rows) % 2:
        rows.insert(0, 0)
    return Bitmap(tuple(f"{row:0{width}b}" for row in rows))


def _seams(rows: list[int]) -> int:
    return sum((upper ^ lower).bit_count() for upper, lower in zip(rows[::2], rows[1::2], strict=False))


@lru_cache(maxsize=256)
def typeset(
    text: str, width: int, height: int, align: str = "left", tallest: int = 0, *, narrow: bool = False
) -> Bitmap | None:
    """`text` in the largest letters whose wrapped lines fit `width` by `height` cells; None when there are none.

    `tallest` limits a line's height, in cells (0: no limit), for texts that should look alike. In `narrow` letters two
    pixels stand side by side in a cell: twice as many of them fit a line.
    """
    if narrow:
        width *= 2
    text = unicodedata.normalize("NFC", text).translate(_SAME).strip()
    sizes = [
        (font, scale)
        for font in fonts()
        for scale in range(1, height // 2 + 2)
        if (scale == 1 or font.bold)
        and (narrow or font.height >= 2 * SMALLEST)  # square dots are too coarse for smaller ones
        and (not tallest or font.pitches()[0] * scale <= 2 * tallest)
    ]
    for font, scale in sorted(sizes, key=lambda size: (-size[0].height * size[1], size[1])):
        if not text or not set(text) - {"\n"} <= font.glyphs.keys():
            continue
        lines = _wrapped(text, font, width // scale)
        if lines is None or (len(lines) - 1) * font.pitches()[-1] * scale > 2 * height:
            continue
        even = _balanced(text, font, width // scale, lines)
        for pitch, broken in product(font.pitches(), (even, lines)):
            picture = _drawn(broken, font, pitch, align)
            if picture and (drawn := picture.scaled(scale)).height <= height:
                return drawn._replace(narrow=narrow)
    return None


def sized(text: str, width: int, size: int, align: str = "left") -> Bitmap | None:
    """`text` in letters of a size: rows of a line, or one of those below `SMALLEST`; None where they do not fit."""
    if size >= SMALLEST:
        return typeset(text, width, _ANY, align, size)
    return typeset(text, width, _ANY, align, NARROW[size], narrow=True) if size in NARROW else None


def last_line(picture: Bitmap) -> int:
    """Cells that the words of its lowest rows take."""
    ink = max(len(row.rstrip("0")) for row in picture.rows[-SMALLEST:])
    return -(-ink // 2) if picture.narrow else ink


class Letters(Widget):
    """Big text in the middle of its room's height; `text-align` and `color` are those of its style."""

    DEFAULT_CSS = """
    Letters { width: 1fr; height: 1fr; content-align-vertical: middle; }
    """

    text: reactive[str] = reactive("")
    tallest: reactive[int] = reactive(0)

    def __init__(self, text: str = "", *, tallest: int = 0, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Letters.text, text)
        self.set_reactive(Letters.tallest, tallest)

    @property
    def picture(self) -> Bitmap | None:
        """The drawn letters; None when plain text stands for them."""
        align = "center" if self.styles.text_align == "center" else "left"
        text, (width, height) = shown(self.text), self.size
        narrow = (sized(text, width, size, align) for size in NARROW)
        fits = (picture for picture in narrow if picture and picture.height <= height)
        return typeset(text, width, height, align, self.tallest) or next(fits, None)

    @property
    def plain(self) -> list[Content]:
        """The lines of plain text that stand where no drawn letters can."""
        return say(self.text, "bold").wrap(max(1, self.size.width)) if self.text else []

    @property
    def fits(self) -> bool:
        """Every word is on the wall, drawn or plain."""
        return self.picture is not None or len(self.plain) <= self.size.height

    def render_line(self, y: int) -> Strip:
        """One row of the letters, or of the plain text."""
        width, height = self.size
        around = self.rich_style
        picture = self.picture
        lines = [] if picture else self.plain
        tall = picture.height if picture else min(len(lines), height)
        row = y - {"top": 0, "bottom": height - tall}.get(self.styles.content_align_vertical, (height - tall) // 2)
        if not 0 <= row < tall or around.color is None or around.bgcolor is None:
            return Strip.blank(width, around)
        centred = self.styles.text_align == "center"
        if picture:
            line = strips(picture, around.color, around.bgcolor)[row]
        else:
            content = lines[row].rstrip()
            if row == height - 1 < len(lines) - 1:
                content = content.truncate(width - 1) + "…"
            line = Strip(content.truncate(width).render_segments(self.visual_style))
        return placed(line, (width - line.cell_length) // 2 if centred else 0, width, around)
