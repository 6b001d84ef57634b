"""What is true only while the program runs, and is never written down: who is connected, and at which address."""

import logging
import sys
from collections import Counter, deque
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

import msgspec

from cafe.copies import Copy

logger = logging.getLogger("cafe.live")

Watcher = Callable[[], None]


class Network(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ways in, as the laptop sees them.

    `ways` are the addresses that phones could be told, with their cards, best first. `here` is false when the one that
    they are told is not this laptop's any more. `public`: it leads here from the internet. `overdue`: for a minute and
    more nobody has come through.
    """

    ways: tuple[tuple[str, str], ...] = ()
    here: bool = True
    public: bool = False
    vpn: str = ""
    overdue: bool = False
    system: str = sys.platform


class Laptop(msgspec.Struct, frozen=True, omit_defaults=True):
    """The laptop itself: the café's file with its size and the café time of what was saved last, bytes that are free
    beside it (-1: not known), the battery in per cent (-1: there is none), whether it hangs on the mains, whether it is
    kept from sleeping.

    `sticks` are where sticks are mounted. Copies go to `folder`, `copying` are the folders that are being written to,
    `trouble` says why the last copy was not made; in `stale` ones stands what was to be forgotten since.
    """

    file: str = ""
    size: int = 0
    saved: int = 0
    free: int = -1
    battery: int = -1
    plugged: bool = True
    awake: bool = True
    sticks: tuple[str, ...] = ()
    folder: str = ""
    copying: tuple[str, ...] = ()
    trouble: str = ""
    copies: tuple[Copy, ...] = ()
    stale: tuple[str, ...] = ()


class Pulse(msgspec.Struct, frozen=True):
    """The moment in numbers: phones connected, other devices that have reached the server, ms to the disk.

    `dark`: the wall shows nothing; `wall` has its columns and rows, (0, 0) where none is open. `remotes` are the phones
    that may lead the café; while `pairing` another one may become one. `locked`: the wall's keys do nothing.
    """

    connected: int = 0
    reached: int = 0
    wait: int = 0
    network: Network = Network()
    dark: bool = False
    remotes: int = 0
    pairing: bool = False
    wall: tuple[int, int] = (0, 0)
    laptop: Laptop = Laptop()
    locked: bool = False


class Live:
    """Counts of the moment. Watchers are told when one of them changes."""

    def __init__(self) -> None:
        self.streams: Counter[str] = Counter()
        """Open streams for each participant id."""
        self.others: set[str] = set()
        """Hashes of addresses, other than this laptop's own, that have reached the server: proof by phone."""
        self.answers: deque[float] = deque(maxlen=200)
        """Seconds that the last saved ideas waited for the disk."""
        self.port = 0
        self.network = Network()
        self.laptop = Laptop()
        self.dark = False
        self.remotes, self.pairing = 0, False
        self.wall = (0, 0)
        self.locked = False
        self.inside: tuple[IPv4Network | IPv6Network, ...] = ()
        """This laptop's own addresses, and the networks of machines inside it: what comes from there proves nothing."""
        self._watchers: list[Watcher] = []

    @property
    def connected(self) -> int:
        """How many participants have a stream open."""
        return len(self.streams)

    @property
    def pulse(self) -> Pulse:
        slowest = max(self.answers, default=0.0)
        wait = round(slowest * 1000)
        moment = (self.network, self.dark, self.remotes, self.pairing, self.wall, self.laptop, self.locked)
        return Pulse(self.connected, len(self.others), wait, *moment)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Calls `watcher` after each change, until the returned function is called."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def came(self, who: str) -> None:
        """A participant's stream opened."""
        self.streams[who] += 1
        self._tell()

    def went(self, who: str) -> None:
        """A participant's stream closed."""
        self.streams[who] -= 1
        if self.streams[who] <= 0:
            del self.streams[who]
        self._tell()

    def reached(self, whence: str) -> None:
        """A request from another device arrived."""
        if whence not in self.others and len(self.others) < 10_000:
            self.others.add(whence)
            self._tell()

    def is_inside(self, ip: str) -> bool:
        """Whether an address is this laptop or a machine inside it."""
        address = ip_address(ip)
        return address.is_loopback or any(address in net for net in self.inside)

    def see(self, network: Network) -> None:
        """The ways in are these now."""
        if network != self.network:
            self.network = network
            self._tell()

    def notice(self, **seen: Any) -> None:
        """Something about the laptop is so now: fields of `Laptop`."""
        laptop = msgspec.structs.replace(self.laptop, **seen)
        if laptop != self.laptop:
            self.laptop = laptop
            self._tell()

    def darken(self, *, dark: bool) -> None:
        """The wall shows nothing, or what is true again."""
        if dark != self.dark:
            self.dark = dark
            self._tell()

    def measure(self, columns: int, rows: int) -> None:
        """The wall's window is so large now."""
        if (columns, rows) != self.wall:
            self.wall = (columns, rows)
            self._tell()

    def lock(self, *, locked: bool) -> None:
        """The keys of the wall are locked now, or work."""
        if locked != self.locked:
            self.locked = locked
            self._tell()

    def pair(self, remotes: int, *, pairing: bool) -> None:
        """So many phones lead the café now, and whether another one may come."""
        if (remotes, pairing) != (self.remotes, self.pairing):
            self.remotes, self.pairing = remotes, pairing
            self._tell()

    def begin_proof(self) -> None:
        """Phones are told another address: that the one before worked proves nothing about it."""
        self.others.clear()
        self._tell()

    def _tell(self) -> None:
        for watcher in list(self._watchers):
            try:
                watcher()
            except Exception:  # A phone that comes in must not hear of what is wrong with the wall.
                logger.exception("a watcher failed")
