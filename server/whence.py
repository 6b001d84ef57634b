"""Whence a request comes: the device's address, which a proxy that was told may say; and whether that proves anything.

What a header says is believed only of a proxy that the facilitator named. No address is kept, only a hash of it.
"""

import hashlib
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address

from aiohttp import web

from server.guard import here, host_name, host_of, plain

Proxies = tuple[IPv4Network | IPv6Network, ...]
MOST_HOPS = 20


def device(request: web.Request, proxies: Proxies) -> str:
    """The address of the device that asks: the peer, or the one that a told proxy says stands before it.

    The list is read from its end, because only what our own proxies have added is true: the first address that is not
    one of theirs is the device. Raises nothing: what cannot be read ends the list.
    """
    found = plain(request.remote or "")
    said = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")[-MOST_HOPS:]
    for hop in map(_address, reversed(said)):
        if not _among(found, proxies) or not hop:
            break
        found = hop
    return found


def through_proxy(request: web.Request, proxies: Proxies) -> bool:
    """Whether a told proxy brings this request."""
    return _among(plain(request.remote or ""), proxies)


def is_secure(request: web.Request, proxies: Proxies, public_url: str | None) -> bool:
    """Whether the browser spoke HTTPS to what stands ahead of us: its cookie may be marked so."""
    if not public_url or not public_url.startswith("https:"):
        return False
    told = through_proxy(request, proxies) and request.headers.get("X-Forwarded-Proto", "") == "https"
    return told or host_name(request.headers.get("Host", "")) == host_of(public_url)


def hashed(address: str, salt: bytes) -> str:
    """What is kept of an address."""
    return hashlib.sha256(salt + address.encode()).hexdigest()[:16]


def proof(request: web.Request, proxies: Proxies, url: str, inside: Callable[[str], bool]) -> str:
    """The address of another device that came in by `url`, which phones are told; '' for what proves nothing.

    This laptop and machines `inside` it always get through; and that one address works says nothing of another.
    """
    whence, told = device(request, proxies), host_of(url)
    by_url = host_name(request.headers.get("Host", "")) == told or plain(here(request)) == plain(told)
    try:
        own = inside(whence) or whence == plain(here(request)) or _among(whence, proxies)
    except ValueError:
        own = True
    return whence if not own and (by_url or through_proxy(request, proxies)) else ""


def _address(hop: str) -> str:
    """An address as proxies write it, perhaps with a port; '' when it is none."""
    bare = hop.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return plain(str(ip_address(bare)))
    except ValueError:
        return ""


def _among(address: str, proxies: Proxies) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in net for net in proxies)
