"""What a state holds: places, ideas, people and what they left, each a frozen value."""

from typing import Literal, NamedTuple

import msgspec

from cafe import events as e


class RoundKey(NamedTuple):
    """How a round is known."""

    block: int
    session: str
    round: int


class Place(NamedTuple):
    """A table in a round. `word` is the opaque `in` of the wire."""

    block: int
    session: str
    round: int
    table: int

    @property
    def word(self) -> str:
        return f"{self.block}.{self.session}.{self.round}.{self.table}"

    @classmethod
    def read(cls, word: str) -> "Place | None":
        """Reads such a word; None for one that is not ours."""
        parts = word.split(".")
        if len(parts) < 4 or not all(p.isascii() and p.isdigit() and len(p) < 6 for p in (parts[0], *parts[-2:])):
            return None
        return cls(int(parts[0]), ".".join(parts[1:-2]), int(parts[-2]), int(parts[-1]))


class Idea(msgspec.Struct, frozen=True):
    """An idea as it stands. `first` is the text that came first: a phone that repeats it is told the same again."""

    id: str
    number: int
    text: str
    first: str
    about: str
    question: str
    place: Place
    group: str
    language: str
    on: str
    answers: str
    late: bool
    standing: Literal["shown", "held", "hidden"]
    gone: bool
    by: str
    source: str
    at: int
    again: bool = False

    @property
    def for_another(self) -> bool:
        """Whether somebody else said what `by` wrote down: it stays when that one is forgotten, unless taken back."""
        return self.source == "host" and not self.gone

    @property
    def to_speaker(self) -> bool:
        """Whether it is a question to who gives a talk: the facilitator alone reads it, until it stands large."""
        return not self.place.session and self.place.block >= 0

    @property
    def stands(self) -> bool:
        """Whether it was neither taken back nor hidden, and is not held."""
        return not self.gone and self.standing == "shown"

    @property
    def counts(self) -> bool:
        """Whether it stands among the ideas that everybody may see."""
        return self.stands and not self.to_speaker


class Feedback(msgspec.Struct, frozen=True):
    """What somebody said about the day, by the question. `by` is cut when the café closes."""

    words: dict[str, str]
    language: str
    by: str = ""


class Ballot(msgspec.Struct, frozen=True):
    """Somebody's dots by idea. `by` is cut when the café closes; `rev` counts how often it was changed."""

    dots: dict[str, int]
    by: str = ""
    rev: int = 1


class HandOver(msgspec.Struct, frozen=True):
    """What a table says to the people who come next."""

    text: str
    language: str
    by: str
    at: int


class Photo(msgspec.Struct, frozen=True):
    """A photograph of a table's cloth; the picture itself stands in the file."""

    id: str
    place: Place
    by: str
    at: int
    hidden: bool = False


class Participant(msgspec.Struct, frozen=True):
    """Somebody who is in; `card` is the number of their way through the rounds, `left` when they went.

    Without a `phone` they were let in by the facilitator.
    """

    id: str
    group: str
    language: str
    joined: int
    card: int = 0
    left: int = 0
    phone: bool = True


class Step(e.Before, frozen=True):
    """One thing that the facilitator can take back, with what held before it; `minutes` says how much it was."""

    minutes: float = 0
