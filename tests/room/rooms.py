"""A real room on a real file, opened and closed, and what stands in the file."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from cafe import tables
from cafe.file import CafeFile
from cafe.log import SqliteLog
from cafe.plan import Plan
from cafe.room import Room


@contextlib.asynccontextmanager
async def held(path: Path, plan: Plan | None = None, **start: Any) -> AsyncIterator[Room]:
    """A room that runs; closed in the end as its program does."""
    room = Room(CafeFile(path))
    try:
        await room.start(plan, "the plan's text", **start)
        yield room
    finally:
        await room.stop()


async def until(room: Room, phase: str) -> None:
    """Presses `next` until the café is in a phase."""
    while room.state.phase != phase:
        await room.do("next", step=room.state.step)


def rows(room: Room) -> dict[str, list[tuple[Any, ...]]]:
    """The readable tables as they stand in the file."""
    names = {name: ", ".join(columns) for name, (columns, _) in tables.COLUMNS.items()}
    return {
        name: sorted(room.file.db.execute(f"SELECT {columns} FROM {name}").fetchall(), key=repr)
        for name, columns in names.items()
    }


def rebuilt(room: Room) -> dict[str, list[tuple[Any, ...]]]:
    """The readable tables dropped and made again from the log."""
    with room.file.turn() as db:
        tables.rebuild(db, list(room.log.read()))
    return rows(room)


def bodies(path: Path) -> list[tuple[str, str]]:
    """Kind and body of every fact in a file."""
    file = CafeFile(path, readonly=True)
    try:
        assert SqliteLog(file)
        return [tuple(row) for row in file.db.execute("SELECT kind, body FROM events ORDER BY n")]
    finally:
        file.close()


def where(folder: Path, words: str) -> list[str]:
    """The files of a folder in which some words stand, byte for byte."""
    return sorted(each.name for each in folder.iterdir() if words.encode() in each.read_bytes())
