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
        {"ideas.csv": csv.ideas, "data-dictionary.csv": csv.dictionary},
        N_("the ideas as a spreadsheet, with a description of its columns"),
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
) -> list[Path]:
    """Writes the formats `names` (all of them by default) of one room into `folder`, and tells the files.

    A file is there whole or as it was before, also when the power goes. Raises `KeyError` for a format that is not in
    the table and `OSError` when a file cannot be written.
    """
    harvested = Harvested(state, tuple(records), pictures or {})
    chosen = [FORMATS[name] for name in dict.fromkeys(FORMATS if names is None else names)]
    texts = {file: make(harvested) for each in chosen for file, make in each.files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write(folder / name, text)
    return [folder / name for name in texts]


def write(path: Path, text: str) -> None:
    """Puts the whole text beside the file, on the disk, before it takes the file's place."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
