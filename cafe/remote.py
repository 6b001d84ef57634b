"""A running café at the other end of the control port: the same `Stage` as the room, folded from the same events."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec

from cafe.events import Record, Stored, unpack
from cafe.file import NotSaved
from cafe.fold import evolve
from cafe.live import Pulse
from cafe.rules import REFUSALS, Refused
from cafe.stage import Outcome, Turn, Watcher, Wish
from cafe.state import State

logger = logging.getLogger("cafe.private")

SILENCE = 15.0
"""Seconds: a café tells three times in them that it is there. One that says nothing so long stands still, or sleeps."""

PATIENCE = 30.0
"""Seconds in which a command is answered; a copy to a slow stick takes half of them."""


class Door(msgspec.Struct, frozen=True):
    """Where the control port is and the key to it: what stands in the file that only the facilitator can read."""

    url: str
    key: str


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line from the control port: what is new of each thing, or `again` when all must be read afresh."""

    records: tuple[Stored, ...] = ()
    names: dict[str, str] = {}
    pulse: Pulse | None = None
    now: int = 0
    rate: float = 0
    again: bool = False


def door_of(cafe: Path) -> Path:
    """The file beside a running café that holds its door."""
    return cafe.with_name(cafe.name + "-control")


def read_door(cafe: Path) -> Door:
    """Raises `FileNotFoundError` when that café does not run, and `ValueError` for a door to another machine: the
    folder may come from anybody, and what the facilitator does goes through it.
    """
    door = msgspec.json.decode(door_of(cafe).read_bytes(), type=Door)
    if urlsplit(door.url).hostname != "127.0.0.1":
        raise ValueError("a door leads to this laptop")
    return door


class _Feeling:
    """The moment as the room told it last."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self.watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> Callable[[], None]:
        self.watchers.append(watcher)
        return lambda: self.watchers.remove(watcher)


class Remote:
    """A `Stage` over the control port. `connected` is false while the café cannot be reached; it is tried again."""

    def __init__(self, door: Callable[[], Door]) -> None:
        self._door = door
        self.state = State()
        self.live = _Feeling()
        self.connected = False
        self._names: dict[str, str] = {}
        self._now, self._rate, self._read_at = 0, 1.0, time.monotonic()
        self._watchers: list[Watcher] = []
        self._last = 0
        self._task: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._ready = asyncio.Event()
        self._moved = asyncio.Event()

    async def open(self) -> None:
        """Connects and waits for the present state. Raises `TimeoutError` when nobody answers."""
        wait = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=SILENCE)
        self._session = aiohttp.ClientSession(timeout=wait)
        self._task = asyncio.create_task(self._follow())
        async with asyncio.timeout(10):
            await self._ready.wait()

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._session:
            await self._session.close()

    def now(self) -> int:
        return self._now + round((time.monotonic() - self._read_at) * 1000 * self._rate)

    def name(self, who: str) -> str:
        return self._names.get(who, "")

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def do(self, command: str, /, **given: Any) -> Outcome:
        """Gives a command over the port; answers when the state here has what it did."""
        told = await self._post("do", {"command": command, "given": given})
        with contextlib.suppress(TimeoutError):  # It is saved; a stream that broke just now will bring it.
            async with asyncio.timeout(5):
                while self._last < told["last"]:
                    self._moved.clear()
                    await self._moved.wait()
        return Outcome((), self.state)

    async def wish(self, wish: Wish, about: str = "") -> str:
        return str((await self._post("wish", {"wish": wish, "about": about}))["last"])

    async def _post(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        """What the port answers. Raises `Refused`, or `NotSaved` when the café is out of reach or its disk is full."""
        assert self._session, "open first"
        try:
            door = self._door()
            wait = aiohttp.ClientTimeout(total=PATIENCE, sock_connect=5)
            async with self._session.post(
                f"{door.url}/{path}", json=asked, headers=_bearer(door), timeout=wait
            ) as answer:
                told: dict[str, Any] = await answer.json()
        except (aiohttp.ClientError, OSError) as no:
            raise NotSaved(str(no)) from no
        if "refused" in told:
            raise Refused(told["refused"] if told["refused"] in REFUSALS else "unknown_command")
        if "last" not in told:
            raise NotSaved(told.get("not_saved", ""), full=bool(told.get("full")))
        return told

    async def _follow(self) -> None:
        assert self._session
        while True:
            try:
                door = self._door()
                async with self._session.get(
                    f"{door.url}/follow", params={"after": self._last, "epoch": self.state.epoch}, headers=_bearer(door)
                ) as answer:
                    answer.raise_for_status()
                    self.connected = True
                    async for line in _lines(answer.content):
                        self._learn(msgspec.json.decode(line, type=Message))
            except (aiohttp.ClientError, OSError, msgspec.MsgspecError, ValueError):
                pass  # The café stopped, or starts again: it is tried until the view is closed.
            self.connected = False
            self._tell_live()
            await asyncio.sleep(0.5)

    def _learn(self, message: Message) -> None:
        if message.rate:
            self._now, self._rate, self._read_at = message.now, message.rate, time.monotonic()
        self._names.update(message.names)
        before = self.state
        if message.again:
            self.state, self._last, self._names = State(), 0, dict(message.names)
        records: list[Record] = [unpack(stored) for stored in message.records]
        for record in records:
            self.state = evolve(self.state, record)
            self._last = record.n
        self._moved.set()
        if message.pulse is not None:
            self.live.pulse = message.pulse
        self._tell_live()
        if records or message.again:
            turn = Turn(tuple(records), before, self.state)
            for watcher in list(self._watchers):
                with _told():
                    watcher(turn)
        if self.state.epoch and message.rate:  # The line that says what is true now, names too, is the last one.
            self._ready.set()

    def _tell_live(self) -> None:
        for watcher in list(self.live.watchers):
            with _told():
                watcher()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A watcher that fails is noted, and the next news come all the same: a view that stands still looks alive."""
    try:
        yield
    except Exception:
        logger.exception("a watcher failed")


def _bearer(door: Door) -> dict[str, str]:
    return {"Authorization": f"Bearer {door.key}"}


async def _lines(stream: aiohttp.StreamReader) -> Any:
    """Whole lines, however long: the first one holds the café so far."""
    kept = b""
    async for chunk in stream.iter_any():
        *lines, kept = (kept + chunk).split(b"\n")
        for line in lines:
            if line:
                yield line
