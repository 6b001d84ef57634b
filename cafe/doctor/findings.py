"""What is to be said of a laptop's readings: a finding for each thing, with its verdict and what helps. Pure."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from cafe import address
from cafe.doctor.readings import Readings
from cafe.firewall import hint
from cafe.i18n import N_, Translator
from cafe.plan import Plan
from cafe.wall.sight import told as sight

Verdict = Literal["good", "look", "bad"]

GB = 1_000_000_000
LEAST = (40, 12)
"""Columns and rows below which the wall cannot be read; 80 by 24 is what it asks for."""
OWN_WAL = (3, 51, 3)
"""From this SQLite on its journal has no race between two writers of a checkpoint."""

NAMES = {
    "address": N_("Address"),
    "network": N_("Networks"),
    "phones": N_("Phones"),
    "firewall": N_("Firewall"),
    "port": N_("Port"),
    "joining": N_("Joining"),
    "disk": N_("Disk"),
    "sync": N_("Saving"),
    "sqlite": "SQLite",
    "python": "Python",
    "clock": N_("Clock"),
    "terminal": N_("Terminal"),
    "battery": N_("Battery"),
}
"""What is looked at, in the order in which it is told."""


class Finding(msgspec.Struct, frozen=True):
    """One line: about what (a key of `NAMES`), how it is, the sentence, and more lines that help."""

    about: str
    verdict: Verdict
    said: str
    more: tuple[str, ...] = ()


def findings(tr: Translator, seen: Readings, plan: Plan | None = None) -> list[Finding]:
    """Everything that is to be said, in a fixed order; what the system did not tell is left out."""
    return [
        *_addresses(tr, seen, plan),
        *_firewall(tr, seen),
        *_port(tr, seen),
        *_joining(tr, plan),
        *_disk(tr, seen),
        *_programs(tr, seen),
        *_clock(tr, seen),
        *_terminal(tr, seen),
        *_battery(tr, seen),
    ]


# --------------------------------------------------------------------------------------------------- network


def _addresses(tr: Translator, seen: Readings, plan: Plan | None) -> Iterator[Finding]:
    judged = address.judge(seen.cards, seen.default)
    found = address.candidates(seen.cards, seen.default)
    choice = address.choose(found)
    every = tuple(
        f"{'→' if choice.best and one.ip == choice.best.ip else ' '} {one.ip}  {one.card}  ({why(tr, one)})"
        for one in judged
        if not (":" in one.ip and address.ALONE in one.why)
    )
    fixed, _ = address.parted(plan.address if plan else "")
    if seen.inside == "wsl":
        yield Finding(
            "address", "bad", tr("This runs inside WSL, which phones cannot reach. Start it on Windows."), every
        )
    elif fixed and fixed[0].isdigit() and all(card.ip != fixed for card in seen.cards):
        told = tr("The plan fixes {address}, which this laptop does not have here: cards lead nowhere.", address=fixed)
        yield Finding("address", "bad", told, every)
    elif fixed:
        yield Finding("address", "good", tr("Phones are told {address}, as the plan fixes it.", address=fixed), every)
    elif choice.best is None:
        yield Finding("address", "bad", tr("No network: join the Wi-Fi of the house, or open a hotspot."), every)
    elif choice.rivals:
        told = tr("Several networks: `cafe run` asks in which one the phones are; --host says it at once.")
        yield Finding("address", "look", told, every)
    elif address.LONG in choice.best.why:
        told = tr("Phones are told {address}: there is no IPv4 here.", address=choice.best.ip)
        yield Finding("address", "look", told, every)
    else:
        told = tr("Phones are told {address} ({card}).", address=choice.best.ip, card=choice.best.card)
        yield Finding("address", "good", told, every)
    if name := address.vpn(seen.cards):
        told = tr("A VPN is on ({name}): some keep phones away from this laptop. Switch it off if so.", name=name)
        yield Finding("network", "look", told)
    yield Finding(
        "phones", "look", tr("Only a phone can prove that phones come through: `cafe run PLAN --try`, and scan.")
    )


def why(tr: Translator, one: address.Candidate) -> str:
    """The reasons for an address's score."""
    return f"{one.score}: {', '.join(tr(reason) for reason in one.why)}" if one.why else str(one.score)


def _firewall(tr: Translator, seen: Readings) -> Iterator[Finding]:
    said, lines = hint(tr, seen.system, seen.wanted or seen.free or 8080)
    if seen.walls:
        told = tr("{names} runs here and keeps phones out unless it is told:", names=", ".join(seen.walls))
        own = tuple(line for line in lines if any(wall.removesuffix("d") in line for wall in seen.walls))
        yield Finding("firewall", "look", told, own)
    elif seen.system == "linux":
        yield Finding("firewall", "good", tr("Neither ufw nor firewalld runs here."))
    else:
        yield Finding("firewall", "look", said, lines)


def _port(tr: Translator, seen: Readings) -> Iterator[Finding]:
    if seen.wanted and seen.free != seen.wanted:
        told = tr("Port {port} is taken by another program, and the plan or --port wants it.", port=seen.wanted)
        yield Finding("port", "bad", told)
    elif not seen.free:
        first, last = seen.tried[0], seen.tried[-1]
        yield Finding("port", "bad", tr("No port from {first} to {last} is free.", first=first, last=last))
    elif seen.tried and seen.free != seen.tried[0]:
        told = tr("Port {taken} is taken; phones come in on {port}.", taken=seen.tried[0], port=seen.free)
        yield Finding("port", "look", told)
    else:
        yield Finding("port", "good", tr("Port {port} is free.", port=seen.free))


def _joining(tr: Translator, plan: Plan | None) -> Iterator[Finding]:
    if plan is None:
        return
    if not plan.organiser or not plan.contact:
        yield Finding("joining", "bad", tr("Joining is not open: the plan names no organiser or no contact."))
    elif plan.wifi is None:
        told = tr("The plan names no Wi-Fi: with a section [wifi] the wall shows a code to join it.")
        yield Finding("joining", "look", told)
    else:
        told = tr("The wall shows a code for the Wi-Fi “{name}” and one for the café.", name=plan.wifi.name)
        yield Finding("joining", "good", told)


# --------------------------------------------------------------------------------------------------- machine


def _disk(tr: Translator, seen: Readings) -> Iterator[Finding]:
    told = tr("{room} free where the café's file will stand.", room=tr.size(seen.room))
    yield Finding("disk", "bad" if seen.room < GB // 10 else "look" if seen.room < GB else "good", told)
    if seen.sync < 0:
        yield Finding("sync", "bad", tr("Nothing can be written in {folder}.", folder=seen.folder))
        return
    told = tr("An idea is on the disk in {ms} ms.", ms=f"{seen.sync:.1f}")
    verdict: Verdict = "bad" if seen.sync > 1000 else "look" if seen.sync > 100 else "good"
    slow = (tr("A stick or a folder on the network is slow; take one on the laptop's own disk."),)
    yield Finding("sync", verdict, told, slow if verdict != "good" else ())


def _programs(tr: Translator, seen: Readings) -> Iterator[Finding]:
    version = tuple(int(part) for part in seen.sqlite.split(".")[:3] if part.isdigit())
    if version >= OWN_WAL:
        yield Finding("sqlite", "good", seen.sqlite)
    else:
        told = tr("{version}; from {least} on two programs may look at the file without any risk.", version=seen.sqlite,
                  least=".".join(map(str, OWN_WAL)))  # fmt: skip
        yield Finding("sqlite", "look", told)
    yield Finding("python", "good" if seen.python >= (3, 11, 0) else "bad", ".".join(map(str, seen.python)))


def _clock(tr: Translator, seen: Readings) -> Iterator[Finding]:
    told = tr("{date}, {time} ({zone}).", date=tr.date(seen.now.date()), time=f"{seen.now:%H:%M}", zone=seen.zone)
    if seen.now.year < 2025:
        yield Finding("clock", "bad", f"{told} {tr('Set the laptop’s clock.')}")
    elif seen.east is None or (seen.east == 0 and seen.zone in ("UTC", "")):
        yield Finding("clock", "look", f"{told} {tr('Is this the time in the room? The programme goes by it.')}")
    else:
        yield Finding("clock", "good", told)


def _terminal(tr: Translator, seen: Readings) -> Iterator[Finding]:
    if seen.terminal is None:
        return
    columns, rows = seen.terminal
    size = tr("{columns} columns, {rows} rows.", columns=columns, rows=rows)
    true, many = "truecolor" in seen.colours or "24bit" in seen.colours, "256" in seen.colours
    if columns < LEAST[0] or rows < LEAST[1]:
        yield Finding("terminal", "bad", f"{size} {tr('Make the window larger')}.")
    elif columns < 80 or rows < 24:
        yield Finding("terminal", "look", f"{size} {tr('80 by 24 is better.')}")
    elif not true and not many and seen.system != "win32":
        yield Finding("terminal", "look", f"{size} {tr('Few colours: the wall begins in high contrast.')}")
    else:
        yield Finding("terminal", "good", size, (sight(tr, columns, rows),))


def _battery(tr: Translator, seen: Readings) -> Iterator[Finding]:
    if seen.charge is None:
        return
    told = tr("{percent} %", percent=seen.charge)
    if seen.plugged:
        yield Finding("battery", "good", f"{told}, {tr('plugged in')}")
    else:
        verdict: Verdict = "bad" if seen.charge < 15 else "look"
        yield Finding("battery", verdict, f"{told}. {tr('Plug the laptop in: a projector is hungry.')}")
