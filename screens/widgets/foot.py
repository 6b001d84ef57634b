"""The last line of a replay: what time it was, where in the programme, how fast it runs, and how much there is."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
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
    """The line in exactly `width` cells: pace and time first, then the step, the bar, the part, and last the title."""
    gap = " " * _APART
    time, step, part, right = (say(one, lines=False) for one in (said.time, said.step, said.part, said.pace))
    right = right.truncate(width).stylize("bold")
    left = time.truncate(max(0, width - right.cell_length - 1), ellipsis=True).stylize("bold")
    room = width - left.cell_length - right.cell_length - _APART
    if step and step.cell_length + _APART <= room:
        left, room = left + gap + step, room - step.cell_length - _APART
    if room < _LEAST_BAR + _APART:
        return left.pad_right(width - left.cell_length - right.cell_length) + right
    if part and part.cell_length + _APART + _LEAST_BAR + _APART <= room:
        right, room = part + gap + right, room - part.cell_length - _APART
    title = say(said.title, lines=False).truncate(
        max(0, room - 2 * _APART - max(_LEAST_BAR, width // 3)), ellipsis=True
    )
    if title.cell_length >= min(_SHORT, cell_len(said.title)) > 0:
        left, room = left + gap + title, room - title.cell_length - _APART
    return left + gap + bar(said.share, said.marks, room - _APART, here) + gap + right


def bar(share: float, marks: Sequence[float], width: int, here: Style | str = "bold") -> Content:
    """A thin line of `width` cells: heavy as far as it has passed, crossed where rounds and parts began."""
    at = round(share * (width - 1))
    crossed = {round(mark * (width - 1)) for mark in marks}
    cells = [_MARK if cell in crossed else _DONE if cell < at else _AHEAD for cell in range(width)]
    return Content("".join(cells[:at])) + Content(_HERE).stylize(here) + Content("".join(cells[at + 1 :]))
