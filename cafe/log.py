"""The append-only log: what every café is made from, in one file.

An event's identity is `(writer, seq)`, gap-free within its writer; `n` numbers what this file received. Appending what
is there already changes nothing; a gap is refused. Copying between logs is a loop of `follow` and `append`.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Protocol

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cafe.events import Record, decode, encode, name_of
from cafe.file import CafeFile, migrations

AT_ONCE = 5_000
"""Records that are read at a time: a long reading would hold the journal."""

Beside = Callable[[sqlite3.Connection, Sequence[Record]], None]


class Gap(ValueError):
    """A writer's events did not follow one another."""


class Log(Protocol):
    """What a log can do, wherever it lives."""

    def heads(self) -> dict[str, int]:
        """The last seq of each writer."""

    def append(self, records: Sequence[Record]) -> list[Record]:
        """Keeps those that are new, numbered as this log received them. Raises `Gap`."""

    def follow(self, have: Mapping[str, int]) -> AsyncIterator[Record]:
        """Everything past `have`, then what comes, for ever."""


@migrations()
def log_tables(db: Database) -> None:
    """Makes the log, empty."""
    db.execute(
        "CREATE TABLE events (n INTEGER PRIMARY KEY, room TEXT NOT NULL, writer TEXT NOT NULL, seq INTEGER NOT NULL,"
        " at INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (writer, seq)) STRICT"
    )


class SqliteLog:
    """A log in a café's file."""

    def __init__(self, file: CafeFile) -> None:
        self.file = file
        self._heads = dict(file.db.execute("SELECT writer, max(seq) FROM events GROUP BY writer").fetchall())
        self._last: int = file.db.execute("SELECT coalesce(max(n), 0) FROM events").fetchone()[0]
        self._followers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def heads(self) -> dict[str, int]:
        return dict(self._heads)

    def read(self, after: int = 0) -> Iterator[Record]:
        """Every committed record whose `n` is greater, in that order. Raises `FileTrouble` for one that is damaged."""
        query = "SELECT n, room, writer, seq, at, kind, body FROM events WHERE n > ? ORDER BY n LIMIT ?"
        while True:
            with self.file.reading():
                rows = self.file.reader.execute(query, [after, AT_ONCE]).fetchall()
                records = [
                    Record(n, room, writer, seq, at, decode(kind, body))
                    for n, room, writer, seq, at, kind, body in rows
                ]
            if not records:
                return
            yield from records
            after = records[-1].n

    def append(self, records: Sequence[Record], beside: Beside | None = None) -> list[Record]:
        """Keeps those that are new in one transaction with full sync, and what `beside` writes with them.

        Gives the new ones, numbered. Raises `Gap`, or `NotSaved` when the disk did not take them: then none is kept.
        """
        heads = dict(self._heads)
        numbered: list[Record] = []
        for record in records:
            head = heads.get(record.writer, 0)
            if record.seq <= head:
                continue
            if record.seq != head + 1:
                raise Gap(f"{record.writer}: {record.seq} after {head}")
            heads[record.writer] = record.seq
            n = self._last + len(numbered) + 1
            numbered.append(Record(n, record.room, record.writer, record.seq, record.at, record.event))
        if not numbered:
            return []
        with self.file.turn() as db:
            db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", map(_row, numbered))
            if beside:
                beside(db, numbered)
        self._heads, self._last = heads, numbered[-1].n
        for loop, arrived in list(self._followers):
            with contextlib.suppress(RuntimeError):  # Its loop has ended: nobody follows any more.
                loop.call_soon_threadsafe(arrived.set)
        return numbered

    async def follow(self, have: Mapping[str, int] | None = None) -> AsyncIterator[Record]:
        """Everything past `have`, then what comes, for ever."""
        known, at = dict(have or {}), 0
        follower = (asyncio.get_running_loop(), asyncio.Event())
        self._followers.add(follower)
        try:
            while True:
                follower[1].clear()
                for record in list(self.read(at)):
                    at = record.n
                    if record.seq > known.get(record.writer, 0):
                        known[record.writer] = record.seq
                        yield record
                await follower[1].wait()
        finally:
            self._followers.discard(follower)


def _row(record: Record) -> tuple[int, str, str, int, int, str, str]:
    body = encode(record.event).decode()
    return record.n, record.room, record.writer, record.seq, record.at, name_of(record.event), body
