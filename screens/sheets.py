"""Ideas under their questions: each question whole, with as many of its newest ideas as have room, whole as well."""

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.wall.questions import Sheet
from screens.widgets.fence import say, shown
from screens.widgets.letters import sized, typeset
from screens.widgets.pixels import strips

_APART = 4
_POINT = "• "
_TWO_COLUMNS = 76
_TALL = 40  # rows from which plain text is too small for the back of a hall
_ENOUGH = 4  # ideas of a sheet that is alone are drawn in letters where so many, or all, stand whole in these
_SIZES = (4, 3, 2)
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
        self._in_letters = self._each_has_one(height)
        columns = [self._column(sheets, wide, height) for wide, sheets in self._columns(width)]
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
        return all(
            len(heads := self._heads(column, wide, height)) == len(column) and sum(map(len, heads)) <= height
            for wide, column in self._columns(width)
        )

    def _columns(self, width: int) -> list[tuple[int, tuple[Sheet, ...]]]:
        """The sheets from left to right, each column with its cells."""
        across = 2 if width >= _TWO_COLUMNS and len(self.sheets) > 1 else 1
        down = -(-len(self.sheets) // across)
        wide = (width - _APART * (across - 1)) // across
        return [(wide, self.sheets[at : at + down]) for at in range(0, len(self.sheets), down)]

    def _heads(self, sheets: tuple[Sheet, ...], width: int, height: int) -> list[list[Strip]]:
        heads = [self._head(sheet, width, height) for sheet in sheets]
        while len(heads) > 1 and sum(map(len, heads)) > height:
            heads.pop()
        return heads

    def _column(self, sheets: tuple[Sheet, ...], width: int, height: int) -> list[Strip]:
        """Questions first, each whole or not at all; what is left of the height goes in equal parts to those that have
        ideas.
        """
        heads = self._heads(sheets, width, height)
        sheets = sheets[: len(heads)]
        gap = 1 if sum(map(len, heads)) + 2 * len(heads) - 1 <= height else 0
        spare = height - sum(map(len, heads)) - gap * (len(heads) - 1)
        rows: list[Strip] = []
        left = sum(bool(sheet.cards) for sheet in sheets)
        for number, (sheet, head) in enumerate(zip(sheets, heads, strict=True)):
            ideas = self._ideas(sheet, width, max(0, spare) // left) if sheet.cards else []
            left -= bool(sheet.cards)
            rows += [Strip.blank(width, self.rich_style)] * (gap if number else 0) + head + ideas
            spare -= len(ideas)
        return rows

    def _head(self, sheet: Sheet, width: int, height: int) -> list[Strip]:
        style, rich = self.get_visual_style("sheet--question"), self.get_component_rich_style("sheet--question")
        quiet = self.get_visual_style("sheet--quiet")
        alone = len(self.sheets) == 1
        picture = typeset(sheet.question, width, height // 3, "left", _HEADLINE) if alone else None
        count = say(sheet.told, lines=False)
        if picture and rich.color and rich.bgcolor:
            blank = Strip.blank(width, self.rich_style)
            return [*strips(picture, rich.color, rich.bgcolor), blank, Strip(count.render_segments(quiet)), blank]
        lines = [line.rstrip() for line in say(sheet.question, lines=False).wrap(width)] or [Content("")]
        rows = [Strip(line.render_segments(style)) for line in lines]
        if lines[-1].cell_length + 2 + count.cell_length <= width:
            rows[-1] = Strip.join([rows[-1], Strip((Content("  ") + count).render_segments(quiet))])
        return rows

    def _drawn(self, sheet: Sheet, width: int, height: int) -> list[Strip]:
        """The newest ideas in letters: of a sheet that is alone where enough stand whole in these; else nothing, unless
        every sheet has one so.
        """
        if self._in_letters:
            return self._points(sheet, width, height, _SIZES[-1])[0]
        for size in _SIZES if len(self.sheets) == 1 else ():
            rows, count = self._points(sheet, width, height, size)
            if count == min(_ENOUGH, len(sheet.cards)):
                return rows
        return []

    def _each_has_one(self, height: int) -> bool:
        """Whether of every question that has ideas one stands whole in letters: then the back row reads them."""
        if len(self.sheets) == 1 or height < _TALL:
            return False
        for wide, column in self._columns(self.size.width):
            heads = sum(map(len, self._heads(column, wide, height)))
            share = (height - heads - len(column) + 1) // max(1, sum(bool(sheet.cards) for sheet in column))
            counts = [self._points(sheet, wide, share, _SIZES[-1])[1] for sheet in column if sheet.cards]
            if not all(counts):
                return False
        return any(sheet.cards for sheet in self.sheets)

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
            beside = list(strips(point, rich.color, rich.bgcolor))
            beside += [Strip.blank(point.width, self.rich_style)] * picture.height
            gap, lines = Strip.blank(2, self.rich_style), strips(picture, rich.color, rich.bgcolor)
            rows += [Strip.join([one, gap, line]) for one, line in zip(beside, lines, strict=False)]
        return rows, min(_ENOUGH, len(sheet.cards))

    def _ideas(self, sheet: Sheet, width: int, height: int) -> list[Strip]:
        """The newest ideas that have room whole."""
        if drawn := self._drawn(sheet, width, height):
            return drawn
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
