"""`cafe export`: the ideas, the report and the whole café as files; also while the café runs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from cafe.events import Record
    from cafe.file import CafeFile
    from cafe.i18n import Translator
    from cafe.state import State
    from cafe.twice import Differing

Taken = TypeVar("Taken")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write into.")
@click.option("--format", "names", multiple=True, help="One format; give it again for more. Without it: all of them.")
@click.option("--notes", is_flag=True, help="The facilitator's own notes at the end of the report, for the organiser.")
def command(file: Path, folder: Path, names: Sequence[str], notes: bool) -> None:
    """Write a café's ideas and its report into a folder: csv, json, markdown, html."""
    from cafe.cli.keep import keep
    from cafe.cli.sound import differs
    from cafe.cli.speech import speech
    from cafe.exports import FORMATS

    tr = speech()
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        known = "; ".join(f"{name} ({tr(each.what)})" for name, each in FORMATS.items())
        refuse(tr("There is no format {name}; there are: {known}.", name=unknown[0], known=known), 2)
    state, records, taken, differing = read(file, tr)
    if differing:
        click.echo(differs(differing, str(file), tr), err=True)
    kept = keep(state, records, folder, file.parent, tr, names or None, taken, notes=notes)
    for said in kept.told:
        click.echo(said, err=True)
    if kept.wrong:
        refuse(kept.wrong, 1)
    for path in kept.files:
        click.echo(path)


class Read(NamedTuple):
    """The café in a file as it is now, its log and its pictures, and what of it stands there in two ways."""

    state: "State"
    records: "list[Record]"
    photographs: dict[str, bytes]
    differing: "list[Differing]"


def read(file: Path, tr: "Translator") -> Read:
    """What is in a café's file. What cannot be read ends the program."""
    from cafe import photos
    from cafe.fold import fold
    from cafe.twice import differing, written

    records, (taken, rows) = within(file, tr, lambda cafe: (photos.read(cafe), written(cafe.db)))
    state = fold(records)[records[0].room]
    return Read(state, records, taken, differing(rows, state))


def within(file: Path, tr: "Translator", take: "Callable[[CafeFile], Taken]") -> "tuple[list[Record], Taken]":
    """The log in a café's file, and what else is taken from it. Only reads; what cannot be read ends the program."""
    from sqlite_utils.utils import sqlite3

    from cafe.file import TROUBLES, CafeFile, FileTrouble
    from cafe.log import SqliteLog

    try:
        cafe = CafeFile(file, readonly=True)
        try:
            cafe.db.execute("BEGIN")  # What is read is one moment, also of a café that runs.
            records, taken = list(SqliteLog(cafe).read()), take(cafe)
        finally:
            cafe.close()
    except FileTrouble as no:
        wrong = no.code in ("missing", "not_a_cafe") or file.is_dir()
        refuse(tr(TROUBLES[no.code], file=str(file), reason=str(no.__cause__ or "")), 2 if wrong else 1)
    except (sqlite3.DatabaseError, ValueError):
        refuse(tr(TROUBLES["damaged"], file=str(file)), 1)
    if not records:
        refuse(tr("{file} holds no café yet.", file=str(file)), 1)
    return records, taken


def refuse(sentence: str, code: int) -> NoReturn:
    """Ends the program with one sentence."""
    click.echo(sentence, err=True)
    raise SystemExit(code)
