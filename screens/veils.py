"""What may cover the wall for a while: nothing at all, the code alone, or the request for a larger window."""

from textual.app import ComposeResult

from cafe.clock import remaining
from cafe.i18n import clock
from cafe.wall import words
from screens.frame import Look, View
from screens.poster import Poster, Said, fitted
from screens.widgets.clock import BigClock
from screens.widgets.qr import Qr, choose

LEAST = (40, 12)
"""Columns and rows below which no screen can be read."""


class Blank(Look):
    """A dark wall: eyes go to whoever speaks. The clock runs on."""

    def redraw(self, view: View) -> None:
        """Nothing is shown."""


class Join(Look):
    """The code alone, over anything, for those who come late."""

    typed = True
    """Whether what the code holds can be typed instead."""

    def compose(self) -> ComposeResult:
        """Code and words."""
        yield Qr(id="code")
        yield Poster(id="steps")

    def held(self, view: View) -> str:
        """What the code holds; nothing while nobody can join."""
        return words.join_url(view.state) if words.joining_is_open(view.state) else ""

    def told(self, view: View) -> tuple[str, str]:
        """The same in words: the address, and the code to type."""
        return words.address(view.state), view.state.code

    def redraw(self, view: View) -> None:
        """The code as large as it gets, with the words below or, where no code has room, alone."""
        code, poster = self.query_one(Qr), self.query_one(Poster)
        held, told = self.held(view), self.told(view)
        picture = choose(held, view.width, view.height - 1) if held else None
        code.url, code.display = held, picture is not None
        code.styles.height = picture.bitmap.height if picture else 0
        if picture:
            poster.sentences = (Said("   ".join(filter(None, told)), "accent", 4),)
        elif held:
            said = tuple(Said(one, "accent", 8, gap) for gap, one in enumerate(told) if one)
            larger = () if self.typed else (Said(view.tr("Make the window larger"), "accent", gap=1),)
            poster.sentences = (*said, *larger)
        else:
            poster.sentences = (Said(view.tr("Joining is not open yet"), "accent", 8),)


class JoinWifi(Join):
    """The code for the Wi-Fi alone, where the plan names one: a window may be too small for two beside each other."""

    typed = False

    def held(self, view: View) -> str:
        """What a camera joins the network with."""
        wifi = view.state.plan.wifi
        return wifi.code if wifi else ""

    def told(self, view: View) -> tuple[str, str]:
        """The network's name; its password is for cameras only."""
        wifi = view.state.plan.wifi
        return (f"Wi-Fi: {wifi.name}" if wifi else "", "")


class Small(Look):
    """A window in which nothing can be read: it says so, and keeps the clock."""

    def compose(self) -> ComposeResult:
        """The clock, and a few words."""
        yield BigClock(id="clock")
        yield Poster(id="steps")

    def redraw(self, view: View) -> None:
        """The clock as large as it can be, and the request."""
        running, face, poster = words.lead_clock(view.state), self.query_one(BigClock), self.query_one(Poster)
        stands = running.mode == "none"
        face.text = f"{view.state.local(view.now):%H:%M}" if stands else clock(remaining(running, view.now))
        door = words.joined(words.address(view.state), view.state.code)
        poster.sentences = Said(view.tr("Make the window larger"), "plain"), Said(door, "quiet")
        rows = sum(one.height for one in fitted(poster.sentences, view.width, view.height // 2))
        poster.styles.height = rows
