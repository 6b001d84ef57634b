"""What may cover the wall for a while: nothing at all, the code alone, or the request for a larger window."""

from textual.app import ComposeResult

from cafe.clock import remaining
from cafe.i18n import clock
from screens import words
from screens.frame import Look, View
from screens.poster import Poster, Said
from screens.widgets.qr import Qr, choose

LEAST = (40, 12)
"""Columns and rows below which no screen can be read."""


class Blank(Look):
    """A dark wall: eyes go to whoever speaks. The clock runs on."""

    def redraw(self, view: View) -> None:
        """Nothing is shown."""


class Join(Look):
    """The code alone, over anything, for those who come late."""

    def compose(self) -> ComposeResult:
        """Code and words."""
        yield Qr(id="code")
        yield Poster(id="steps")

    def redraw(self, view: View) -> None:
        """The code as large as it gets, with address and code in words beside or below."""
        code, poster = self.query_one(Qr), self.query_one(Poster)
        url = words.join_url(view.state) if words.joining_is_open(view.state) else ""
        picture = choose(url, view.width, view.height - 1) if url else None
        code.url, code.display = url, picture is not None
        code.styles.height = picture.bitmap.height if picture else 0
        if picture:
            poster.sentences = (Said(f"{words.address(view.state)}   {view.state.code}", "accent"),)
        elif url:
            poster.sentences = (Said(words.address(view.state), "accent", 8), Said(view.state.code, "accent", 8, 1))
        else:
            poster.sentences = (Said(view.tr("Joining is not open yet"), "accent", 8),)


class Small(Look):
    """A window in which nothing can be read: it says so, and keeps the clock."""

    def compose(self) -> ComposeResult:
        """A few words."""
        yield Poster(id="steps")

    def redraw(self, view: View) -> None:
        """The clock and the request."""
        track = words.lead(view.state)
        time = clock(remaining(track.clock, view.now)) if track else f"{view.state.local(view.now):%H:%M}"
        said = Said(view.tr("Make the window larger"), "plain")
        self.query_one(Poster).sentences = (Said(time, "accent", 5), said)
