"""The wall of ideas: the newest first, each whole, in calm columns that a room can read.

It draws its own lines, so that thousands of ideas cost no widgets; it must never interpret what people wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as VisualStyle

from cafe.wall.shown import Card
from screens.widgets import letters
from screens.widgets.fence import say, shown
from screens.widgets.pixels import Bitmap, strips

_TWO_COLUMNS = 110  # from this width on; a line of 50 to 80 letters is the easiest to read
_GUTTER = 4
_BAR = "▎"
_INDENT = 2
_NOTE = "note"  # stands for the theme's quiet colour until the line is painted
_ENOUGH = 6
"""Ideas are drawn in letters where so many of them stand whole in these."""
_SIZES = (4, 3, 2, 1)


class Stroke(NamedTuple):
    """A row of cells of words in letters."""

    picture: Bitmap
    row: int


Line = Content | Stroke


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a card stands on the virtual page."""

    card: Card
    column: int
    top: int
    lines: tuple[Line, ...]


def wrapped(card: Card, width: int, size: int = letters.PLAIN) -> tuple[Line, ...]:
    """The card's lines in `width` cells, in letters of a size where they can be drawn; the note stands after the words,
    or on a line of its own.
    """
    words = say(card.text.strip(), "bold")
    note = say(card.note, _NOTE, lines=False)
    picture = letters.sized(shown(card.text.strip()), width, size)
    if picture:
        drawn = (Stroke(picture, row) for row in range(picture.height))
        return (*drawn, *((note.truncate(width, ellipsis=True),) if card.note else ()))
    lines = words.wrap(width) or [Content("")]
    lines = [line.rstrip() for line in lines]
    if card.note:
        if lines[-1].cell_length + 2 + note.cell_length <= width:
            lines[-1] = lines[-1] + Content("  ") + note
        else:
            lines.append(note.truncate(width, ellipsis=True))
    return tuple(lines)


def holds(heights: Sequence[int], columns: int, height: int) -> bool:
    """Whether cards of these heights stand whole in so many columns, with air between them."""
    column, row = 0, 0
    for rows in heights:
        if row and row + rows > height:
            column, row = column + 1, 0
        row += rows + 1
        if rows > height:
            return False
    return column < columns


class IdeaWall(ScrollView, can_focus=False):
    """Ideas, the newest at the top left; from 110 columns on in two columns, read down the first, then the second.

    A column ends with a whole idea. What has no place on the first page can be scrolled to, page by page.
    """

    DEFAULT_CSS = """
    IdeaWall {
        width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-size: 0 0; background: $background;
        & .idea--newest { color: $accent; }
        & .idea--bar { color: $text-muted 45%; }
        & .idea--note { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES = {"idea--newest", "idea--bar", "idea--note"}  # noqa: RUF012

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._cards: tuple[Card, ...] = ()
        self._wrapped: dict[tuple[Card, int], tuple[Line, ...]] = {}
        self._wrapped_width = 0
        self._rows: dict[int, list[tuple[Placed, int]]] = {}
        self._shown = 0
        self._large = False

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards, the newest first."""
        return self._cards

    @property
    def in_view(self) -> int:
        """How many cards the first page holds whole."""
        return self._shown

    def set_cards(self, newest_first: Sequence[Card], *, large: bool = False) -> None:
        """Show these cards; only those that are new, or changed, are wrapped again. `large`: in letters if they may."""
        cards = tuple(newest_first)
        if (cards, large) != (self._cards, self._large):
            self._cards, self._large = cards, large
            self._place()

    def on_resize(self, _event: Resize) -> None:
        """Another width, other lines."""
        self._place()

    @property
    def columns(self) -> int:
        """Two from 110 cells on, else one."""
        return 2 if self.size.width >= _TWO_COLUMNS else 1

    @property
    def column_width(self) -> int:
        """Cells from one column's bar to the end of its words."""
        return (self.size.width - _GUTTER * (self.columns - 1)) // self.columns

    def _lines(self, card: Card, size: int) -> tuple[Line, ...]:
        """A card's lines: wrapped once, as long as the width is the same."""
        width = max(1, self.column_width - _INDENT)
        if width != self._wrapped_width:
            self._wrapped, self._wrapped_width = {}, width
        known = self._wrapped.get((card, size))
        if known is None:
            known = self._wrapped[card, size] = wrapped(card, width, size)
        return known

    def _letters(self) -> int:
        """The largest letters in which enough ideas stand whole; plain text where there are none."""
        first = self._cards[:_ENOUGH]
        for size in _SIZES if self._large else ():
            heights = [len(self._lines(card, size)) for card in first]
            heights += [max(heights, default=0)] * (_ENOUGH - len(heights))  # those to come need as much
            if holds(heights, self.columns, self.size.height):
                return size
        return letters.PLAIN

    def _forget(self) -> None:
        """Lines of cards that are gone."""
        if len(self._wrapped) > 2 * len(_SIZES) * len(self._cards) + 100:
            cards = set(self._cards)
            self._wrapped = {key: lines for key, lines in self._wrapped.items() if key[0] in cards}

    def _place(self) -> None:
        """Give every card its place: down the first column, down the next, then a new page below."""
        width, height = self.size
        if not width or not height:
            return
        self._forget()
        size = self._letters()
        tallest = max((len(self._lines(card, size)) for card in self._cards[:3]), default=1)
        gap = 1 if size > letters.PLAIN or height >= 2 * tallest + 1 else 0
        self._rows, self._shown = {}, 0
        page, column, row, bottom = 0, 0, 0, 0
        for card in self._cards:
            lines = self._lines(card, size)
            if row and row + len(lines) > height:
                column, row = column + 1, 0
                if column == self.columns:
                    page, column = bottom, 0
                    if size > letters.PLAIN:
                        break  # Letters are drawn for what is seen.
            for offset in range(len(lines)):
                place = Placed(card, column, page + row, lines)
                self._rows.setdefault(page + row + offset, []).append((place, offset))
            bottom = max(bottom, page + row + len(lines), page + height)
            if page == 0 and row + len(lines) <= height:
                self._shown += 1
            row += len(lines) + gap
        self.virtual_size = Size(width, bottom)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row across the columns: a bar, then words, for each."""
        width = self.size.width
        around = self.rich_style
        parts: list[Strip] = []
        x = 0
        for place, offset in self._rows.get(y + self.scroll_offset.y, ()):
            left = place.column * (self.column_width + _GUTTER)
            if left > x:
                parts.append(Strip.blank(left - x, around))
            newest = bool(self._cards) and place.card is self._cards[0]
            bar = self.get_component_rich_style("idea--newest" if newest else "idea--bar")
            line = self._words(place.lines[offset], around, bar)
            parts.append(line)
            x = left + line.cell_length
        return Strip.join(parts).adjust_cell_length(width, around)

    def _words(self, line: Line, around: Style, bar: Style) -> Strip:
        before = Segment(_BAR + " ", around + bar)
        if isinstance(line, Stroke):
            assert around.color is not None
            assert around.bgcolor is not None
            return Strip.join([Strip([before]), strips(line.picture, around.color, around.bgcolor)[line.row]])
        muted = VisualStyle.from_rich_style(self.get_component_rich_style("idea--note"))

        def look(style: str | VisualStyle) -> VisualStyle:
            if isinstance(style, VisualStyle):
                return style
            return muted if style == _NOTE else VisualStyle.parse(style)

        segments = [before]
        segments += [Segment(text, style.rich_style) for text, style in line.render(self.visual_style, "", look)]
        return Strip(segments)
