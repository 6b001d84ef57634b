"""Ideas under their questions: each question whole, with as many of its newest ideas as have room, whole as well.

No idea stands in larger letters than its question.
"""

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.wall.questions import Sheet
from screens.widgets.fence import say, shown
from screens.widgets.letters import PLAIN, last_line, sized
from screens.widgets.pixels import Bitmap, strips

_APART = 4
_POINT = "• "
_TWO_COLUMNS = 76
_TALL = 40  # rows from which plain text is too small for the back of a hall
_ENOUGH = 4  # ideas of a sheet that is alone are drawn in letters where so many, or all, stand whole in these
_LARGEST = 4
_TOGETHER = ((3, 3), (2, 2), (1, 1), (1, PLAIN))  # questions and ideas where several sheets share the wall
_HEADLINE = 7  # rows of a line of the question that has the wall to itself


class Sheets(Widget):
    """Sheets in one or two columns, each with an equal share of the height. A sheet that is alone is set large."""

    DEFAULT_CSS = """
    Sheets {
        width: 1fr; height: 1fr;
        & .sheet--question { color: $accent; text-style: bold; }
        & .sheet--words { color: $foreground; text-style: bold; }
        & .sheet--quiet { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES = {"sheet--question", "sheet--words", "sheet--quiet"}  # noqa: RUF012

    sheets: reactive[tuple[Sheet, ...]] = reactive(())

    def render_lines(self, crop: object) -> list[Strip]:
        """Lays the sheets out once for all rows of a refresh."""
        self._rows = self._laid()
        return super().render_lines(crop)  # type: ignore[arg-type]

    def render_line(self, y: int) -> Strip:
        """One row across the columns."""
        width = self.size.width
        return self._rows[y] if y < len(self._rows) else Strip.blank(width, self.rich_style)

    def _laid(self) -> list[Strip]:
        width, height = self.size
        around = self.rich_style
        if not self.sheets or not width:
            return []
        sizes = self.letters(width, height)
        columns = [self._column(sheets, wide, height, *sizes) for wide, sheets in self._columns(width)]
        wide = self._columns(width)[0][0]
        rows = []
        for y in range(height):
            parts: list[Strip] = []
            for column in columns:
                parts += [Strip.blank(_APART, around)] if parts else []
                line = column[y] if y < len(column) else Strip.blank(wide, around)
                parts.append(line.adjust_cell_length(wide, around))
            rows.append(Strip.join(parts).adjust_cell_length(width, around))
        return rows

    @property
    def fits(self) -> bool:
        """Every question is on the wall, whole."""
        width, height = self.size
        size, _ = self.letters(width, height)
        return all(
            len(heads := self._heads(column, wide, height, size)) == len(column) and sum(map(len, heads)) <= height
            for wide, column in self._columns(width)
        )

    def letters(self, width: int, height: int) -> tuple[int, int]:
        """The sizes of questions and ideas at the most. A question that is alone takes a third of the height; several
        stand in the largest letters in which of each that has ideas one has room whole below it.
        """
        if len(self.sheets) == 1:
            found = ((size, self._picture(self.sheets[0], width, size)) for size in range(_HEADLINE, PLAIN, -1))
            size = next((size for size, picture in found if picture and picture.height <= height // 3), PLAIN)
            return size, size
        if height < _TALL or not any(sheet.cards for sheet in self.sheets):
            return PLAIN, PLAIN
        return next((sizes for sizes in _TOGETHER if self._each_has_one(width, height, *sizes)), (PLAIN, PLAIN))

    def _each_has_one(self, width: int, height: int, size: int, ideas: int) -> bool:
        """Whether of every question that has ideas one stands whole in these sizes."""
        for wide, column in self._columns(width):
            if not all(self._picture(sheet, wide, size) for sheet in column):
                return False
            heads = sum(len(self._head(sheet, wide, size)) for sheet in column)
            share = (height - heads - len(column) + 1) // max(1, sum(bool(sheet.cards) for sheet in column))
            if not all(self._ideas(sheet, wide, share, ideas) for sheet in column if sheet.cards):
                return False
        return True

    def _picture(self, sheet: Sheet, width: int, size: int) -> Bitmap | None:
        """A question in letters of a size."""
        return sized(shown(sheet.question, lines=False), width, size)

    def _columns(self, width: int) -> list[tuple[int, tuple[Sheet, ...]]]:
        """The sheets from left to right, each column with its cells."""
        across = 2 if width >= _TWO_COLUMNS and len(self.sheets) > 1 else 1
        down = -(-len(self.sheets) // across)
        wide = (width - _APART * (across - 1)) // across
        return [(wide, self.sheets[at : at + down]) for at in range(0, len(self.sheets), down)]

    def _heads(self, sheets: tuple[Sheet, ...], width: int, height: int, size: int) -> list[list[Strip]]:
        heads = [self._head(sheet, width, size) for sheet in sheets]
        while len(heads) > 1 and sum(map(len, heads)) > height:
            heads.pop()
        return heads

    def _column(self, sheets: tuple[Sheet, ...], width: int, height: int, size: int, ideas: int) -> list[Strip]:
        """Questions first, each whole or not at all; what is left of the height goes in equal parts to those that have
        ideas.
        """
        heads = self._heads(sheets, width, height, size)
        sheets = sheets[: len(heads)]
        gap = 1 if sum(map(len, heads)) + 2 * len(heads) - 1 <= height else 0
        spare = height - sum(map(len, heads)) - gap * (len(heads) - 1)
        rows: list[Strip] = []
        left = sum(bool(sheet.cards) for sheet in sheets)
        for number, (sheet, head) in enumerate(zip(sheets, heads, strict=True)):
            below = self._ideas(sheet, width, max(0, spare) // left, ideas) if sheet.cards else []
            left -= bool(sheet.cards)
            rows += [Strip.blank(width, self.rich_style)] * (gap if number else 0) + head + below
            spare -= len(below)
        return rows

    def _head(self, sheet: Sheet, width: int, size: int) -> list[Strip]:
        """A question, and how many ideas it has: behind its last word where there is room."""
        style, rich = self.get_visual_style("sheet--question"), self.get_component_rich_style("sheet--question")
        count = say(sheet.told, lines=False)
        told = Strip((Content("  ") + count).render_segments(self.get_visual_style("sheet--quiet")))
        picture = self._picture(sheet, width, size)
        if picture and rich.color and rich.bgcolor:
            rows = list(strips(picture, rich.color, rich.bgcolor))
            end = last_line(picture)
        else:
            lines = [line.rstrip() for line in say(sheet.question, lines=False).wrap(width)] or [Content("")]
            rows = [Strip(line.render_segments(style)) for line in lines]
            end = lines[-1].cell_length
        if picture and len(self.sheets) == 1:
            blank = Strip.blank(width, self.rich_style)
            return [*rows, blank, told.crop(2), blank]
        if end + told.cell_length <= width:
            rows[-1] = Strip.join([rows[-1].crop(0, end), told])
        return rows

    def _ideas(self, sheet: Sheet, width: int, height: int, size: int) -> list[Strip]:
        """The newest ideas that have room whole, in letters of a size; of a sheet that is alone in the largest up to it
        in which enough stand whole, else in plain text.
        """
        if size > PLAIN and len(self.sheets) > 1:
            return self._points(sheet, width, height, size)[0]
        for smaller in range(min(size, _LARGEST), PLAIN, -1):
            rows, count = self._points(sheet, width, height, smaller)
            if count == min(_ENOUGH, len(sheet.cards)):
                return rows
        return self._lines(sheet, width, height)

    def _points(self, sheet: Sheet, width: int, height: int, size: int) -> tuple[list[Strip], int]:
        """The rows of the newest ideas that stand whole in letters of a size, and how many these are."""
        rich = self.get_component_rich_style("sheet--words")
        point = sized(_POINT.strip(), width, size)
        if not point or not rich.color or not rich.bgcolor:
            return [], 0
        rows: list[Strip] = []
        for count, card in enumerate(sheet.cards[:_ENOUGH]):
            picture = sized(shown(card.text), width - point.width - 2, size)
            if picture is None or len(rows) + bool(rows) + picture.height > height:
                return rows, count
            rows += [Strip.blank(width, self.rich_style)] if rows else []
            beside = [Strip.blank(point.width, self.rich_style), *strips(point, rich.color, rich.bgcolor)]
            beside += [Strip.blank(point.width, self.rich_style)] * picture.height
            gap, lines = Strip.blank(2, self.rich_style), strips(picture, rich.color, rich.bgcolor)
            rows += [Strip.join([one, gap, line]) for one, line in zip(beside, lines, strict=False)]
        return rows, min(_ENOUGH, len(sheet.cards))

    def _lines(self, sheet: Sheet, width: int, height: int) -> list[Strip]:
        """The newest ideas that have room whole, in plain text."""
        words, quiet = self.get_visual_style("sheet--words"), self.get_visual_style("sheet--quiet")
        rows: list[Strip] = []
        for card in sheet.cards:
            lines = [line.rstrip() for line in say(card.text).wrap(max(1, width - len(_POINT)))]
            if len(rows) + len(lines) > height:
                break
            points = [Content(_POINT), *[Content(" " * len(_POINT))] * (len(lines) - 1)]
            rows += [
                Strip.join([Strip(point.render_segments(quiet)), Strip(line.render_segments(words))])
                for point, line in zip(points, lines, strict=True)
            ]
            note = say(card.note, lines=False)
            if lines and note and lines[-1].cell_length + len(_POINT) + 2 + note.cell_length <= width:
                rows[-1] = Strip.join([rows[-1], Strip((Content("  ") + note).render_segments(quiet))])
        return rows
