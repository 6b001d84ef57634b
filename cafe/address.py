"""Which of the laptop's addresses phones are told: candidates with a score and the reason for it.

Phones get an IPv4 literal: names are not found by many of them, and a link-local address cannot be typed.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable

import msgspec

_VIRTUAL = re.compile(
    r"docker|br-|veth|wsl|vmnet|vmware|vbox|virtualbox|virbr|hyper-v|tun|tap|wg|wireguard|tailscale|zt|utun|ppp|lo\d*$",
    re.IGNORECASE,
)
_CARD = re.compile(r"wlan|wl|wi-?fi|en|eth|ethernet|local area", re.IGNORECASE)
_HOTSPOTS = tuple(ipaddress.ip_network(net) for net in ("192.168.137.0/24", "192.168.2.0/24", "10.42.0.0/24"))
_SHARED = ipaddress.ip_network("100.64.0.0/10")


class Candidate(msgspec.Struct, frozen=True, order=True):
    """An address of this laptop. A score of 0 or less is none that a phone in the room could reach."""

    score: int
    ip: str
    card: str


def candidates(cards: Iterable[tuple[str, str]], default: str = "") -> list[Candidate]:
    """Scores `(name of the card, IPv4 address)` pairs, best first. `default` is the address of the default route."""
    found = [Candidate(_score(card, ip, default), ip, card) for card, ip in cards]
    return sorted((one for one in found if one.score > 0), reverse=True)


def _score(card: str, ip: str, default: str) -> int:
    address = ipaddress.ip_address(ip)
    if address.version != 4 or address.is_loopback or address.is_unspecified:
        return 0
    score = 10
    score += 40 if ip == default else 0
    score += 30 if _CARD.match(card) else 0
    score += 20 if address.is_private else 0
    score += 25 if any(address in net for net in _HOTSPOTS) else 0
    score -= 100 if _VIRTUAL.match(card) else 0
    score -= 60 if address.is_link_local or address in _SHARED else 0
    return score


def here() -> list[Candidate]:
    """The candidates of this laptop, best first; none without a network."""
    import ifaddr

    cards = [
        (adapter.nice_name, ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)
    ]
    return candidates(cards, _default_route())


def _default_route() -> str:
    """The address from which this laptop would send to the world; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
