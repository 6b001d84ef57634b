"""Which address phones are told: one that a phone in the room can reach."""

import pytest

from cafe.address import candidates, here


@pytest.mark.parametrize(
    ("best", "others"),
    [
        (("wlan0", "192.168.1.5"), [("docker0", "172.17.0.1"), ("lo", "127.0.0.1"), ("tun0", "10.8.0.2")]),
        (("Wi-Fi", "192.168.0.7"), [("vEthernet (WSL)", "172.20.0.1"), ("VMware Network Adapter", "192.168.56.1")]),
        (("Local Area Connection", "192.168.1.9"), [("Loopback Pseudo-Interface 1", "127.0.0.1")]),
        (("en0", "192.168.1.4"), [("utun3", "10.1.1.1"), ("en5", "169.254.10.10")]),
        (("Microsoft Wi-Fi Direct Virtual Adapter", "192.168.137.1"), [("Tailscale Tunnel", "100.100.1.1")]),
    ],
)
def test_the_card_in_the_room_is_best(best: tuple[str, str], others: list[tuple[str, str]]) -> None:
    """Wi-Fi, cable and the laptop's own hotspot come before whatever is only inside the laptop."""
    found = candidates([*others, best])
    assert (found[0].card, found[0].ip) == best
    assert not {one.ip for one in found} & {"127.0.0.1", "169.254.10.10", "172.17.0.1"}


def test_the_way_to_the_world_decides_between_two() -> None:
    """Of two cards the one with the default route is told."""
    cards = [("eth0", "192.168.1.5"), ("eth1", "192.168.2.60")]
    assert candidates(cards, default="192.168.1.5")[0].ip == "192.168.1.5"


def test_without_a_network_there_is_none() -> None:
    """A laptop without any network has no address to tell."""
    assert candidates([("lo", "127.0.0.1")]) == []


def test_this_laptop_can_be_asked() -> None:
    """Looking at the real cards gives addresses that are typed as four numbers."""
    assert all(one.ip.count(".") == 3 and one.score > 0 for one in here())
