"""Which of the laptop's addresses phones are told: candidates with a score and the reasons for it.

Phones get an IPv4 literal: names are not found by many of them, and a link-local address cannot be typed. Everything
but `here` and `cards` is pure, so that the lists of other people's laptops can be judged as well.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from cafe.i18n import N_

Net = ipaddress.IPv4Network | ipaddress.IPv6Network

_INSIDE = re.compile(
    r"\b(docker|br-|veth|wsl|vmnet|vmware|vbox|virtualbox|virbr|hyper-v|lxc|lxd|podman|cni|parallels)", re.IGNORECASE
)
"""Cards that lead to a machine inside this one."""
_VPN = re.compile(
    r"\b(tun|tap|utun|wg\d|wireguard|tailscale|zt|zerotier|ppp|ipsec|vpn|openvpn|nordlynx|proton|anyconnect|fortinet)",
    re.IGNORECASE,
)
_CARD = re.compile(r"\b(wlan|wl[opx]|wi-?fi|wireless|airport|en[opsx\d]|eth|local area)", re.IGNORECASE)
_HOTSPOTS = {"192.168.137.1": "Windows", "192.168.2.1": "macOS", "10.42.0.1": "NetworkManager"}
"""What a laptop calls itself in the hotspot that it opens."""
_SHARED = ipaddress.ip_network("100.64.0.0/10")

WAY_OUT = N_("the way to the internet")
CARD = N_("a network card")
PRIVATE = N_("an address of a private network")
HOTSPOT = N_("this laptop's own hotspot")
INSIDE = N_("leads to a machine inside this laptop")
VPN = N_("a VPN: phones in the room are not in it")
ALONE = N_("no network gave it an address")
SHARED = N_("an address that a provider shares out")
LONG = N_("IPv6, long to type")

_WORTH = {WAY_OUT: 40, CARD: 30, PRIVATE: 20, HOTSPOT: 80, INSIDE: -200, VPN: -200, ALONE: -160, SHARED: -160, LONG: 0}
SURE = 50
"""From this score on the phones may well be in that network."""
SAFE_CODE = 8
"""Letters from which on a code on the internet is not found by trying."""
SHORT = N_(
    "The code {code} is short for the internet: strangers could find it by trying. "
    "Started with --new-code the café gets a longer one; who is in stays in."
)


class Card(NamedTuple):
    """An address of the laptop as the system lists it: the card's name, the address, the length of its network."""

    name: str
    ip: str
    prefix: int = 24


class Candidate(msgspec.Struct, frozen=True, order=True):
    """An address of this laptop. A score of 0 or less is none that a phone in the room could reach."""

    score: int
    ip: str
    card: str
    net: str = ""
    why: tuple[str, ...] = ()


class Choice(msgspec.Struct, frozen=True):
    """The address that phones are told. `rivals` are others that might be meant as well: then a person is asked."""

    best: Candidate | None = None
    rivals: tuple[Candidate, ...] = ()


def judge(cards: Iterable[Card | tuple[str, str]], default: str = "") -> list[Candidate]:
    """Every address with its score and reasons, best first; loopback is left out.

    `default` is the address of the default route.
    """
    found = [_judged(Card(*card), default) for card in cards]
    return sorted((one for one in found if one), reverse=True)


def _judged(card: Card, default: str) -> Candidate | None:
    address = ipaddress.ip_address(card.ip)
    if address.is_loopback or address.is_unspecified or address.is_multicast:
        return None
    hotspot = card.ip in _HOTSPOTS
    apart = {
        LONG: address.version == 6,
        INSIDE: bool(_INSIDE.search(card.name)),
        VPN: bool(_VPN.search(card.name)),
        ALONE: address.is_link_local,
        SHARED: address in _SHARED,
        HOTSPOT: hotspot,
        WAY_OUT: card.ip == default,
        CARD: bool(_CARD.search(card.name)) and not hotspot,
        PRIVATE: address.is_private and not address.is_link_local,
    }
    why = tuple(reason for reason, holds in apart.items() if holds)
    score = 10 + sum(_WORTH[reason] for reason in why)
    net = ipaddress.ip_network(f"{card.ip}/{card.prefix}", strict=False)
    return Candidate(score, card.ip, card.name, str(net), why)


def candidates(cards: Iterable[Card | tuple[str, str]], default: str = "") -> list[Candidate]:
    """What a phone could reach, best first; IPv6 only where there is nothing else."""
    found = [one for one in judge(cards, default) if one.score > 0]
    return [one for one in found if LONG not in one.why] or found


def choose(found: Sequence[Candidate]) -> Choice:
    """The best of `found`; with the others of which only a person can know whether the phones are there.

    A hotspot that was opened on this laptop was opened for the phones; two cards in one network are one way in.
    """
    if not found:
        return Choice()
    best, *others = found
    if HOTSPOT in best.why:
        return Choice(best)
    nets = {best.net}
    rivals = []
    for other in others:
        if other.score >= SURE and other.net not in nets and LONG not in other.why:
            nets.add(other.net)
            rivals.append(other)
    return Choice(best, tuple(rivals))


def moved(told: str, found: Sequence[Candidate]) -> str:
    """The address to tell instead of `told` when the laptop does not have that any more; '' to leave it.

    A network that is only away for a moment changes nothing: what stands on the wall stays until there is a better one.
    """
    if not found or any(one.ip == told for one in found):
        return ""
    return found[0].ip


def inside(cards: Iterable[Card], told: str = "") -> tuple[Net, ...]:
    """The addresses that are this very machine, or machines inside it: a request from there proves nothing.

    The network of `told` is never among them: whoever tells phones that address expects them there.
    """
    nets: list[Net] = []
    for card in cards:
        own = ipaddress.ip_address(card.ip)
        nets.append(ipaddress.ip_network(own))
        if _INSIDE.search(card.name) and card.ip != told:
            nets.append(ipaddress.ip_network(f"{card.ip}/{card.prefix}", strict=False))
    return tuple(nets)


def vpn(cards: Iterable[Card]) -> str:
    """The name of a VPN that is on; '' for none. One that has no address of its own to give is not worth a word."""
    for card in cards:
        address = ipaddress.ip_address(card.ip)
        if _VPN.search(card.name) and not address.is_link_local and not address.is_loopback:
            return card.name
    return ""


def literal(ip: str) -> str:
    """An address as it stands in a URL."""
    return f"[{ip}]" if ":" in ip else ip


def parted(fixed: str) -> tuple[str, int]:
    """The name or number in the address that a plan fixes, bare, and its port; '' and 0 for what does not stand there.

    Raises `ValueError` for what is no address.
    """
    parts = urlsplit(f"//{fixed}")
    return parts.hostname or "", parts.port or 0


# ------------------------------------------------------------------------------------------------ this laptop


def cards() -> list[Card]:
    """What this laptop's cards are and which addresses they have."""
    import ifaddr

    found = []
    for adapter in ifaddr.get_adapters():
        for ip in adapter.ips:
            name, more = str(ip.nice_name), str(adapter.nice_name)  # on Windows one is short and one tells the maker
            literal = ip.ip if isinstance(ip.ip, str) else ip.ip[0]
            found.append(Card(name if more in ("", name) else f"{name} ({more})", literal, ip.network_prefix))
    return found


def is_short(code: str) -> bool:
    """Whether a code lets strangers in where the whole internet may try."""
    return len(code) < SAFE_CODE


def here() -> list[Candidate]:
    """The candidates of this laptop, best first; none without a network."""
    return candidates(cards(), way_out())


def way_out() -> str:
    """The address from which this laptop would send to the world; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
