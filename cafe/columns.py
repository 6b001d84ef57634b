"""The shape of the readable tables: their columns, keys, and the migration that makes each of them, empty."""

from sqlite_utils import Database

from cafe.file import migrations

COLUMNS: dict[str, tuple[dict[str, type], tuple[str, ...]]] = {
    "cafe": (
        {
            "room": str,
            "epoch": str,
            "code": str,
            "title": str,
            "theme": str,
            "language": str,
            "date": str,
            "place": str,
            "organiser": str,
            "contact": str,
            "funding": str,
            "opened_at": str,
            "closed_at": str,
            "head_count": int,
            "trial": int,
        },
        ("room",),
    ),
    "programme": (
        {"room": str, "block": int, "planned": str, "kind": str, "title": str, "began_at": str, "ended_at": str},
        ("room", "block"),
    ),
    "questions": ({"question_id": str, "session": str, "session_title": str, "text": str}, ("question_id",)),
    "tables": ({"table_number": int, "name": str, "group_id": str, "seats": int}, ("table_number",)),
    "rounds": (
        {"room": str, "block": int, "session": str, "round": int, "began_at": str, "ended_at": str},
        ("room", "block", "session", "round"),
    ),
    "participants": (
        {"participant": str, "group_id": str, "card": int, "language": str, "joined_at": str},
        ("participant",),
    ),
    "seats": (
        {"block": int, "session": str, "round": int, "participant": str, "table_number": int},
        ("block", "session", "round", "participant"),
    ),
    "ideas": (
        {
            "id": str,
            "text": str,
            "kind": str,
            "session": str,
            "question": str,
            "question_id": str,
            "block": int,
            "round": int,
            "table_number": int,
            "group_id": str,
            "language": str,
            "at": str,
            "builds_on": str,
            "answers": str,
            "late": int,
            "held": int,
            "hidden": int,
            "source": str,
        },
        ("id",),
    ),
    "hand_overs": (
        {
            "block": int,
            "session": str,
            "round": int,
            "table_number": int,
            "question_id": str,
            "text": str,
            "language": str,
            "at": str,
            "hidden": int,
        },
        ("block", "session", "round", "table_number"),
    ),
    "photographs": (
        {"photograph": str, "block": int, "session": str, "round": int, "table_number": int, "at": str, "hidden": int},
        ("photograph",),
    ),
    "conclusions": ({"question_id": str, "text": str}, ("question_id",)),
    "themes": ({"theme": int, "name": str}, ("theme",)),
    "themed_ideas": ({"idea": str, "theme": int}, ("idea",)),
    "votes": ({"idea": str, "dots": int}, ("idea",)),
    "feedback": ({"id": str, "about": str, "question": str, "text": str, "language": str}, ("id", "about")),
}
"""Each table's columns with their types, and its primary key."""


@migrations()
def readable_tables(db: Database) -> None:
    """Makes the readable tables, empty."""
    for name in COLUMNS:
        if name not in LATER:
            _make(db, name)


@migrations()
def tables_of_hand_overs(db: Database) -> None:
    """Makes the tables that files of before had not, empty."""
    for name in ("hand_overs", "photographs"):
        _make(db, name)


@migrations()
def table_of_feedback(db: Database) -> None:
    """Makes the table of what people say about the day, empty."""
    _make(db, "feedback")


@migrations()
def table_of_votes(db: Database) -> None:
    """Makes the table of the dots on ideas, empty."""
    _make(db, "votes")


@migrations()
def table_of_conclusions(db: Database) -> None:
    """Makes the table of what the room concludes about the questions, empty."""
    _make(db, "conclusions")


@migrations()
def photographs_that_are_out(db: Database) -> None:
    """Gives the photographs of before a word about whether they are out: none was."""
    if "hidden" not in db["photographs"].columns_dict:
        db.execute("ALTER TABLE photographs ADD COLUMN hidden INTEGER")
        db.execute("UPDATE photographs SET hidden = 0")


@migrations()
def tables_of_themes(db: Database) -> None:
    """Makes the tables of the themes and of which idea is under which, empty."""
    for name in ("themes", "themed_ideas"):
        _make(db, name)


LATER = ("hand_overs", "photographs", "feedback", "votes", "conclusions", "themes", "themed_ideas")
"""Tables that came with a migration of their own."""


def _make(db: Database, name: str) -> None:
    columns, key = COLUMNS[name]
    db[name].create(columns, pk=key if len(key) > 1 else key[0])  # type: ignore[union-attr]
