"""An idea on stage: as large as it can stand whole, with what it builds on above it and its table below.

Who wrote it is never said; of what it builds on only what everybody may see.
"""

from collections.abc import Iterable

from textual.widget import Widget

from cafe.state import Idea
from cafe.wall import shown, staged, words
from screens.frame import Frame, View, margin
from screens.poster import Poster, Said, Sized, fitted
from screens.widgets.fence import say
from screens.widgets.letters import PLAIN, SMALLEST

LARGE = 14
"""Rows that a line of it may take: a short one does not shout."""


def said(view: View, idea: Idea) -> tuple[Said, ...]:
    """The idea between what it builds on, the nearest last, and its table; whole before anything else."""
    tr, width = view.tr, view.inner
    told = [say(line, lines=False).truncate(width, ellipsis=True).plain for line in staged.before(tr, view.state, idea)]
    before_it = tuple(Said(line, "quiet") for line in told)
    large, place = Said(idea.text, "plain", LARGE, int(bool(told))), staged.foot(tr, view.state, idea)
    for size in (SMALLEST, 1, PLAIN):  # Its table is never larger than the idea.
        whole = (*before_it, large, *((Said(place, "accent", size, 1),) if place else ()))
        found = fitted(whole, view.inner, view.room)
        if _height(found) <= view.room and (
            size == PLAIN or any(one.picture and one.said.look == "plain" for one in found)
        ):
            return whole
    text = say(idea.text, lines=False)  # A very small window: its lines run on, and only then it is cut and says so.
    large = Said(text.plain, "plain")
    if _height(fitted((large,), view.inner, view.room)) <= view.room:
        return (large,)
    lines = text.wrap(max(1, width))[: max(1, view.room - 1)]
    cut = "\n".join(line.plain.rstrip() for line in lines)[:-1] + "…"
    return Said(cut, "plain"), Said(tr("Make the window larger"), "accent")


def _height(sized: list[Sized]) -> int:
    return sum(one.height + (one.said.gap if at else 0) for at, one in enumerate(sized))


class Spotlight(Frame):
    """One idea and nothing beside it."""

    def body(self) -> Iterable[Widget]:
        yield Poster(id="poster")

    def heading(self, view: View) -> tuple[str, str]:
        """The clock goes on in the head, in whole minutes until the last ones."""
        title, step = super().heading(view)
        running = words.lead_clock(view.state)
        if running.mode == "none":
            return title, step
        face = " ".join(words.face(view.tr, running, view.now)).strip()
        return title, words.joined(step, words.now_mood(view.tr, view.state, view.now), face)

    def draw(self, view: View) -> None:
        idea = shown.on_stage(view.state)
        side = margin(view.width)
        poster = self.query_one(Poster)
        poster.styles.margin = (0, side, 0, side)
        poster.sentences = said(view, idea) if idea else ()
