"""What a screen depends on: a state, commands, and being told; in the same process or at the end of a wire."""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from cafe.events import Record
from cafe.live import Pulse
from cafe.state import State


class Turn(msgspec.Struct, frozen=True):
    """What one turn changed: its records, and the state before and after."""

    records: tuple[Record, ...]
    before: State
    after: State


class Outcome(msgspec.Struct, frozen=True):
    """What became of one command: its own records (none when nothing had to change) and the state it left."""

    records: tuple[Record, ...]
    state: State


Watcher = Callable[[Turn], None]
Unwatch = Callable[[], None]


class Feeling(Protocol):
    """What is true only now, and who wants to know when it changes."""

    @property
    def pulse(self) -> Pulse: ...

    def watch(self, watcher: Callable[[], None]) -> Unwatch: ...


class Stage(Protocol):
    """A running café as a screen sees it: the room in the same process, or `cafe.remote.Remote` over its port."""

    @property
    def state(self) -> State: ...

    @property
    def live(self) -> Feeling: ...

    def now(self) -> int:
        """Café time in ms."""

    def name(self, who: str) -> str:
        """What somebody is called, if they said; never for the wall."""

    async def do(self, command: str, /, **given: Any) -> Outcome:
        """Gives a command. Raises `Refused`, or `NotSaved`."""

    def watch(self, watcher: Watcher) -> Unwatch:
        """Calls `watcher` after each turn, until the returned function is called."""
