"""Which ideas may stand on the wall; every screen asks here, so that nothing held or hidden is ever projected."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from immutables import Map

from cafe.i18n import Translator
from cafe.state import Idea, State


class Card(NamedTuple):
    """An idea as it is shown: a stable `id`, its words, and a quiet note after them ("table 3")."""

    id: str
    text: str
    note: str = ""


MOST = 200
"""Nobody reads more on a wall."""


def newest(state: State, among: Map[int, str] | None = None) -> Iterator[Idea]:
    """The ideas that may stand on the wall, newest first: of the café, or of one of its lists."""
    return (idea for idea in state.newest(among) if state.may_stand(idea))


def on_stage(state: State) -> Idea | None:
    """The idea that stands large on the wall, as long as everybody may see it."""
    idea = state.ideas.get(state.staged)
    return idea if idea is not None and state.may_be_large(idea) else None


def total(state: State) -> int:
    """How many ideas the café has that everybody may see."""
    return state.shown


def cards(state: State, tr: Translator, among: Map[int, str] | None = None, most: int = MOST) -> list[Card]:
    """The newest ideas as the wall shows them."""
    return [
        Card(idea.id, idea.text, tr("table {number}", number=idea.place.table))
        for idea in islice(newest(state, among), most)
    ]
