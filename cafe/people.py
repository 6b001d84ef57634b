"""Personal data: the one place that holds it.

A row per person who is in or expected: what is needed to recognise their phone, and the name and the like if they gave
one or the organiser's list has one. It stands in the café's file, in the same transaction as the events, is not derived
from them and is in no export.
"""

import hashlib

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cafe import events as e
from cafe.file import CafeFile, migrations
from cafe.text import key

MAY_ASK = ("name", "organisation", "sector")


class Person(msgspec.Struct, frozen=True):
    """What is kept about somebody. `token` is a hash, '' without a phone: that alone knows the word itself."""

    token: str = ""
    name: str = ""
    organisation: str = ""
    sector: str = ""
    notice: str = ""


def hashed(token: str) -> str:
    """What is stored of a phone's token; of any bytes, because a cookie may hold what is no text."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()


@migrations()
def people_table(db: Database) -> None:
    """Makes the table of people, empty."""
    db.execute(
        "CREATE TABLE people (participant TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " organisation TEXT NOT NULL, sector TEXT NOT NULL, notice TEXT NOT NULL, joined INTEGER NOT NULL) STRICT"
    )


@migrations()
def people_without_phones(db: Database) -> None:
    """Gives room to people who have no phone: they have no token."""
    db.execute(
        "CREATE TABLE people_now (participant TEXT PRIMARY KEY, token TEXT UNIQUE, name TEXT NOT NULL,"
        " organisation TEXT NOT NULL, sector TEXT NOT NULL, notice TEXT NOT NULL, joined INTEGER NOT NULL) STRICT"
    )
    db.execute("INSERT INTO people_now SELECT * FROM people")
    db.execute("DROP TABLE people")
    db.execute("ALTER TABLE people_now RENAME TO people")


def together(person: Person, before: Person) -> Person:
    """What is known of somebody who comes: what they say, and what was known before where they say nothing. A list that
    is read once more takes nobody's phone from them.
    """
    told = {name: getattr(person, name) or getattr(before, name) for name in person.__struct_fields__}
    return msgspec.structs.replace(person, **told)


class Circles:
    """Who has what in common, however it is written."""

    def __init__(self) -> None:
        self._members: dict[tuple[str, str], dict[str, None]] = {}

    def add(self, who: str, person: Person) -> None:
        for circle in _circles(person):
            self._members.setdefault(circle, {})[who] = None

    def remove(self, who: str, person: Person) -> None:
        for circle in _circles(person):
            self._members.get(circle, {}).pop(who, None)

    def named(self, name: str) -> list[str]:
        """Those of a name."""
        return list(self._members.get(("name", key(name)), ()))

    def like(self, person: Person) -> tuple[str, ...]:
        """Those of the same sector and those of the same organisation: who is both stands there twice."""
        mine = [circle for circle in _circles(person) if circle[0] != "name"]
        return tuple(who for circle in mine for who in self._members.get(circle, ()))


def _circles(person: Person) -> list[tuple[str, str]]:
    return [(field, key(word)) for field in MAY_ASK if key(word := getattr(person, field))]


class People:
    """Who is in or expected, by participant id and by the hash of their phone's token."""

    def __init__(self, file: CafeFile) -> None:
        self._persons: dict[str, Person] = {}
        self._by_token: dict[str, str] = {}
        self.circles = Circles()
        rows = file.db.execute("SELECT participant, token, name, organisation, sector, notice FROM people")
        for participant, *told in rows:
            self.keep(participant, Person(told[0] or "", *told[1:]))

    def __len__(self) -> int:
        return len(self._persons)

    def recognise(self, token: str) -> str:
        """The participant whose phone has this token; '' for a stranger."""
        return self._by_token.get(hashed(token), "") if token else ""

    def get(self, participant: str) -> Person:
        return self._persons.get(participant, Person())

    def keep(self, participant: str, person: Person) -> None:
        """Remembers a person whose row is on the disk."""
        person = together(person, self.get(participant))
        self.drop(participant)
        self._persons[participant] = person
        if person.token:
            self._by_token[person.token] = participant
        self.circles.add(participant, person)

    def drop(self, participant: str) -> None:
        """Forgets a person whose row is gone from the disk."""
        person = self._persons.pop(participant, Person())
        self._by_token.pop(person.token, None)
        self.circles.remove(participant, person)

    def learn(self, event: e.Event, person: object) -> None:
        """After the commit: what an event means for who is known."""
        match event:
            case e.Expected() | e.Joined() | e.Paired() if isinstance(person, Person):
                self.keep(event.who, person)
            case e.Forgot():
                self.drop(event.who)
            case e.NamesPurged():
                self._persons.clear()
                self._by_token.clear()
                self.circles = Circles()


def write(db: sqlite3.Connection, record: e.Record, person: object) -> None:
    """Inside the transaction that holds the event: what it means for the rows of people and for the log's own words.

    Who is expected has `joined` 0.
    """
    match record.event:
        case e.Expected(who=who) if isinstance(person, Person):
            _keep(db, who, person, 0)
        case e.Joined(who=who) if isinstance(person, Person):
            _keep(db, who, person, record.at)
        case e.Joined(who=who):
            db.execute("UPDATE people SET joined = ? WHERE participant = ?", [record.at, who])
        case e.Paired(who=who) if isinstance(person, Person):
            _keep(db, who, person, record.at)
        case e.Undone(what="joined", who=who):
            db.execute("UPDATE people SET joined = 0 WHERE participant = ?", [who])
        case e.Forgot(who=who):
            db.execute("DELETE FROM people WHERE participant = ?", [who])
            _blank(db, who, record.n)
        case e.NamesPurged():
            db.execute("DELETE FROM people")
        case e.Closed():
            said = "'idea_sent', 'handed_over', 'photo_taken', 'feedback_given', 'dots_given'"
            db.execute(f"UPDATE events SET body = json_remove(body, '$.by') WHERE kind IN ({said})")


def _keep(db: sqlite3.Connection, who: str, person: Person, at: int) -> None:
    known = "SELECT joined, coalesce(token, ''), name, organisation, sector, notice FROM people WHERE participant = ?"
    if before := db.execute(known, [who]).fetchone():
        person, at = together(person, Person(*before[1:])), before[0] or at
        db.execute("DELETE FROM people WHERE participant = ?", [who])
    told = (person.token or None, person.name, person.organisation, person.sector, person.notice)
    db.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", (who, *told, at))


def _blank(db: sqlite3.Connection, who: str, before: int) -> None:
    """Empties the bodies of a person's own words in place: their `(writer, seq)` stays, the words do not.

    What they wrote down for somebody else keeps its words and loses them: `Idea.for_another`, as the log has it.
    """
    sent = "kind = 'idea_sent' AND json_extract(body, '$.by') = ? AND n < ?"
    back = "SELECT json_extract(body, '$.id') FROM events WHERE kind = 'idea_taken_back'"
    mine = f"{sent} AND (json_extract(body, '$.source') IS NOT 'host' OR json_extract(body, '$.id') IN ({back}))"
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
    db.execute(f"UPDATE events SET body = json_remove(body, '$.by') WHERE {sent}", [who, before])
    for kind, private in _WORDS.items():
        db.execute(
            f"UPDATE events SET body = json_remove(body, {private}, '$.by')"
            " WHERE kind = ? AND json_extract(body, '$.by') = ? AND n < ?",
            [kind, who, before],
        )


_WORDS = {
    "handed_over": "'$.text', '$.language'",
    "photo_taken": "'$.id'",
    "feedback_given": "'$.id', '$.words', '$.language'",
    "dots_given": "'$.id', '$.dots'",
}
"""What else of somebody's stands in the log, by the kind of the event."""
