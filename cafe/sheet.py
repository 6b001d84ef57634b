"""Rows of a spreadsheet that was saved as text, or the one mistake that keeps them from being read.

Commas, semicolons and tabs are understood, in any encoding that a spreadsheet writes. Pure: the file's bytes come in.
"""

import csv
import io
from collections.abc import Mapping

import msgspec

from cafe.i18n import N_

ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}

Rows = list[tuple[int, list[str]]]
"""The rows that have anything in them, each with the line on which it begins."""


class Mistake(msgspec.Struct, frozen=True):
    """One sentence about one line; line 1 has the names of the columns."""

    line: int
    message: str
    args: Mapping[str, str | int] = {}

    def __str__(self) -> str:
        return f"{self.line}: {self.message.format_map(self.args)}"


def read(raw: bytes | str) -> Rows | Mistake:
    """The rows; none where the sheet is empty."""
    text = raw if isinstance(raw, str) else _decoded(raw)
    if isinstance(text, Mistake):
        return text
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return []
    first, *_ = [line for line in text.splitlines() if line.strip()]
    if first.lower().startswith("sep=") and len(first) == 5:  # a spreadsheet's own note
        separator, text = first[4], text.split("\n", 1)[1] if "\n" in text else ""
    else:
        separator = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
    try:
        return _rows(text, separator)
    except csv.Error:
        line = text[: max(text.rfind('"'), 0)].count("\n") + 1
        return Mistake(line, N_('A quote (") is opened and not closed.'))


def _rows(text: str, separator: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, begins = [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append((begins, row))
        begins = reader.line_num + 1
    return rows


def _decoded(raw: bytes) -> str | Mistake:
    for mark, encoding in ENCODINGS.items():
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                break
    if raw.startswith((b"PK", b"\xd0\xcf")):
        return Mistake(1, N_("This is a spreadsheet's own file: save it as CSV (UTF-8)."))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Mistake(line, N_("A letter cannot be read: save the list as CSV UTF-8."))
