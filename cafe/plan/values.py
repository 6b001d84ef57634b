"""The plan of a café: what the organiser decided before the day, as frozen values.

`cafe.plan.parse` makes a plan from a TOML text; this module only says what a plan is and answers
questions about it (which tables a group has, which question lies on a table). It reads no file and no clock.
"""

import datetime
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from cafe.i18n import N_

MINUTE = 60_000
"""Milliseconds in a minute; lengths and moments are integer milliseconds everywhere else."""

Kind = Literal["welcome", "talk", "session", "break", "harvest", "closing"]
Collect = Literal["idea", "problem", "practice", "question"]
KINDS: tuple[Kind, ...] = ("welcome", "talk", "session", "break", "harvest", "closing")
COLLECT: tuple[Collect, ...] = ("idea", "problem", "practice", "question")

KIND_NAMES: dict[Kind, str] = {
    "welcome": N_("Welcome"),
    "talk": N_("Talk"),
    "session": N_("Conversation"),
    "break": N_("Break"),
    "harvest": N_("Our ideas"),
    "closing": N_("Closing"),
}
"""What a kind of block is called where people read it."""


class Question(msgspec.Struct, frozen=True):
    """A question: its id is stable within the café (`s1.2`), its text may be there in several languages."""

    id: str
    texts: dict[str, str]

    def text(self, language: str) -> tuple[str, str]:
        """The words to show to a reader of `language`, and the language that they are in."""
        if language in self.texts:
            return self.texts[language], language
        first = next(iter(self.texts))
        return self.texts[first], first


class Group(msgspec.Struct, frozen=True):
    """People who work in parallel with another group, at tables of their own. The only group of a plan may be ''."""

    id: str = ""
    tables: int = 0
    seats: int = 6


class Table(msgspec.Struct, frozen=True):
    """A table of the room; `number` runs through the whole café, `place` counts within its group from 0."""

    number: int
    group: str
    place: int
    seats: int
    name: str = ""
    host: str = ""


class Session(msgspec.Struct, frozen=True):
    """A world-café conversation. `minutes` has one number per round, `move` is the walk between two, in minutes."""

    id: str
    title: str
    questions: tuple[Question, ...]
    rounds: int
    minutes: tuple[float, ...]
    move: float = 2
    per: Literal["table", "round"] = "table"
    collect: Collect = "idea"
    seating: Literal["mix", "together", "home", "choose"] = "mix"
    carry: str = ""
    notes: str = ""

    def question(self, place: int, round: int) -> Question:
        """The question on the table at `place` (from 0) in `round` (from 1)."""
        return self.questions[(place if self.per == "table" else round - 1) % len(self.questions)]

    def planned(self) -> int:
        """Milliseconds that the rounds and the moves between them take."""
        return int(sum(self.minutes) * MINUTE) + int((self.rounds - 1) * self.move * MINUTE)

    def sum(self) -> str:
        """How that length comes about, in minutes: `3 × 13 + 2 × 2`."""
        same = len(set(self.minutes)) == 1
        parts = [f"{self.rounds} × {self.minutes[0]:g}"] if same else [f"{each:g}" for each in self.minutes]
        if self.move and self.rounds > 1:
            parts.append(f"{self.rounds - 1} × {self.move:g}")
        return " + ".join(parts)

    def reckoned(self) -> str:
        """That length in minutes as people reckon it: `3 × 13 + 2 × 2 = 43`."""
        return f"{self.sum()} = {self.planned() / MINUTE:g}"


class Talk(msgspec.Struct, frozen=True):
    """One of several talks at the same time: people choose. `link` is where it is heard online."""

    title: str
    link: str = ""


class Block(msgspec.Struct, frozen=True):
    """A part of the programme. `at` is in minutes after midnight; `sessions` maps each group to its session.

    A talk may have a `link`, where it is heard online, or be several `talks` at the same time, each with its own.

    `dots` are the votes of each person in a harvest, of which at most `per_idea` lie on one idea (0: all of them). With
    `reports` it begins with the tables, which report to the room one after another.

    Four say what became of it on the day: how long its rounds are now (nothing: as its sessions say), when it
    was planned if that has moved, that no plan had it, and how many minutes were saved by leaving it out.
    """

    at: int
    kind: Kind
    title: str = ""
    sessions: dict[str, str] = {}
    dots: int = 0
    notes: str = ""
    link: str = ""
    talks: tuple[Talk, ...] = ()
    minutes: tuple[float, ...] = ()
    planned: int | None = None
    added: bool = False
    skipped: int | None = None
    per_idea: int = 0
    reports: bool = False

    @property
    def planned_at(self) -> int | None:
        """When the plan has it; None for what was put in on the day."""
        if self.added:
            return None
        return self.at if self.planned is None else self.planned

    def tracks(self) -> list[tuple[str, tuple[str, ...]]]:
        """The sessions that run here in parallel, each with its groups, in the order of the groups."""
        found: dict[str, list[str]] = {}
        for group, session in self.sessions.items():
            found.setdefault(session, []).append(group)
        return [(session, tuple(groups)) for session, groups in found.items()]


def clock(minutes: int) -> str:
    """Minutes after midnight as people write them: `10:30`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


class Wifi(msgspec.Struct, frozen=True):
    """The network that people join first; `hidden` is one that phones do not see in their list."""

    name: str
    password: str = ""
    hidden: bool = False

    @property
    def code(self) -> str:
        """What a code to scan holds: the format of ZXing's "Barcode Contents", which the cameras of phones know.

        `T:WPA` stands for WPA2 and WPA3 as well; signs with a meaning of their own get a backslash.
        """
        name, password = (re.sub(r'([\\;,:"])', r"\\\1", said) for said in (self.name, self.password))
        kept = f"T:WPA;S:{name};P:{password};" if password else f"T:nopass;S:{name};"
        return f"WIFI:{kept}{'H:true;' if self.hidden else ''};"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One workshop as planned. Everything is normalised: groups are named, tables numbered, sessions resolved."""

    title: str
    theme: str = ""
    language: str = "en"
    date: datetime.date | None = None
    place: str = ""
    organiser: str = ""
    contact: str = ""
    funding: str = ""
    logos: tuple[str, ...] = ()
    keep_days: int = 90
    people: int = 0
    list: str = ""
    ask: tuple[Literal["name", "organisation", "sector"], ...] = ()
    hosts: Literal["none", "volunteer", "named"] = "none"
    wall: Literal["live", "after", "held"] = "live"
    writing: Literal["always", "end"] = "always"
    code: str = ""
    address: str = ""
    wifi: Wifi | None = None
    groups: tuple[Group, ...] = ()
    groups_by: Literal["balance", "choose", "list"] = "balance"
    swap: Literal["walk", "questions"] = "questions"
    tables: tuple[Table, ...] = ()
    sessions: dict[str, Session] = {}
    programme: tuple[Block, ...] = ()

    @property
    def course(self) -> dict[str, object]:
        """What of a plan can be changed while its café runs."""
        return {"programme": self.programme, "sessions": self.sessions}

    @property
    def named_hosts(self) -> dict[int, str]:
        """The hosts whom the plan names, by table."""
        return {table.number: table.host for table in self.tables if table.host and self.hosts == "named"}

    def table(self, number: int) -> Table:
        return self.tables[number - 1]

    def tables_of(self, group: str) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.group == group)

    def tables_for(self, block: int, group: str) -> tuple[Table, ...]:
        """Where `group` sits in block number `block`.

        When groups walk (`swap = "walk"`) a session stays at the tables of the group that had it first, and the
        next group goes there; otherwise every group keeps its own tables and the questions change.
        """
        session = self.programme[block].sessions[group]
        if self.swap == "walk" and len(self.programme[block].tracks()) > 1:
            for earlier in self.programme[: block + 1]:
                groups = [g for g, s in earlier.sessions.items() if s == session]
                if earlier.kind == "session" and len(set(earlier.sessions.values())) > 1 and groups:
                    return self.tables_of(groups[0])
        return self.tables_of(group)

    def question(self, session: str, round: int, table: int) -> Question:
        """The question on table `table` in that round."""
        return self.sessions[session].question(self.table(table).place, round)

    def talk(self, block: int, number: int) -> Question:
        """What people ask about in a talk: the talk itself, or the one with that number (from 1) of several."""
        heard = self.programme[block] if 0 <= block < len(self.programme) else Block(0, "talk")
        title = heard.talks[number - 1].title if 0 < number <= len(heard.talks) else heard.title
        return Question(f"talk.{block}.{number}", {self.language: title or self.title})

    def questions(self) -> Sequence[tuple[Session, Question]]:
        """Every question of the café once, in the order of the programme."""
        order = dict.fromkeys(session for block in self.programme for session, _ in block.tracks())
        return [(self.sessions[s], question) for s in order for question in self.sessions[s].questions]

    def following(self, block: int) -> int:
        """The number of the block that comes after one, past those that are left out; one past the last is the end."""
        later = range(block + 1, len(self.programme))
        return next((n for n in later if self.programme[n].skipped is None), len(self.programme))

    def lengths(self, block: int, session: str) -> tuple[float, ...]:
        """The minutes of each round of a session in that block."""
        return self.programme[block].minutes or self.sessions[session].minutes

    def rounds(self, block: int, session: str) -> int:
        """How many rounds a session has in that block."""
        return len(self.lengths(block, session))

    def planned_end(self, block: int) -> int:
        """Minutes after midnight at which block number `block` should end.

        That is where the next block begins; the last one lasts as long as its rounds, or ten minutes.
        """
        if block + 1 < len(self.programme):
            return self.programme[block + 1].at
        lasts = (
            sum(lengths := self.lengths(block, name)) + (len(lengths) - 1) * self.sessions[name].move
            for name, _ in self.programme[block].tracks()
        )
        return self.programme[block].at + int(max(lasts, default=10))

    def block_title(self, block: int) -> str:
        """The block's own title, or its sessions' titles; '' when the kind must speak for itself."""
        shown = self.programme[block]
        return shown.title or " · ".join(self.sessions[session].title for session, _ in shown.tracks())
