"""Welcome and talk: the title of what is on now, and the theme of the day."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget

from cafe.wall import words
from screens.frame import ROOMY, Frame, View, margin
from screens.lobby import here
from screens.poster import Poster, Said
from screens.widgets.qr import Qr, choose

TALL = 45
"""From this many rows on the theme is drawn in larger letters too."""

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
        title = words.block_title(view.tr, view.state.plan, view.state.position.block)
        theme = view.state.plan.theme
        small = 6 if view.height >= TALL else 4  # the title is what is on now: the theme stays below it in size
        return (Said(title, "accent", 14), *((Said(theme, "plain", small, 2),) if theme else ()))


class Speech(Talk):
    """A talk: what it is about, or which ones there are at the same time; and how one asks the speaker."""

    def said(self, view: View) -> tuple[Said, ...]:
        state, tr = view.state, view.tr
        talks = state.plan.programme[state.position.block].talks
        asks = Said(
            tr("Questions to the speaker? Write them on your phone."), "quiet", 4 if view.height >= TALL else 1, 2
        )
        phones = (asks,) if words.joining_is_open(state) else ()
        if not talks:
            return (*super().said(view), *phones)
        title = words.block_title(tr, state.plan, state.position.block)
        choose = tr("Choose on your phone which one you hear.")
        listed = "\n".join(f"{number}  {talk.title}" for number, talk in enumerate(talks, 1))
        last = Said(choose, "quiet", 4 if view.height >= TALL else 1, 2)
        return (Said(title, "accent", 9), Said(listed, "plain", 6, 2), *((last,) if phones else ()))


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
        small = 4 if view.height >= TALL else 1
        lines = "\n" if view.height >= ROOMY else " "
        etiquette = Said(lines.join(map(view.tr, words.ETIQUETTE)), "quiet", small, 1)
        return (*super().said(view), etiquette, Said(view.tr(words.ATTRIBUTION), "quiet"), *here(view))
