"""What the facilitator sets for the wall."""

from typing import Literal

from cafe import events as e
from cafe.plan import MINUTE
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State
from cafe.text import Unclean, clean_line


@facilitator
def wall(state: State, now: int, ideas: Literal["strip", "all", "none"]) -> Decision:
    """How ideas stand on the wall."""
    return () if ideas == state.wall else (e.WallSet(ideas),)


@facilitator
def speak(state: State, now: int, language: str) -> Decision:
    """The wall's language."""
    return () if language == state.language else (e.LanguageSet(language),)


@facilitator
def phones(state: State, now: int, down: bool) -> Decision:
    """Asks everybody to lay their phones down, until the facilitator lets them be taken up or the next step comes."""
    if state.closed:
        raise Refused("closed")
    if down and state.phase in ("lobby", "move"):
        raise Refused("phones_needed")
    return () if down == state.phones_down else (e.PhonesLaid(down),)


@facilitator
def stage(state: State, now: int, id: str) -> Decision:
    """Enlarges an idea on the wall; an empty id takes it down. Refused for one that not everybody may see."""
    if id == state.staged:
        return ()
    idea = state.ideas.get(id)
    if id and (idea is None or idea.gone):
        raise Refused("no_such_idea")
    if idea is not None and not state.may_be_large(idea):
        raise Refused("not_shown")
    return (e.StageSet(id),)


MESSAGE_UNITS = 160
"""UTF-16 units of a message at the most: it is read in passing, and stands on the smallest wall in four lines."""


STANDS: dict[e.Surface, int] = {"wall": MINUTE, "phones": 3 * MINUTE}
"""So long a message stands, in ms: longer on a phone, which may have been in a pocket."""


@facilitator
def message(state: State, now: int, text: str, to: e.Surface = "both") -> Decision:
    """Tells the room something, on one line; an empty text takes down what stands there."""
    if not text.strip():
        return (e.MessageSet(),) if state.message else ()
    try:
        return (e.MessageSet(clean_line(text, units=MESSAGE_UNITS), to),)
    except Unclean as no:
        raise Refused("long_message" if no.code == "too_long" else no.code) from None
