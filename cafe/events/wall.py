"""Facts of the wall, and of what it asks of the room."""

from typing import Literal

from cafe.events.event import Event


class WallSet(Event, frozen=True):
    """How ideas stand on the wall: a strip of the newest, all of them, none."""

    kind = "wall_set"
    ideas: Literal["strip", "all", "none"]


class LanguageSet(Event, frozen=True):
    """The wall speaks this language."""

    kind = "language_set"
    language: str


class PhonesLaid(Event, frozen=True):
    """The facilitator asked everybody to lay their phones down, or let them be taken up again."""

    kind = "phones_laid"
    down: bool
