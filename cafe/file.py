"""A café's file: how it is opened, locked, checked, brought up to date, written and closed.

One café, one file, one connection that writes. SQLite is imported one way only, as sqlite-utils does it, so that a
single library ever touches the file. Nothing here knows what an event means.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from sqlite_utils import Database, Migrations
from sqlite_utils.utils import sqlite3

from cafe.i18n import N_

APPLICATION_ID = int.from_bytes(b"CAFE")
FORMAT = 1
CHECKED_WHOLE = 50_000_000
"""Bytes up to which a file is checked with its indexes; above, that would take too long for a start."""

migrations = Migrations("worldcafe")

SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "fullfsync": 1}
"""Pragmas that are set and read back: an answer to a phone means that the idea is on the disk."""

TROUBLES = {
    "locked": N_("{file} is already open in another window. Close that one first."),
    "not_a_cafe": N_("{file} is not a café."),
    "no_folder": N_("{file} cannot be written: its folder does not exist."),
    "damaged": N_("{file} is damaged. Copies, if there are any, lie beside it."),
    "cannot_write": N_("{file} cannot be written here: {reason}"),
    "read_only": N_("{file} was made by a newer worldcafe: it can be read and exported, not continued."),
    "missing": N_("There is no file {file}."),
    "disk_full": N_("The disk is full. Free some space, then go on: nothing that was confirmed is lost."),
    "moved": N_("{file} was moved or replaced while the café was running. Put it back and start again."),
}


class FileTrouble(Exception):
    """The file cannot be used. `code` is a key of `TROUBLES`."""

    def __init__(self, code: str, path: Path, reason: str = "") -> None:
        self.code, self.path, self.reason = code, path, reason
        super().__init__(TROUBLES[code].format(file=path.name, reason=reason))


class NotSaved(Exception):
    """A write did not reach the disk and was undone. `full` says whether the disk had no room."""

    def __init__(self, reason: str, *, full: bool = False) -> None:
        super().__init__(reason)
        self.full = full


def no_room(no: BaseException) -> bool:
    """Whether the disk had no room for what was written."""
    if isinstance(no, OSError):
        return no.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(no, "sqlite_errorname", "") in ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE") or "full" in str(no)


def unlocked(path: Path) -> None:
    """Proves that no other program holds the file just now. Raises `FileTrouble`."""
    lock = _Lock(path)
    lock.take()
    lock.give()


class _Lock:
    """The mark beside a café's file that one program at a time can hold."""

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, FileLock(f"{path}-lock")

    def take(self) -> None:
        """Raises `FileTrouble` when another program has it, or the folder takes no file."""
        if not self.path.parent.is_dir():  # The lock's library would make the folder.
            raise FileTrouble("no_folder", self.path)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise FileTrouble("locked", self.path) from None
        except OSError as no:
            raise _untaken(no, self.path) from None

    def give(self) -> None:
        """Removes it while it is held, so that nobody can get hold of a name that goes away."""
        if self._lock.is_locked:
            with suppress(OSError):
                Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def _untaken(no: OSError, path: Path) -> FileTrouble:
    return FileTrouble("disk_full" if no_room(no) else "cannot_write", path, no.strerror or str(no))


class CafeFile:
    """An open café file. With `readonly` it never writes and needs no lock."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path, self.readonly = path, readonly
        self._lock = _Lock(path)
        if not readonly:
            self._lock.take()
        try:
            self.db = self._open()
        except BaseException:
            self._lock.give()
            raise
        self._inode = path.stat().st_ino
        self._reader: Database | None = None

    # ------------------------------------------------------------------------------------- opening

    def _open(self) -> Database:
        if self.readonly and not self.path.exists():
            raise FileTrouble("missing", self.path)
        db: Database | None = None
        fresh = False
        try:
            fresh = not self.path.exists() or self.path.stat().st_size == 0
            if not self.readonly:
                private(self.path)
            db = self._connect(self._reading() if self.readonly else "mode=rwc")
            if not fresh:
                self._recognise(db)
            if not self.readonly:
                self._prepare(db)
        except BaseException as no:
            if db is not None:
                db.close()
            if fresh and not self.readonly:
                self._unmake()
            if isinstance(no, (sqlite3.DatabaseError, UnicodeDecodeError)):
                known = "cannot_write" if isinstance(no, sqlite3.OperationalError) else "damaged"
                code = "disk_full" if no_room(no) else known
                raise FileTrouble(code, self.path, str(no)) from no
            if isinstance(no, OSError):
                raise _untaken(no, self.path) from no
            raise
        return db

    def _unmake(self) -> None:
        """Removes a file that could only be begun: half of it would not be known as a café at the next start."""
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self.path}{end}").unlink(missing_ok=True)

    def _reading(self) -> str:
        """How to open for reading: without a journal nobody holds the café, and none is to be left beside it."""
        return "mode=ro" if Path(f"{self.path}-wal").exists() else "immutable=1"

    def _connect(self, how: str) -> Database:
        where = f"{self.path.absolute().as_uri()}?{how}"
        connection = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False, timeout=2)
        return Database(connection)

    def _recognise(self, db: Database) -> None:
        """Refuses what is no café, what is damaged, and the writing of what a newer version made."""
        try:
            application, version = (db.execute(f"PRAGMA {p}").fetchone()[0] for p in ("application_id", "user_version"))
            check = "integrity_check" if self.path.stat().st_size < CHECKED_WHOLE else "quick_check"
            sound = db.execute(f"PRAGMA {check}").fetchone()[0] == "ok"
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            application, version, sound = _header_id(self.path), 0, False
        if application != APPLICATION_ID:
            raise FileTrouble("not_a_cafe", self.path)
        if not sound:
            raise FileTrouble("damaged", self.path)
        if version > FORMAT and not self.readonly:
            raise FileTrouble("read_only", self.path)

    def _prepare(self, db: Database) -> None:
        """Brings the schema up to date with a copy kept before, sets the settings, and proves that writing works."""
        known = db["_sqlite_migrations"].exists()
        if known and db.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
            self._copy(db)
        db.execute("PRAGMA secure_delete = 1")
        migrations.apply(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {FORMAT}")
        for name, value in SETTINGS.items():
            db.execute(f"PRAGMA {name} = {value}")
            held = db.execute(f"PRAGMA {name}").fetchone()[0]
            if held != value:
                raise FileTrouble("cannot_write", self.path, f"{name} = {held}")
        db.execute("PRAGMA checkpoint_fullfsync = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE _write_test (x)")
        db.execute("INSERT INTO _write_test VALUES (1)")
        db.execute("ROLLBACK")
        _empty_journal(db)  # What was forgotten just before the program was killed is gone from here on.
        sync_folder(self.path.parent)

    def _copy(self, db: Database) -> None:
        copy = Path(f"{self.path}-before-format-{FORMAT}")
        copy.unlink(missing_ok=True)
        private(copy)
        db.execute("VACUUM INTO ?", [str(copy)])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tells what cannot be read any more as damage. Raises `FileTrouble`."""
        try:
            yield
        except (sqlite3.DatabaseError, msgspec.MsgspecError, UnicodeDecodeError) as no:
            raise FileTrouble("damaged", self.path, str(no)) from no

    # ------------------------------------------------------------------------------------- writing

    @contextmanager
    def turn(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed to the disk when the block ends, undone when it raises.

        Raises `NotSaved` when the disk did not take it; other errors pass through. Either way nothing is kept.
        """
        self._still_there()
        connection = self.db.conn
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as no:
            if not isinstance(no, sqlite3.OperationalError) and type(no) is not sqlite3.DatabaseError:
                raise  # A row that the tables do not take is not the disk's fault.
            raise NotSaved(str(no), full=no_room(no)) from no
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def _still_there(self) -> None:
        try:
            moved = self.path.stat().st_ino != self._inode
        except OSError as no:
            moved = True
            if no.errno not in (errno.ENOENT, errno.ESTALE):
                raise NotSaved(str(no)) from no
        if moved:
            raise NotSaved(str(FileTrouble("moved", self.path)))

    @property
    def reader(self) -> Database:
        """A connection that reads what is committed, and only that, while a turn is being written."""
        if self.readonly:
            return self.db
        if self._reader is None:
            self._reader = self._connect("mode=ro")
        return self._reader

    def reader_of_its_own(self) -> Database:
        """A new connection that only reads, for a thread that takes its time; whoever asks for it closes it."""
        return self._connect("mode=ro")

    def scrub(self) -> bool:
        """Leaves nothing of deleted words behind in the journal.

        False when another program is reading the file just now, or the disk is in trouble: then try again later.
        """
        return _empty_journal(self.db)

    def remove_copies(self) -> None:
        """Removes the copies of before: words that are to be forgotten stand in them too. Raises `NotSaved`."""
        try:
            for copy in self.copies():
                copy.unlink(missing_ok=True)
        except OSError as no:
            raise NotSaved(str(no)) from no

    def copies(self) -> list[Path]:
        """Copies of this file that the program itself made."""
        return sorted(self.path.parent.glob(f"{self.path.name}-before-format-*"))

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        if not self.readonly:
            with suppress(sqlite3.DatabaseError):  # On a full disk the journal stays, and is read at the next start.
                self.db.execute("PRAGMA optimize")
            _empty_journal(self.db)
        self.db.close()
        self._lock.give()


@migrations()
def ruler_table(db: Database) -> None:
    """Makes the one row that lays café time along the machine's clocks; it is no event."""
    db.execute(
        "CREATE TABLE ruler (boot_id TEXT NOT NULL, boot INTEGER NOT NULL, wall INTEGER NOT NULL,"
        " cafe INTEGER NOT NULL, speed REAL NOT NULL, seen INTEGER NOT NULL) STRICT"
    )


def _empty_journal(db: Database) -> bool:
    """Moves the journal into the file and leaves nothing in it; False when somebody's reading keeps it, at once."""
    patience = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute("PRAGMA busy_timeout = 0")
    try:
        busy: int = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


def _header_id(path: Path) -> int:
    """The application id in the file's header, for a file that SQLite cannot read any more."""
    with path.open("rb") as file:
        header = file.read(72)
    return int.from_bytes(header[68:72]) if header.startswith(b"SQLite format 3\0") else 0


def private(path: Path) -> None:
    """Makes the file, if it is not there, so that only its owner can read it; the journal takes its rights from it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def sync_folder(folder: Path) -> None:
    """Makes a new file's name itself survive a power cut, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
