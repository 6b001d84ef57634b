"""Personal data: the one place that holds it.

A row per person who is in: what is needed to recognise their phone, and the name and the like if they gave one. It
stands in the café's file, in the same transaction as the events, is not derived from them and is in no export.
"""

import hashlib

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cafe import events as e
from cafe.file import CafeFile, migrations

MAY_ASK = ("name", "organisation", "sector")


class Person(msgspec.Struct, frozen=True):
    """What is kept about somebody. `token` is a hash: the phone alone knows the word itself."""

    token: str = ""
    name: str = ""
    organisation: str = ""
    sector: str = ""
    notice: str = ""


def hashed(token: str) -> str:
    """What is stored of a phone's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@migrations()
def people_table(db: Database) -> None:
    """Makes the table of people, empty."""
    db.execute(
        "CREATE TABLE people (participant TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " organisation TEXT NOT NULL, sector TEXT NOT NULL, notice TEXT NOT NULL, joined INTEGER NOT NULL) STRICT"
    )


class People:
    """Who is in, by participant id and by the hash of their phone's token."""

    def __init__(self, file: CafeFile) -> None:
        self._persons: dict[str, Person] = {}
        self._by_token: dict[str, str] = {}
        rows = file.db.execute("SELECT participant, token, name, organisation, sector, notice FROM people")
        for participant, *told in rows:
            self.keep(participant, Person(*told))

    def __len__(self) -> int:
        return len(self._persons)

    def recognise(self, token: str) -> str:
        """The participant whose phone has this token; '' for a stranger."""
        return self._by_token.get(hashed(token), "") if token else ""

    def get(self, participant: str) -> Person:
        return self._persons.get(participant, Person())

    def keep(self, participant: str, person: Person) -> None:
        """Remembers a person whose row is on the disk."""
        self._persons[participant] = person
        self._by_token[person.token] = participant

    def drop(self, participant: str) -> None:
        """Forgets a person whose row is gone from the disk."""
        person = self._persons.pop(participant, None)
        if person:
            self._by_token.pop(person.token, None)

    def learn(self, event: e.Event, person: object) -> None:
        """After the commit: what an event means for who is known."""
        match event:
            case e.Joined() if isinstance(person, Person):
                self.keep(event.who, person)
            case e.Forgot():
                self.drop(event.who)
            case e.NamesPurged():
                self._persons.clear()
                self._by_token.clear()


def write(db: sqlite3.Connection, record: e.Record, person: object) -> None:
    """Inside the transaction that holds the event: what it means for the rows of people and for the log's own words."""
    match record.event:
        case e.Joined(who=who) if isinstance(person, Person):
            told = (person.token, person.name, person.organisation, person.sector, person.notice)
            db.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", (who, *told, record.at))
        case e.Forgot(who=who):
            db.execute("DELETE FROM people WHERE participant = ?", [who])
            _blank(db, who, record.n)
        case e.NamesPurged():
            db.execute("DELETE FROM people")
        case e.Closed():
            said = "'idea_sent', 'handed_over', 'photo_taken'"
            db.execute(f"UPDATE events SET body = json_remove(body, '$.by') WHERE kind IN ({said})")


def _blank(db: sqlite3.Connection, who: str, before: int) -> None:
    """Empties the bodies of a person's own words in place: their `(writer, seq)` stays, the words do not."""
    mine = "kind = 'idea_sent' AND json_extract(body, '$.by') = ? AND n < ?"
    db.execute(
        "UPDATE events SET body = '{}' WHERE kind = 'idea_changed' AND json_extract(body, '$.id') IN"
        f" (SELECT json_extract(body, '$.id') FROM events WHERE {mine})",
        [who, before],
    )
    db.execute(
        "UPDATE events SET body = json_remove(body, '$.id', '$.text', '$.by', '$.on', '$.answers', '$.language')"
        f" WHERE {mine}",
        [who, before],
    )
    for kind, private in _WORDS.items():
        db.execute(
            f"UPDATE events SET body = json_remove(body, {private}, '$.by')"
            " WHERE kind = ? AND json_extract(body, '$.by') = ? AND n < ?",
            [kind, who, before],
        )


_WORDS = {"handed_over": "'$.text', '$.language'", "photo_taken": "'$.id'"}
"""What else of somebody's stands in the log, by the kind of the event."""
