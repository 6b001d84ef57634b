"""A café that is being held: its file, room, servers and address, opened in order and closed in reverse."""

import asyncio
import contextlib
import logging
import os
import signal
import warnings
from collections.abc import AsyncIterator, Iterator, Sequence
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from cafe import address
from cafe.cli import laptop
from cafe.cli.autopilot import fly
from cafe.cli.copier import Copier
from cafe.cli.network import Watch
from cafe.events import Expected
from cafe.file import CafeFile
from cafe.people import Person
from cafe.plan import CODE_LETTERS, Plan
from cafe.room import Room
from cafe.stage import Hand
from cafe.twice import Differing, differing, written

if TYPE_CHECKING:
    from wakepy import Mode

    from server.serve import Served

PORTS = range(8080, 8100)
LONG_CODE = 10
"""Letters of a code that the whole internet could try."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How a café is to be held. `port` 0 takes the first free one; `revise` takes in a plan that was changed since;
    `at` is the café time of a demonstration, `expected` are the people of a list. `picked` is the address that somebody
    chose of several; `proxies` stand ahead of a café on the internet. `code` is the one that a café that goes on has;
    with `new_code` it gets another. `source` is where the plan lies. The wall begins in `language`. The private view
    finds the café beside `known_as` too.
    """

    plan: Plan | None
    text: str = ""
    source: str = ""
    port: int = 0
    host: str = ""
    picked: str = ""
    public_url: str = ""
    proxies: tuple[str, ...] = ()
    code: str = ""
    new_code: bool = False
    trial: bool = False
    revise: bool = False
    auto: bool = False
    speed: float = 1.0
    at: int | None = None
    expected: Sequence[tuple[Expected, Person]] = ()
    language: str | None = None
    known_as: Path | None = None


class Held:
    """What the wall, the private view and the ready line need of a café that is being held."""

    def __init__(self, room: Room, copier: Copier, port: int, url: str, *, earlier: int = 0) -> None:
        self.room, self.copier, self.port, self.url = room, copier, port, url
        self.earlier = earlier
        """The port that phones know from before, where it could not be had again; 0 where nothing changed."""
        self.differing: list[Differing] = []
        """What stands differently in the log and in the readable tables."""
        self.join = f"{url}/{room.state.code}"
        self.ended = asyncio.Event()
        """Set when somebody outside asked the program to stop."""

    @property
    def folder(self) -> Path:
        """Where the report is written."""
        path = self.room.file.path.absolute()
        return path.with_name(f"{path.stem}-report")


@contextlib.asynccontextmanager
async def held(file: CafeFile, wish: Wish) -> AsyncIterator[Held]:
    """Holds a café. Raises `PortTaken`; whatever happens, what was opened is closed."""
    from server import preview
    from server.control import Control
    from server.remote import Remotes

    async with contextlib.AsyncExitStack() as stack:
        room = Room(file)
        stack.push_async_callback(room.stop)
        stack.enter_context(_logging(file.path))
        differ = differing(written(file.db), room.state)
        code = new_code(LONG_CODE if wish.public_url else 4)
        fixed = wish.plan.code if wish.plan and not wish.new_code else ""
        await room.start(
            wish.plan,
            wish.text,
            code=fixed or code,
            at=wish.at,
            speed=wish.speed,
            trial=wish.trial,
            expected=wish.expected,
        )
        if wish.revise and wish.plan:
            await room.do("revise", plan=wish.plan, text=wish.text)
        if wish.language and wish.language != room.state.language and not room.state.closed:
            await room.do("speak", language=wish.language)
        before = _port_of(room.state.url)
        served = await _serve(room, wish, before)
        stack.push_async_callback(served.close)
        earlier = urlsplit(room.state.url).hostname or ""
        url = wish.public_url.rstrip("/") or f"http://{address.literal(host(wish, earlier))}:{served.port}"
        await room.address(url, code if wish.new_code else "")
        watch = Watch(room, given=bool(given(wish)), public=bool(wish.public_url))
        await watch.look()
        watching = asyncio.create_task(watch.keep())
        stack.callback(watching.cancel)
        copier = Copier(room)
        await copier.open()
        stack.push_async_callback(copier.finish)
        for keeping in (copier.keep(), laptop.keep(room)):
            stack.callback(asyncio.create_task(keeping).cancel)
        preview.offer(room)
        remotes = Remotes(room, lambda: _hand(room))
        stack.push_async_callback(remotes.close)
        control = Control(room, wish.known_as)
        await control.open()
        stack.push_async_callback(control.close)
        wanted = bool(wish.port or fixed_port(wish.plan) or wish.public_url)
        told = Held(room, copier, served.port, url, earlier=0 if wanted or before == served.port else before)
        told.differing = differ
        with signals(told.ended), awake() as mode:
            room.live.notice(awake=mode.active)
            if wish.auto:
                pilot = asyncio.create_task(fly(room))
                stack.callback(pilot.cancel)
            yield told


async def _serve(room: Room, wish: Wish, before: int) -> "Served":
    """Listens on the wished port, on the plan's, on that of `before`, or on the first free one. Raises `PortTaken`.

    Cards may be printed with the plan's port: no other one is taken for it. Phones that were here before know theirs.
    """
    from server.app import make
    from server.serve import PortTaken, serve

    wanted = wish.port or fixed_port(wish.plan)
    ports = [wanted] if wanted else [*dict.fromkeys([before or PORTS[0], *PORTS])]
    while True:
        port = ports.pop(0)
        try:
            return await serve(make(room, public_url=wish.public_url or None, proxies=wish.proxies), None, port)
        except PortTaken:
            if not ports:
                raise


def _hand(room: Room) -> Hand:
    """The phone remote's words: loaded when somebody wants one."""
    from screens.remote import Buttons

    return Buttons(room)


def fixed_port(plan: Plan | None) -> int:
    """The port that stands in the plan's address; 0 where none does."""
    return address.parted(plan.address)[1] if plan else 0


def _port_of(url: str) -> int:
    """The port of an address that phones were told; 0 for one on the internet."""
    try:
        return urlsplit(url).port or 0 if url.startswith("http:") else 0
    except ValueError:
        return 0


def new_code(letters: int) -> str:
    """A code of letters and digits that cannot be mistaken for one another."""
    chance = SystemRandom()
    return "".join(chance.choice(CODE_LETTERS) for _ in range(letters))


def given(wish: Wish) -> str:
    """The name or number of this laptop that was fixed by a person; '' where none was."""
    return wish.host or (address.parted(wish.plan.address)[0] if wish.plan else "")


def host(wish: Wish, earlier: str = "") -> str:
    """The name or number of this laptop that phones are told; 127.0.0.1 where there is no network.

    `earlier` is what they were told before: it is kept while the laptop has it.
    """
    if told := given(wish) or wish.picked:
        return told
    found = [one.ip for one in address.here()]
    return earlier if earlier in found else next(iter(found), "127.0.0.1")


class _Private(RotatingFileHandler):
    """A bounded log that only its owner can read."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT, 0o600))
        return super()._open()


@contextlib.contextmanager
def _logging(cafe: Path) -> Iterator[None]:
    """Logs go to a bounded file beside the café and nowhere else: never into the picture.

    What libraries warn of goes nowhere: it is for who develops, and quotes what phones send.
    """
    handler = _Private(f"{cafe}-log", maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        root.removeHandler(handler)
        handler.close()


@contextlib.contextmanager
def signals(ended: asyncio.Event) -> Iterator[None]:
    """A polite end when the terminal is closed or somebody stops the program from outside."""
    loop = asyncio.get_running_loop()
    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
    taken = []
    for kind in kinds:
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers in its loop.
            loop.add_signal_handler(kind, ended.set)
            taken.append(kind)
    try:
        yield
    finally:
        for kind in taken:
            loop.remove_signal_handler(kind)


def awake() -> "contextlib.AbstractContextManager[Mode]":
    """Keeps the laptop and its screen awake, where the system lets us."""
    from wakepy import keep

    return keep.presenting(on_fail="pass")
