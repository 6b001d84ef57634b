"""A whole afternoon by keys alone: the Lab of 2020 with a late speaker, a fire alarm and a killed window."""

import asyncio
import csv
import itertools
import json
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from cafe.phones import Phones
from tests.whole.programs import CAFE
from tests.whole.terminals import Terminal

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a thing of Unix", allow_module_level=True)

MINUTE = 60_000
SPEED = 120
"""Two minutes of the café pass in a second."""
OPENED = 11 * 60 + 3
"""The time of day at which the laptop is opened, in minutes: the speaker should begin."""
TALKED, ALARM = 14, 18
"""Minutes that the speaker takes instead of five, and that everybody stands in the yard."""
PRESSED = {
    *("block_began", "move_began", "round_began", "paused", "resumed", "time_changed", "fitted"),
    *("programme_changed", "undone", "closed"),
}
"""What keys leave in the log here; all else comes from phones and from the program."""
COMES = {"changing tables": "move_began", "round": "round_began", "the café ends": "closed"}
"""What the private view promises for the next step, and what that leaves in the log; else a block begins."""

AS_IT_WAS = [
    ("10:30", "Sosirea și vizitarea expoziției"),
    ("11:00", "Deschiderea și metoda de lucru"),
    ("11:15", "Sesiunea 1"),
    ("12:00", "Cafea și discuții"),
    ("put in", "Break"),
    ("12:30", "Sesiunea 2"),
    ("13:15", "Ideile noastre"),
    ("13:30", "Încheiere"),
]
"""What the report says of the programme, with when it was planned."""


class Facilitator:
    """Somebody at two windows. The diary holds what each press was to leave in the log, and between which moments."""

    def __init__(self, folder: Path) -> None:
        now = time.gmtime()
        east = OPENED - (now.tm_hour * 60 + now.tm_min)
        local = f"TZ=LAB{'-' if east >= 0 else '+'}{abs(east) // 60}:{abs(east) % 60:02}"
        self.folder, self.program = folder, ["env", local, *CAFE]
        self.diary: list[tuple[str, float, float]] = []
        self.steps = 0
        self.wall = self.window("run", "lab.toml", "--host", "127.0.0.1", "--speed", str(SPEED))
        self.wall.until(lambda text: "K7QF" in text)
        self.opens()

    def window(self, *arguments: str) -> Terminal:
        return Terminal(*arguments, cwd=self.folder, width=120, height=34, program=self.program)

    def opens(self) -> None:
        """Opens the private view: it shows how many steps can be taken back, as before."""
        self.view = self.window("control")
        self.sees(self.view, "PRIVATE", self.back)

    @property
    def back(self) -> str:
        return {0: "", 1: "u takes back the last step"}.get(self.steps, f"u takes back the last {self.steps} steps")

    def sees(self, window: Terminal, *words: str, met: Callable[[str], object] = bool) -> None:
        """Waits until all the words stand in a window, while both are read."""

        def stands(text: str) -> bool:
            self.wall.drain()
            self.view.drain()
            return all(word in window.text for word in words) and bool(met(window.text))

        window.until(stands)

    def press(self, window: Terminal, keys: str, leaves: str) -> None:
        """Presses keys that change the café, and waits until the private view can take that back, or has done so."""
        self.steps += -1 if leaves == "undone" else 1
        before = time.monotonic()
        window.press(keys)
        if leaves == "closed":
            self.sees(self.view, met=lambda text: "Next (n n)" not in text)
        else:
            self.sees(self.view, self.back)
        self.diary.append((leaves, before, time.monotonic()))

    def goes_on(self) -> None:
        """Presses n twice on the wall; the diary has what the private view promised."""
        promised = re.search(r"Next \(n n\): (.*?)  ", self.view.text)
        assert promised, self.view.text
        kinds = (kind for said, kind in COMES.items() if promised[1].startswith(said))
        self.press(self.wall, "nn", next(kinds, "block_began"))

    def goes_to(self, title: str) -> None:
        """Goes on until a block has begun."""
        for _ in range(8):
            self.goes_on()
            if re.search(rf"^ {title}  ", self.view.text, re.MULTILINE):
                return
        raise AssertionError(self.view.text)

    def waits(self, minutes: int) -> None:
        """Lets so many minutes of the café pass, and watches the windows."""
        end = self.diary[-1][2] + minutes * 60 / SPEED
        self.sees(self.wall, met=lambda _: time.monotonic() >= end)


def talk_that_lasts(hands: Facilitator) -> None:
    """The welcome, and a speaker who does not end; meanwhile the facilitator learns the keys by pressing them."""
    hands.goes_to("Sosirea și vizitarea expoziției")
    hands.goes_to("Deschiderea și metoda de lucru")
    hands.wall.press("?")
    hands.sees(hands.wall, "any key closes this")
    hands.wall.press("n")  # Closes the help and does nothing else.
    hands.sees(hands.wall, met=lambda text: "any key closes this" not in text)
    hands.wall.press("f")
    hands.sees(hands.wall, "No clock")
    hands.wall.press("n")
    hands.sees(hands.wall, "Press n once more")
    hands.wall.press("cx\t")
    hands.waits(TALKED)


def alarm(hands: Facilitator) -> None:
    """Everybody stands in the yard; the private view is closed, opened, killed and opened again meanwhile."""
    hands.press(hands.wall, "p", "paused")
    hands.sees(hands.wall, "the clock stands still")
    hands.view.press("qq")
    assert hands.view.end() == 0
    hands.opens()
    os.kill(hands.view.child.pid, signal.SIGKILL)
    hands.view.end()
    hands.opens()
    hands.sees(hands.view, "clock stands still")
    hands.waits(ALARM)
    hands.press(hands.wall, "p", "resumed")


def afternoon(hands: Facilitator) -> None:
    """All that is pressed, until the café is closed."""
    talk_that_lasts(hands)
    hands.goes_to("Sesiunea 1 · round 1 of 3")
    hands.sees(hands.view, "later than planned")
    hands.press(hands.wall, "ff", "fitted")
    hands.sees(hands.view, met=lambda text: re.search(r"[1-9]\d* ideas?\b", text))
    alarm(hands)
    hands.press(hands.wall, "+", "time_changed")
    hands.press(hands.wall, "u", "undone")
    hands.goes_to("Cafea și discuții")
    hands.view.press("4")
    hands.sees(hands.view, "planned")
    for _ in range(2):
        hands.view.press("b")
        hands.sees(hands.view, "how many minutes?")
        hands.press(hands.view, "\r", "programme_changed")
        hands.sees(hands.view, "put in · Break")
        if hands.diary[-2][0] != "undone":
            hands.press(hands.view, "u", "undone")
            hands.sees(hands.view, met=lambda text: "put in" not in text)
    hands.goes_to("Break")
    hands.goes_to("Sesiunea 2 · round 1 of 3")
    hands.goes_to("Ideile noastre")
    hands.goes_to("Încheiere")
    hands.goes_on()


def leave(hands: Facilitator) -> None:
    """Closes both windows, and says how many people were there."""
    hands.view.press("qq")
    hands.view.end()
    hands.wall.press("q")
    hands.wall.until(lambda text: "q leaves" in text)
    hands.wall.press("q")
    hands.wall.until(lambda text: "How many people" in text)
    hands.wall.press("12\r")
    assert hands.wall.end() == 0


def test_a_whole_afternoon_is_held_by_keys(tmp_path: Path) -> None:
    """The log holds what was pressed, when it was pressed, and nothing else; the report shows the day as it was."""
    plan = (files("cafe.examples") / "lab2020.toml").read_text("utf-8")
    (tmp_path / "lab.toml").write_text(plan.replace('language  = "ro"', 'language  = "en"\ncode = "K7QF"'), "utf-8")
    hands = Facilitator(tmp_path)
    port = re.search(r":(80\d\d)\b", hands.wall.text)
    assert port, hands.wall.text
    phones = Phones(f"http://127.0.0.1:{port[1]}/K7QF", {}, ideas=(1, 2))

    async def day() -> None:
        phones.arrive(12, within=0.5)
        await asyncio.to_thread(afternoon, hands)
        await phones.leave()

    try:
        asyncio.run(day())
        leave(hands)
    finally:
        for window in (hands.view, hands.wall):
            window.child.close(force=True)

    with closing(sqlite3.connect(tmp_path / "lab.cafe")) as db:
        log = db.execute("SELECT kind, at, body FROM events ORDER BY n").fetchall()
    kept = [(kind, at, json.loads(body)) for kind, at, body in log if kind in PRESSED]
    assert [kind for kind, _, _ in kept] == [kind for kind, _, _ in hands.diary]
    _, first, _ = kept[0]
    _, least, most = hands.diary[0]
    for (kind, at, _), (_, before, after) in zip(kept, hands.diary, strict=True):
        passed = (at - first) / 1000 / SPEED
        assert before - most - 0.1 <= passed <= after - least + 0.1, kind
    paused, resumed = (at for kind, at, _ in kept if kind in ("paused", "resumed"))
    assert resumed - paused >= ALARM * MINUTE
    blocks = [at for kind, at, _ in kept if kind in ("block_began", "closed")]
    assert blocks[2] - blocks[1] >= TALKED * MINUTE

    offset = next(json.loads(body)["offset"] for kind, _, body in log if kind == "started")
    hours = [f"{(at + offset) // MINUTE // 60 % 24:02}:{(at + offset) // MINUTE % 60:02}" for at in blocks]
    report = (tmp_path / "lab-report" / "report.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d\d:\d\d|put in) \| (.*?) \| (.*?) \|$", report, re.MULTILINE)
    assert [was for _, was, _ in rows] == [f"{began}–{ended}" for began, ended in itertools.pairwise(hours)]
    assert [(planned, title) for planned, _, title in rows] == AS_IT_WAS
    with (tmp_path / "lab-report" / "ideas.csv").open(encoding="utf-8-sig", newline="") as file:
        ideas = {row["id"] for row in csv.DictReader(file)}
    assert len(phones.told) >= 12
    assert set(phones.told) == ideas
