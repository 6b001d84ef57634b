"""Watches the laptop while a café is held: its battery, the room on its disk, the sticks, and what it saved last."""

import asyncio
import logging
from pathlib import Path

from cafe import laptop
from cafe.room import Room

logger = logging.getLogger("cafe.laptop")

EVERY = 5.0
"""Seconds from one look to the next."""


async def keep(room: Room) -> None:
    """Looks until it is cancelled."""
    while True:
        try:
            await look(room)
        except Exception:
            logger.exception("the laptop was not seen")
        await asyncio.sleep(EVERY)


async def look(room: Room) -> None:
    """Looks once, off the event loop, and says what is so."""
    path = room.file.path
    battery, sticks, free, size = await asyncio.to_thread(
        lambda: (laptop.battery(), laptop.sticks(), laptop.free(path), _size(path))
    )
    room.live.notice(
        file=str(path.absolute()),
        size=size,
        saved=room.saved,
        free=free,
        battery=battery.percent if battery else -1,
        plugged=battery is None or battery.plugged,
        sticks=sticks,
    )


def _size(path: Path) -> int:
    """Bytes of the café's file, with what still stands in its journal."""
    return sum(each.stat().st_size for each in (path, path.with_name(f"{path.name}-wal")) if each.exists())
