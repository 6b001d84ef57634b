"""The whole café as JSON, from which `cafe import` makes a café again that exports the same.

Every record of the log is in it. What must not leave the laptop is not: who wrote an idea, words that were taken back,
the words of people who were forgotten, the facilitator's own notes, the hosts that the plan names, the Wi-Fi's
password, and the plan's own text with its comments.
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

import msgspec

from cafe import events as e
from cafe.events import Record
from cafe.exports.harvested import Harvested
from cafe.plan import Plan
from cafe.rules.decision import ID
from cafe.text import Unclean, clean

NAME = "worldcafe"
VERSION = 1
LONGEST = 20_000
"""UTF-16 units, or lines, of any text in a café: none is longer than the facilitator's notes."""


_REPLACED = (e.FeedbackGiven, e.DotsGiven)
"""Facts of which only the last under an id leaves the laptop."""


class Damaged(ValueError):
    """A JSON that was a café's and is not whole any more."""


class NotOurs(ValueError):
    """A text that is no café's JSON."""


class Newer(ValueError):
    """A café's JSON that a newer version wrote."""


class Kept(msgspec.Struct, frozen=True):
    """A record of the log as it stands in the JSON: without `n`, which is one file's own numbering."""

    room: str
    writer: str
    seq: int
    at: int
    kind: str
    body: msgspec.Raw


class Head(msgspec.Struct, frozen=True):
    """What says that a JSON is a café, and of which version."""

    format: str
    version: int


class Whole(Head, frozen=True):
    """The JSON of a café."""

    epoch: str
    events: list[Kept]
    photographs: dict[str, bytes] = {}


class Read(NamedTuple):
    """What stood in a café's JSON: its log, numbered from 1, and the pictures of its photographs by their ids."""

    records: list[Record]
    photographs: dict[str, bytes]


def cafe(harvested: Harvested) -> str:
    """The text of `cafe.json`: UTF-8 as it is read, one record a line."""
    head = [f'"{name}": {_text(value)}' for name, value in _head(harvested).items()]
    rows = ",\n".join(_text(kept) for kept in _kept(harvested.records))
    taken = {photo.id: harvested.photographs[photo.id] for photo in harvested.photos().values()}
    pictures = f', "photographs": {_text(taken)}' if taken else ""
    return f'{{{", ".join(head)}, "events": [\n{rows}\n]{pictures}}}\n'


def read(text: bytes) -> Read:
    """What stands in a café's JSON. Raises `NotOurs`, `Newer` or `Damaged`."""
    text = text.removeprefix(b"\xef\xbb\xbf")
    try:
        head = msgspec.json.decode(text, type=Head)
    except (msgspec.MsgspecError, RecursionError):
        raise (Damaged if _begins_like_ours(text) else NotOurs) from None
    if head.format != NAME:
        raise NotOurs
    if head.version > VERSION:
        raise Newer
    try:
        whole = msgspec.json.decode(text, type=Whole)
        found = [_record(n, kept) for n, kept in enumerate(whole.events, start=1)]
    except (msgspec.MsgspecError, RecursionError, Unclean) as no:
        raise Damaged from no
    heads: dict[str, int] = {}
    for record in found:
        if record.seq != heads.get(record.writer, 0) + 1:
            raise Damaged
        heads[record.writer] = record.seq
    return Read(found, whole.photographs)


def _record(n: int, kept: Kept) -> Record:
    body = bytes(kept.body)
    if kept.kind in e.KINDS:
        body = msgspec.json.encode(_cleaned(msgspec.json.decode(body)))
    event = _through_the_door(e.decode(kept.kind, body))
    return Record(n, kept.room, kept.writer, kept.seq, kept.at, event)


def _cleaned(value: Any) -> Any:
    """A body without what steers a terminal in any of its texts, the plan's too, and in any name. Raises `Unclean`."""
    match value:
        case str() if value:
            return clean(value, units=LONGEST, lines=LONGEST)
        case list():
            return [_cleaned(each) for each in value]
        case dict():
            return {_cleaned(name): _cleaned(each) for name, each in value.items()}
    return value


def _head(harvested: Harvested) -> dict[str, str | int]:
    return {"format": NAME, "version": VERSION, "epoch": harvested.state.epoch}


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _begins_like_ours(text: bytes) -> bool:
    return re.match(rb'\s*\{\s*"format"\s*:\s*"%s"' % NAME.encode(), text) is not None


def _kept(log: Sequence[Record]) -> Iterator[Kept]:
    back = {record.event.id for record in log if isinstance(record.event, e.IdeaTakenBack)}
    blank = _forgotten(log, back)
    last = {record.event.id: at for at, record in enumerate(log) if isinstance(record.event, _REPLACED)}
    for at, record in enumerate(log):
        event = _said(record.event, back, blank=at in blank)
        if isinstance(event, _REPLACED) and last.get(event.id) != at:
            event = type(event)()  # Other words or dots took their place, or none.
        kind, body = e.name_of(event), e.encode(event)
        # As if it had been read from a file: whole minutes that were given as 2 are 2.0 there.
        body = e.encode(e.decode(kind, body))
        yield Kept(record.room, record.writer, record.seq, record.at, kind, msgspec.Raw(body))


def _forgotten(log: Sequence[Record], back: Set[str]) -> set[int]:
    """Where in the log stand words of people who were forgotten later, those that they took `back` among them.

    The log itself is blanked when that happens; these are records that were read just before.
    """
    authors: dict[str, str] = {}
    words: dict[str, list[int]] = {}
    found: set[int] = set()
    for at, record in enumerate(log):
        match record.event:
            case e.IdeaSent(id=id, by=by, source=source) if by and (source != "host" or id in back):
                authors[id] = by
                words.setdefault(by, []).append(at)
            case e.FeedbackGiven(by=by) | e.DotsGiven(by=by) if by:
                words.setdefault(by, []).append(at)
            case e.IdeaChanged(id=id) if id in authors:
                words.setdefault(authors[id], []).append(at)
            case e.HandedOver(by=by) | e.PhotoTaken(by=by) if by:
                words.setdefault(by, []).append(at)
            case e.Forgot(who=who):
                found.update(words.pop(who, ()))
    return found


def _said(event: e.Event, back: Set[str], *, blank: bool) -> e.Event:
    """The event as it may leave the laptop: without the words of ideas that were taken `back`; when `blank`, as the
    log blanks those of somebody who was forgotten.
    """
    replace = msgspec.structs.replace
    match event:
        case e.IdeaSent() if blank:
            return replace(event, id="", text="", by="", on="", answers="", language="")
        case e.IdeaChanged() if blank:
            return e.IdeaChanged()
        case e.HandedOver() if blank:
            return replace(event, text="", language="", by="")
        case e.PhotoTaken() if blank:
            return replace(event, id="", by="")
        case e.HandedOver() | e.PhotoTaken():
            return replace(event, by="")
        case e.FeedbackGiven():
            return e.FeedbackGiven() if blank else replace(event, by="")
        case e.DotsGiven():
            return e.DotsGiven() if blank else replace(event, by="")
        case e.IdeaSent(id=id, text=text):
            return replace(event, by="", text="" if id in back else text)
        case e.IdeaChanged(id=id) if id in back:
            return replace(event, text="")
        case e.Opened():
            return replace(event, plan=_published(event.plan), text="")
        case e.PlanTaken(file=file):
            return replace(event, plan=_published(event.plan), text="", file=file and _published(file))
        case e.NoteWritten():
            return replace(event, text="")
        case e.Undone(note=note) if note:
            return replace(event, note="")
    return event


def _published(plan: Plan) -> Plan:
    """The plan without what only its organiser may know."""
    wifi = plan.wifi and msgspec.structs.replace(plan.wifi, password="")
    tables = tuple(msgspec.structs.replace(table, host="") for table in plan.tables)
    return msgspec.structs.replace(plan, wifi=wifi, tables=tables)


def _through_the_door(event: e.Event) -> e.Event:
    """People's words come from a JSON as they come from a phone: cleaned, and no longer. Raises `Unclean`.

    Spreadsheets get the ids of ideas as they are: so these are such as phones may give, or it raises `Damaged`.
    """
    if isinstance(event, e.IdeaSent) and event.id and not ID.fullmatch(event.id):
        raise Damaged
    match event:
        case e.IdeaSent(text=text) | e.IdeaChanged(text=text) | e.HandedOver(text=text) if text:
            return msgspec.structs.replace(event, text=clean(text))
        case e.Concluded(text=text) if text:
            return msgspec.structs.replace(event, text=clean(text))
        case e.ThemesChanged(names=names) | e.Undone(names=names) if names:
            return msgspec.structs.replace(
                event, names={theme: clean(name) if name else "" for theme, name in names.items()}
            )
        case e.FeedbackGiven(words=words):
            return msgspec.structs.replace(event, words={about: clean(text) for about, text in words.items()})
    return event
