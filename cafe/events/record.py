"""Facts as the log keeps them, and as they travel."""

import msgspec

from cafe.events import cafe, conclusions, dots, feedback, handovers, ideas, people, programme, reports, themes, wall
from cafe.events.event import Event

PAGES = (cafe, programme, wall, people, ideas, handovers, feedback, dots, conclusions, themes, reports)

KINDS: dict[str, type[Event]] = {
    fact.kind: fact
    for page in PAGES
    for fact in vars(page).values()
    if isinstance(fact, type) and issubclass(fact, Event) and fact.kind
}
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
