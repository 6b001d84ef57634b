"""`cafe export`: the ideas, the report and the whole café as files; also while the café runs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from cafe.events import Record
    from cafe.i18n import Translator
    from cafe.state import State

MOST_OF_A_LOGO = 5_000_000  # bytes; a photograph of that size would make the report too heavy to be sent


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write into.")
@click.option("--format", "names", multiple=True, help="One format; give it again for more. Without it: all of them.")
def command(file: Path, folder: Path, names: Sequence[str]) -> None:
    """Write a café's ideas and its report into a folder: csv, json, markdown, html."""
    from cafe.cli.speech import speech
    from cafe.exports import FORMATS, write_all

    tr = speech()
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        known = "; ".join(f"{name} ({tr(each.what)})" for name, each in FORMATS.items())
        refuse(tr("There is no format {name}; there are: {known}.", name=unknown[0], known=known), 2)
    state, records = read(file, tr)
    try:
        written = write_all(state, records, folder, names or None, _pictures(state, file.parent, tr))
    except OSError as no:
        reason = no.strerror or str(no)
        refuse(tr("{file} cannot be written: {reason}.", file=str(no.filename2 or folder), reason=reason), 1)
    for path in written:
        click.echo(path)
    held = sum(idea.standing == "held" for idea in state.newest())
    if held:
        said = tr.n(
            "{n} idea was never let through: it is in ideas.csv, marked as hidden, and not in the report.",
            "{n} ideas were never let through: they are in ideas.csv, marked as hidden, and not in the report.",
            held,
        )
        click.echo(said, err=True)


def read(file: Path, tr: "Translator") -> "tuple[State, list[Record]]":
    """The café in a file as it is now, and its log. What cannot be read ends the program with one sentence."""
    from sqlite_utils.utils import sqlite3

    from cafe.file import TROUBLES, CafeFile, FileTrouble
    from cafe.fold import fold
    from cafe.log import SqliteLog

    try:
        cafe = CafeFile(file, readonly=True)
        try:
            records = list(SqliteLog(cafe).read())
        finally:
            cafe.close()
    except FileTrouble as no:
        wrong = no.code in ("missing", "not_a_cafe") or file.is_dir()
        refuse(tr(TROUBLES[no.code], file=str(file), reason=str(no.__cause__ or "")), 2 if wrong else 1)
    except (sqlite3.DatabaseError, ValueError):
        refuse(tr(TROUBLES["damaged"], file=str(file)), 1)
    if not records:
        refuse(tr("{file} holds no café yet.", file=str(file)), 1)
    return fold(records)[records[0].room], records


def _pictures(state: "State", folder: Path, tr: "Translator") -> dict[str, bytes]:
    """The plan's logos, looked for beside the café's file. One that is not there is told and left out."""
    found = {}
    for name in state.plan.logos:
        path = folder / name
        try:
            if path.stat().st_size <= MOST_OF_A_LOGO:
                found[name] = path.read_bytes()
                continue
        except (OSError, ValueError):
            pass
        click.echo(tr("The logo {name} could not be read; the report is made without it.", name=name), err=True)
    return found


def refuse(sentence: str, code: int) -> NoReturn:
    """Ends the program with one sentence."""
    click.echo(sentence, err=True)
    raise SystemExit(code)
