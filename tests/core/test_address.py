"""Which address phones are told: one that a phone in the room can reach."""

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from cafe.address import Card, candidates, choose, here, inside, judge, literal, moved, parted, vpn
from cafe.cli import held
from cafe.exports.cards import link
from cafe.plan import Plan

LISTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "networks.toml").read_text("utf-8"))


def cards(name: str) -> list[Card]:
    return [Card(*card) for card in LISTS[name]["cards"]]


@pytest.mark.parametrize("name", LISTS)
def test_each_laptop_tells_what_its_owner_would_expect(name: str) -> None:
    """VPN, Docker, WSL, a hotspot, two cards, IPv6 alone, nothing: the right address is told, or somebody is asked."""
    given = LISTS[name]
    chosen = choose(candidates(cards(name), given.get("default", "")))
    assert (chosen.best.ip if chosen.best else "") == given["tells"]
    assert [one.ip for one in chosen.rivals] == given.get("ask", [])
    assert vpn(cards(name)) == given.get("vpn", "")
    own = inside(cards(name), given["tells"])
    assert all(any(ip_address(ip) in net for net in own) for ip in given.get("inside", []))
    assert not any(ip_address("192.168.1.200") in net for net in own)


@pytest.mark.parametrize("name", LISTS)
def test_the_order_of_the_list_does_not_matter(name: str) -> None:
    """However the system lists its cards, the same address is told."""
    default = LISTS[name].get("default", "")
    one, other = choose(candidates(cards(name), default)), choose(candidates(cards(name)[::-1], default))
    assert one == other


def test_every_score_is_explained() -> None:
    """Each address of a laptop has its reasons; loopback is not worth a word."""
    for name, given in LISTS.items():
        for one in judge(cards(name), given.get("default", "")):
            assert one.why, one
            assert not ip_address(one.ip).is_loopback


def test_the_card_that_is_told_on_purpose_counts_its_own_network() -> None:
    """Who tells phones an address inside the laptop expects them there: they are proof."""
    docker = cards("docker")
    assert any(ip_address("172.17.0.3") in net for net in inside(docker, "10.0.0.17"))
    assert not any(ip_address("172.17.0.3") in net for net in inside(docker, "172.17.0.1"))


def test_only_a_lost_address_is_replaced() -> None:
    """The address on the wall stays while the laptop has it, and while there is no other; then the best takes over."""
    found = candidates(cards("two_cards"), "10.1.2.3")
    assert moved("192.168.1.5", found) == ""
    assert moved("192.168.1.9", []) == ""
    assert moved("192.168.1.9", found) == "10.1.2.3"
    assert moved("127.0.0.1", found) == "10.1.2.3"


def test_an_address_in_a_link_is_written_as_browsers_read_it() -> None:
    """IPv6 stands in brackets."""
    assert [literal("10.0.0.1"), literal("fd00::2")] == ["10.0.0.1", "[fd00::2]"]


def test_this_laptop_can_be_asked() -> None:
    """Looking at the real cards gives addresses that a phone could be told."""
    assert all(ip_address(one.ip) and one.score > 0 for one in here())


@pytest.mark.parametrize(
    ("fixed", "name", "port"),
    [
        ("", "", 0),
        ("192.168.1.5", "192.168.1.5", 0),
        ("192.168.1.5:8080", "192.168.1.5", 8080),
        ("cafe.example.org:80", "cafe.example.org", 80),
        ("[fd00::5]", "fd00::5", 0),
        ("[fd00::5]:8080", "fd00::5", 8080),
    ],
)
def test_an_address_that_a_plan_fixes_is_read_the_same_everywhere(fixed: str, name: str, port: int) -> None:
    """A name, a number or a long IPv6 number, each with its port or without: the café and the cards agree on it."""
    assert parted(fixed) == (name, port)
    plan = Plan(title="T", address=fixed, code="K7QF")
    assert (held.given(held.Wish(plan=plan)), held.fixed_port(plan)) == (name, port)
    assert bool(link(plan, 1)) == bool(port)
