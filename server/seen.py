"""The ideas that one reader sees: pure functions of the state.

No author ever leaves this module, only whether an idea is the reader's own.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from immutables import Map

from cafe.state import Idea, Phase, Place, State

EVERYBODYS: tuple[Phase, ...] = ("harvest", "closing", "closed")
"""The phases in which everybody sees the ideas of all tables."""


class Shown(msgspec.Struct, frozen=True):
    """An idea as one reader sees it; `left` says that people before them left it at this table, `st` is ok, held,
    hidden or gone.
    """

    seq: int
    id: str
    q: str
    table: int
    text: str
    lang: str
    on: str | None
    mine: bool
    t: int
    left: bool
    st: Literal["ok", "held", "hidden", "gone"]


def may_see(idea: Idea, who: str, place: Place | None, everything: bool) -> bool:
    """Whether a reader at `place` sees an idea: one's own always, others' when they count and are of this table, said
    in this round or left by those who sat there before in the same session.
    """
    if idea.gone:
        return False
    return idea.by == who or (idea.counts and (everything or idea.place == place or left(idea, place)))


def left(idea: Idea, place: Place | None) -> bool:
    """Whether people left an idea at the table of `place` in an earlier round of its session."""
    if place is None or (idea.place.session, idea.place.table) != (place.session, place.table):
        return False
    return (idea.place.block, idea.place.round) < (place.block, place.round)


def ideas(state: State, who: str, own: Iterable[str]) -> list[Idea]:
    """What a reader sees, in the order of arrival. `own` are the ids of the reader's ideas."""
    place, everything = state.place(who), sees_all(state, who)
    if everything:
        found = {idea.number: idea for idea in state.ideas.values() if may_see(idea, who, place, True)}
    else:
        found = {idea.number: idea for idea in _of(state, own) if may_see(idea, who, place, False)}
        for here in _earlier(state, place):
            found |= {idea.number: idea for idea in state.oldest(here) if may_see(idea, who, place, False)}
    return [found[number] for number in sorted(found)]


def _earlier(state: State, place: Place | None) -> Iterator[Map[int, str]]:
    """The ideas of a table in this round and in the earlier ones of its session."""
    for key in state.rounds:
        if place and key.session == place.session and (key.block, key.round) <= (place.block, place.round):
            yield state.at_table.get(Place(*key, place.table), Map())


def _of(state: State, ids: Iterable[str]) -> Iterator[Idea]:
    return (idea for id in ids if (idea := state.ideas.get(id)) is not None)


def sees_all(state: State, who: str) -> bool:
    """Whether a reader sees the ideas of every table now."""
    person = state.participants.get(who)
    return bool(person and (state.closed or not state.track(state.group_of(who))) and state.phase in EVERYBODYS)


def shown(idea: Idea, who: str, seq: int, place: Place | None = None) -> Shown:
    """An idea that a reader at `place` may see."""
    standing: Literal["ok", "held", "hidden"] = "ok" if idea.standing == "shown" else idea.standing
    return Shown(
        seq,
        idea.id,
        idea.question,
        idea.place.table,
        idea.text,
        idea.language,
        idea.on or None,
        bool(who) and idea.by == who,
        idea.at,
        left(idea, place),
        standing,
    )


def gone(id: str, seq: int) -> Shown:
    """What is told of an idea that a reader may not see (any more): its id and nothing else."""
    return Shown(seq, id, "", 0, "", "", None, False, 0, False, "gone")
