"""What people wrote stands in a café's file twice, in the log and in the readable tables: where the two disagree.

SQLite sees a page that is torn, not a letter that the disk has changed; this sees it, or that somebody has edited a
table. Only what people wrote or chose is looked at, which costs next to nothing. Nothing is mended here.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from sqlite_utils import Database

from cafe.columns import COLUMNS
from cafe.state import Idea, State

Rows = Mapping[tuple[Any, ...], tuple[Any, ...]]
"""Rows by their keys, the words first."""

LOOKED_AT: dict[str, tuple[str, ...]] = {
    "cafe": ("title", "theme", "place", "organiser", "contact", "funding"),
    "questions": ("text",),
    "ideas": tuple(name for name in COLUMNS["ideas"][0] if name not in ("id", "question", "at")),
    "hand_overs": ("text", "language", "hidden"),
    "photographs": ("block", "session", "round", "table_number", "hidden"),
    "conclusions": ("text",),
    "themes": ("name",),
    "themed_ideas": ("theme",),
    "votes": ("dots",),
    "feedback": ("text", "language"),
}
"""The tables that hold what people wrote, and the columns in which it stands."""


class Differing(NamedTuple):
    """What stands differently in the log and in a readable `table`: its words in each, or what is said about them, such
    as `hidden 1`; '' where it is missing.

    Either is as old as the other: which of the two is right, people have to say.
    """

    table: str
    id: str
    logged: str
    readable: str


def written(db: Database) -> dict[str, Rows]:
    """What the readable tables have, by table; one that in an older file is none yet, or another, is not in it. Reads
    damaged letters too.
    """
    there = {table: set(db[table].columns_dict) for table in LOOKED_AT if db[table].exists()}
    return {table: _read(db, table, LOOKED_AT[table]) for table in there if there[table] >= set(LOOKED_AT[table])}


def _read(db: Database, table: str, columns: Iterable[str]) -> Rows:
    types, key = COLUMNS[table]
    asked = (*key, *columns)
    words = ", ".join(f"CAST({name} AS BLOB)" if types[name] is str else name for name in asked)
    rows = ([_plain(each) for each in row] for row in db.execute(f"SELECT {words} FROM {table}"))
    return {tuple(row[: len(key)]): tuple(row[len(key) :]) for row in rows}


def _plain(value: object) -> object:
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def differing(rows: Mapping[str, Rows], state: State) -> list[Differing]:
    """Of what the log and the `rows` that are `written` disagree."""
    told = _told(state) if state.epoch else {}
    return [each for table in rows for each in _between(table, told.get(table, {}), rows[table])]


def _between(table: str, logged: Rows, readable: Rows) -> Iterable[Differing]:
    for key in chain(logged, (key for key in readable if key not in logged)):
        one, other = logged.get(key), readable.get(key)
        if one != other:
            name = " ".join(map(str, key))
            if one is None or other is None:
                yield Differing(table, name, *(str(row[0]) if row else "" for row in (one, other)))
                continue
            at = next(at for at, each in enumerate(one) if each != other[at])
            word = f"{LOOKED_AT[table][at]} " if at else ""
            yield Differing(table, name, f"{word}{one[at]}", f"{word}{other[at]}")


def _told(state: State) -> dict[str, Rows]:
    """What the log has, as the tables should have it."""
    plan = state.plan
    return {
        "cafe": {
            (state.room,): (plan.title, plan.theme, plan.place, plan.organiser, plan.contact, plan.funding),
        },
        "questions": {(asked.id,): (asked.text(plan.language)[0],) for _, asked in plan.questions()},
        "ideas": {(idea.id,): _idea(idea) for idea in state.ideas.values() if not idea.gone},
        "hand_overs": {
            tuple(place): (said.text, said.language, int(place in state.kept_back))
            for place, said in state.handovers.items()
        },
        "photographs": {(photo.id,): (*photo.place, int(photo.hidden)) for photo in state.photos.values()},
        "conclusions": {(question,): (text,) for question, text in state.conclusions.items()},
        "themes": {(number,): (name,) for number, name in state.themes.items()},
        "themed_ideas": {(idea,): (theme,) for idea, theme in state.themed.items() if theme},
        "votes": {(idea,): (dots,) for idea, dots in state.votes.items() if dots},
        "feedback": {
            (id, about): (text, said.language)
            for id, said in state.feedback.items()
            for about, text in said.words.items()
        },
    }


def _idea(idea: Idea) -> tuple[Any, ...]:
    at = idea.place
    where = (at.session, idea.question, at.block, at.round, at.table, idea.group)
    stands = (int(idea.late), int(idea.standing == "held"), int(idea.standing == "hidden"))
    return (idea.text, idea.about, *where, idea.language, idea.on, idea.answers, *stands, idea.source)
