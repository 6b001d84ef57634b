"""Runs the benchmarks and campaigns and writes their figures down: `python -m tests.bench.figures [NAME …]`.

Each is a command of its own that anybody can run; FIGURES.md holds what it printed, on which machine and when. A name
runs that one alone and leaves the figures of the others as they are.
"""

import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from sqlite_utils.utils import sqlite3

FIGURES = Path(__file__).with_name("FIGURES.md")

BENCHES = {
    "start": ("How long commands take to start", "python -m tests.bench.start"),
    "grow": ("What an idea costs as the café grows", "python -m tests.bench.grow"),
    "kills": ("Killed in the middle of rounds, under load", "python -m tests.bench.kills --kills 200"),
    "soak": ("Ten thousand sends that meet a fault on the way", "python -m tests.bench.soak"),
    "phones": ("Many phones at once", "python -m tests.bench.phones"),
    "visit": ("What a first visit costs a phone", "python -m tests.bench.visit"),
    "frames": ("How soon the wall shows an idea and answers a key", "python -m tests.bench.frames"),
    "paint": ("When a first page is seen on slow 3G", "python -m tests.bench.paint"),
    "replay": ("How quickly one moves through a past café of 20,000 ideas", "python -m tests.bench.replay"),
    "grid": ("Seating: every hall of 3 to 60 tables", "python -m tests.bench.seating grid"),
    "rooms": ("Seating: random rooms", "python -m tests.bench.seating rooms"),
    "unequal": (
        "Seating: random rooms whose questions lie on unequal tables",
        "python -m tests.bench.seating rooms --unequal",
    ),
    "ruled": ("Seating: rooms full of rules, and hosts who leave", "python -m tests.bench.seating ruled"),
    "oracle": ("Seating: small rooms, confirmed by CP-SAT", "python -m tests.bench.oracle"),
    "peer": ("Seating: beside good-enough-golfers", "python -m tests.bench.seating peer --long"),
    "speed": ("Seating: how long a plan takes", "python -m tests.bench.seating speed"),
}
"""Every benchmark: its name, what it measures, and its command. Two need what the project does not have: `oracle` the
library `ortools`, and `peer` the folder of a copy of good-enough-golfers in the environment's GOLFERS.
"""

HEAD = """# Figures

Written by `python -m tests.bench.figures`. Machines differ and are busy: ratios taken in one run count, single times do
not. The promise that nothing is lost holds on a disk that honours a flush.
"""


def main(names: list[str]) -> None:
    kept, failed = _kept(), []
    for name in names or BENCHES:
        title, command = BENCHES[name]
        print(f"{name}: {command}", flush=True)
        done = subprocess.run([sys.executable, *command.split()[1:]], capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr.strip())
            failed.append(name)
            continue
        kept[name] = f"## {title}\n\n`{command}`, {_machine()}\n\n```\n{done.stdout.rstrip()}\n```\n"
    FIGURES.write_text("\n".join([HEAD, *(kept[name] for name in BENCHES if name in kept)]), "utf-8")


def _kept() -> dict[str, str]:
    """The sections that are there already, by name."""
    if not FIGURES.exists():
        return {}
    sections = re.split(r"^(?=## )", FIGURES.read_text("utf-8"), flags=re.MULTILINE)[1:]
    titles = {title: name for name, (title, _) in BENCHES.items()}
    found = {titles.get(section.partition("\n")[0][3:], ""): section.rstrip("\n") + "\n" for section in sections}
    return {name: section for name, section in found.items() if name}


def _machine() -> str:
    told = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
    return f"{date.today().isoformat()}, {os.cpu_count()} cores, {told}"


if __name__ == "__main__":
    main(sys.argv[1:])
