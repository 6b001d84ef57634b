"""A café's file: what is opened, what is refused with a reason, and what is proved before a café begins."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cafe import events as e
from cafe.file import FORMAT, SETTINGS, CafeFile, FileTrouble, NotSaved
from cafe.log import SqliteLog
from cafe.room import Room

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def opened(path: Path, *, readonly: bool = False) -> Iterator[CafeFile]:
    file = CafeFile(path, readonly=readonly)
    try:
        yield file
    finally:
        file.close()


def trouble(path: Path, *, readonly: bool = False) -> str:
    """For which reason a file cannot be used."""
    with pytest.raises(FileTrouble) as no:
        CafeFile(path, readonly=readonly)
    assert path.name in str(no.value)
    return no.value.code


def filled(path: Path, count: int = 300) -> Path:
    """A file with some facts in it."""
    with opened(path) as file:
        facts = [e.IdeaSent(id=f"idea-{n:04}", text=f"Words {n} " * 5) for n in range(count)]
        SqliteLog(file).append([e.Record(0, "room", "w", n, n, fact) for n, fact in enumerate(facts, 1)])
    return path


def child(code: str, *arguments: Path, **how: object) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **how,  # type: ignore[call-overload]
    )


HOLDS = """
import sys, pathlib
from cafe.log import *
file = CafeFile(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_window_is_told_that_the_file_is_open(tmp_path: Path) -> None:
    """Two programs never write one file; when the first one dies, however it dies, the next can go on."""
    path = tmp_path / "a.cafe"
    with child(HOLDS, path) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        assert trouble(path) == "locked"
        with opened(path, readonly=True) as file:
            assert SqliteLog(file).heads() == {}
        other.kill()
    with opened(path) as file:
        assert not file.readonly
        assert trouble(path) == "locked"
    assert [each.name for each in tmp_path.iterdir()] == ["a.cafe"]


@pytest.mark.parametrize(
    "content", [b"Shopping: milk, bread\n" * 100, b"SQLite format 3\0" + b"x" * 2000, b"PK\3\4" * 99]
)
def test_what_is_no_cafe_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """A name that belongs to another kind of file is refused, and the file stays as it was."""
    path = tmp_path / "a.cafe"
    path.write_bytes(content)
    assert trouble(path) == "not_a_cafe"
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """A database of another program is no café, and nothing is written into it."""
    path = tmp_path / "other.db"
    Database(path)["books"].insert({"id": 1})
    before = path.read_bytes()
    assert trouble(path) == "not_a_cafe"
    assert path.read_bytes() == before


def test_what_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    """Looking at a file that does not exist makes none."""
    assert trouble(tmp_path / "a.cafe", readonly=True) == "missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_is_refused(tmp_path: Path, part: float) -> None:
    """Of a file that was copied only in part nothing is shown as if it were all."""
    path = filled(tmp_path / "a.cafe")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    assert trouble(path) == "damaged"


def test_a_flipped_bit_is_found_or_harmless(tmp_path: Path) -> None:
    """Whichever bit the disk turned over: the file is refused, or it opens with every fact in its place."""
    path = filled(tmp_path / "a.cafe", 120)
    good, chance, refused = path.read_bytes(), random.Random(7), 0
    for _ in range(250):
        bad = bytearray(good)
        at = chance.choice([chance.randrange(len(bad)), chance.randrange(200)])
        bad[at] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        try:
            with opened(path) as file:
                records = list(SqliteLog(file).read())
                assert Room(file).last == 120
                assert [record.seq for record in records] == list(range(1, 121)), at
        except FileTrouble:
            refused += 1
        for beside in ("-wal", "-shm", f"-before-format-{FORMAT}"):
            Path(f"{path}{beside}").unlink(missing_ok=True)
    assert refused > 20


def test_words_that_are_no_fact_any_more_are_called_damage(tmp_path: Path) -> None:
    """A record that cannot be read is told as damage and not as a mistake of the program."""
    path = filled(tmp_path / "a.cafe", 3)
    with opened(path) as file:
        file.db.execute("UPDATE events SET body = '{\"id\": 5' WHERE n = 2")
    with opened(path) as file, pytest.raises(FileTrouble) as no:
        list(SqliteLog(file).read())
    assert no.value.code == "damaged"


def test_a_newer_file_can_be_read_and_not_continued(tmp_path: Path) -> None:
    """What a newer version made is not written by this one; its facts can be read and exported."""
    path = filled(tmp_path / "a.cafe", 3)
    with opened(path) as file:
        file.db.execute("INSERT INTO events VALUES (4, 'room', 'w', 4, 4, 'danced', '{\"who\":\"p1\"}')")
        file.db.execute(f"PRAGMA user_version = {FORMAT + 1}")
    assert trouble(path) == "read_only"
    with opened(path, readonly=True) as file:
        assert [record.kind for record in SqliteLog(file).read()] == ["idea_sent"] * 3 + ["unknown"]
        with pytest.raises(sqlite3.OperationalError):
            file.db.execute("DELETE FROM events")


def test_the_settings_that_a_promise_needs_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What "saved" needs is set and read back, and a file that does not take it is refused."""
    with opened(tmp_path / "a.cafe") as file:
        held = {name: file.db.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS}
        assert held == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "fullfsync": 1}
        assert file.db.execute("PRAGMA application_id").fetchone()[0] == 0x43414645
    monkeypatch.setitem(SETTINGS, "journal_mode", "telepathy")
    assert trouble(tmp_path / "a.cafe") == "cannot_write"


READ_ONLY = """
import os, sys, pathlib
from cafe.log import *
from cafe.file import FileTrouble
CafeFile(pathlib.Path(sys.argv[2])).close()  # So that everything is loaded before the rights are given away.
if os.getuid() == 0:
    os.setuid(65534)
path = pathlib.Path(sys.argv[1])
try:
    CafeFile(path)
except FileTrouble as no:
    print(no.code)
file = CafeFile(path, readonly=True)
print(len(list(SqliteLog(file).read())))
file.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are those of POSIX here")
def test_a_folder_that_cannot_be_written_is_told_and_can_be_read(tmp_path: Path) -> None:
    """On a stick that is locked a café is not begun; its facts can be read all the same."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = filled(folder / "a.cafe", 5)
        path.chmod(0o444)
        folder.chmod(0o555)
        with child(READ_ONLY, path, tmp_path / "other.cafe") as other:
            said, _ = other.communicate()
        folder.chmod(0o755)
    assert said.split() == ["cannot_write", "5"]


def test_bringing_a_file_up_to_date_keeps_a_copy(tmp_path: Path) -> None:
    """Before an older file is changed, a copy of it as it was is put beside it."""
    path = filled(tmp_path / "a.cafe", 5)
    with opened(path) as file:
        file.db.execute("PRAGMA user_version = 0")
        file.db.execute("DROP TABLE people")
        file.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'people_table'")
    with opened(path) as file:
        assert file.db["people"].exists()
        (copy,) = file.copies()
        assert not Database(copy)["people"].exists()
        assert Database(copy)["events"].count == 5
        file.remove_copies()
    assert [each.name for each in tmp_path.iterdir()] == ["a.cafe"]


def test_a_file_that_is_moved_away_is_noticed(tmp_path: Path) -> None:
    """When somebody tidies the file away while the café runs nobody is told that it is saved; put back, it goes on."""
    path = tmp_path / "a.cafe"
    with opened(path) as file:
        log = SqliteLog(file)
        path.rename(tmp_path / "b.cafe")
        with pytest.raises(NotSaved):
            log.append([e.Record(0, "room", "w", 1, 1, e.Closed())])
        path.write_bytes((tmp_path / "b.cafe").read_bytes())
        with pytest.raises(NotSaved):
            log.append([e.Record(0, "room", "w", 1, 1, e.Closed())])
        (tmp_path / "b.cafe").rename(path)
        assert log.append([e.Record(0, "room", "w", 1, 1, e.Closed())])


def test_a_turn_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """What fails in the middle leaves nothing of its beginning."""
    with opened(tmp_path / "a.cafe") as file:
        with pytest.raises(ZeroDivisionError), file.turn() as db:
            assert db.execute("INSERT INTO ruler VALUES ('b', 1, 1, 1, 1, 1)").rowcount / 0
        assert file.db["ruler"].count == 0
        with pytest.raises(sqlite3.IntegrityError), file.turn() as db:
            db.execute("INSERT INTO ruler VALUES ('b', 1, 1, 1, 1, NULL)")
        with file.turn() as db:
            db.execute("INSERT INTO ruler VALUES ('b', 1, 1, 1, 1, 1)")
        assert file.db["ruler"].count == 1
