"""Copies of a running café elsewhere, on a USB stick or in a folder: made whole, opened again, counted, and listed.

The list stands in the café's file, because words that are to be forgotten stand in the copies too. It is no event: it
says something of this laptop and nothing of the café, and an export must not carry it. What is done to a copy takes as
long as a slow or a dead stick takes: it is called in a thread that nobody waits for, never in the disk's own.
"""

import errno
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cafe.file import CafeFile, FileTrouble, migrations, no_room, private, sync_folder
from cafe.i18n import N_

PAGES, AT_ONCE = 256, 1 << 20
"""Pages of the file, and bytes, from one look at whether the program is ending to the next: 1 MB."""
ROOM = 3
"""How many times the café the laptop's disk must hold for one to be brought aside on it."""

TROUBLES = {
    "gone": N_("{folder} is not there. Plug the stick in again: copying goes on by itself."),
    "no_room": N_("There is no room on {folder}: free some, or take another stick."),
    "cannot_write": N_("{folder} takes no copy: take another stick."),
    "not_whole": N_("The copy in {folder} could not be read again: take another stick."),
}


class CopyTrouble(Exception):
    """No copy was made. `code` is a key of `TROUBLES`, or "stopped" when the program ended first."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Copy(msgspec.Struct, frozen=True):
    """A copy: how many records and ideas it holds, and its café time; `apart` if it is not on the café's own disk.

    One that holds no record is only begun, or was never finished.
    """

    path: str
    n: int = 0
    ideas: int = 0
    at: int = 0
    apart: bool = False

    @property
    def folder(self) -> str:
        """Where it lies."""
        return str(Path(self.path).parent)


class _Held(msgspec.Struct, frozen=True):
    """What stands in a file: how many ideas, of each writer how many records, and what all of it comes to."""

    n: int
    ideas: int
    heads: dict[str, int]
    sum: bytes = b""


# ------------------------------------------------------------------------------------------------------ the list


@migrations()
def copies_table(db: Database) -> None:
    """Makes the list of copies, empty."""
    db.execute(
        "CREATE TABLE copies (path TEXT PRIMARY KEY, n INTEGER NOT NULL, ideas INTEGER NOT NULL, at INTEGER NOT NULL,"
        " apart INTEGER NOT NULL) STRICT"
    )


def listed(file: CafeFile) -> dict[str, Copy]:
    """The copies that were made, by their paths, the newest last."""
    rows = file.db.execute("SELECT path, n, ideas, at, apart FROM copies ORDER BY at").fetchall()
    return {path: Copy(path, n, ideas, at, bool(apart)) for path, n, ideas, at, apart in rows}


def note(file: CafeFile, copy: Copy) -> None:
    """Puts a copy on the list, before a byte of it is written. Raises `NotSaved`."""
    with file.turn() as db:
        db.execute("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?, ?)", msgspec.structs.astuple(copy))


def strike(file: CafeFile, path: str) -> None:
    """Takes one off the list. Raises `NotSaved`."""
    with file.turn() as db:
        db.execute("DELETE FROM copies WHERE path = ?", [path])


# --------------------------------------------------------------------------------------------- on a stick's time


def apart(file: CafeFile, folder: Path) -> bool:
    """Whether a folder lies on another disk than the café. Raises `CopyTrouble` when it is not there."""
    try:
        return folder.stat().st_dev != file.path.stat().st_dev
    except OSError:
        raise CopyTrouble("gone") from None


def reach(file: CafeFile, copy: Copy) -> bool:
    """Whether a copy lies in its place. Raises `CopyTrouble` when its folder is not there: an empty mount point on the
    café's own disk is not the stick; nor is the café itself its copy, by whatever name.
    """
    if apart(file, Path(copy.folder)) != copy.apart:
        raise CopyTrouble("gone")
    there = [each for each in _files(copy) if each.exists()]
    if any(each.samefile(file.path) for each in there):
        raise CopyTrouble("cannot_write")
    return bool(there)


def _files(copy: Copy) -> tuple[Path, Path]:
    """The copy itself, and what may have been begun of it."""
    return Path(copy.path), Path(f"{copy.path}.part")


def place(file: CafeFile, folder: Path, known: Collection[str]) -> Path:
    """Where in a folder the copy goes: in the place of an earlier one, never of what has something that we have not.

    `known` are the paths on the list, of which one that cannot be read is replaced. Raises `CopyTrouble`.
    """
    try:
        if not folder.is_dir():
            raise CopyTrouble("gone")
        heads = _held(file.reader_of_its_own()).heads
        for number in count(1):
            path = folder / f"{file.path.stem}-copy{'' if number == 1 else f'-{number}'}.cafe"
            if not path.exists() or _is_earlier(path, heads, known=str(path) in known):
                return path
    except (OSError, sqlite3.Error) as no:
        raise CopyTrouble("cannot_write") from no
    raise AssertionError("there are numbers enough")


def _is_earlier(path: Path, heads: dict[str, int], *, known: bool) -> bool:
    """Whether all that stands in a file stands in the café too."""
    try:
        found = _reopened(path).heads
    except (FileTrouble, OSError, sqlite3.Error):
        return known
    return all(seq <= heads.get(writer, 0) for writer, seq in found.items())


def make(file: CafeFile, copy: Copy, at: int, stop: threading.Event) -> Copy:
    """Writes a copy of what is saved now, at the café time `at`, beside its place; opens it again and counts; only then
    it takes its place. Raises `CopyTrouble`: then what stood there before still stands there.
    """
    path, part = _files(copy)
    reach(file, copy)
    try:
        if shutil.disk_usage(path.parent).free < file.path.stat().st_size:
            raise CopyTrouble("no_room")
        part.unlink(missing_ok=True)
        private(part)
        _stay(file, copy, part)
        held = _pour(file, part, stop)
        if _reopened(part, summed=True) != held:
            raise CopyTrouble("not_whole")
        _stay(file, copy, part)
        part.replace(path)
        with suppress(OSError):  # Not every stick's file system can.
            sync_folder(path.parent)
        return msgspec.structs.replace(copy, n=held.n, ideas=held.ideas, at=at)
    except BaseException as no:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(no, FileTrouble):
            raise CopyTrouble("not_whole") from no
        if isinstance(no, OSError | sqlite3.Error):
            reach(file, copy)  # What could not be written was perhaps pulled out.
            raise CopyTrouble("no_room" if no_room(no) else "cannot_write") from no
        raise


def _stay(file: CafeFile, copy: Copy, part: Path) -> None:
    """Proves that what is written lies on the stick, not where the stick was until a moment ago."""
    if (part.stat().st_dev != file.path.stat().st_dev) != copy.apart:
        raise CopyTrouble("gone")


def remove(file: CafeFile, copy: Copy) -> None:
    """Removes a copy, and what may have been begun of it. Raises `CopyTrouble`."""
    reach(file, copy)
    try:
        for each in _files(copy):
            each.unlink(missing_ok=True)
    except OSError as no:
        raise CopyTrouble("cannot_write") from no


def _pour(file: CafeFile, part: Path, stop: threading.Event) -> _Held:
    """All pages of one moment, flushed to the stick; gives what stands in them.

    They are first brought aside on the laptop: while somebody reads the café, words that are forgotten stay in its
    journal, and a stick that stops to answer would read for ever.
    """

    def look(*_: int) -> None:
        if stop.is_set():
            raise CopyTrouble("stopped")

    def pour(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=PAGES, progress=look, sleep=0)

    with ExitStack() as asides:
        raw: BinaryIO | None = None
        with closing(file.reader_of_its_own()) as source:
            source.execute("BEGIN")  # One moment, however long it takes and whatever is written meanwhile.
            held = _held(source, close=False, summed=True)
            try:
                home = file.path.absolute().parent
                if shutil.disk_usage(home).free < ROOM * file.path.stat().st_size:
                    raise OSError(errno.ENOSPC, "ideas need what is left")
                raw = asides.enter_context(_nameless(home, partial(pour, source.conn)))
            except (OSError, sqlite3.Error):  # A laptop whose disk is full needs its copy all the more.
                memory = asides.enter_context(closing(sqlite3.connect(":memory:", isolation_level=None)))
                pour(source.conn, memory)
        if raw:
            with part.open("r+b") as target:
                while read := raw.read(AT_ONCE):
                    look()
                    target.write(read)
        else:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                pour(memory, copy)
    handle = os.open(part, os.O_RDWR)
    try:
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):  # What is read again then comes from the stick, not from memory.
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
    return held


@contextmanager
def _nameless(folder: Path, fill: Callable[[sqlite3.Connection], None]) -> Iterator[BinaryIO]:
    """What `fill` puts into a file on the disk of `folder` that is nobody's: it has no name while it is open, so that
    nothing is left, whatever happens. (Where the system holds on to the name, it goes in the end.)
    """
    handle, name = tempfile.mkstemp(prefix=".", dir=folder)
    try:
        with os.fdopen(handle, "rb") as aside:
            with closing(sqlite3.connect(name, isolation_level=None)) as target:
                with suppress(OSError):
                    Path(name).unlink()
                fill(target)
            yield aside
    finally:
        Path(name).unlink(missing_ok=True)


def _reopened(path: Path, *, summed: bool = False) -> _Held:
    """What stands in a file that is opened anew, and is whole. Raises `FileTrouble`."""
    file = CafeFile(path, readonly=True)
    try:
        with file.reading():
            return _held(file.db, close=False, summed=summed)
    finally:
        file.close()


def _held(db: Database, *, close: bool = True, summed: bool = False) -> _Held:
    """What stands in a file; `summed` reads all of it, because a bit that turns over on a stick breaks no page."""
    try:
        heads = dict(db.execute("SELECT writer, max(seq) FROM events GROUP BY writer").fetchall())
        [(n,)] = db.execute("SELECT coalesce(max(n), 0) FROM events").fetchall()
        [(ideas,)] = db.execute("SELECT count(*) FROM ideas").fetchall()
        return _Held(n, ideas, heads, _sum(db) if summed else b"")
    finally:
        if close:
            db.close()


def _sum(db: Database) -> bytes:
    """What all rows of all tables come to, byte for byte."""
    found = blake2b(digest_size=16)
    names = sorted(db.table_names())
    db.conn.text_factory = bytes  # A letter that is none any more is no reason not to copy the others.
    for name in names:
        for value in chain.from_iterable(db.execute(f'SELECT * FROM "{name}"')):
            data = value if isinstance(value, bytes) else repr(value).encode()
            found.update(b"%d:" % len(data))
            found.update(data)
    db.conn.text_factory = str
    return found.digest()
