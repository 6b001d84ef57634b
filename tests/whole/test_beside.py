"""What lies beside a café's file: only its owner can read it, and looking into a café leaves nothing behind."""

import errno
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from cafe.file import CafeFile, FileTrouble, no_room, unlocked
from tests.patience import PATIENCE
from tests.whole.programs import Running, cafe
from tests.whole.test_command_line import plan, sentences

__all__ = ["plan"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")
def test_only_the_owner_can_read_a_cafe(plan: Path) -> None:
    """Names and ideas stand in the file and its journal: other users of the laptop cannot open them."""
    with Running("run", plan, cwd=plan.parent):
        rights = {path.name: path.stat().st_mode & 0o077 for path in plan.parent.glob("lab.cafe*")}
    assert {"lab.cafe", "lab.cafe-wal", "lab.cafe-shm"} <= set(rights)
    assert {name for name, others in rights.items() if others} <= {"lab.cafe-lock"}


def test_an_export_leaves_nothing_beside_the_cafe(plan: Path) -> None:
    """A café that does not run is read without a trace, so that copying one file copies all."""
    with Running("run", plan, cwd=plan.parent) as running:
        os.kill(running.process.pid, signal.SIGTERM)
        running.process.wait(PATIENCE)
    done = cafe("export", "lab.cafe", "--to", "out", cwd=plan.parent)
    assert done.returncode == 0
    assert names(plan.parent) == ["lab.cafe", "lab.toml", "out"]


def test_what_is_no_cafe_is_told_in_words_that_fit_an_export(plan: Path) -> None:
    """An export has no --file: a plan in the place of a café is named, and nothing else is advised."""
    done = cafe("export", "lab.toml", "--to", "out", cwd=plan.parent)
    assert done.returncode == 2
    assert sentences(done.stderr) == ["lab.toml is not a café."]


def test_a_folder_that_is_not_there_is_not_made(plan: Path) -> None:
    """A mistyped folder is told; nothing is made for it."""
    done = cafe("run", plan, "--headless", "--file", "no/such/lab.cafe", cwd=plan.parent)
    assert done.returncode == 1
    assert sentences(done.stderr) == ["lab.cafe cannot be written: its folder does not exist."]
    assert names(plan.parent) == ["lab.toml"]


def test_a_cafe_that_is_held_is_known_without_opening_it(tmp_path: Path) -> None:
    """Whether another window has the café is seen at once, and looking does not let go of it."""
    path = tmp_path / "lab.cafe"
    unlocked(path)
    held = CafeFile(path)
    try:
        with pytest.raises(FileTrouble) as no:
            unlocked(path)
        assert no.value.code == "locked"
    finally:
        held.close()
    unlocked(path)
    assert names(tmp_path) == ["lab.cafe"]


def test_a_full_disk_is_recognised(tmp_path: Path) -> None:
    """SQLite's own complaint about a file that may not grow is taken for what it is."""
    db = sqlite3.connect(tmp_path / "small.db")
    db.execute("PRAGMA max_page_count = 2")
    db.execute("CREATE TABLE t (x)")
    with pytest.raises(sqlite3.OperationalError) as no:
        db.execute("INSERT INTO t VALUES (zeroblob(100000))")
    db.close()
    assert no_room(no.value)
    assert not no_room(sqlite3.OperationalError("unable to open database file"))


def test_a_cafe_that_could_only_be_begun_is_not_left_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full at the first start, the next start finds nothing that it takes for somebody else's file."""

    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "lab.cafe"
    with monkeypatch.context() as patch:
        patch.setattr("cafe.file.sync_folder", full)
        with pytest.raises(FileTrouble) as no:
            CafeFile(path)
    assert no.value.code == "disk_full"
    assert names(tmp_path) == []
    CafeFile(path).close()
