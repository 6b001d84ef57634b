"""Who goes where, to be read from the back row: a card for each table, with an arrow to the next.

A table is known by its number first, then by its shape; never by a colour.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.plan.shapes import shape
from screens.widgets.digits import bitmap
from screens.widgets.fence import say
from screens.widgets.pixels import Bitmap, placed, strips

LARGE = 12
"""Up to so many walks are drawn large."""
_TALL = 9  # rows of a number at the most: a card is to be read at a glance, not to fill the wall
_APART = 4
_NARROW = 28  # cells of a line with two tables in words


class Way(NamedTuple):
    """One card: the table's number, the next one's, and both in words."""

    table: int
    to: int
    words: str
    to_words: str


class Ways(NamedTuple):
    """The cards of one group, under a heading when there are several groups."""

    heading: str
    ways: tuple[Way, ...]


@lru_cache(maxsize=64)
def _arrow(height: int) -> Bitmap:
    """An arrow to the right in the middle of `height` rows of cells, with as many pixels up as down."""
    tip = min(height, 7)
    thick = 1 if height < 6 else 2  # half of the shaft
    rows = []
    for y in range(-height, height):
        off = y if y >= 0 else -y - 1
        head = "1" * (tip - off) if off < tip else ""
        shaft = ("1" if off < thick else "0") * (tip + 1)
        rows.append((shaft + head).ljust(2 * tip + 1, "0"))
    return Bitmap(tuple(rows))


@lru_cache(maxsize=256)
def _card(way: Way, width: int, height: int) -> tuple[Bitmap, Bitmap, Bitmap] | None:
    """Number, arrow, number, all of one height; None when there is no room for them."""
    for tall in range(min(height, _TALL), 2, -1):
        arrow = _arrow(tall)
        side = (width - arrow.width - 4) // 2
        left = bitmap(str(way.table), side, tall, "00" if way.table > 9 or way.to > 9 else "")
        right = bitmap(str(way.to), side, tall, "00" if way.table > 9 or way.to > 9 else "")
        if left and right and left.height == right.height == tall:
            return left, arrow, right
    return None


class Arrows(Widget):
    """The cards of every group, drawn as large as they all fit; else as lines of text."""

    DEFAULT_CSS = """
    Arrows {
        width: 1fr; height: 1fr;
        & .arrows--from { color: $foreground; text-style: bold; }
        & .arrows--arrow { color: $text-muted; }
        & .arrows--to { color: $accent; text-style: bold; }
        & .arrows--heading { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES = {"arrows--from", "arrows--arrow", "arrows--to", "arrows--heading"}  # noqa: RUF012

    groups: reactive[tuple[Ways, ...]] = reactive(())

    def render_line(self, y: int) -> Strip:
        """One row of the cards."""
        width, height = self.size
        rows = self._drawn(width, height) or self._listed(width, height)
        row = y - max(0, (height - len(rows)) // 2)
        if not 0 <= row < len(rows):
            return Strip.blank(width, self.rich_style)
        return rows[row].adjust_cell_length(width, self.rich_style)

    def _drawn(self, width: int, height: int) -> list[Strip] | None:
        """Large cards; None when they do not all fit."""
        ways = [way for group in self.groups for way in group.ways]
        if not ways or len(ways) > LARGE:
            return None
        headings = sum(bool(group.heading) for group in self.groups)
        best: tuple[int, int] | None = None
        for across in range(1, max(len(group.ways) for group in self.groups) + 1):
            down = sum(-(-len(group.ways) // across) for group in self.groups)
            gaps = down - 1
            each = (height - headings - gaps) // down
            wide = (width - _APART * (across - 1)) // across
            cards = [_card(way, wide, each - 1) for way in ways]
            if all(cards):
                tall = min(card[0].height for card in cards if card)
                if best is None or tall > best[0]:
                    best = tall, across
        return self._cards(width, *best) if best else None

    def _cards(self, width: int, tall: int, across: int) -> list[Strip]:
        wide = min((width - _APART * (across - 1)) // across, 60)
        rows: list[Strip] = []
        for group in self.groups:
            rows += [Strip.blank(width, self.rich_style)] if rows else []
            if group.heading:
                rows.append(self._say(group.heading, "heading", width))
            for at in range(0, len(group.ways), across):
                rows += [Strip.blank(width, self.rich_style)] if at else []
                cards = [self._way(way, wide, tall) for way in group.ways[at : at + across]]
                rows += [self._across([card[y] for card in cards]) for y in range(tall + 1)]
        return rows

    def _across(self, parts: list[Strip]) -> Strip:
        joined: list[Strip] = []
        for part in parts:
            joined += [Strip.blank(_APART, self.rich_style)] if joined else []
            joined.append(part)
        return Strip.join(joined)

    def _way(self, way: Way, width: int, tall: int) -> list[Strip]:
        """One card: both tables in words, and below them number, arrow, number."""
        card = _card(way, width, tall)
        assert card is not None, "a width and a height that were tried"
        left, arrow, right = card
        total = left.width + arrow.width + right.width + 4
        start = 0 if total >= width else min(2, width - total)
        right_at = start + left.width + arrow.width + 4
        words, to = f"{shape(way.table)} {way.words}", f"{shape(way.to)} {way.to_words}"
        if cell_len(words) >= right_at - start or cell_len(to) > width - right_at:
            words, to = shape(way.table), shape(way.to)
        words = " " * start + words
        pieces = [self._say(words, "from", right_at - 1), Strip.blank(1, self.rich_style)]
        rows = [Strip.join([*pieces, self._say(to, "to", width - right_at)])]
        painted = [self._paint(left, "from"), self._paint(arrow, "arrow"), self._paint(right, "to")]
        for y in range(tall):
            gap = Strip.blank(2, self.rich_style)
            line = Strip.join([painted[0][y], gap, painted[1][y], gap, painted[2][y]])
            rows.append(placed(line, start, width, self.rich_style))
        return rows

    def _listed(self, width: int, height: int) -> list[Strip]:
        """One line for each table, in as many columns as are needed."""
        lines: list[Strip] = []
        for group in self.groups:
            if group.heading:
                lines.append(self._say(group.heading, "heading", width))
            across = 2 if len(group.ways) > 6 or height < sum(len(g.ways) + 2 for g in self.groups) else 1
            wide = (width - _APART * (across - 1)) // across
            half = -(-len(group.ways) // across)
            for y in range(half):
                parts = [self._line(way, wide) for way in group.ways[y::half]]
                lines.append(self._across(parts))
        return lines

    def _line(self, way: Way, width: int) -> Strip:
        narrow = width < _NARROW  # there the number alone says which table
        words, to_words = (str(way.table), str(way.to)) if narrow else (way.words, way.to_words)
        before = self._say(f"{shape(way.table)} {words}", "from", min(width // 2 - 3, 16))
        arrow = self._say("───▶", "arrow", 6)
        return Strip.join(
            [before, arrow, self._say(f"{shape(way.to)} {to_words}", "to", max(0, width - before.cell_length - 6))]
        )

    def _say(self, text: str, look: str, width: int) -> Strip:
        said = say(text, lines=False).truncate(max(0, width), ellipsis=True)
        said = said + Content(" " * max(0, width - said.cell_length))
        return Strip(said.render_segments(self.get_visual_style(f"arrows--{look}")))

    def _paint(self, picture: Bitmap, look: str) -> tuple[Strip, ...]:
        rich = self.get_component_rich_style(f"arrows--{look}")
        assert rich.color is not None
        assert rich.bgcolor is not None
        return strips(picture, rich.color, rich.bgcolor)
