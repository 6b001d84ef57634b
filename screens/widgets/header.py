"""The top line of every screen: where we are, and how one still comes in."""

from collections.abc import Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from screens.widgets.fence import say

_APART = 3


class Head(Widget):
    """One line: `title` on the left, ending in "…" when long; on the right `facts` (time, address, code), never cut.

    The last fact, the code, stands out. Where not all facts fit whole, the first are left out.
    """

    DEFAULT_CSS = """
    Head {
        width: 1fr; height: 1;
        & .head--code { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"head--code"}  # noqa: RUF012

    title: reactive[str] = reactive("")
    facts: reactive[tuple[str, ...]] = reactive(())

    def __init__(
        self,
        title: str = "",
        facts: Sequence[str] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Head.title, title)
        self.set_reactive(Head.facts, tuple(facts))

    def render_line(self, y: int) -> Strip:
        """The line; the rows below, if any, are blank."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.rich_style)
        code = self.get_visual_style("head--code")
        whole = line(self.title, self.facts, width, code)
        return Strip(whole.render_segments(self.visual_style)).adjust_cell_length(width, self.rich_style)


def line(title: str, facts: Sequence[str], width: int, code: Style | str = "bold") -> Content:
    """Title and facts in exactly `width` cells; the facts whole, the title in what is left."""
    kept = [say(fact, lines=False) for fact in facts if fact]
    if kept:
        kept[-1] = kept[-1].stylize(code)
    while kept and sum(fact.cell_length + _APART for fact in kept) - _APART > width:
        kept = kept[1:]
    right = Content(" " * _APART).join(kept)
    room = width - right.cell_length - (_APART if right else 0)
    left = say(title, "bold", lines=False)
    left = left.truncate(room, ellipsis=True) if room > 0 else Content("")
    return left.pad_right(width - left.cell_length - right.cell_length) + right
