"""`cafe replay` on real files, in a real terminal: a past café is shown, and its file is left exactly as it was."""

import asyncio
import hashlib
import os
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils.utils import sqlite3

from cafe.cli.export import command as export
from cafe.cli.import_ import command as import_
from cafe.cli.replay import command as replay
from cafe.file import CafeFile
from cafe.people import Person, hashed
from cafe.plan import MINUTE
from cafe.room import Room
from tests.exports.cafes import PLAN, plan_of
from tests.patience import PATIENCE
from tests.whole.programs import Running
from tests.whole.terminals import Terminal
from tests.whole.test_command_line import plan

__all__ = ["plan"]

TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")
PAGE_DOWN, HOME, END = "\x1b[6~", "\x1b[H", "\x1b[F"
NAMES = ("Zamfira Unica", "Ghedeon Rarul")


def marks(folder: Path) -> dict[str, str]:
    """Every file of a folder with what is in it, but for the memory that SQLite shares among its readers."""
    found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.endswith("-shm"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def call(command: object, *words: object) -> Result:
    return CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(command, [str(word) for word in words])  # type: ignore[arg-type]


async def later(room: Room, minutes: int) -> None:
    """Lets café time pass at once."""
    await room._lay(room.now() + minutes * MINUTE, room.speed)


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """The file of a café that is closed; somebody took an idea back, and somebody was forgotten."""

    async def hold() -> None:
        room = Room(CafeFile(tmp_path / "lab.cafe"))
        await room.start(plan_of(), PLAN, code="K7QF")
        for n, name in enumerate(NAMES):
            await later(room, 5)
            await room.do("join", person=Person(hashed(f"token{n}"), name), who=f"p{n}", language="ro")
        for _ in range(2):
            await later(room, 10)
            await room.do("next", step=room.state.step)
        await room.do("send", who="p0", id="idea-0000", text="O idee care rămâne")
        await room.do("send", who="p0", id="idea-0001", text="Vorbe luate înapoi")
        await room.do("take_back", who="p0", id="idea-0001")
        await room.do("send", who="p1", id="idea-0002", text="Vorbe de uitat")
        await room.do("forget", who="p1")
        while not room.state.closed:
            await later(room, 10)
            await room.do("next", step=room.state.step)
        await room.stop()

    asyncio.run(hold())
    return tmp_path / "lab.cafe"


@TERMINAL
def test_a_past_cafe_is_shown_and_left_alone(past: Path) -> None:
    """From the lobby to the end and back; no name is shown, and no file is touched or made."""
    before = marks(past.parent)
    with Terminal("replay", past.name, "--language", "en", "--theme", "day", cwd=past.parent, height=30) as wall:
        wall.until(lambda text: "Scan the code" in text and "20 ×" in text)
        wall.press(PAGE_DOWN)
        wall.press(PAGE_DOWN)
        wall.until(lambda text: "round 1 of 3" in text)
        wall.press(END)
        wall.until(lambda text: "The end of this café." in text and "part 5 of 5" in text and "the end" in text)
        wall.press("?")
        wall.until(lambda text: "A minute back; a minute on." in text)
        wall.press("x")
        wall.press("-")
        wall.press("-")
        wall.until(lambda text: " 1 ×" in text)  # The lobby of this café would pass in a moment at 20 ×.
        wall.press(HOME)
        wall.until(lambda text: "Scan the code" in text)
        wall.press("q")
        assert wall.end() == 0
        assert b"\x1b[?1049l" in wall.raw
        assert not any(name.encode() in wall.raw for name in (*NAMES, "Vorbe de uitat"))
    assert marks(past.parent) == before


@TERMINAL
def test_the_front_door_leads_to_it(past: Path) -> None:
    """Who knows no command chooses it from the list, and the only café of the folder is taken."""
    with Terminal(cwd=past.parent) as wall:
        wall.until(lambda text: "Which one?" in text)
        wall.press("replay\r")
        wall.until(lambda text: "Type a number from 1 to 8." in text and text.count("Which one?") == 2)
        (line,) = (line for line in wall.text.splitlines() if "past café" in line)
        wall.press(f"{line.split()[0]}\r")
        wall.until(lambda text: "20 ×" in text)
        wall.press("q")
        assert wall.end() == 0


@TERMINAL
def test_a_cafe_that_runs_is_looked_at_and_not_disturbed(plan: Path) -> None:
    """As far as it has come: nobody's lock is taken, not a byte is written; after it was killed, too."""
    with Running("run", plan, cwd=plan.parent) as running:
        os.kill(running.process.pid, signal.SIGSTOP)  # It holds its file and its lock; what changes is our doing.
        before = marks(plan.parent)
        assert {"lab.cafe-wal", "lab.cafe-lock"} <= set(before)
        with Terminal("replay", "lab.cafe", cwd=plan.parent) as wall:
            wall.until(lambda text: "As far as this café has come" in text or "20 ×" in text)
            wall.press(END)
            wall.until(lambda text: "the end" in text)
            os.kill(wall.child.pid, signal.SIGTERM)
            assert wall.end() == 0
            assert b"\x1b[?1049l" in wall.raw
        assert marks(plan.parent) == before
        running.process.kill()
        running.process.wait(PATIENCE)
        before = marks(plan.parent)
        assert "lab.cafe-wal" in before
        assert call(replay, plan.parent / "lab.cafe").output == "This is not a terminal.\n"
        assert marks(plan.parent) == before


@TERMINAL
def test_a_cafe_made_again_says_so(past: Path, tmp_path: Path) -> None:
    """From the JSON the same café is shown, without what was taken back, and with a word that it is not the first."""
    assert call(export, past, "--to", tmp_path / "out", "--format", "json").exit_code == 0
    folder = tmp_path / "again"
    folder.mkdir()
    assert call(import_, tmp_path / "out" / "cafe.json", "--to", folder / "lab.cafe").exit_code == 0
    with Terminal("replay", "lab.cafe", "--lang", "en", cwd=folder, height=30) as wall:
        wall.until(lambda text: "times may be approximate" in " ".join(text.split()))
        wall.press(PAGE_DOWN)
        wall.press(PAGE_DOWN)
        wall.until(lambda text: "round 1 of 3" in text)
        wall.press("q")
        assert wall.end() == 0


def test_what_cannot_be_shown_is_one_sentence(past: Path, tmp_path: Path) -> None:
    """No file, no café, a damaged one, facts that do not follow: each is told, and none is a trace."""
    (tmp_path / "notes.txt").write_text("mine")
    broken, strange = tmp_path / "broken.cafe", tmp_path / "strange.cafe"
    whole = past.read_bytes()
    broken.write_bytes(whole[:4096] + b"\0" * 2000 + whole[6096:])
    strange.write_bytes(whole)
    with sqlite3.connect(strange) as db:
        db.execute("UPDATE events SET body = json_set(body, '$.position.block', 'x') WHERE kind = 'block_began'")
    db.close()
    for name, code in (("nothing.cafe", 2), ("notes.txt", 2), ("broken.cafe", 1), ("strange.cafe", 1)):
        done = call(replay, tmp_path / name)
        assert done.exit_code == code, done.output
        assert len(done.output.strip().splitlines()) == 1
        assert name in done.output
    done = call(replay, past)
    assert (done.exit_code, done.output) == (2, "This is not a terminal.\n")


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("round_began", "body = json_set(body, '$.position.tracks[0].session', 's9')"),
        ("block_began", "body = json_set(body, '$.position.block', 99)"),
        ("closed", "at = 900000000000000000"),
    ],
)
def test_facts_that_do_not_follow_are_damage(past: Path, kind: str, change: str) -> None:
    """A file whose records can be read but make no café together is told as damaged."""
    with sqlite3.connect(past) as db:
        db.execute(f"UPDATE events SET {change} WHERE kind = ?", [kind])
    db.close()
    done = call(replay, past)
    assert (done.exit_code, len(done.output.splitlines())) == (1, 1), done.output
    assert "damaged" in done.output


@TERMINAL
def test_a_newer_file_is_shown_as_far_as_it_is_understood(past: Path) -> None:
    """What a newer version wrote is passed over, and the wall says so."""
    with sqlite3.connect(past) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("UPDATE events SET kind = 'sung', body = '{\"song\": 1}' WHERE kind = 'joined'")
    db.close()
    with Terminal("replay", past.name, "--lang", "en", cwd=past.parent) as wall:
        wall.until(lambda text: "A newer worldcafe wrote this" in text)
        wall.press("q")
        assert wall.end() == 0
