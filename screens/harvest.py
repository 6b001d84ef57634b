"""The harvest: what the room has said, by question; a total of ideas and never a ranking."""

from collections.abc import Iterable
from itertools import islice

from immutables import Map
from textual.widget import Widget

from cafe.wall import shown, words
from cafe.wall.shown import Card
from screens.frame import Frame, View, margin
from screens.sheets import Sheet, Sheets


def sheets(view: View) -> tuple[Sheet, ...]:
    """One sheet for each question of the café: its words, how many ideas it has, and the newest of them."""
    state, tr = view.state, view.tr
    found = []
    for _, question in state.plan.questions():
        listed = state.on_question.get(question.id, Map())
        ideas = list(islice(shown.newest(state, listed), shown.MOST))
        cards = tuple(Card(idea.id, idea.text) for idea in ideas)
        text, _ = question.text(state.language)
        found.append(Sheet(text, words.ideas(tr, len(ideas)) if ideas else tr("no ideas yet"), cards))
    return tuple(found)


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
        every = sheets(view)
        body.sheets = (every[view.question - 1],) if 0 < view.question <= len(every) else every
