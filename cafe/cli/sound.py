"""Whether a café's file is still as it was written: `cafe check FILE.cafe`.

SQLite sees a page that is torn, not a letter that the disk has changed. But what people wrote stands there twice, in
the log and in the readable tables: where the two disagree, both are shown.
"""

from collections.abc import Sequence
from pathlib import Path

import click

from cafe.cli.export import within
from cafe.fold import fold
from cafe.i18n import Translator
from cafe.twice import Differing, differing, written


def sound(file: Path, tr: Translator) -> int:
    """Tells whether a file is sound. Gives the exit code; a file that cannot be read at all ends the program."""
    records, rows = within(file, tr, lambda cafe: written(cafe.db))
    state = fold(records)[records[0].room]
    found = differing(rows, state)
    if not found:
        there = sum(not idea.gone for idea in state.ideas.values())
        told = tr.n("{file} is sound, with {n} idea.", "{file} is sound, with {n} ideas.", there, file=str(file))
        click.echo(told)
        return 0
    for each in found:
        name = _plain(f"{each.table}: {each.id}")
        click.echo(f"{name}\n  1  {_plain(each.logged)}\n  2  {_plain(each.readable)}")
    said = tr.n(
        "{n} entry stands in two ways in {file}, 1 in the log and 2 in the readable tables. "
        "The disk may be failing: copy the file to another one, and compare with a copy of before.",
        "{n} entries stand in two ways in {file}, 1 in the log and 2 in the readable tables. "
        "The disk may be failing: copy the file to another one, and compare with a copy of before.",
        len(found),
        file=str(file),
    )
    click.echo(said, err=True)
    return 1


def differs(found: Sequence[Differing], file: str, tr: Translator) -> str:
    """The sentence that says so, where something stands in two ways."""
    return tr.n(
        "{n} entry stands in two ways in {file}: the disk may be failing. `cafe check {file}` shows it.",
        "{n} entries stand in two ways in {file}: the disk may be failing. `cafe check {file}` shows them.",
        len(found),
        file=file,
    )


def _plain(text: str) -> str:
    """Words on one line; what a changed bit made of a letter cannot steer the terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split())) or "–"
