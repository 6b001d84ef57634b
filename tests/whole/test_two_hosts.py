"""A laptop and a phone as two hosts with a cable between them: what reaches the laptop, and what is told when nothing
does. Each host is a network namespace, which only root may make; where that is not allowed the tests are skipped, in
CI never.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import LONG, PATIENCE
from tests.whole.terminals import Terminal
from tests.whole.test_command_line import PLAN

LAPTOP, PHONE = (f"cafe{os.getpid()}{host}" for host in "lp")
HERE, MOVED, THERE = "192.168.77.1", "192.168.77.9", "192.168.77.2"
HASTY = """
import signal
import cafe.cli.network as network
from cafe.cli import main

network.EVERY = 0.3
signal.signal(signal.SIGUSR1, lambda *_: setattr(network, "PATIENCE", 0))
main(prog_name="cafe")
"""
"""The program, for which the minute without a phone is over when it is told so."""


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def on(host: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A command on one of the hosts."""
    return subprocess.run(
        ["ip", "netns", "exec", host, *words], capture_output=True, text=True, timeout=LONG, check=False
    )


def asks(host: str, url: str, seconds: float = PATIENCE) -> bool:
    """Whether a host gets an answer from an address."""
    code = f"import urllib.request as u; u.urlopen('{url}', timeout={seconds}).read()"
    return on(host, sys.executable, "-c", code).returncode == 0


def missing() -> str:
    """Why there can be no two hosts here; '' where there can."""
    if sys.platform != "linux" or not (shutil.which("ip") and shutil.which("nft")):
        return "two hosts need Linux with iproute2 and nftables"
    tried = subprocess.run(["ip", "netns", "add", LAPTOP], capture_output=True, text=True, check=False)
    return f"two hosts are not permitted here: {tried.stderr.strip()}" if tried.returncode else ""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Path]:
    """A laptop and a phone with a Wi-Fi card each, and a folder with a plan."""
    why = missing()
    if why and os.environ.get("CI"):
        pytest.fail(why)
    if why:
        pytest.skip(why)
    try:
        ip("netns", "add", PHONE)
        ip("link", "add", "wlan0", "netns", LAPTOP, "type", "veth", "peer", "name", "wlan0", "netns", PHONE)
        for host, address in ((LAPTOP, HERE), (PHONE, THERE)):
            ip("-n", host, "addr", "add", f"{address}/24", "dev", "wlan0")
            ip("-n", host, "link", "set", "wlan0", "up")
            ip("-n", host, "link", "set", "lo", "up")
        (tmp_path / "lab.toml").write_text(PLAN, "utf-8")
        yield tmp_path
    finally:
        for host in (LAPTOP, PHONE):
            subprocess.run(["ip", "netns", "del", host], capture_output=True, check=False)


def laptop(*arguments: str, cwd: Path, width: int = 80, height: int = 24) -> Terminal:
    """The program on the laptop, in a terminal."""
    program = ["ip", "netns", "exec", LAPTOP, sys.executable, "-c", HASTY]
    return Terminal(*arguments, cwd=cwd, width=width, height=height, program=program)


def minute_is_over(wall: Terminal) -> None:
    """A minute has passed in which nobody came through."""
    wall.child.kill(signal.SIGUSR1)


def test_only_another_device_turns_the_proof_green(hall: Path) -> None:
    """The laptop's own request proves nothing; one from the other host turns wall and private view green."""
    with laptop("run", "lab.toml", "--port", "8080", cwd=hall) as wall:
        wall.until(lambda text: f"{HERE}:8080" in text and "waiting for the first phone" in text)
        assert asks(LAPTOP, f"http://{HERE}:8080/health")
        with laptop("control", cwd=hall, width=120, height=34) as view:
            view.until(lambda text: "No other device has reached" in text or "No phone has come" in text)
            assert "✓" not in view.text
            minute_is_over(wall)
            wall.until(lambda text: "Does the page not open?" in text)
            assert asks(PHONE, f"http://{HERE}:8080/health")
            wall.until(lambda text: "✓ Phones come through" in text)
            view.until(lambda text: "✓ 1 other device has come through" in text)


def test_a_firewall_in_the_way_is_told_with_its_remedies(hall: Path) -> None:
    """While a rule keeps phones out the private view shows the causes, the wall one calm line; then all is green."""
    rules = "add table inet c; add chain inet c i { type filter hook input priority 0; }; "
    blocked = on(LAPTOP, "nft", rules + 'add rule inet c i iifname "wlan0" tcp dport 8080 drop')
    assert blocked.returncode == 0, blocked.stderr
    with laptop("run", "lab.toml", "--port", "8080", cwd=hall) as wall:
        wall.until(lambda text: f"{HERE}:8080" in text)
        with laptop("control", cwd=hall, width=120, height=40) as view:
            view.until(lambda text: "6 says why" in text)
            assert not asks(PHONE, f"http://{HERE}:8080/health", seconds=1)
            minute_is_over(wall)
            view.press("6")
            view.until(lambda text: "No other device has come through for a minute" in text)
            view.until(lambda text: "Three remedies" in text and "sudo ufw allow 8080/tcp" in text)
            assert "keeps devices apart" in " ".join(view.text.split())
            wall.until(lambda text: "Does the page not open? Please tell" in text)
            assert "remedies" not in wall.text
            assert on(LAPTOP, "nft", "delete table inet c").returncode == 0
            assert asks(PHONE, f"http://{HERE}:8080/health")
            view.until(lambda text: "✓ 1 other device has come through" in text and "Three remedies" not in text)
            wall.until(lambda text: "✓ Phones come through" in text)


def test_an_address_that_changes_is_told_at_once(hall: Path) -> None:
    """When the network gives the laptop another address the wall shows it, says so once, and waits for a new proof."""
    with laptop("run", "lab.toml", "--port", "8080", cwd=hall) as wall:
        wall.until(lambda text: f"{HERE}:8080" in text)
        assert asks(PHONE, f"http://{HERE}:8080/health")
        wall.until(lambda text: "✓ Phones come through" in text)
        ip("-n", LAPTOP, "addr", "add", f"{MOVED}/24", "dev", "wlan0")
        ip("-n", LAPTOP, "addr", "del", f"{HERE}/24", "dev", "wlan0")
        ip("-n", LAPTOP, "addr", "replace", f"{MOVED}/24", "dev", "wlan0")
        told = (f"{MOVED}:8080", "please scan the code again")
        wall.until(lambda text: all(words in text for words in told) and f"{HERE}:8080" not in text)
        assert "✓" not in wall.text
        assert asks(PHONE, f"http://{MOVED}:8080/health")
        wall.until(lambda text: "✓ Phones come through" in text)


def test_between_two_networks_a_person_is_asked(hall: Path) -> None:
    """With two cards in two networks the facilitator says where the phones are, and w goes over to the other one."""
    ip("link", "add", "eth0", "netns", LAPTOP, "type", "veth", "peer", "name", "eth0", "netns", PHONE)
    ip("-n", LAPTOP, "addr", "add", "10.55.0.5/24", "dev", "eth0")
    ip("-n", LAPTOP, "link", "set", "eth0", "up")
    with laptop("run", "lab.toml", "--port", "8080", cwd=hall) as wall:
        wall.until(lambda text: "In which one are the phones?" in text and "10.55.0.5" in text and HERE in text)
        wall.press("2\r" if "2  eth0" in wall.text else "1\r")
        wall.until(lambda text: "10.55.0.5:8080" in text)
        wall.press("w")
        wall.until(lambda text: f"phones are told {HERE} (wlan0)" in text)
        wall.press("w")
        wall.until(lambda text: f"{HERE}:8080" in text and "10.55.0.5:8080" not in text)
        assert asks(PHONE, f"http://{HERE}:8080/health")
        wall.until(lambda text: "✓ Phones come through" in text)
