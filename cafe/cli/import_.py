"""`cafe import`: a café's file again from its JSON, with its log and its readable tables."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cafe.cli.export import refuse
from cafe.i18n import N_

if TYPE_CHECKING:
    from cafe.events import Record
    from cafe.exports.json import Read
    from cafe.i18n import Translator

DAMAGED = N_("{file} is damaged: not all of the café is in it.")


@click.command("import")
@click.argument("source", metavar="JSON", type=click.Path(path_type=Path))
@click.option("--to", "file", required=True, type=click.Path(path_type=Path), help="The café's new file.")
def command(source: Path, file: Path) -> None:
    """Make a café's file from the JSON that `cafe export` wrote. A file that is there is left alone."""
    from cafe.cli.speech import speech
    from cafe.exports.json import Damaged

    tr = speech()
    if file.exists():
        refuse(tr("{file} is already there; name another file.", file=str(file)), 2)
    cafe = read(source, tr)
    try:
        make(file, cafe)
    except OSError as no:
        refuse(tr("{file} cannot be written: {reason}.", file=str(file), reason=no.strerror or str(no)), 1)
    except Damaged:
        refuse(tr(DAMAGED, file=str(source)), 1)
    click.echo(file)


def read(source: Path, tr: "Translator") -> "Read":
    """What is in a JSON. What is no café's, or not whole, ends the program with one sentence."""
    from cafe.exports.json import Damaged, Newer, NotOurs, read

    name = str(source)
    try:
        return read(source.read_bytes())
    except FileNotFoundError:
        refuse(tr("There is no file {file}.", file=name), 2)
    except OSError as no:
        refuse(tr("{file} cannot be read: {reason}.", file=name, reason=no.strerror or str(no)), 2)
    except NotOurs:
        refuse(tr("{file} is no café's JSON; `cafe export` writes one.", file=name), 2)
    except Newer:
        refuse(tr("{file} was written by a newer worldcafe.", file=name), 1)
    except Damaged:
        refuse(tr(DAMAGED, file=name), 1)


def make(file: Path, whole: "Read") -> None:
    """Makes a café's file from a whole log and its pictures. Raises `OSError` or `Damaged`; then no file is left."""
    from cafe import photos, tables
    from cafe.exports.json import Damaged
    from cafe.file import CafeFile, FileTrouble, NotSaved
    from cafe.log import SqliteLog

    def beside(db: Any, kept: "Sequence[Record]") -> None:
        tables.rebuild(db, kept)
        photos.put(db, pictures)

    try:
        pictures = {id: photos.bare(data) for id, data in whole.photographs.items()}
        cafe = CafeFile(file)
        try:
            SqliteLog(cafe).append(whole.records, beside)
        finally:
            cafe.close()
    except BaseException as no:
        for each in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-lock"))):
            each.unlink(missing_ok=True)
        if isinstance(no, FileTrouble | NotSaved):
            raise OSError(str(no.__cause__ or no)) from no
        if isinstance(no, Exception) and not isinstance(no, OSError):
            raise Damaged from no  # Each event could be read, but they do not follow from one another.
        raise
