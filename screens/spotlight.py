"""An idea on stage: as large as it can stand whole, with what it builds on above it and its table below.

Who wrote it is never said; of what it builds on only what everybody may see.
"""

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from cafe.i18n import Translator
from cafe.state import Idea, State
from cafe.wall import shown, words
from screens.frame import Frame, View, margin
from screens.poster import SMALLEST, Poster, Said, Sized, fitted
from screens.widgets.fence import say

ANCESTORS = 2
"""So many of the ideas on which it builds have a line of their own."""

LARGE = 14
"""Rows that a line of it may take: a short one does not shout."""


def lineage(state: State, idea: Idea) -> Iterator[Idea]:
    """What an idea builds on, the nearest first, as far as everybody may see it."""
    seen = {idea.id}
    while idea.on not in seen and (before := state.ideas.get(idea.on)) is not None:
        seen.add(before.id)
        idea = before
        if state.may_stand(before):
            yield before


def table(tr: Translator, idea: Idea) -> str:
    """Where an idea was written, or that it is for the speaker; nothing where that was no table."""
    if idea.to_speaker:
        return tr("A question to the speaker")
    return tr("Table {number}", number=idea.place.table) if idea.place.table else ""


def said(view: View, idea: Idea) -> tuple[Said, ...]:
    """The idea between what it builds on, the nearest last, and its table; whole before anything else."""
    tr, width = view.tr, view.inner
    before = list(lineage(view.state, idea))
    told = [tr("… and before that {n}", n=words.ideas(tr, further))] if (further := len(before) - ANCESTORS) > 0 else []
    for one in reversed(before[:ANCESTORS]):
        line = say(words.joined(table(tr, one), one.text), lines=False)
        told.append(line.truncate(width, ellipsis=True).plain)
    before_it = tuple(Said(line, "quiet") for line in told)
    large, place = Said(idea.text, "plain", LARGE, int(bool(told))), table(tr, idea)
    for size in (SMALLEST, 1):  # Its table is never larger than the idea.
        whole = (*before_it, large, *((Said(place, "accent", size, 1),) if place else ()))
        found = fitted(whole, view.inner, view.room)
        if _height(found) <= view.room and (
            size == 1 or any(one.picture and one.said.look == "plain" for one in found)
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
        track = words.lead(view.state)
        if track is None:
            return title, step
        face = " ".join(words.face(view.tr, track.clock, view.now)).strip()
        return title, words.joined(step, words.mood(view.tr, track, view.now), face)

    def draw(self, view: View) -> None:
        idea = shown.on_stage(view.state)
        side = margin(view.width)
        poster = self.query_one(Poster)
        poster.styles.margin = (0, side, 0, side)
        poster.sentences = said(view, idea) if idea else ()
