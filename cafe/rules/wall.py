"""What the facilitator sets for the wall."""

from typing import Literal

from cafe import events as e
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State


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
