"""The questions of a round: whole, always; as large as their room allows, in columns where two sessions run at once."""

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style as RichStyle
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.wall.questions import Asked, Column
from screens.widgets.fence import say, shown
from screens.widgets.letters import PLAIN, sized
from screens.widgets.pixels import Bitmap, strips

_APART = 4  # cells between two columns, as between those of ideas
_NARROW = 24  # cells below which a column would be all line ends
_WIDEST = 24  # cells of a label in letters; a longer one stands in plain text
_LARGEST = 12  # rows of a line, for a question that has the wall to itself


class Layout(NamedTuple):
    """How the questions are laid out. `tallest`: the size of their letters, or that of plain text."""

    across: int
    gap: int
    tallest: int
    headings: bool
    height: int


def widths(count: int, width: int) -> int:
    """Cells of one of `count` columns."""
    return (width - _APART * (count - 1)) // count


def indent(column: Column, tallest: int) -> int:
    """Cells before a question's words: the tables that have it, as large as the words where that leaves these half."""
    labels = [asked.label for asked in column.asked if asked.label]
    drawn = [picture.width for label in labels if (picture := _drawn(label, _WIDEST, tallest))]
    if labels and len(drawn) == len(labels):
        return max(drawn) + 3
    return max(map(cell_len, labels), default=-2) + 2


def _rows(column: Column, width: int, gap: int, tallest: int) -> int | None:
    """Rows of a column; None when its words cannot be drawn so large."""
    words = width - indent(column, tallest)
    heights = [_height(asked.text, words, tallest) for asked in column.asked]
    if any(height is None for height in heights):
        return None
    return sum(h for h in heights if h) + gap * (len(heights) - 1) + bool(column.heading)


@lru_cache(maxsize=1024)
def _height(text: str, width: int, tallest: int) -> int | None:
    if tallest == PLAIN:
        return len(say(text, lines=False).wrap(max(1, width)))
    picture = _drawn(text, width, tallest)
    return picture.height if picture else None


def _drawn(text: str, width: int, tallest: int) -> Bitmap | None:
    return sized(shown(text, lines=False), width, tallest)


def _level(label: Bitmap, words: Bitmap) -> Bitmap:
    """The label beginning where the first letter of the words does: marks of others may stand above that."""
    line = words.rows[: len(label.rows) + 2]
    first = next((x for x in range(len(line[0])) if all(row[x] == "0" for row in line)), 0)
    above = next(y for y, row in enumerate(line) if "1" in row[: first or None])
    ink = next(y for y, row in enumerate(label.rows) if "1" in row)
    return label._replace(rows=("0" * len(label.rows[0]),) * above + label.rows[ink:])


@lru_cache(maxsize=256)
def height_of(columns: tuple[Column, ...], width: int, across: int, gap: int, tallest: int) -> int | None:
    """Rows that the columns take, `across` of them side by side; None when they cannot be drawn so large."""
    if not columns:
        return 0
    rows = [_rows(column, widths(across, width), gap, tallest) for column in columns]
    if any(one is None for one in rows):
        return None
    known = [one for one in rows if one is not None]
    if across > 1:
        return max(known)
    return sum(known) + gap * (len(known) - 1)


def plain(columns: tuple[Column, ...], width: int) -> list[Layout]:
    """The layouts in plain text, the best first: side by side before one below the other, with air before without."""
    beside = len(columns) if widths(len(columns), width) >= _NARROW else 1
    bare = tuple(Column("", column.asked) for column in columns)
    found = [
        Layout(across, gap, PLAIN, shown is columns, height_of(shown, width, across, gap, PLAIN) or 0)
        for shown, across, gap in ((columns, beside, 1), (columns, beside, 0), (columns, 1, 0), (bare, 1, 0))
    ]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=256)
def layout(columns: tuple[Column, ...], width: int, height: int) -> Layout:
    """The best layout for a room: drawn letters if they fit, then plain text with and without blank rows between.

    Side by side where that fits, else one below the other.
    """
    ways = plain(columns, width)
    beside = ways[0].across
    sizes = [(tallest, 1) for tallest in range(min(_LARGEST, height), PLAIN, -1)]
    for tallest, gap in (*sizes, (1, 0)):
        rows = height_of(columns, width, beside, gap, tallest)
        if rows is not None and rows <= height:
            return Layout(beside, gap, tallest, True, rows)
    return next((way for way in ways if way.height <= height), ways[-1])


class Questions(Widget):
    """The columns in the middle of their room. `rest` is said in the last row when not every question has room."""

    DEFAULT_CSS = """
    Questions {
        width: 1fr; height: 1fr;
        & .questions--label { color: $accent; text-style: bold; }
        & .questions--words { color: $foreground; text-style: bold; }
        & .questions--heading { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES = {"questions--label", "questions--words", "questions--heading"}  # noqa: RUF012

    columns: reactive[tuple[Column, ...]] = reactive(())
    rest: reactive[str] = reactive("")

    _known: object = None

    @property
    def fits(self) -> bool:
        """Every question is on the wall, whole."""
        return layout(self.columns, *self.size).height <= self.size.height

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lays the columns out once, as long as they, their room and the colours are the same."""
        known = (self.columns, self.rest, self.size, self.rich_style)
        if known != self._known:
            self._known, self._rows = known, self._laid()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row across the columns."""
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width, self.rich_style)

    def _laid(self) -> list[Strip]:
        width, height = self.size
        around = self.rich_style
        if not self.columns or not width:
            return []
        chosen = layout(self.columns, width, height)
        wide = widths(chosen.across, width)
        blocks = [self._block(column, wide, chosen, around) for column in self.columns]
        if chosen.across == 1:
            stacked: list[list[Strip]] = []
            for block in blocks:
                stacked += ([[Strip.blank(wide, around)]] * chosen.gap if stacked else []) + block
            blocks = [self._whole(stacked, height, wide)]
        columns = [[row for item in block for row in item] for block in blocks]
        tallest = max(map(len, columns))
        rows = [Strip.blank(width, around)] * max(0, (height - tallest + 1) // 2)  # the odd row keeps off the clock
        for y in range(tallest):
            parts: list[Strip] = []
            for column in columns:
                line = column[y] if y < len(column) else Strip.blank(wide, around)
                parts += [Strip.blank(_APART, around)] if parts else []
                parts.append(line.adjust_cell_length(wide, around))
            rows.append(Strip.join(parts).adjust_cell_length(width, around))
        return rows

    def _whole(self, items: list[list[Strip]], height: int, width: int) -> list[list[Strip]]:
        """Items that fit whole: a question is never cut; for those that have no room a sentence stands."""
        if sum(map(len, items)) <= height:
            return items
        kept: list[list[Strip]] = []
        for item in items:
            if sum(map(len, kept)) + len(item) > height - 1:
                break
            kept.append(item)
        rest = say(self.rest, lines=False).truncate(width, ellipsis=True)
        return [*kept, [Strip(rest.render_segments(self.get_visual_style("questions--heading")))]]

    def _block(self, column: Column, width: int, chosen: Layout, around: RichStyle) -> list[list[Strip]]:
        """A column as items of rows: its heading, its questions, the blank rows between."""
        items: list[list[Strip]] = []
        if column.heading and chosen.headings:
            heading = say(column.heading, lines=False).truncate(width, ellipsis=True)
            items.append([Strip(heading.render_segments(self.get_visual_style("questions--heading")))])
        left = indent(column, chosen.tallest)
        for number, asked in enumerate(column.asked):
            if number:
                items += [[Strip.blank(width, around)]] * chosen.gap
            items.append(self._asked(asked, left, width, chosen.tallest))
        return items

    def _asked(self, asked: Asked, left: int, width: int, tallest: int) -> list[Strip]:
        words, label = _drawn(asked.text, width - left, tallest), _drawn(asked.label, _WIDEST, tallest)
        lines = self._lines(asked.text, "words", width - left, words)
        label = _level(label, words) if label and words else label
        before = self._lines(asked.label, "label", left, label) if asked.label else []
        blank = Strip.blank(left, self.rich_style)
        return [
            Strip.join([before[y].adjust_cell_length(left, self.rich_style) if y < len(before) else blank, line])
            for y, line in enumerate(lines)
        ]

    def _lines(self, text: str, look: str, width: int, picture: Bitmap | None) -> list[Strip]:
        """Words as they are drawn, or in plain text."""
        style, rich = self.get_visual_style(f"questions--{look}"), self.get_component_rich_style(f"questions--{look}")
        if picture and rich.color and rich.bgcolor:
            return list(strips(picture, rich.color, rich.bgcolor))
        return [Strip(line.rstrip().render_segments(style)) for line in say(text, lines=False).wrap(max(1, width))]
