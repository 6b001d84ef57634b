"""Facts of the programme. Each carries the whole position that it leaves, so that a replay needs no rule."""

from typing import Literal

import msgspec

from cafe.events.event import Event, Position, Seat
from cafe.events.wall import Message
from cafe.plan import Block, Question


class BlockBegan(Event, frozen=True):
    """A block of the programme began; a session begins with round 1 of each of its tracks."""

    kind = "block_began"
    position: Position


class MoveBegan(Event, frozen=True):
    """People of some tracks change tables."""

    kind = "move_began"
    position: Position


class RoundBegan(Event, frozen=True):
    """The next round of some tracks began."""

    kind = "round_began"
    position: Position


class Paused(Event, frozen=True):
    """Running clocks stand still."""

    kind = "paused"
    position: Position


class Resumed(Event, frozen=True):
    """Standing clocks run on."""

    kind = "resumed"
    position: Position


class TimeChanged(Event, frozen=True):
    """`by` ms were added to running or standing clocks, or taken from them."""

    kind = "time_changed"
    by: int
    position: Position


class Fitted(Event, frozen=True):
    """What is left of a session was fitted into the block's planned end."""

    kind = "fitted"
    position: Position


class ProgrammeChanged(Event, frozen=True):
    """The facilitator did `what` to the programme, by so many minutes: this is the whole of it from now on.

    Where `by` blocks were put in before block number `at`, all from there on have other numbers.
    """

    kind = "programme_changed"
    what: str
    minutes: float
    programme: tuple[Block, ...]
    position: Position
    at: int = 0
    by: int = 0


class QuestionMended(Event, frozen=True):
    """A question has other words; its ideas stay with it."""

    kind = "question_mended"
    question: Question


class NoteWritten(Event, frozen=True):
    """The facilitator wrote a note about a block, for nobody else; an empty one is none."""

    kind = "note_written"
    block: int
    text: str


class Before(msgspec.Struct, frozen=True):
    """What held before the facilitator did `what`: each fact fills in what it changes."""

    what: str
    position: Position | None = None
    idea: str = ""
    standing: Literal["shown", "held", "hidden", ""] = ""
    wall: Literal["strip", "all", "none", ""] = ""
    seats: dict[str, tuple[Seat, ...]] = {}
    who: str = ""
    table: int = 0
    place: str = ""
    hosts: dict[int, str] = {}
    bare: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    down: bool | None = None
    message: Message | None = None
    programme: tuple[Block, ...] = ()
    at: int = 0
    by: int = 0
    question: Question | None = None
    block: int = -1
    note: str = ""
    about: str = ""
    conclusion: str = ""
    photo: str = ""
    names: dict[int, str] = {}
    themed: dict[str, int] = {}
    theme: int = 0


class Undone(Before, Event, frozen=True):
    """The facilitator's action `what` was taken back: a position, an idea's standing or a wall setting holds again.

    A `programme` and its numbers are as in `ProgrammeChanged`.
    """

    kind = "undone"
