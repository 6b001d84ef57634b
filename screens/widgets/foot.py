"""The last line of a replay: what time it was, where in the programme, how fast it runs, and how much there is."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from screens.widgets.fence import say

_APART = 3
_SHORT = 8  # cells: of a title that has fewer nothing could be understood
_LEAST_BAR = 12
_AHEAD, _DONE, _MARK, _HERE = "─", "━", "┼", "●"


class Passing(NamedTuple):
    """What the line says. `share` is how much has passed, from 0 to 1, and `marks` are where rounds and parts began."""

    time: str
    title: str
    step: str
    part: str
    pace: str
    share: float
    marks: tuple[float, ...] = ()


class Foot(Widget):
    """One quiet line, never two."""

    DEFAULT_CSS = """
    Foot {
        dock: bottom; width: 1fr; height: 1; color: $text-muted;
        & .foot--here { color: $accent; }
    }
    """
    COMPONENT_CLASSES = {"foot--here"}  # noqa: RUF012

    passing: reactive[Passing | None] = reactive(None)

    def render_line(self, y: int) -> Strip:
        """The line; nothing while there is nothing to say."""
        width = self.size.width
        if y or not width or self.passing is None:
            return Strip.blank(width, self.rich_style)
        here = self.get_visual_style("foot--here")
        whole = line(self.passing, width, here)
        return Strip(whole.render_segments(self.visual_style)).adjust_cell_length(width, self.rich_style)


def line(said: Passing, width: int, here: Style | str = "bold") -> Content:
    """The line in exactly `width` cells: time and pace whole; title, part and bar as far as there is room."""
    gap = " " * _APART
    pace = say(said.pace, "bold", lines=False)
    left = say(said.time, "bold", lines=False)
    if said.step and left.cell_length + len(said.step) + pace.cell_length + 2 * _APART <= width:
        left = left + gap + say(said.step, lines=False)
    right = pace
    if said.part and left.cell_length + len(said.part) + pace.cell_length + 2 * _APART <= width:
        right = say(said.part, lines=False) + gap + pace
    room = width - left.cell_length - right.cell_length - 2 * _APART
    title = say(said.title, lines=False)
    if room - max(_LEAST_BAR, width // 3) >= _SHORT + _APART:
        title = title.truncate(min(title.cell_length, room - max(_LEAST_BAR, width // 3) - _APART), ellipsis=True)
        left = left + gap + title
        room -= title.cell_length + _APART
    if room < _LEAST_BAR:
        return left.truncate(width).pad_right(max(0, width - left.cell_length - right.cell_length)) + right
    return left + gap + bar(said.share, said.marks, room, here) + gap + right


def bar(share: float, marks: Sequence[float], width: int, here: Style | str = "bold") -> Content:
    """A thin line of `width` cells: heavy as far as it has passed, crossed where rounds and parts began."""
    at = round(share * (width - 1))
    crossed = {round(mark * (width - 1)) for mark in marks}
    cells = [_MARK if cell in crossed else _DONE if cell < at else _AHEAD for cell in range(width)]
    return Content("".join(cells[:at])) + Content(_HERE).stylize(here) + Content("".join(cells[at + 1 :]))
