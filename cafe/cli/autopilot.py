"""The clock leads: what `--auto` adds. It presses `next` when a step's time is over, and nothing else."""

import asyncio
import contextlib

from cafe.file import NotSaved
from cafe.room import Room
from cafe.rules import Refused
from cafe.rules.programme import due

TICK = 1.0
"""Seconds after which the clock is looked at again: the loop's own time stands still while the lid is closed."""


async def fly(room: Room) -> None:
    """Goes on through the programme until the café is closed. A step that somebody else has left is left alone."""
    changed = asyncio.Event()
    unwatch = room.watch(lambda _: changed.set())
    try:
        while not room.state.closed:
            changed.clear()
            moment = due(room.state, room.now())
            wait = TICK if moment is None else min(TICK, (moment - room.now()) / 1000 / room.speed)
            if wait > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await changed.wait()
                continue
            try:
                await room.do("next", step=room.state.step)
            except Refused:
                await asyncio.sleep(0)
            except NotSaved:
                await asyncio.sleep(1)
    finally:
        unwatch()
