"""Welcome and talk: the title of what is on now, and the theme of the day."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget

from cafe.wall import lines, words
from screens.frame import ROOMY, TALL, Frame, View, margin
from screens.lobby import here
from screens.poster import Poster, Said, sized
from screens.widgets.qr import Qr, choose

WIDE = 110
"""From this many columns on people who come late find the code beside the title."""


class Talk(Frame):
    """The title, large, and the theme."""

    def body(self) -> Iterable[Widget]:
        yield Poster(id="poster")

    def heading(self, view: View) -> tuple[str, str]:
        """The café's name: the block's own stands large below."""
        return view.state.plan.title, ""

    def draw(self, view: View) -> None:
        side = margin(view.width)
        poster = self.query_one(Poster)
        poster.styles.margin = (0, side, 0, side)
        poster.sentences = self.said(view)

    def said(self, view: View) -> tuple[Said, ...]:
        """What stands on the wall."""
        return self._sized(view, lines.talk(view.tr, view.state))

    def _sized(self, view: View, said: tuple[lines.Line, ...], *, title: int = 14, small: int = 0) -> tuple[Said, ...]:
        small = small or (6 if view.height >= TALL else 4)  # the title is what is on now: the theme stays below it
        return sized(said, accent=(title, 0), plain=(small, 2), quiet=(view.aside, 2))


class Speech(Talk):
    """A talk: what it is about, or which ones there are at the same time; and how one asks the speaker."""

    def said(self, view: View) -> tuple[Said, ...]:
        told = lines.speech(view.tr, view.state)
        if view.state.plan.programme[view.state.position.block].talks:
            return self._sized(view, told, title=9, small=6)
        return self._sized(view, told)


class Welcome(Talk):
    """The same, with the code for those who still arrive."""

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="body"):
            yield Poster(id="poster")
            yield Qr(id="code")

    def draw(self, view: View) -> None:
        super().draw(view)
        wanted = view.width >= WIDE and words.joining_is_open(view.state)
        url = words.join_url(view.state) if wanted else ""
        picture = choose(url, view.inner * 2 // 5, view.room) if url else None
        code = self.query_one(Qr)
        code.url, code.display = url, picture is not None
        code.styles.width = picture.bitmap.width if picture else 0
        code.styles.margin = (0, margin(view.width), 0, 0)

    def said(self, view: View) -> tuple[Said, ...]:
        etiquette, attribution = lines.etiquette(view.tr)
        if view.height < ROOMY:
            etiquette = etiquette._replace(text=etiquette.text.replace("\n", " "))
        large = Said(*etiquette, view.aside, 1)
        return (*super().said(view), large, Said(*attribution), *here(view))
