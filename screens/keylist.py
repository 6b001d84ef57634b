"""Lines of a key and what it does: in whole sentences, or where these have no room in a word or two."""

from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.fence import say

_APART = 4
_TWO_COLUMNS = 130


class Row(NamedTuple):
    """A key by all its names and in a sentence; and by its first name, in a word or two."""

    keys: str
    told: str
    key: str
    label: str


class KeyList(Widget):
    """The keys, in one column or two."""

    DEFAULT_CSS = """
    KeyList {
        width: 1fr; height: 1fr;
        & .keys--key { color: $accent; text-style: bold; }
        & .keys--told { color: $foreground; }
    }
    """
    COMPONENT_CLASSES = {"keys--key", "keys--told"}  # noqa: RUF012

    rows: reactive[tuple[Row, ...]] = reactive(())

    def render_line(self, y: int) -> Strip:
        """One row across the columns."""
        width, height = self.size
        lines = self._lines([(one.keys, one.told) for one in self.rows], width, height)
        if len(lines) > height:
            lines = self._lines([(one.key, one.label) for one in self.rows], width, height)
        row = y - max(0, (height - len(lines)) // 2)
        if not 0 <= row < len(lines):
            return Strip.blank(width, self.rich_style)
        return lines[row].adjust_cell_length(width, self.rich_style)

    def _lines(self, pairs: list[tuple[str, str]], width: int, height: int) -> list[Strip]:
        across = 2 if width >= _TWO_COLUMNS or len(pairs) > height else 1
        wide = max(1, (width - _APART * (across - 1)) // across)
        left = max((say(key).cell_length for key, _ in pairs), default=0) + 2
        blocks = [self._block(key, told, left, wide) for key, told in pairs]
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
