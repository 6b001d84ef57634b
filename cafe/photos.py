"""Photographs of tablecloths: made harmless on the way in, kept in the café's file, gone from it to the byte.

Nothing of what a phone sent is kept as it came: the picture is drawn anew, so that neither the place where it was
taken nor anything hidden in the file goes along. Not derived from the log; it knows them by their ids alone.
"""

import hashlib
import io
import re
import warnings

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cafe import events as e
from cafe.file import CafeFile, migrations

LARGEST = 1600
"""Pixels of the longer side, as it is kept."""
SMALL = 560
"""Pixels of the longer side, as it stands in a report."""
MOST_PIXELS = 64_000_000
MOST_BYTES = 12 * 1024 * 1024
"""What a phone may send at most: a camera's whole picture, for phones without a script that makes it smaller."""
_SCAN = re.compile(rb"\xff\xda\x00(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")
"""How each pass over a JPEG's picture begins (ITU-T T.81, B.2.3)."""
MOST_SCANS = 100
"""A progressive picture has about ten. Each costs the time of a whole picture and may have a hundred bytes: what has
thousands is made to keep a laptop busy for hours.
"""


class NoPhoto(ValueError):
    """What came is no photograph that can be read."""


class Picture(msgspec.Struct, frozen=True):
    """A photograph as it will be kept: a JPEG made here."""

    data: bytes


def picture(raw: bytes, longest: int = LARGEST) -> bytes:
    """The picture of a JPEG, upright, at most `longest` pixels long, without anything else that was in the file.

    Raises `NoPhoto`. It takes a moment: call it off the event loop.
    """
    from PIL import Image, ImageOps  # Slow to load, and most cafés take no photograph.

    if len(raw) > MOST_BYTES or not raw.startswith(b"\xff\xd8\xff") or _endless(raw):
        raise NoPhoto
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(raw), formats=("JPEG",)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise NoPhoto
            found.draft("RGB", (longest, longest))
            seen = ImageOps.exif_transpose(found).convert("RGB")
    except NoPhoto:
        raise
    except Exception as no:  # A decoder fails in many ways on what was made to make it fail.
        raise NoPhoto from no
    seen.thumbnail((longest, longest))
    bare = Image.new("RGB", seen.size)
    bare.paste(seen)
    made = io.BytesIO()
    bare.save(made, "JPEG", quality=80, optimize=True)
    return made.getvalue()


def bare(data: bytes) -> bytes:
    """A picture from elsewhere that is as those made here are; one that is more than a picture is made anew."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as found:
            more = {part for part, _ in getattr(found, "applist", ())} - {"APP0"}
            ends = data.rstrip(b"\0").endswith(b"\xff\xd9")
            if not more and ends and max(found.size) <= LARGEST and len(data) <= MOST_BYTES and not _endless(data):
                return data
    except Exception as no:
        raise NoPhoto from no
    return picture(data)


def _endless(raw: bytes) -> bool:
    return len(_SCAN.findall(raw)) > MOST_SCANS


def name(sent: bytes, who: str, place: str) -> str:
    """The id of a photograph: the same one of the same person for the same table and round has the same, sent twice."""
    return hashlib.sha256(b"\0".join((who.encode(), place.encode(), sent))).hexdigest()[:24]


@migrations()
def photo_table(db: Database) -> None:
    """Makes the table of pictures, empty."""
    db.execute("CREATE TABLE IF NOT EXISTS pictures (photograph TEXT PRIMARY KEY, jpeg BLOB NOT NULL) STRICT")


def write(db: sqlite3.Connection, record: e.Record, kept: object) -> None:
    """Inside the transaction that holds the event, before the log is blanked and after the readable tables were
    written: what it means for the pictures. At the end those go that the facilitator took out.
    """
    match record.event:
        case e.PhotoTaken(id=id) if isinstance(kept, Picture):
            put(db, {id: kept.data})
        case e.PhotoTakenBack(id=id):
            db.execute("DELETE FROM pictures WHERE photograph = ?", [id])
        case e.Forgot(who=who):
            db.execute(
                "DELETE FROM pictures WHERE photograph IN (SELECT json_extract(body, '$.id') FROM events"
                " WHERE kind = 'photo_taken' AND json_extract(body, '$.by') = ? AND n < ?)",
                [who, record.n],
            )
        case e.NamesPurged():
            db.execute("DELETE FROM pictures")
        case e.Closed():
            db.execute("DELETE FROM pictures WHERE photograph NOT IN (SELECT photograph FROM photographs)")


def put(db: sqlite3.Connection, pictures: dict[str, bytes]) -> None:
    """Keeps pictures by their ids, inside the transaction that is open."""
    db.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?)", pictures.items())


def one(file: CafeFile, id: str) -> bytes | None:
    """One picture; None where there is none, or none any more."""
    there = file.reader["pictures"].exists()
    found = file.reader.execute("SELECT jpeg FROM pictures WHERE photograph = ?", [id]).fetchone() if there else None
    return bytes(found[0]) if found else None


def read(file: CafeFile) -> dict[str, bytes]:
    """Every picture in a file by the id of its photograph; none in a file of before there were any."""
    if not file.reader["pictures"].exists():
        return {}
    return dict(file.reader.execute("SELECT photograph, jpeg FROM pictures ORDER BY photograph").fetchall())
