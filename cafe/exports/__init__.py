"""What is kept of a café when it is over: the table of formats, and the one function that writes them.

Everything is made from the folded state and the log before anything is written; nothing but files is written.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from cafe.events import Record
from cafe.exports import csv, json, markdown
from cafe.exports.harvested import Harvested
from cafe.i18n import N_
from cafe.state import State

__all__ = ["FORMATS", "Format", "Harvested", "write", "write_all"]


class Format(NamedTuple):
    """A format: its files, each with the function that makes its text, and what it is good for."""

    files: Mapping[str, Callable[[Harvested], str]]
    what: str


def _html(harvested: Harvested) -> str:
    from cafe.exports.html import html  # Jinja is slow to load, and not every export is a page.

    return html(harvested)


FORMATS: dict[str, Format] = {
    "csv": Format(
        {
            "ideas.csv": csv.ideas,
            "hand-overs.csv": csv.hand_overs,
            "feedback.csv": csv.feedback,
            "data-dictionary.csv": csv.dictionary,
        },
        N_("the ideas as a spreadsheet, with a description of its columns, and what people said about the day"),
    ),
    "json": Format({"cafe.json": json.cafe}, N_("the whole café, from which it can be made again")),
    "markdown": Format({"report.md": markdown.markdown}, N_("the report as text")),
    "html": Format({"report.html": _html}, N_("the report as a page to send and to print")),
}
"""Every format by the name that `--format` takes."""


def write_all(
    state: State,
    records: Iterable[Record],
    folder: Path,
    names: Iterable[str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    photographs: Mapping[str, bytes] | None = None,
    *,
    notes: bool = False,
) -> list[Path]:
    """Writes the formats `names` (all of them by default) of one room into `folder`, and tells the files.

    The tables' photographs lie in a folder of their own beside the page that shows them. The facilitator's own `notes`
    stand in the report where they are asked for.

    A file is there whole or as it was before, also when the power goes. Raises `KeyError` for a format that is not in
    the table and `OSError` when a file cannot be written.
    """
    harvested = Harvested(state, tuple(records), pictures or {}, photographs or {}, notes)
    chosen = [FORMATS[name] for name in dict.fromkeys(FORMATS if names is None else names)]
    files = {file: make(harvested).encode() for each in chosen for file, make in each.files.items()}
    if FORMATS["html"] in chosen:
        files |= {name: harvested.photographs[photo.id] for name, photo in harvested.photos().items()}
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("photographs/*-table-*-round-*.jpg"):  # Those that are not in the café any more.
        if FORMATS["html"] in chosen and f"photographs/{old.name}" not in files:
            old.unlink()
    for name, data in files.items():
        write(folder / name, data)
    return [folder / name for name in files]


def write(path: Path, data: bytes) -> None:
    """Puts the whole file beside its place, on the disk, before it takes it."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
