"""Who may speak to this server and how fast: the Host and Origin checks, and the limits.

Time here is real time and comes in as a clock. No table grows without bound, and no address is kept in the clear.
"""

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import web

from server.refusals import No

SAFE = ("GET", "HEAD", "OPTIONS")
MOST_PEOPLE = 10_000
MOST_WAITING = 400


class Bucket:
    """A token bucket: `burst` at once, then one every `every` seconds."""

    __slots__ = ("burst", "every", "full_at")

    def __init__(self, burst: int, every: float) -> None:
        self.burst, self.every = burst, every
        self.full_at = float("-inf")

    def take(self, now: float) -> float:
        """Takes one and gives 0, or gives the seconds until there is one again."""
        full_at = max(self.full_at, now) + self.every
        wait = full_at - now - self.burst * self.every
        if wait > 1e-9:
            return wait
        self.full_at = full_at
        return 0


class Limits:
    """How fast things may come: ideas for each participant, joining and wrong codes for the whole café.

    Generously: a hall of a thousand comes in behind one address, all in the same moment.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ideas: OrderedDict[str, Bucket] = OrderedDict()
        self._acts: OrderedDict[str, Bucket] = OrderedDict()
        self._photos: OrderedDict[str, Bucket] = OrderedDict()
        self._tables: OrderedDict[str, Bucket] = OrderedDict()
        self.uploads = asyncio.Semaphore(8)
        """Photographs at a time that are on their way or wait to be drawn: each may be large, and lies in memory."""
        self.drawing = asyncio.Lock()
        """One is drawn anew at a time, so that the wall keeps a core for itself."""
        self._joins = Bucket(1200, 1 / 20)
        self._wrong = Bucket(20, 3)
        self._doors: OrderedDict[str, Bucket] = OrderedDict()
        self._guessers: OrderedDict[str, Bucket] = OrderedDict()
        self._guesses = asyncio.Lock()
        self._waiting = 0

    def idea(self, who: str) -> None:
        """An idea of `who` comes. Refused when they come too fast."""
        self._charge(self._ideas, who, 5, 2)

    def act(self, who: str) -> None:
        """`who` changes, takes back, sits down or the like. Refused when that comes too fast."""
        self._charge(self._acts, who, 30, 0.5)

    def photo(self, who: str) -> None:
        """A photograph of `who` comes. Refused when they come too fast."""
        self._charge(self._photos, who, 4, 15)

    def table(self, number: int) -> None:
        """An idea comes from a table's device. Refused when they come too fast."""
        self._charge(self._tables, str(number), 10, 2)

    def join(self, whence: str) -> None:
        """Somebody joins. Refused when a crowd comes in at once.

        `whence` is a hash of the address that a proxy told, '' in a hall: one address of the internet cannot take up
        what is for all, and yet a whole office may come in behind it.
        """
        if whence:
            self._charge(self._doors, whence, 100, 0.5, "crowded")
        if wait := self._joins.take(self._clock()):
            raise No("crowded", wait)

    async def wrong_code(self, whence: str) -> None:
        """Somebody typed a wrong code. Past the limit the café answers one guess at a time.

        Who guesses on and on from one address of the internet (`whence`) is stopped before it costs the others.
        """
        if whence:
            self._charge(self._guessers, whence, 10, 6, "crowded")
        if wait := self._wrong.take(self._clock()):
            raise No("crowded", wait)

    async def guess(self) -> None:
        """Before a code is looked at: when many wrong ones came, guesses wait in line, right ones too."""
        if self._wrong.full_at - self._clock() < self._wrong.burst * self._wrong.every - self._wrong.every:
            return
        if self._waiting >= MOST_WAITING:
            raise No("crowded", 5)
        self._waiting += 1
        try:
            async with self._guesses:
                await asyncio.sleep(0.05)
        finally:
            self._waiting -= 1

    def _charge(
        self, buckets: OrderedDict[str, Bucket], who: str, burst: int, every: float, no: str = "too_fast"
    ) -> None:
        bucket = buckets.get(who)
        if bucket is None:
            bucket = buckets[who] = Bucket(burst, every)
            if len(buckets) > MOST_PEOPLE:
                buckets.popitem(last=False)
        buckets.move_to_end(who)
        if wait := bucket.take(self._clock()):
            raise No(no, wait)


# ------------------------------------------------------------------------------------------- Host and Origin


def check_host(request: web.Request, told: tuple[str | None, ...]) -> None:
    """Refuses a name that is not ours: a page elsewhere may have bound its own name to this laptop's address.

    Ours are the address at which this very connection arrived, this machine's names, and the addresses in `told`.
    """
    name = host_name(request.headers.get("Host", ""))
    ours = name in names() or name in map(host_of, filter(None, told)) or _is_here(name, request)
    if not name or not ours or host_name(request.host) != name:  # the request line may hold a name of its own
        raise No("wrong_host")


def names() -> tuple[str, ...]:
    """What this machine is called by itself and by its neighbours."""
    own = socket.gethostname().lower().removesuffix(".local")
    return ("localhost", f"{own}.local")


def host_of(url: str) -> str:
    """The host of an address as people write it, with or without http://."""
    return (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()


def host_name(header: str) -> str:
    """The name in a Host header without its port; '' when it is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower().removesuffix(".")
    except ValueError:
        return ""


def _is_here(name: str, request: web.Request) -> bool:
    """Whether a name is the address at which this connection arrived, or the laptop's own loopback."""
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or str(plain(name)) == str(plain(here(request)))


def plain(address: str) -> str:
    """An address without its zone, and as IPv4 where IPv6 only wraps that."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else str(parsed)


def here(request: web.Request) -> str:
    """The laptop's own address on the connection; '' when it is gone."""
    transport = request.transport
    return str(transport.get_extra_info("sockname")[0]) if transport else ""


def check_origin(request: web.Request, told: tuple[str | None, ...]) -> None:
    """Refuses what another page wants to do in somebody's name. Reading is always allowed, it tells nothing."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise No("wrong_origin")
    origin = request.headers.get("Origin")
    if origin is None:
        return
    try:
        parts = urlsplit(origin)
    except ValueError:
        raise No("wrong_origin") from None
    ours = {request.headers.get("Host", "").lower(), *(urlsplit(url).netloc.lower() for url in told if url)}
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in ours - {""}:
        raise No("wrong_origin")
