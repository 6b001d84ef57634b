"""Lines of a key and what it does, in one column or two, whole as far as they have room."""

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.fence import say

_APART = 4
_TWO_COLUMNS = 130


class KeyList(Widget):
    """`rows` of a key's names and its meaning."""

    DEFAULT_CSS = """
    KeyList {
        width: 1fr; height: 1fr;
        & .keys--key { color: $accent; text-style: bold; }
        & .keys--told { color: $foreground; }
    }
    """
    COMPONENT_CLASSES = {"keys--key", "keys--told"}  # noqa: RUF012

    rows: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def render_line(self, y: int) -> Strip:
        """One row across the columns."""
        width, height = self.size
        lines = self._lines(width, height)
        row = y - max(0, (height - len(lines)) // 2)
        if not 0 <= row < len(lines):
            return Strip.blank(width, self.rich_style)
        return lines[row].adjust_cell_length(width, self.rich_style)

    def _lines(self, width: int, height: int) -> list[Strip]:
        across = 2 if width >= _TWO_COLUMNS or len(self.rows) > height else 1
        wide = max(1, (width - _APART * (across - 1)) // across)
        left = max((say(key).cell_length for key, _ in self.rows), default=0) + 3
        blocks = [self._block(key, told, left, wide) for key, told in self.rows]
        half = max(1, -(-len(blocks) // across))
        columns = [[row for block in blocks[at : at + half] for row in block] for at in range(0, len(blocks), half)]
        rows = []
        for y in range(max(map(len, columns), default=0)):
            parts: list[Strip] = []
            for column in columns:
                parts += [Strip.blank(_APART, self.rich_style)] if parts else []
                parts.append(column[y] if y < len(column) else Strip.blank(wide, self.rich_style))
            rows.append(Strip.join(parts))
        return rows

    def _block(self, key: str, told: str, left: int, width: int) -> list[Strip]:
        ink, words = self.get_visual_style("keys--key"), self.get_visual_style("keys--told")
        lines = [line.rstrip() for line in say(told).wrap(max(1, width - left))] or [Content("")]
        before = [say(key), *[Content("")] * (len(lines) - 1)]
        return [
            Strip.join(
                [
                    Strip(one.pad_right(left - one.cell_length).render_segments(ink)),
                    Strip(line.render_segments(words)),
                ]
            ).adjust_cell_length(width, self.rich_style)
            for one, line in zip(before, lines, strict=True)
        ]
