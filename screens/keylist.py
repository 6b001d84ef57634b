"""Lines of a key and what it does: in whole sentences, or where these have no room in a word or two."""

from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.messages import Changed
from screens.widgets.fence import say

_APART = 4
_TWO_COLUMNS = 130
_PAGES = 2
"""More pages of sentences nobody would leaf through."""


class Row(NamedTuple):
    """A key by all its names and in a sentence; and by its first name, in a word or two."""

    keys: str
    told: str
    key: str
    label: str


class KeyList(Widget):
    """The keys, in one column or two, and on as many pages as they need; `page` is the one that is shown, from 0."""

    DEFAULT_CSS = """
    KeyList {
        width: 1fr; height: 1fr;
        & .keys--key { color: $accent; text-style: bold; }
        & .keys--told { color: $foreground; }
    }
    """
    COMPONENT_CLASSES = {"keys--key", "keys--told"}  # noqa: RUF012

    rows: reactive[tuple[Row, ...]] = reactive(())
    page: reactive[int] = reactive(0)

    _known: tuple[object, list[list[Strip]]] = (None, [])

    @property
    def pages(self) -> int:
        """How many there are in this window."""
        return max(1, len(self._pages()))

    def on_resize(self) -> None:
        """Another window may need another number of pages, and the head tells it."""
        self.app.post_message(Changed())

    def render_line(self, y: int) -> Strip:
        """One row across the columns."""
        width, height = self.size
        pages = self._pages()
        lines = pages[min(self.page, len(pages) - 1)] if pages else []
        row = y - max(0, (height - len(lines)) // 2)
        if not 0 <= row < len(lines):
            return Strip.blank(width, self.rich_style)
        return lines[row].adjust_cell_length(width, self.rich_style)

    def _pages(self) -> list[list[Strip]]:
        """In sentences, where two pages are enough for them; else in a word or two."""
        laid = (self.rows, self.size, self.rich_style)
        if self._known[0] != laid:
            width, height = self.size
            pages = self._laid([(one.keys, one.told) for one in self.rows], 2 if width >= _TWO_COLUMNS else 1, height)
            if len(pages) > _PAGES:
                pages = self._laid([(one.key, one.label) for one in self.rows], 2, height)
            self._known = laid, pages
        return self._known[1]

    def _laid(self, pairs: list[tuple[str, str]], across: int, height: int) -> list[list[Strip]]:
        """Pages of `across` columns, as even as they get."""
        width = self.size.width
        wide = max(1, (width - _APART * (across - 1)) // across)
        left = max((say(key).cell_length for key, _ in pairs), default=0) + 2
        blocks = [self._block(key, told, left, wide) for key, told in pairs]
        columns = _filled(blocks, max(1, height))
        most = -(-len(columns) // across) * across
        least = next(tall for tall in range(1, max(1, height) + 1) if len(_filled(blocks, tall)) <= most)
        columns = _filled(blocks, least)
        return [self._side_by_side(columns[at : at + across], wide) for at in range(0, len(columns), across)]

    def _side_by_side(self, columns: list[list[Strip]], wide: int) -> list[Strip]:
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


def _filled(blocks: list[list[Strip]], height: int) -> list[list[Strip]]:
    """Blocks in columns of at most `height` rows; a key and its words stay together."""
    columns: list[list[Strip]] = []
    for block in blocks:
        if not columns or len(columns[-1]) + len(block) > height:
            columns.append([])
        columns[-1] += block
    return columns
