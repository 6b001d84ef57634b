"""`cafe doctor`: what is said of a laptop, from readings of many laptops and of this one."""

import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from cafe.address import Card
from cafe.cli import main
from cafe.cli.doctor import for_people
from cafe.doctor import Readings, findings
from cafe.doctor.findings import NAMES
from cafe.i18n import AVAILABLE, translator
from cafe.plan import Plan, Wifi

LISTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "networks.toml").read_text("utf-8"))
ENGLISH = translator("en")
WELL = Readings(
    cards=(Card("wlan0", "192.168.1.5"),),
    default="192.168.1.5",
    free=8080,
    tried=(8080, 8081),
    sqlite="3.53.4",
    room=50_000_000_000,
    sync=4.2,
    now=datetime(2026, 3, 4, 10, 30),
    zone="EET",
    east=120,
    terminal=(120, 34),
    colours="truecolor xterm-256color",
    python=(3, 12, 1),
    charge=80,
    plugged=True,
)


def said(seen: Readings, plan: Plan | None = None) -> dict[str, tuple[str, str]]:
    """The verdict and the sentence for each thing."""
    return {one.about: (one.verdict, " ".join((one.said, *one.more))) for one in findings(ENGLISH, seen, plan)}


def verdict(about: str, plan: Plan | None = None, **changed: object) -> str:
    return said(msgspec.structs.replace(WELL, **changed), plan)[about][0]


def test_a_good_laptop_is_told_so() -> None:
    """With everything in order only the proof by a phone is still to be given."""
    assert {about for about, (verdict, _) in said(WELL).items() if verdict != "good"} == {"phones"}
    plan = Plan(title="T", organiser="Town", contact="a@b.c", wifi=Wifi("Net"))
    assert set(said(WELL, plan)) == {*NAMES} - {"network"}


@pytest.mark.parametrize("name", LISTS)
def test_each_laptops_network_is_judged_as_its_owner_would(name: str) -> None:
    """Of each recorded laptop the address is told and why, or that somebody is asked, or that there is none."""
    given = LISTS[name]
    cards = tuple(Card(*card) for card in given["cards"])
    told = said(msgspec.structs.replace(WELL, cards=cards, default=given.get("default", "")))
    unsure = bool(given.get("ask")) or ":" in given["tells"]
    assert told["address"][0] == ("bad" if not given["tells"] else "look" if unsure else "good")
    assert given["tells"] in told["address"][1]
    assert all(other in told["address"][1] for other in given.get("ask", ()))
    assert ("network" in told) == bool(given.get("vpn"))


def test_what_would_spoil_the_day_is_bad() -> None:
    """No network, a wrong address, a taken port, no room, no organiser, a clock of the last century: each is told."""
    plan = Plan(title="T", organiser="Town", contact="a@b.c", address="10.9.9.9:8080")
    assert verdict("address", cards=()) == "bad"
    assert verdict("address", plan) == "bad"
    assert verdict("address", msgspec.structs.replace(plan, address="192.168.1.5")) == "good"
    assert verdict("address", inside="wsl") == "bad"
    assert verdict("port", wanted=8080, free=0, tried=(8080,)) == "bad"
    assert verdict("port", free=0) == "bad"
    assert verdict("port", free=8081) == "look"
    assert verdict("joining", Plan(title="T")) == "bad"
    assert verdict("joining", plan) == "look"
    assert verdict("disk", room=1_000_000) == "bad"
    assert verdict("disk", room=500_000_000) == "look"
    assert [verdict("sync", sync=ms) for ms in (3, 300, 3000, -1)] == ["good", "look", "bad", "bad"]
    assert verdict("sqlite", sqlite="3.40.1") == "look"
    assert verdict("clock", now=datetime(1970, 1, 1)) == "bad"
    assert verdict("clock", zone="UTC", east=0) == "look"
    assert [verdict("terminal", terminal=size) for size in ((30, 10), (60, 20))] == ["bad", "look"]
    assert verdict("terminal", colours="vt100") == "look"
    assert [verdict("battery", charge=n, plugged=False) for n in (80, 5)] == ["look", "bad"]


@pytest.mark.parametrize(
    ("system", "walls", "part"),
    [
        ("linux", ("ufw",), "sudo ufw allow 8080/tcp"),
        ("linux", ("firewalld",), "firewall-cmd --add-port=8080/tcp"),
        ("win32", (), "New-NetFirewallRule"),
        ("darwin", (), "System Settings"),
    ],
)
def test_the_firewall_of_each_system_has_its_line(system: str, walls: tuple[str, ...], part: str) -> None:
    """What must be typed or pressed on each system is told with the port in it."""
    found = said(msgspec.structs.replace(WELL, system=system, walls=walls))["firewall"]
    assert found[0] == "look"
    assert part in found[1]


def test_a_verdict_is_a_word_and_a_sign() -> None:
    """Who sees no colours reads the same, in every language."""
    bad = msgspec.structs.replace(WELL, cards=(), charge=None)
    for language in AVAILABLE:
        tr = translator(language)
        lines = for_people(findings(tr, bad), tr).splitlines()
        assert any("✗" in line and tr("bad") in line and tr(NAMES["address"]) in line for line in lines)
        assert any("✓" in line and tr("good") in line for line in lines)
        assert any("!" in line and tr("check") in line for line in lines)


def test_this_laptop_can_be_looked_at(tmp_path: Path) -> None:
    """The command reads the real machine, leaves nothing behind, and its exit code says whether something is bad."""
    plan = tmp_path / "lab.toml"
    plan.write_text(
        'title = "T"\norganiser = "O"\ncontact = "c"\naddress = "203.0.113.9:8080"\n[sessions.s1]\ntitle = "S"\n'
        'questions = ["Q?"]\n[[programme]]\nat = "10:00"\nkind = "session"\nsession = "s1"\n',
        "utf-8",
    )
    done = CliRunner().invoke(main, ["doctor", str(plan), "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert not told["ok"]
    verdicts = {one["about"]: one["verdict"] for one in told["findings"]}
    assert verdicts["address"] == "bad"
    assert verdicts["sync"] in ("good", "look")
    assert [path.name for path in tmp_path.iterdir()] == ["lab.toml"]
