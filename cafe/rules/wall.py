"""What the facilitator sets for the wall."""

from typing import Literal

from cafe import events as e
from cafe.rules.decision import Decision, facilitator
from cafe.state import State


@facilitator
def wall(state: State, now: int, ideas: Literal["strip", "all", "none"]) -> Decision:
    """How ideas stand on the wall."""
    return () if ideas == state.wall else (e.WallSet(ideas),)


@facilitator
def speak(state: State, now: int, language: str) -> Decision:
    """The wall's language."""
    return () if language == state.language else (e.LanguageSet(language),)
