"""Cafés that were held in memory, by the rules alone: what the exports are tried on."""

import contextlib
from pathlib import Path
from typing import Any

import msgspec

from cafe import events as e
from cafe.fold import evolve
from cafe.plan import Plan, parse
from cafe.rules import COMMANDS, Refused
from cafe.state import Place, State

MINUTE = 60_000
MORNING = 1_603_179_000_000  # 20 October 2020, 10:30 in Timișoara
SUMMER_TIME = 3 * 60 * MINUTE

PLAN = """
title = "Laborator"
theme = "Ce crește aici?"
language = "ro"
date = 2020-10-20
place = "Timișoara"
organiser = "Primăria"
contact = "lab@example.org"
funding = "Interreg Europe"

[[groups]]
id = "A"
tables = 3
[[groups]]
id = "B"
tables = 3

[sessions.s1]
title = "Pornim la drum"
questions = ["Ce i-ar ajuta?", "Ce ar putea face?", "Cine lipsește?"]
rounds = 3
minutes = 13
[sessions.s2]
title = "Trecem prin pandemie"
questions = ["Ce s-a schimbat?", "Ce ați văzut bun?", "Ce merită păstrat?"]
rounds = 3
minutes = 13
collect = "problem"

[[programme]]
at = "10:30"
kind = "welcome"
title = "Sosirea"
[[programme]]
at = "11:15"
kind = "session"
sessions = { A = "s1", B = "s2" }
[[programme]]
at = "12:00"
kind = "break"
[[programme]]
at = "12:30"
kind = "session"
sessions = { A = "s2", B = "s1" }
[[programme]]
at = "13:30"
kind = "closing"
"""


def plan_of(text: str = PLAN, **changes: Any) -> Plan:
    """The plan of a TOML text, some of its values changed."""
    reading = parse(text.encode(), "plan.toml")
    assert reading.plan is not None, reading.mistakes
    return msgspec.structs.replace(reading.plan, **changes)


def example(name: str) -> Plan:
    """One of the plans that the project brings."""
    import cafe

    return plan_of((Path(cafe.__file__).parent / "examples" / f"{name}.toml").read_text("utf-8"))


class Held:
    """A café as it goes on: its state and its records. Time passes when told; nothing is written anywhere."""

    def __init__(self, plan: Plan | None = None, *, text: str = PLAN, at: int = MORNING, trial: bool = False) -> None:
        self.state, self.records, self.now = State(room="room"), [], at
        self._keep(e.Started({}, SUMMER_TIME, "test"), e.Opened("e1", "K7QF", plan or plan_of(), text, trial))

    def _keep(self, *events: e.Event) -> None:
        for event in events:
            n = len(self.records) + 1
            record = e.Record(n, "room", "w1", n, self.now, event)
            self.state = evolve(self.state, record)
            self.records.append(record)

    def do(self, command: str, **given: Any) -> None:
        self._keep(*COMMANDS[command].decide(self.state, self.now, **given))

    def may(self, command: str, **given: Any) -> None:
        """The same, but a polite no is fine."""
        with contextlib.suppress(Refused):
            self.do(command, **given)

    def next(self, minutes: int = 0) -> None:
        self.now += minutes * MINUTE
        self.do("next", step=self.state.step)

    def join(self, people: int, language: str = "ro") -> None:
        for n in range(people):
            self.do("join", who=f"p{n}", language=language)

    def say(self, who: str, id: str, text: str, on: str = "") -> None:
        self.do("send", who=who, id=id, text=text, on=on)

    def at_table(self, table: int) -> str:
        """Somebody who sits at a table now."""
        for who in self.state.participants:
            place = self.state.place(who)
            if isinstance(place, Place) and place.table == table:
                return who
        raise AssertionError(f"nobody sits at table {table}")


def a_short_one(plan: Plan | None = None) -> Held:
    """Twelve phones, the first round of the first session, and four ideas of which one builds on another table's."""
    held = Held(plan)
    held.join(12)
    held.next()
    held.next(45)
    held.now += 5 * MINUTE
    held.say(held.at_table(1), "idea-0001", "Un centru pentru tineri")
    held.say(held.at_table(2), "idea-0002", "Centrul să aibă și cafenea", on="idea-0001")
    held.say(held.at_table(1), "idea-0003", "Prima linie\na doua linie")
    held.say(held.at_table(4), "idea-0004", "Sălile au rămas goale")
    return held
