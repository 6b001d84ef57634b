"""What the wall asks before something that cannot be taken back: leaving it."""

from collections.abc import Iterable

from textual.widget import Widget

from screens.frame import Frame, View, margin
from screens.poster import Poster, Said


class Leave(Frame):
    """The question before the wall is left."""

    def body(self) -> Iterable[Widget]:
        yield Poster(id="poster")

    def draw(self, view: View) -> None:
        tr = view.tr
        after = (
            tr("This café is closed.")
            if view.state.closed
            else tr("Phones lose the café. Nothing is lost: it can be continued from its file.")
        )
        ways = tr("{key} leaves, any other key stays.", key=view.keyboard.told(tr, "leave"))
        side = margin(view.width)
        poster = self.query_one(Poster)
        poster.styles.margin = (0, side, 0, side)
        poster.sentences = (
            Said(tr("Leave?"), "accent", 9),
            Said(after, "plain", view.aside, 1),
            Said(ways, "plain", gap=1),
        )
