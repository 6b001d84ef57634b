"""Which ideas may stand on the wall; every screen asks here, so that nothing held or hidden is ever projected."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from immutables import Map

from cafe.i18n import Translator
from cafe.state import Idea, RoundKey, State


class Card(NamedTuple):
    """An idea as it is shown: a stable `id`, its words, and a quiet note after them ("table 3")."""

    id: str
    text: str
    note: str = ""


MOST = 200
"""Nobody reads more on a wall."""


def may_stand(state: State, idea: Idea) -> bool:
    """Whether an idea may be seen by everybody now: shown, and with `wall = "after"` only once its round is over."""
    return idea.counts and (state.plan.wall != "after" or RoundKey(*idea.place[:3]) in state.rounds_ended)


def newest(state: State, among: Map[int, str] | None = None) -> Iterator[Idea]:
    """The ideas that may stand on the wall, newest first: of the café, or of one of its lists."""
    return (idea for idea in state.newest(among) if may_stand(state, idea))


def total(state: State) -> int:
    """How many ideas the café has that everybody may see."""
    return state.shown


def cards(state: State, tr: Translator, among: Map[int, str] | None = None, most: int = MOST) -> list[Card]:
    """The newest ideas as the wall shows them."""
    return [
        Card(idea.id, idea.text, tr("table {number}", number=idea.place.table))
        for idea in islice(newest(state, among), most)
    ]
