"""Sticks, and cafés that are copied to them."""

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

from cafe import copies
from cafe.cli.copier import Copier
from cafe.people import Person
from cafe.room import Room
from tests.afternoon import short
from tests.patience import PATIENCE
from tests.room.rooms import held, until

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
            await copier.finish(PATIENCE)


async def comes(met: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not met():
            await asyncio.sleep(0.005)


async def copied(room: Room, folder: Path) -> copies.Copy:
    """The copy that was asked for in a folder, when it is there."""
    return msgspec.json.decode(await _asked(room, folder), type=copies.Copy)


async def _asked(room: Room, folder: Path) -> str:
    """What comes of asking for one, also where a busy machine needs longer for it than somebody waits."""
    answer = await room.wish("copy", str(folder))
    if answer != "writing":
        return answer
    await comes(lambda: not room.live.laptop.copying)
    laptop = room.live.laptop
    return laptop.trouble or msgspec.json.encode(laptop.copies[-1]).decode()


async def trouble(room: Room, folder: Path) -> str:
    """Why none was made in a folder."""
    answer = await _asked(room, folder)
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
