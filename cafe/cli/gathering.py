"""What the facilitator of the demonstration does in the harvest: puts the ideas under themes, and shows these."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from cafe.plan import MINUTE
from cafe.room import Room
from cafe.rules import Refused
from cafe.rules.programme import due
from cafe.rules.themes import themes
from cafe.text import key

Words = Mapping[str, Sequence[str]]
"""The themes by name, each with beginnings of words by which its ideas are known."""

LOOK = 0.1
"""Seconds after which the café is looked at again."""

REVEALED, FIRST = 0.4, 0.55
"""The shares of the harvest after which the dots are shown and the first theme stands on the wall."""


async def gather(room: Room, words: Words, *, reveal: bool) -> None:
    """Waits for the harvest, groups its ideas and shows one theme after the other; before them the dots, if asked."""
    await _until(room, lambda: room.state.phase == "harvest")
    begun = room.state.position.since
    lasts = (due(room.state, room.now()) or begun + MINUTE) - begun
    for name in words:
        await room.do("group", ideas=known(room, words[name]), name=name)
    shown = [theme.number for theme in themes(room.state)]
    steps: list[tuple[float, str, dict[str, Any]]] = [(REVEALED, "vote", {"shown": True})] if reveal else []
    steps += [(FIRST + (1 - FIRST) * at / len(shown), "show_theme", {"theme": theme}) for at, theme in enumerate(shown)]
    for share, command, given in steps:
        await _until(room, partial(_due, room, begun + share * lasts))
        if room.state.phase != "harvest":
            return
        with contextlib.suppress(Refused):  # Somebody at the keys was faster.
            await room.do(command, **given)


def _due(room: Room, at: float) -> bool:
    return room.now() >= at or room.state.phase != "harvest"


async def _until(room: Room, met: Callable[[], bool]) -> None:
    """Waits for something of the café, or for its time to pass."""
    changed = asyncio.Event()
    unwatch = room.watch(lambda _: changed.set())
    try:
        while not met():
            changed.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await changed.wait()
    finally:
        unwatch()


def known(room: Room, beginnings: Sequence[str]) -> tuple[str, ...]:
    """The ideas under no theme yet in which a word begins so."""
    wanted = tuple(map(key, beginnings))
    free = (idea for idea in room.state.newest() if idea.counts and idea.id not in room.state.themed)
    return tuple(idea.id for idea in free if any(word.startswith(wanted) for word in key(idea.text).split()))
