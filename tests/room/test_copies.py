"""Copies of a running café on sticks and in folders: whole, and never in the way of the room."""

import asyncio
import shutil
import subprocess
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from cafe import copies
from cafe.file import CafeFile
from cafe.log import SqliteLog
from cafe.room import Room
from tests.afternoon import difference
from tests.room.rooms import where
from tests.room.sticks import (
    COPY,
    OTHERS,
    WORDS,
    comes,
    copied,
    copying,
    ext4,
    fill,
    frozen,
    needs_ext4,
    needs_mounting,
    stick,
    trouble,
)


def test_a_copy_is_the_whole_cafe(tmp_path: Path) -> None:
    """What lies on the stick goes on where the café was, with every idea, and nothing lies beside it."""
    folder = tmp_path / "stick"
    folder.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, _):
            copy = await copied(room, folder)
            assert (Path(copy.path), copy.ideas, copy.n) == (folder / COPY, 2, room.last)
            assert [each.name for each in folder.iterdir()] == [COPY]
            state = room.state
            again = Room(CafeFile(folder / COPY))
            assert difference(again.state, state) == []
            await again.stop()
            await room.do("send", who="ion", id="idea-ion-2", text="Later")
            assert (await copied(room, folder)).ideas == 3
        assert [each.name for each in folder.iterdir()] == [COPY]

    asyncio.run(story())


def test_ideas_that_come_meanwhile_wait_for_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a large café is being copied ideas are saved as ever; the copy holds the moment at which it was begun."""
    monkeypatch.setattr(copies, "PAGES", 1)
    folder = tmp_path / "stick"
    folder.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, _):
            await fill(room, 20)
            asked = asyncio.create_task(room.wish("copy", str(folder)))
            await comes((folder / f"{COPY}.part").exists)
            assert await room.wish("copy", str(folder)) == "writing"
            said = 0
            while room.live.laptop.copying:
                await room.do("send", who="ana", id=f"idea-late-{said:03}", text=f"Late {said}")
                said += 1
            assert said
            await asked
            [copy] = room.live.laptop.copies
            assert copy.n
            ideas = room.state.ideas
        file = CafeFile(folder / COPY, readonly=True)
        records = list(SqliteLog(file).read())
        file.close()
        assert [record.n for record in records] == list(range(1, len(records) + 1))
        assert copy.n <= len(records)
        assert len(ideas) == 2 + said

    asyncio.run(story())


@needs_mounting
def test_a_full_stick_is_a_sentence(tmp_path: Path) -> None:
    """A stick without room is told; the copy of before stays whole on it, and the café goes on."""

    async def story() -> None:
        with stick(tmp_path / "stick", 3) as folder:
            async with copying(tmp_path / "a.cafe") as (room, _):
                before = await copied(room, folder)
                await fill(room, 4)
                assert await trouble(room, folder) == "no_room"
                (folder / "holiday.jpg").write_bytes(b"x" * 100_000)
                assert sorted(each.name for each in folder.iterdir()) == [COPY, "holiday.jpg"]
                assert room.live.laptop.copies == (before,)
                await room.do("send", who="ana", id="idea-ana-2", text="Still here")

    asyncio.run(story())


@needs_mounting
def test_a_stick_that_fills_up_meanwhile_is_a_sentence(tmp_path: Path) -> None:
    """Also when a stick is full only in the middle of a copy, nothing half is left on it."""

    async def story() -> None:
        with stick(tmp_path / "stick", 10) as folder:
            async with copying(tmp_path / "a.cafe") as (room, _):
                other = sqlite3.connect(tmp_path / "a.cafe", isolation_level=None)
                other.execute("BEGIN")
                other.execute("SELECT count(*) FROM events").fetchone()  # All that follows stays in the journal.
                await fill(room, 20)
                assert (tmp_path / "a.cafe").stat().st_size < 5_000_000
                assert await trouble(room, folder) == "no_room"
                assert list(folder.iterdir()) == []
                assert room.live.laptop.copies == ()
                other.close()

    asyncio.run(story())


@needs_mounting
@needs_ext4
@pytest.mark.parametrize("way", ["pulled", "removed"])
def test_a_stick_pulled_out_is_a_sentence(tmp_path: Path, way: str) -> None:
    """Pulled out in the middle of a copy, the stick is missed in words, nothing is written in its place on the laptop,
    and when it is back copying goes on by itself.
    """
    folder = tmp_path / "stick"

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, copier):
            with ext4(folder):
                await copied(room, folder)
                with frozen(folder):
                    asked = asyncio.create_task(room.wish("copy", str(folder)))
                    await comes(lambda: room.live.laptop.copying)
                    subprocess.run(["umount", "-l", folder], check=True)
                    if way == "removed":
                        folder.rmdir()
                    await room.do("send", who="ana", id="idea-ana-2", text="Still here")
                assert await asked == "gone"
            assert room.live.laptop.trouble == "gone"
            await copier.look()
            await room.do("send", who="ana", id="idea-ana-3", text="Still here")
            assert room.live.laptop.trouble == "gone"
            assert not folder.exists() or not list(folder.iterdir())
            with stick(folder):
                await copier.look()
                await comes(lambda: not room.live.laptop.copying and not room.live.laptop.trouble)
                assert room.live.laptop.copies[-1].ideas == 4

    asyncio.run(story())


@needs_mounting
@needs_ext4
def test_a_dead_stick_holds_nobody_up(tmp_path: Path) -> None:
    """A stick that never answers is no stick to wait for: the room goes on, another stick is taken, the café ends."""
    dead, other = tmp_path / "dead", tmp_path / "other"
    other.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, copier):
            asked = asyncio.create_task(room.wish("copy", str(dead)))
            await comes(lambda: room.live.laptop.copying)
            assert await room.wish("copy", str(dead)) == "writing"
            await copier.look()
            await room.do("send", who="ana", id="idea-ana-2", text="Still here")
            await copied(room, other)
            await comes(lambda: room.live.laptop.copying == (str(dead),))
            assert [copy.ideas for copy in room.live.laptop.copies] == [0, 3]
            assert await copier.finish(0.5) == ()
            assert not asked.done() or asked.cancelled()

    with ext4(dead), frozen(dead):
        asyncio.run(story())


@needs_mounting
@needs_ext4
def test_what_is_forgotten_is_gone_though_a_stick_died_in_the_middle(tmp_path: Path) -> None:
    """Words that are forgotten while a stick has stopped to answer stand nowhere beside the café any more."""
    dead, home = tmp_path / "dead", tmp_path / "home"
    home.mkdir()

    class Stop(threading.Event):
        """What every copy looks at: when the first bytes are on the stick, it answers no more."""

        def is_set(self) -> bool:
            part = dead / f"{COPY}.part"
            if not died.is_set() and part.exists() and part.stat().st_size:
                ended.enter_context(frozen(dead))
                died.set()
            return super().is_set()

    async def story() -> None:
        async with copying(home / "a.cafe") as (room, copier):
            copier._stop = Stop()
            await fill(room, 8)
            asked = asyncio.create_task(room.wish("copy", str(dead)))
            try:
                await comes(died.is_set)
                await room.do("forget", who="ana")
                await comes(lambda: where(home, WORDS) == [])
                assert where(home, OTHERS)
                assert room.live.laptop.copying == (str(dead),)
            finally:
                ended.close()
            await asked
            await comes(lambda: not room.live.laptop.copying)
            assert room.live.laptop.trouble == ""
            assert room.live.laptop.copies[-1].n

    died = threading.Event()
    with ExitStack() as ended, ext4(dead):
        asyncio.run(story())


def test_another_cafe_on_the_stick_is_left_alone(tmp_path: Path) -> None:
    """What another café, or a later day of this one, has under the same name stays; the copy gets a name beside it."""
    folder, second = tmp_path / "stick", tmp_path / "second"
    folder.mkdir()
    second.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, _):
            await copied(room, folder)
        shutil.copy(tmp_path / "a.cafe", second / "a.cafe")
        (folder / "a-copy-2.cafe").write_text("a shopping list")
        async with copying(tmp_path / "a.cafe", fresh=False) as (room, _):  # It goes on here …
            await room.do("send", who="ana", id="idea-ana-9", text="Only here")
            await copied(room, folder)
        one = (folder / COPY).read_bytes()
        async with copying(second / "a.cafe", fresh=False) as (room, _):  # … and what was copied before goes on there.
            assert Path((await copied(room, folder)).path).name == "a-copy-3.cafe"
        assert (folder / COPY).read_bytes() == one
        assert (folder / "a-copy-2.cafe").read_text() == "a shopping list"

    asyncio.run(story())


class Look(threading.Event):
    """What every copy looks at from page to page; here it sees that the copy has come so many bytes far, once."""

    def __init__(self, part: Path, far: int, then: Callable[[], object]) -> None:
        super().__init__()
        self.part, self.far, self.then = part, far, then
        self.seen = False

    def is_set(self) -> bool:
        if not self.seen and self.part.exists() and self.part.stat().st_size >= self.far:
            self.seen = True
            self.then()
        return super().is_set()


def test_a_bit_that_turned_over_on_the_stick_is_noticed(tmp_path: Path) -> None:
    """A copy in which a bit is another one than in the café is none: the one of before stays, the next one is whole."""
    folder, home = tmp_path / "stick", tmp_path / "home"
    part = folder / f"{COPY}.part"
    folder.mkdir()
    home.mkdir()

    def flip() -> None:
        with part.open("r+b") as file:
            file.seek(1_500_000)
            [byte] = file.read(1)
            file.seek(1_500_000)
            file.write(bytes([byte ^ 4]))

    async def story() -> None:
        async with copying(home / "a.cafe") as (room, copier):
            await fill(room, 8)
            before = await copied(room, folder)
            copier._stop = look = Look(part, 5_000_000, flip)
            await room.do("send", who="ion", id="idea-ion-2", text="Later")
            assert await trouble(room, folder) == "not_whole"
            assert look.seen
            assert [each.name for each in folder.iterdir()] == [COPY]
            assert room.live.laptop.copies == (before,)
            assert (await copied(room, folder)).ideas == 3

    asyncio.run(story())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at open files as Linux shows them")
def test_no_copy_waits_in_memory(tmp_path: Path) -> None:
    """While a stick takes its time, the moment that is copied lies on the laptop's disk in a file without a name."""
    folder, home = tmp_path / "stick", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    found: list[int] = []

    def look() -> None:
        assert not [each.name for each in home.iterdir() if each.name.startswith(".")]
        for each in Path("/proc/self/fd").iterdir():
            name = str(each.readlink()) if each.is_symlink() else ""
            if name.startswith(f"{home}/.") and name.endswith("(deleted)"):
                found.append(each.stat().st_size)

    async def story() -> None:
        async with copying(home / "a.cafe") as (room, copier):
            await fill(room, 8)
            copier._stop = Look(folder / f"{COPY}.part", 1, look)
            assert (await copied(room, folder)).ideas == 2

    asyncio.run(story())
    assert [size > 8_000_000 for size in found] == [True]


@needs_mounting
def test_a_laptop_whose_disk_is_full_is_copied_all_the_same(tmp_path: Path) -> None:
    """Where the café's own disk has no room for that file, the stick gets its copy nevertheless."""
    folder = tmp_path / "stick"
    folder.mkdir()

    async def story() -> None:
        with stick(tmp_path / "home", 20) as home:
            async with copying(home / "a.cafe") as (room, _):
                await fill(room, 12)
                assert (await copied(room, folder)).ideas == 2
            assert sorted(each.name for each in home.iterdir() if each.name.startswith(".")) == []

    asyncio.run(story())
