"""Copies of a running café on sticks and in folders: whole, never in the way of the room, and forgetting with it."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlite_utils.utils import sqlite3

from cafe import copies
from cafe.cli.copier import Copier
from cafe.file import CafeFile
from cafe.log import SqliteLog
from cafe.people import Person
from cafe.room import Room
from tests.afternoon import difference, short
from tests.room.rooms import held, until, where

WORDS = "A very private thought about the mayor"
OTHERS = "Somebody else's thought"
COPY = "a-copy.cafe"

needs_mounting = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="only root mounts a stick, and here only Linux"
)


needs_ext4 = pytest.mark.skipif(not shutil.which("mkfs.ext4"), reason="a file system that can be frozen is ext4's")
FREEZE, THAW = 0xC0045877, 0xC0045878
"""Linux's own words to a file system."""


@contextlib.contextmanager
def stick(folder: Path, megabytes: int = 30) -> Iterator[Path]:
    """A file system of its own, of so many megabytes, as a stick is."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def ext4(folder: Path) -> Iterator[None]:
    """A stick with a file system that can be frozen."""
    folder.mkdir(exist_ok=True)
    image = folder.with_name(f"{folder.name}.image")
    image.write_bytes(b"")
    os.truncate(image, 20_000_000)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=False, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def frozen(folder: Path) -> Iterator[None]:
    """As long as this lasts, whoever writes there waits, as at a stick that does not answer."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    fcntl.ioctl(handle, FREEZE)
    try:
        yield
    finally:
        fcntl.ioctl(handle, THAW)
        os.close(handle)


@contextlib.asynccontextmanager
async def copying(path: Path, *, fresh: bool = True) -> AsyncIterator[tuple[Room, Copier]]:
    """A café with two people and their two ideas, or the one of before, and whoever copies it."""
    async with held(path, short() if fresh else None) as room:
        if fresh:
            for who in ("ana", "ion"):
                await room.do("join", who=who, language="ro", person=Person(f"token-{who}"))
            await until(room, "round")
            await room.do("send", who="ana", id="idea-ana-1", text=WORDS)
            await room.do("send", who="ion", id="idea-ion-1", text=OTHERS)
        copier = Copier(room)
        await copier.open()
        try:
            yield room, copier
        finally:
            await copier.finish(1)


async def comes(met: Callable[[], object]) -> None:
    async with asyncio.timeout(15):
        while not met():
            await asyncio.sleep(0.005)


async def copied(room: Room, folder: Path) -> copies.Copy:
    """The copy that was asked for in a folder, when it is there."""
    return msgspec.json.decode(await room.wish("copy", str(folder)), type=copies.Copy)


async def trouble(room: Room, folder: Path) -> str:
    """Why none was made in a folder."""
    answer = await room.wish("copy", str(folder))
    assert answer == room.live.laptop.trouble
    return answer


async def fill(room: Room, megabytes: int) -> None:
    """Makes the café's file as large as one with many photographs."""

    def write() -> None:
        with room.file.turn() as db:
            db.execute("CREATE TABLE large (x)")
            for _ in range(megabytes):
                db.execute("INSERT INTO large VALUES (randomblob(1000000))")

    await room.on_disk(write)
    await room.on_disk(room.file.scrub)


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
            assert (await asked).startswith("{")
            [copy] = room.live.laptop.copies
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


@pytest.mark.parametrize("way", ["forget", "purge", "closed"])
def test_copies_forget_with_the_cafe(tmp_path: Path, way: str) -> None:
    """When somebody is forgotten, the names go or the café closes, every copy that is there is written anew."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, copier):
            for folder in folders:
                await copied(room, folder)
            (folders[0] / f"{COPY}.part").write_bytes(WORDS.encode())  # Of a program that was killed in the middle.
            if way == "closed":
                await until(room, "closed")
            else:
                await room.do(way, **({"who": "ana"} if way == "forget" else {"people": 2}))
            assert len(copier._stale()) == 2
            await copier.look()
            await comes(lambda: not room.live.laptop.stale and not room.live.laptop.copying)
            for folder in folders:
                assert where(folder, '"by":"ana"' if way == "closed" else "token-ana") == []
                assert bool(where(folder, WORDS)) == (way != "forget")
                assert where(folder, OTHERS)
            assert await copier.finish() == ()

    asyncio.run(story())


@needs_mounting
def test_a_copy_out_of_reach_is_told_until_it_is_treated(tmp_path: Path) -> None:
    """A stick that is not there when somebody is forgotten is named, also after a restart, until it was there again or
    somebody says that its copy is deleted.
    """
    folder = tmp_path / "stick"

    async def story() -> None:
        with stick(folder):
            async with copying(tmp_path / "a.cafe") as (room, copier):
                await copied(room, folder)
                subprocess.run(["umount", "-l", folder], check=True)
                await room.do("forget", who="ana")
                assert await copier.finish() == (str(folder / COPY),)
        async with copying(tmp_path / "a.cafe", fresh=False) as (room, copier):
            await copier.look()
            await comes(lambda: room.live.laptop.trouble == "gone")
            assert room.live.laptop.stale == (str(folder / COPY),)
            with stick(folder):
                (folder / COPY).write_bytes(WORDS.encode())
                assert await room.wish("strike", str(folder / COPY)) == "there"
                await copier.look()
                await comes(lambda: not room.live.laptop.stale and not room.live.laptop.copying)
                assert where(folder, WORDS) == []
                assert where(folder, OTHERS)
            await room.do("forget", who="ion")
            assert await room.wish("strike", str(folder / COPY)) == ""
            assert room.live.laptop.copies == room.live.laptop.stale == ()
        async with copying(tmp_path / "a.cafe", fresh=False) as (room, copier):
            assert await copier.finish() == ()

    asyncio.run(story())


@needs_mounting
def test_forgetting_comes_before_a_copy_of_before(tmp_path: Path) -> None:
    """On a stick that has no room for both, the copy with the forgotten words goes first; then the new one is written,
    or there is none.
    """

    async def story() -> None:
        with stick(tmp_path / "stick", 12) as folder:
            async with copying(tmp_path / "a.cafe") as (room, copier):
                await fill(room, 8)
                await copied(room, folder)
                await room.do("forget", who="ana")
                await copier.look()
                await comes(lambda: not room.live.laptop.stale and not room.live.laptop.copying)
                assert [copy.ideas for copy in room.live.laptop.copies] == [1]
                await room.on_disk(lambda: _more(room, 8))
                await room.do("forget", who="ion")
                await copier.look()
                await comes(lambda: room.live.laptop.trouble)
                assert room.live.laptop.trouble == "no_room"
                assert list(folder.iterdir()) == []
                assert room.live.laptop.copies == ()

    asyncio.run(story())


def _more(room: Room, megabytes: int) -> None:
    with room.file.turn() as db:
        for _ in range(megabytes):
            db.execute("INSERT INTO large VALUES (randomblob(1000000))")
    assert room.file.scrub()


def test_a_copy_that_was_never_finished_is_known(tmp_path: Path) -> None:
    """If the program is killed while it writes a copy, the next start finds it on the list and finishes it."""
    folder = tmp_path / "stick"
    folder.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, _):
            begun = copies.Copy(str(folder / COPY))
            await room.on_disk(lambda: copies.note(room.file, begun))
            (folder / f"{COPY}.part").write_bytes(WORDS.encode())
        async with copying(tmp_path / "a.cafe", fresh=False) as (room, copier):
            await room.do("forget", who="ana")
            await copier.look()
            await comes(lambda: not room.live.laptop.copying and room.live.laptop.copies[-1].ideas)
            assert where(folder, WORDS) == []
            assert [each.name for each in folder.iterdir()] == [COPY]

    asyncio.run(story())
