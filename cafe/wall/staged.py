"""The idea on stage in words: what it builds on, as far as everybody may see that, and the table that it comes from.

Who wrote it is never said.
"""

from collections.abc import Iterator

from cafe.i18n import Translator
from cafe.state import Idea, State
from cafe.wall import words

ANCESTORS = 2
"""So many of the ideas on which it builds have a line of their own."""


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


def foot(tr: Translator, state: State, idea: Idea) -> str:
    """What stands below it: its table, and that phones are down. An idea is brought up to be talked about, and phones
    go down for that: neither takes the other off the wall.
    """
    return words.joined(table(tr, idea), tr("Phones down, please") if state.phones_down else "")


def before(tr: Translator, state: State, idea: Idea) -> Iterator[str]:
    """A line for each idea on which it builds, the nearest last; how many further ones there are comes first."""
    ideas = list(lineage(state, idea))
    if (further := len(ideas) - ANCESTORS) > 0:
        yield tr("… and before that {n}", n=words.ideas(tr, further))
    for one in reversed(ideas[:ANCESTORS]):
        yield words.joined(table(tr, one), one.text)
