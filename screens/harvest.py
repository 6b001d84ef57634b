"""The harvest: what the room has said, by question; a total of ideas and never a ranking."""

from collections.abc import Iterable

from textual.widget import Widget

from cafe.wall import shown, words
from cafe.wall.questions import sheets
from screens.frame import Frame, View, margin
from screens.sheets import Sheets


class Harvest(Frame):
    """A sheet for each question; a number key gives one question the whole wall."""

    def body(self) -> Iterable[Widget]:
        yield Sheets(id="sheets")

    def heading(self, view: View) -> tuple[str, str]:
        """With the total of ideas."""
        count = shown.total(view.state)
        return words.title(view.tr, view.state), words.ideas(view.tr, count) if count else ""

    def draw(self, view: View) -> None:
        side = margin(view.width)
        body = self.query_one(Sheets)
        body.styles.margin = (0, side, 0, side)
        every = sheets(view.tr, view.state)
        body.sheets = (every[view.question - 1],) if 0 < view.question <= len(every) else every
