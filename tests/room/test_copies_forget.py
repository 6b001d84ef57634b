"""Copies of a café forget with it: when somebody asks, when names go, and at the end."""

import asyncio
import subprocess
from pathlib import Path

import pytest

from cafe import copies
from cafe.room import Room
from tests.room.rooms import until, where
from tests.room.sticks import (
    COPY,
    OTHERS,
    WORDS,
    comes,
    copied,
    copying,
    fill,
    needs_mounting,
    stick,
)


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


def test_a_copy_that_has_become_the_cafe_is_none_any_more(tmp_path: Path) -> None:
    """A café that goes on from its copy does not write a copy over itself when somebody is forgotten."""
    folder = tmp_path / "stick"
    folder.mkdir()

    async def story() -> None:
        async with copying(tmp_path / "a.cafe") as (room, _):
            await copied(room, folder)
        async with copying(folder / COPY, fresh=False) as (room, copier):
            await room.do("forget", who="ana")
            await copier.look()
            await comes(lambda: not copier._working)
            await room.do("send", who="ion", id="idea-ion-2", text="It goes on")
            assert room.live.laptop.copies == room.live.laptop.stale == await copier.finish() == ()

    asyncio.run(story())
