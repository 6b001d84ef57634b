"""Every fact that can happen in a café, on one page.

An event is a frozen value; its kind is its tag in the log. Kinds are never redefined and bodies only grow: a new
field has a default. Events carry results, never only seeds, so that a replay needs no planner. They know random
participant ids and no person. Times are café time in integer milliseconds.
"""

from typing import ClassVar, Literal

import msgspec

from cafe.clock import Clock
from cafe.plan import Plan


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


class Position(msgspec.Struct, frozen=True):
    """Where the café is in its programme: no block is the lobby, one past the last is closed."""

    block: int = -1
    since: int = 0
    tracks: tuple[Track, ...] = ()


# ------------------------------------------------------------------------------------------------ the café


class Opened(Event, frozen=True):
    """The café was made, from this plan; `trial` marks one that is thrown away.

    `reserved` are the numbers of cards that are printed with somebody's name: nobody else is dealt one.
    """

    kind = "opened"
    epoch: str
    code: str
    plan: Plan
    text: str
    trial: bool = False
    reserved: tuple[int, ...] = ()


class Started(Event, frozen=True):
    """The program was started on this file.

    `heads` are the writers that this one continues, with their last seq; `offset` is the laptop's local time in ms
    east of UTC.
    """

    kind = "started"
    heads: dict[str, int]
    offset: int
    version: str


class Addressed(Event, frozen=True):
    """Phones are told this address from now on."""

    kind = "addressed"
    url: str


class Returned(Event, frozen=True):
    """The program came back after `away` ms: running clocks stand still with what was left when it stopped."""

    kind = "returned"
    away: int
    position: Position


class CaughtUp(Event, frozen=True):
    """The wall clock's time was taken instead: the deadlines of before hold."""

    kind = "caught_up"
    position: Position


class PlanTaken(Event, frozen=True):
    """A plan file that was changed meanwhile was taken in, as far as it does not touch the past."""

    kind = "plan_taken"
    plan: Plan
    text: str


class HeadsCounted(Event, frozen=True):
    """The organiser said how many people were there: phones are not people."""

    kind = "heads_counted"
    people: int


class Closed(Event, frozen=True):
    """The café ended. From here on no idea can be linked to whoever sent it."""

    kind = "closed"


# -------------------------------------------------------------------------------------------- the programme


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


class Undone(Event, frozen=True):
    """The facilitator's action `what` was taken back: a position, an idea's standing or a wall setting holds again."""

    kind = "undone"
    what: str
    position: Position | None = None
    idea: str = ""
    standing: Literal["shown", "held", "hidden", ""] = ""
    wall: Literal["strip", "all", "none", ""] = ""
    seats: dict[str, tuple[Seat, ...]] = {}
    who: str = ""
    table: int = 0


# ----------------------------------------------------------------------------------------------- the wall


class WallSet(Event, frozen=True):
    """How ideas stand on the wall: a strip of the newest, all of them, none."""

    kind = "wall_set"
    ideas: Literal["strip", "all", "none"]


class LanguageSet(Event, frozen=True):
    """The wall speaks this language."""

    kind = "language_set"
    language: str


# ---------------------------------------------------------------------------------------------- the people


class Joined(Event, frozen=True):
    """Somebody is in, in this group and with these seats from now on; `card` is the number of their way."""

    kind = "joined"
    who: str
    group: str
    language: str
    seats: tuple[Seat, ...] = ()
    rule: str = ""
    seed: int = 0
    certificate: str = ""
    card: int = 0


class Seated(Event, frozen=True):
    """Seats of some people were set anew: {participant: seats}; seats not named stay, table 0 is no seat.

    `undoable` marks what the facilitator did and can take back.
    """

    kind = "seated"
    seats: dict[str, tuple[Seat, ...]]
    rule: str = ""
    seed: int = 0
    certificate: str = ""
    undoable: bool = False


class Hosted(Event, frozen=True):
    """Somebody stays at a table as its host; an empty `who` frees the table.

    `undoable` marks what the facilitator did and can take back.
    """

    kind = "hosted"
    table: int
    who: str
    seats: dict[str, tuple[Seat, ...]] = {}
    undoable: bool = False


class Left(Event, frozen=True):
    """Somebody left the room: their seats in the rounds to come are free. A phone that sleeps has not left."""

    kind = "left"
    who: str
    seats: dict[str, tuple[Seat, ...]] = {}


class Pinned(Event, frozen=True):
    """Somebody cannot move: they stay at a table from now on; 0 lets them move again."""

    kind = "pinned"
    who: str
    table: int
    seats: dict[str, tuple[Seat, ...]] = {}


class TableSet(Event, frozen=True):
    """A table was closed (its people go to others in the rounds to come) or opened again."""

    kind = "table_set"
    table: int
    closed: bool
    seats: dict[str, tuple[Seat, ...]] = {}


class LanguageChosen(Event, frozen=True):
    """A participant reads the page in this language."""

    kind = "language_chosen"
    who: str
    language: str


class Forgot(Event, frozen=True):
    """A participant is forgotten: the person and the words are gone from the file, this fact stays."""

    kind = "forgot"
    who: str


class NamesPurged(Event, frozen=True):
    """The time for keeping names was over: all of them are gone, the ideas stay."""

    kind = "names_purged"
    people: int


# ----------------------------------------------------------------------------------------------- the ideas


class IdeaSent(Event, frozen=True):
    """An idea. `by` serves taking back and forgetting only, and is cut from the log when the café closes.

    A forgotten one has neither id nor text nor author: the fold counts it where it stood and keeps nothing.
    """

    kind = "idea_sent"
    id: str = ""
    text: str = ""
    about: str = "idea"
    question: str = ""
    block: int = -1
    session: str = ""
    round: int = 0
    table: int = 0
    group: str = ""
    language: str = ""
    on: str = ""
    answers: str = ""
    late: bool = False
    held: bool = False
    by: str = ""
    source: Literal["phone", "table", "host", "paper"] = "phone"


class IdeaChanged(Event, frozen=True):
    """Its author mended an idea; `held` if it waits to be let through again. A forgotten one is empty."""

    kind = "idea_changed"
    id: str = ""
    text: str = ""
    held: bool = False


class IdeaTakenBack(Event, frozen=True):
    """Its author took an idea back."""

    kind = "idea_taken_back"
    id: str = ""


class IdeaStood(Event, frozen=True):
    """The facilitator showed, held or hid an idea."""

    kind = "idea_stood"
    id: str
    standing: Literal["shown", "held", "hidden"]


KINDS: dict[str, type[Event]] = {event.kind: event for event in Event.__subclasses__()}
"""The kinds that this version writes; a file may hold newer ones, which the fold passes over."""


class Record(msgspec.Struct, frozen=True):
    """An event as the log keeps it. `(writer, seq)` is its identity; `n` is only this file's numbering."""

    n: int
    room: str
    writer: str
    seq: int
    at: int
    event: Event

    @property
    def kind(self) -> str:
        return self.event.kind


class Unknown(Event, frozen=True):
    """An event of a kind that a newer version wrote; kept as it is, folded as nothing."""

    kind = "unknown"
    name: str
    body: bytes


def encode(event: Event) -> bytes:
    """The body that the log keeps: JSON in UTF-8."""
    return event.body if isinstance(event, Unknown) else msgspec.json.encode(event)


def decode(kind: str, body: bytes | str) -> Event:
    """The event of a stored body. Raises `msgspec.ValidationError` when the body is not one of that kind."""
    data = body.encode() if isinstance(body, str) else body
    if kind not in KINDS:
        return Unknown(kind, data)
    return msgspec.json.decode(data, type=KINDS[kind])


def name_of(event: Event) -> str:
    """The kind under which the log keeps an event."""
    return event.name if isinstance(event, Unknown) else event.kind


class Stored(msgspec.Struct, frozen=True):
    """A record as it travels: its kind by name, its body as JSON."""

    n: int
    room: str
    writer: str
    seq: int
    at: int
    kind: str
    body: msgspec.Raw


def pack(record: Record) -> Stored:
    """A record for travelling."""
    body = msgspec.Raw(encode(record.event))
    return Stored(record.n, record.room, record.writer, record.seq, record.at, name_of(record.event), body)


def unpack(stored: Stored) -> Record:
    """The record that travelled. Raises `msgspec.ValidationError`."""
    event = decode(stored.kind, bytes(stored.body))
    return Record(stored.n, stored.room, stored.writer, stored.seq, stored.at, event)
