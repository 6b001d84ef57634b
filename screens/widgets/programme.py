"""The bottom line of every screen: what is on now, and what comes next."""

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.wall.words import Slot
from screens.widgets.fence import say

_APART = 3  # cells between the two halves, at least


class ProgrammeBar(Widget):
    """One line, never two: `now` on the left, its label inverted; `next` on the right; titles end in "…" when long."""

    DEFAULT_CSS = """
    ProgrammeBar { width: 1fr; height: 1; }
    """

    now: reactive[Slot | None] = reactive(None)
    next: reactive[Slot | None] = reactive(None)

    def __init__(
        self,
        now: Slot | None = None,
        next: Slot | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(ProgrammeBar.now, now)
        self.set_reactive(ProgrammeBar.next, next)

    def render_line(self, y: int) -> Strip:
        """The line; the rows below, if any, are blank."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.rich_style)
        return Strip(line(self.now, self.next, width).render_segments(self.visual_style)).adjust_cell_length(
            width, self.rich_style
        )


def line(now: Slot | None, after: Slot | None, width: int) -> Content:
    """Both slots in exactly `width` cells.

    Where both do not fit, titles give way down to half of the line; where even the labels do not fit, what comes next
    is left out.
    """
    left = _slot(now, "bold reverse", padded=True)
    right = _slot(after, "bold", padded=False)
    if right and left:
        free = width - _APART
        if left.cell_length + right.cell_length > free:
            half = free // 2
            share = min(right.cell_length, max(half, free - left.cell_length))
            if after and share < len(after.label) + 6:
                right = Content("")
            else:
                right = right.truncate(share, ellipsis=True)
                left = left.truncate(free - share, ellipsis=True)
    if not right:
        return left.truncate(width, ellipsis=True, pad=True)
    right = right.truncate(width, ellipsis=True)
    return left.pad_right(width - left.cell_length - right.cell_length) + right


def _slot(slot: Slot | None, look: str, *, padded: bool) -> Content:
    if slot is None:
        return Content("")
    label = say(slot.label, lines=False)
    if padded:
        label = label.pad(1, 1)
    title = say(slot.title, lines=False)
    return label.stylize(look) + (Content("  ") + title if title else title)
