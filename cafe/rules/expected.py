"""Who is expected after all: the organiser's list said something else after the café had begun."""

from collections.abc import Sequence

from cafe import events as e
from cafe.rules.cards import next_card
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State


@facilitator
def expect(
    state: State,
    now: int,
    who: str,
    group: str = "",
    table: int = 0,
    host: bool = False,
    languages: Sequence[str] = (),
    apart: Sequence[str] = (),
    together: Sequence[str] = (),
    like: Sequence[str] = (),
) -> Decision:
    """Expects somebody who is new in the list, with the next card, that of their companions, or a `table` at which they
    stay; or notes what it says now of somebody known. Who has come keeps their card, their table and their group.
    """
    if state.closed:
        raise Refused("closed")
    if table and not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    place = _place(state, who, group, table, host, together) or _next(state, group, languages, like)
    return (e.Expected(who, *place, tuple(languages), tuple(apart), tuple(together)),)


Place = tuple[str, int, int, bool]
"""A group, a card's number, a table at which somebody stays, and whether they host it."""


def _place(state: State, who: str, group: str, table: int, host: bool, together: Sequence[str]) -> Place | None:
    """Where somebody goes by what is known of them and of their companions; None for who has no place yet."""
    known, person = state.expected.get(who), state.participants.get(who)
    if person and not known:
        return person.group, person.card, 0, False
    if known and person:
        return known.group, known.card, known.table, known.host
    if table:
        return state.plan.table(table).group, 0, table, host
    sharing = (each for other in together if (each := state.expected.get(other)))
    for each in (*sharing, *((known,) if known and group in ("", known.group) else ())):
        if each.card:
            return each.group, each.card, 0, False
    return None


def _next(state: State, group: str, languages: Sequence[str], like: Sequence[str]) -> Place:
    dealt = next_card(state, group, frozenset(languages), like)
    return dealt.group, dealt.number, 0, False
