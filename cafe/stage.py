"""What a screen depends on: a state, commands, and being told; in the same process or at the end of a wire."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal, Protocol

import msgspec

from cafe.clock import Clock
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


Wish = Literal["dark", "light", "pair", "shut", "unpair", "copy", "strike", "phone", "photograph", "window"]
"""What is asked of the moment alone, and stands in no event: a dark wall, or not; a key with which a phone becomes the
remote, no key any more, no remote any more; a copy of the café in a folder, none any more at a path; what a phone sees;
a photograph, small, and where a window of this laptop finds it whole.
"""

Grant = Callable[[str], Awaitable[str]]
"""Who grants a wish: told what it is about, '' for nothing, they give the answer, or raise `Refused`."""

Watcher = Callable[[Turn], None]
Unwatch = Callable[[], None]


class Glance(msgspec.Struct, frozen=True):
    """What the phone remote shows: `texts` by their places on its page, `parts` are the buttons that it offers.

    `step`, `trail` and `idea` are what these buttons mean; who presses one says them again.
    """

    texts: dict[str, str]
    parts: tuple[str, ...]
    clock: Clock
    step: str = ""
    trail: str = ""
    idea: str = ""


class Hand(Protocol):
    """The phone remote's words and buttons, wherever it is served."""

    def glance(self) -> Glance:
        """What is true now."""

    def promise(self, action: str) -> str:
        """What a button would do that the whole room notices; '' for one that is pressed without a question."""

    async def press(self, action: str, step: str, trail: str, idea: str) -> str:
        """Does what a button means and says so. Raises `Refused`, or `NotSaved`."""


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

    async def wish(self, wish: Wish, about: str = "") -> str:
        """Asks something of the moment; for "pair" gives what the code to scan holds, for "phone" what one in `about`,
        a table and a language, shows, for "photograph" a small JPEG in base 64, for "window" an address. Raises
        `Refused`.
        """

    def watch(self, watcher: Watcher) -> Unwatch:
        """Calls `watcher` after each turn, until the returned function is called."""
