"""What people may do in a café, drawn at random: presses of keys and taps on phones, sensible and foolish ones."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st
from immutables import Map

from cafe import events as e
from cafe.fold import evolve
from cafe.plan import Plan, parse
from cafe.rules import COMMANDS, Refused
from cafe.state import State

MORNING = 1_603_181_700_000
"""11:15 where the laptop stands, on 20 October 2020."""

SHORT = """
title = "An afternoon"
organiser = "Town"
contact = "town@example.org"
language = "ro"
wall = "{wall}"
swap = "{swap}"

[[groups]]
id = "A"
tables = 3
seats = 4

[[groups]]
id = "B"
tables = 2
seats = 4

[sessions.s1]
title = "One"
questions = ["First?", "Second?", "Third?"]
rounds = 2
minutes = 5
move = {move}

[sessions.s2]
title = "Two"
questions = ["Fourth?", "Fifth?"]
per = "round"
rounds = 2
minutes = 5
move = 2

[[programme]]
at = "11:00"
kind = "welcome"

[[programme]]
at = "11:15"
kind = "session"
sessions = {{ A = "s1", B = "s2" }}

[[programme]]
at = "11:30"
kind = "break"

[[programme]]
at = "11:40"
kind = "session"
sessions = {{ A = "s2", B = "s1" }}

[[programme]]
at = "11:55"
kind = "talk"
talks = [{{ title = "Here" }}, {{ title = "There", link = "https://meet.example.org/there" }}]

{harvest}[[programme]]
at = "12:00"
kind = "closing"
"""

HARVEST = """[[programme]]
at = "11:58"
kind = "harvest"
dots = 2

"""


def plan_of(text: str) -> Plan:
    """The plan of a text that has no mistakes."""
    reading = parse(text)
    assert reading.plan, reading.mistakes
    return reading.plan


def short(wall: str = "live", swap: str = "questions", move: float = 2, harvest: str = "") -> Plan:
    """Two groups, two parallel sessions of two short rounds, swapped after a break; with `HARVEST` a short one."""
    return plan_of(SHORT.format(wall=wall, swap=swap, move=move, harvest=harvest))


class Press(NamedTuple):
    """One thing that somebody does after `wait` ms; `a` and `b` choose the person, the table, the idea."""

    what: str
    a: int
    b: int
    wait: int


WALL = ("strip", "all", "none")
STANDINGS = ("shown", "held", "hidden")
OFTEN = ("next", "join", "send", "send")
EVER = (
    "next", "pause", "resume", "add", "fit", "undo", "catch_up", "wall", "speak", "heads", "join", "sit", "host",
    "read_in", "send", "change", "take_back", "stand", "forget", "purge",
    "lengthen", "leave_out", "put_in", "repeat", "repeat", "mend", "note",
    "hand_over", "hand_over", "keep_back", "photograph", "photographs_back", "stand_photo", "tell", "enter",
    "phones", "settle", "attend", "feed_back",
    "dot", "vote", "report_back", "pass_over", "end_reports", "stage", "message",
    "group", "group", "group", "ungroup", "rename", "merge", "dissolve", "show_theme",
    "expect", "arrive", "bring", "leave", "pin", "stay", "choose", "unhost", "close_table", "open_table", "erase",
    "ballot", "conclude",
)  # fmt: skip
plans = st.builds(
    short,
    st.sampled_from(["live", "after", "held"]),
    st.sampled_from(["questions", "walk"]),
    st.sampled_from([0, 2]),
    st.sampled_from(["", HARVEST]),
)
presses = st.builds(
    Press,
    st.one_of(st.sampled_from(OFTEN), st.sampled_from(EVER)),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 400_000),
)
WARM = [*(Press("join", who, 0, 1000) for who in range(6)), *(Press("next", 0, 1, 60_000) for _ in range(2))]
"""Six people are in, and the first round has begun: from here most presses mean something."""

LATE = [*WARM, Press("send", 0, 0, 1000), Press("send", 1, 1, 1000), *[Press("next", 0, 1, 60_000)] * 8]
"""There are two ideas, and the harvest has begun, where the plan has one."""

days = st.lists(presses, max_size=50)
afternoons = st.one_of(days, days.map(lambda day: [*WARM, *day]), days.map(lambda day: [*LATE, *day]))


def command(press: Press, state: State) -> tuple[str, dict[str, Any]]:
    """A press as a command of the table."""
    who, idea = f"p{press.a}", f"idea-{press.b:04}"
    match press.what:
        case "next" | "fit":
            return press.what, {"step": state.step if press.b else "somewhere else"}
        case "add":
            return "add", {"minutes": press.a - 2}
        case "wall":
            return "wall", {"ideas": WALL[press.a % 3]}
        case "speak":
            return "speak", {"language": ("ro", "en")[press.a % 2]}
        case "heads" | "purge":
            return press.what, {"people": press.a}
        case "join" | "read_in":
            return press.what, {"who": who, "language": ("ro", "en", "nl", "Not a tag!")[press.b % 4]}
        case "sit" | "host" | "pin" | "choose" | "bring":
            return press.what, {"who": who, "table": press.b}
        case "send":
            place = state.place(who)
            return "send", {
                "who": who,
                "id": f"{idea}-{who}-{press.wait % 3}",
                "text": f"Words of {who}: {press.b}",
                "place": place.word if place and press.b % 2 else "",
                "on": f"idea-{press.a:04}-p{press.b}-0",
                "other": bool(press.wait % 2),
            }
        case "change":
            return "change", {"who": who, "id": f"{idea}-{who}-0", "text": f"Better words of {who}: {press.wait}"}
        case "take_back":
            return "take_back", {"who": who, "id": f"{idea}-{who}-0"}
        case "stand":
            return "stand", {"id": f"{idea}-{who}-0", "standing": STANDINGS[press.wait % 3]}
        case "hand_over":
            return "hand_over", {"who": who, "text": f"{who} hands over {press.b}" if press.b else ""}
        case "keep_back":
            place = next(iter(state.handovers), None)
            return "keep_back", {"place": place.word if place else "", "hidden": bool(press.b % 2)}
        case "photograph":
            return "photograph", {"who": who, "id": f"{press.a}{press.b:023}"}
        case "stand_photo":
            return "stand_photo", {"id": next(iter(state.photos), ""), "hidden": bool(press.b % 2)}
        case "tell":
            return "tell", {"id": idea, "text": f"Said at table {press.a}", "table": press.a}
        case "enter":
            return "enter", {"id": idea, "text": "Written on paper", "place": f"1.s1.{press.a}.{press.b}"}
        case "phones":
            return "phones", {"down": bool(press.a % 2)}
        case "attend":
            return "attend", {"who": who, "talk": press.b}
        case "feed_back":
            words = {"took": f"{who} takes {press.b}" if press.b else "", "next": " " * press.a}
            return "feed_back", {"who": who, "id": f"feedback-{press.a}{press.wait}", "words": words}
        case "group":
            ideas = [*state.ideas][press.a : press.a + press.b]
            return "group", {"ideas": tuple(ideas), "theme": press.wait % 3, "name": f"Theme {press.b}"}
        case "ungroup":
            return "ungroup", {"ideas": tuple([*state.ideas][press.a :][:2])}
        case "rename":
            return "rename", {"theme": press.a, "name": f"Theme {press.b}"}
        case "merge":
            return "merge", {"theme": press.a, "into": press.b}
        case "dot":
            return "dot", {"who": who, "id": f"ballot-{who}", "idea": f"{idea}-{who}-0", "n": press.wait % 3}
        case "vote":
            return "vote", {"shown": bool(press.a % 2)}
        case "report_back" | "end_reports":
            return press.what, {"step": state.step}
        case "pass_over":
            return "pass_over", {"table": press.a}
        case "dissolve" | "show_theme":
            return press.what, {"theme": press.a}
        case "stage":
            return "stage", {"id": f"{idea}-{who}-0" if press.wait % 3 else ""}
        case "message":
            return "message", {"text": f"Message {press.a}" if press.b else "", "to": ("both", "wall")[press.a % 2]}
        case "lengthen":
            return "lengthen", {
                "edits": state.edits,
                "block": press.a,
                "round": press.b % 4,
                "minutes": press.wait % 9 - 4,
            }
        case "leave_out" | "repeat":
            return press.what, {"edits": state.edits, "block": press.a, "round": press.b % 4}
        case "put_in":
            return "put_in", {"edits": state.edits - (press.b == 5), "after": press.a - 1, "minutes": press.b}
        case "mend":
            return "mend", {"question": f"s{press.b % 2 + 1}.{press.a}", "language": "ro", "text": f"Mended {press.b}?"}
        case "note":
            return "note", {"edits": state.edits, "block": press.a, "text": "Speak slower" * (press.b % 2)}
        case "expect":
            wishes = {"apart": (f"p{press.wait % 6}",), "together": (f"p{press.b}",) if press.wait % 3 else ()}
            return "expect", {"who": who, "table": press.b % 4, "host": bool(press.b % 2), **wishes}
        case "close_table" | "open_table" | "unhost":
            return press.what, {"table": press.a}
        case "ballot":
            return "ballot", {"who": who, "id": f"ballot-{who}", "dots": {f"{idea}-{who}-0": press.wait % 3}}
        case "conclude":
            return "conclude", {"question": f"s{press.b % 2 + 1}.{press.a}", "text": f"So {press.b}" if press.b else ""}
        case "photographs_back" | "forget" | "settle" | "arrive" | "leave" | "stay" | "erase":
            return press.what, {"who": who}
        case _:
            return press.what, {}


class Diary:
    """A café without a disk: its records and its state, for rules and fold alone."""

    def __init__(self, plan: Plan, room: str = "room", at: int = MORNING) -> None:
        self.now, self.records, self.state = at, list[e.Record](), State(room=room)
        self.put(e.Started({}, 3 * 3_600_000, "1"), e.Opened("e1", "K7QF", plan, ""))

    def put(self, *facts: e.Event) -> None:
        for fact in facts:
            number = len(self.records) + 1
            record = e.Record(number, self.state.room, self.state.room, number, self.now, fact)
            self.records.append(record)
            self.state = evolve(self.state, record)

    def do(self, name: str, /, **given: Any) -> Sequence[e.Event]:
        """Gives a command now. Raises `Refused`."""
        facts = COMMANDS[name].decide(self.state, self.now, **given)
        self.put(*facts)
        return facts

    def press(self, press: Press) -> Sequence[e.Event]:
        """Does what somebody does; a refusal is an answer too."""
        self.now += press.wait
        name, given = command(press, self.state)
        try:
            return self.do(name, **given)
        except Refused:
            return ()

    def go(self, phase: str, block: int = -1) -> "Diary":
        """Presses `next` until the café is in a phase (of a block)."""
        while self.state.phase != phase or block not in (-1, self.state.position.block):
            self.do("next", step=self.state.step)
        return self


def same(one: State, other: State) -> bool:
    """Whether two states are equal, whatever their numbers' types are."""
    return _plain(one) == _plain(other)


def difference(one: State, other: State) -> list[str]:
    """The names of the fields in which two states differ."""
    return [name for name in State.__struct_fields__ if _plain(getattr(one, name)) != _plain(getattr(other, name))]


def _plain(value: Any) -> Any:
    if isinstance(value, Map):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    return value
