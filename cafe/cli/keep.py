"""What is kept of a café in a folder of files, and what must be said about it: for the export and at the closing."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from cafe.cli.held import Held
    from cafe.events import Record
    from cafe.i18n import Translator
    from cafe.state import State

logger = logging.getLogger("cafe.report")

MOST_OF_A_LOGO = 5_000_000  # bytes; a photograph of that size would make the report too heavy to be sent


class Kept(NamedTuple):
    """The files that were written, sentences about them, and the one sentence that says why nothing was."""

    files: Sequence[Path] = ()
    told: Sequence[str] = ()
    wrong: str = ""


def keep(
    state: "State",
    records: "Sequence[Record]",
    folder: Path,
    beside: Path,
    tr: "Translator",
    names: Sequence[str] | None = None,
    photographs: Mapping[str, bytes] | None = None,
    *,
    notes: bool = False,
) -> Kept:
    """Writes the formats `names` (all by default) into `folder`; logos are looked for in the folder `beside`."""
    from cafe.exports import write_all

    pictures, told = _pictures(state, beside, tr)
    try:
        files = write_all(state, records, folder, names, pictures, photographs, notes=notes)
    except OSError as no:
        reason = no.strerror or str(no)
        where = str(no.filename2 or folder)
        return Kept(wrong=tr("{file} cannot be written: {reason}.", file=where, reason=reason))
    held = sum(idea.standing == "held" for idea in state.newest())
    if held:
        said = tr.n(
            "{n} idea was never let through: it is in ideas.csv, marked as hidden, and not in the report.",
            "{n} ideas were never let through: they are in ideas.csv, marked as hidden, and not in the report.",
            held,
        )
        told.append(said)
    return Kept(files, told)


def whole(folder: Path) -> bool:
    """Whether every file of a report lies in the folder."""
    from cafe.exports import FORMATS

    return all((folder / name).is_file() for each in FORMATS.values() for name in each.files)


class Report:
    """The exports beside the file: written at once when the café closes, spoken of when the wall is gone."""

    def __init__(self, cafe: "Held", tr: "Translator") -> None:
        self.cafe, self.tr = cafe, tr
        self._told: list[str] = []
        self._wrong = ""

    def write(self) -> None:
        """Writes it, or remembers why that could not be."""
        from cafe import photos

        room, folder = self.cafe.room, self.cafe.folder
        try:
            taken = photos.read(room.file)
            kept = keep(room.state, list(room.log.read()), folder, folder.parent, self.tr, photographs=taken)
            self._told, self._wrong = list(kept.told), kept.wrong
        except Exception as no:  # Whatever it is, nobody may be told that the report is there.
            logger.exception("the report was not written")
            self._wrong = self.tr("{file} cannot be written: {reason}.", file=str(folder), reason=str(no))

    def tell(self, *, err: bool) -> None:
        """Says where the report is and what is not in it, or why there is none."""
        for said in (*self._told, *([self._wrong] if self._wrong else [])):
            click.echo(said, err=True)
        if not self._wrong:
            click.echo(self.tr("The report is in {folder}.", folder=str(self.cafe.folder)), err=err)


def _pictures(state: "State", folder: Path, tr: "Translator") -> tuple[dict[str, bytes], list[str]]:
    """The plan's logos, and a sentence about each that is not there: it is left out."""
    found, told = {}, []
    for name in state.plan.logos:
        path = folder / name
        try:
            if path.is_file() and path.stat().st_size <= MOST_OF_A_LOGO:
                found[name] = path.read_bytes()
                continue
        except (OSError, ValueError):
            pass
        told.append(tr("The logo {name} could not be read; the report is made without it.", name=name))
    return found, told
