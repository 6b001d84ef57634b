"""What every fact has, and the values that facts of several kinds carry."""

from typing import ClassVar, Literal

import msgspec

from cafe.clock import Clock


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact. `kind` names it in the log; the wire form is the body alone."""

    kind: ClassVar[str] = ""


class Seat(msgspec.Struct, frozen=True, array_like=True):
    """One person's place in one round of a block."""

    block: int
    session: str
    round: int
    table: int


class Track(msgspec.Struct, frozen=True):
    """A session as it runs in a block: its groups, its step and its clock. `minutes` has one length per round."""

    session: str
    groups: tuple[str, ...]
    phase: Literal["round", "move"]
    round: int
    rounds: int
    minutes: tuple[float, ...]
    clock: Clock = Clock()


class Report(msgspec.Struct, frozen=True):
    """Tables that report to the room one after another, `minutes` each: it is the turn of the one `at` (from 0) in the
    row, whose `clock` this is.
    """

    tables: tuple[int, ...]
    at: int
    minutes: float
    clock: Clock = Clock()

    @property
    def table(self) -> int:
        """The number of the table that reports."""
        return self.tables[self.at]

    @property
    def next(self) -> int:
        """The number of the one after it; 0 after the last."""
        return self.tables[self.at + 1] if self.at + 1 < len(self.tables) else 0


class Position(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the café is in its programme: no block is the lobby, one past the last is closed. In a harvest there may be
    a row of tables that `report`.
    """

    block: int = -1
    since: int = 0
    tracks: tuple[Track, ...] = ()
    report: Report | None = None
