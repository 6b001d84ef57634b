"""Facts of the wall, and of what it asks of the room."""

from typing import Literal

import msgspec

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


class StageSet(Event, frozen=True):
    """An idea stands large on the wall, with what it builds on; an empty one takes down what stands there."""

    kind = "stage_set"
    idea: str = ""


Surface = Literal["both", "wall", "phones"]


class Message(msgspec.Struct, frozen=True):
    """What the facilitator tells the room: on the wall, on the phones or both, from café time `at` on."""

    text: str
    to: Surface
    at: int


class MessageSet(Event, frozen=True):
    """The facilitator tells the room something; an empty text takes down what stands there."""

    kind = "message_set"
    text: str = ""
    to: Surface = "both"
