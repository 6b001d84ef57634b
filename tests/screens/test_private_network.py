"""The private view's page about the network: what phones are told, and what it may be when none comes through."""

from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from cafe.i18n import AVAILABLE, translator
from cafe.live import Network, Pulse
from cafe.plan import Plan, Wifi
from cafe.remote import Remote
from cafe.room import Room
from cafe.state import State
from screens.network import page, verdict
from tests.screens.test_private import until, view

STATE = State(url="http://192.168.1.5:8080", code="K7QF", plan=Plan(title="T", organiser="O", contact="c"))
WAYS = (("192.168.1.5", "wlan0"), ("10.0.0.7", "eth0"))


def said(state: State = STATE, *, reached: int = 0, language: str = "en", **network: object) -> str:
    pulse = Pulse(reached=reached, network=Network(**network))  # type: ignore[arg-type]
    return " ".join(page(translator(language), state, pulse, 300).plain.split())


def test_the_page_follows_what_is_true_over_the_wire(tmp_path: Path) -> None:
    """Over the control port the page says what phones are told, the causes after a minute, and then who came."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        def told() -> str:
            return str(pilot.app.query_one("#network-text", Static).content)

        await room.address(STATE.url)
        await pilot.press("6")
        tr = pilot.app.tr  # type: ignore[attr-defined]
        await until(pilot, lambda: "192.168.1.5:8080" in told())
        assert tr("Three remedies") not in told()
        room.live.see(Network(ways=WAYS, overdue=True))
        await until(pilot, lambda: tr("Three remedies") in told())
        await pilot.press("w", "w")
        await until(pilot, lambda: room.state.url == "http://10.0.0.7:8080" and "10.0.0.7:8080" in told())
        room.live.reached("somebody")
        await until(pilot, lambda: "✓" in told() and tr("Three remedies") not in told())

    view(tmp_path, script)


@pytest.mark.parametrize("language", AVAILABLE)
def test_the_causes_hold_what_is_known_of_this_laptop(language: str) -> None:
    """The VPN, the Wi-Fi of the plan, the other address and the line for this firewall stand in the tree."""
    plan = Plan(title="T", organiser="O", contact="c", wifi=Wifi("Sala [red]", "geheim"))
    state = State(url=STATE.url, plan=plan)
    told = said(state, language=language, overdue=True, vpn="tun7", ways=WAYS, system="win32")
    assert "tun7" in told
    assert "Sala [red]" in told
    assert "geheim" not in told
    assert "10.0.0.7 (eth0)" in told
    assert "-LocalPort 8080" in told
    assert all(number in told for number in (" 1 ", " 2 ", " 3 "))
    assert "sudo ufw" in said(language=language, overdue=True, system="linux")
    assert "ufw" not in said(language=language, overdue=True, system="darwin")


def test_an_address_on_the_internet_has_other_causes() -> None:
    """From outside the tunnel, the proxy and the certificate are asked about, no firewall and no Wi-Fi."""
    told = said(State(url="https://cafe.example.org", plan=STATE.plan), overdue=True, public=True)
    assert "--trust-proxy" in told
    assert "firewall" not in told


def test_a_lost_address_is_told() -> None:
    """When the laptop no longer has the address that is fixed, the page says so."""
    assert "✗ This laptop does not have that address now." in said(here=False)
    assert "✗" not in said()


def test_an_address_of_this_laptop_alone_is_told_as_that() -> None:
    """Told 127.0.0.1, phones cannot come: that is said at once, and nobody is sent to look for a firewall."""
    for url in ("http://127.0.0.1:8080", "http://localhost:8080"):
        alone = State(url=url, code="K7QF", plan=STATE.plan)
        told = said(alone, overdue=True, ways=WAYS)
        assert "✗ Only this laptop can reach this address" in told
        assert "10.0.0.7 (eth0)" in told
        assert "firewall" not in told
        assert verdict(translator("en"), alone, Pulse()).plain == "✗ Only this laptop can reach this address"


@pytest.mark.parametrize("width", [40, 72, 120])
def test_the_tree_stays_a_tree_in_any_width(width: int) -> None:
    """No line is wider than the page, and each line of a sentence keeps its branch in front."""
    pulse = Pulse(network=Network(overdue=True, vpn="tun0", ways=WAYS))
    lines = page(translator("en"), STATE, pulse, width).plain.splitlines()
    assert all(len(line) <= width for line in lines)
    tree = lines[next(i for i, line in enumerate(lines) if line.startswith("├")) :]
    tree = tree[: next(i for i, line in enumerate(tree) if line.startswith("└"))]
    assert all(line[0] in "├│" for line in tree)


def test_the_verdict_is_green_only_by_another_device() -> None:
    """Waiting, overdue and come through have each their own sign; a café that nobody can join says none."""
    tr, over = translator("en"), Network(overdue=True)
    signs = [verdict(tr, STATE, pulse).plain[:1] for pulse in (Pulse(), Pulse(network=over), Pulse(reached=1))]
    assert signs == ["…", "✗", "✓"]
    assert not verdict(tr, State(plan=Plan(title="T")), Pulse(network=over)).plain


@pytest.mark.parametrize("language", AVAILABLE)
def test_a_short_code_on_the_internet_is_told_with_its_remedy(language: str) -> None:
    """A café that began in one room and goes on over the internet with its short code says so, and what helps."""
    assert "✗" not in said(STATE, language=language)
    short = said(msgspec.structs.replace(STATE, url="https://cafe.example.org"), language=language, public=True)
    assert "K7QF" in short.split("✗")[1]
    assert "--new-code" in short
    long = msgspec.structs.replace(STATE, url="https://cafe.example.org", code="LANGERCODE")
    assert "✗" not in said(long, language=language, public=True)
