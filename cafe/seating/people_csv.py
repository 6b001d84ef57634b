"""A list of people, as a spreadsheet saves it: text in, people out, or every mistake with its line.

The columns are `name` and any of `organisation`, `sector`, `group`, `host`, `languages` (`ro;en`), `stays` (a table),
`apart` and `together` (names). Commas, semicolons and tabs are understood, in any encoding that a spreadsheet writes.
Pure: the file's bytes or text come in.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cafe.i18n import N_
from cafe.seating.problem import Pair, Person
from cafe.sheet import Mistake, read
from cafe.text import Unclean, clean_line, key

COLUMNS = ("name", "organisation", "sector", "group", "host", "languages", "stays", "apart", "together")
WISHES = {
    "apart": (
        N_("{name} is to sit apart from {other}, who is not in the list."),
        N_("{name} cannot sit apart from themselves."),
    ),
    "together": (
        N_("{name} is to sit together with {other}, who is not in the list."),
        N_("{name} cannot sit together with themselves."),
    ),
}
"""The columns that hold names of others, and what is said where they name nobody else of the list."""
YES = {"yes", "y", "x", "1", "true", "da", "ja", "si", "taip", "kyllä"}
NO = {"", "no", "n", "0", "false", "nu", "nee", "ne", "ei"}


class Guest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the list. `host` is a table, "" for none, or "?" for a host without a table named."""

    name: str
    organisation: str = ""
    sector: str = ""
    group: str = ""
    host: str = ""
    languages: frozenset[str] = frozenset()
    stays: str = ""
    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    line: int = 0


class People(msgspec.Struct, frozen=True):
    """What came of reading a list: the guests, or the mistakes; `unknown` are columns that were not understood."""

    guests: tuple[Guest, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    unknown: tuple[str, ...] = ()

    def apart(self) -> frozenset[Pair]:
        """The pairs that must not meet."""
        return frozenset(frozenset((guest.name, other)) for guest in self.guests for other in guest.apart)

    def together(self) -> tuple[frozenset[str], ...]:
        """Those who go the whole way together: companions of one companion are companions."""
        return bands(self.guests)

    def seated(self, tables: Sequence[str]) -> tuple[Person, ...]:
        """The guests as people to be seated at these tables; hosts without a table take those that are free."""
        taken = {guest.host for guest in self.guests if guest.host not in ("", "?")}
        free = [table for table in tables if table not in taken]
        people = []
        for guest in self.guests:
            stays = guest.host or guest.stays
            if guest.host == "?":
                stays = free.pop(0) if free else ""
            people.append(Person(guest.name, guest.sector, guest.organisation, guest.languages, stays))
        return tuple(people)


def bands(guests: Iterable[Guest]) -> tuple[frozenset[str], ...]:
    """The names of those who go together, band by band."""
    found: list[frozenset[str]] = []
    for guest in guests:
        if guest.together:
            band = frozenset((guest.name, *guest.together))
            found = [*(each for each in found if not each & band), band.union(*(e for e in found if e & band))]
    return tuple(found)


def read_people(raw: bytes | str) -> People:
    """Read a list of people. Nothing is guessed silently: what cannot be understood is a mistake with its line."""
    rows = read(raw)
    if isinstance(rows, Mistake):
        return People(mistakes=(rows,))
    return _guests(rows)


def _guests(rows: Sequence[tuple[int, Sequence[str]]]) -> People:
    if not rows:
        return People(mistakes=(Mistake(1, N_("The list is empty.")),))
    (head_line, head), *body = rows
    columns = [cell.strip().lower() for cell in head]
    mistakes: list[Mistake] = []
    if "name" not in columns:
        return People(
            mistakes=(
                Mistake(
                    head_line,
                    N_("There is no column «name». The first line names the columns: {columns}."),
                    {"columns": ", ".join(COLUMNS)},
                ),
            )
        )
    for column in sorted({column for column in columns if column in COLUMNS and columns.count(column) > 1}):
        mistakes.append(Mistake(head_line, N_("The column «{column}» is there twice."), {"column": column}))
    guests = []
    for line, row in body:
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            mistakes.append(
                Mistake(
                    line,
                    N_("{cells} cells, but {columns} columns; a cell with a comma in it stands in quotes."),
                    {"cells": len(row), "columns": len(columns)},
                )
            )
            continue
        guest = _guest(line, dict(zip(columns, row, strict=False)), mistakes)
        if guest is not None:
            guests.append(guest)
    guests = _named(guests, mistakes)
    if not guests and not mistakes:
        mistakes.append(Mistake(head_line, N_("Nobody is in the list.")))
    unknown = tuple(column for column in columns if column and column not in COLUMNS)
    mistakes.sort(key=lambda mistake: mistake.line)
    return People(() if mistakes else tuple(guests), tuple(mistakes), unknown)


def _guest(line: int, cells: Mapping[str, str], mistakes: list[Mistake]) -> Guest | None:
    clean: dict[str, str] = {}
    for column in COLUMNS:
        raw = cells.get(column, "")
        try:
            clean[column] = clean_line(raw, units=400 if column in WISHES else 80) if raw.strip() else ""
        except Unclean as unclean:
            why = N_("Too long: at most 80 letters.") if unclean.code == "too_long" else N_("This is no text.")
            mistakes.append(Mistake(line, N_("{column}: {why}"), {"column": column, "why": why}))
            return None
    if not clean["name"]:
        mistakes.append(Mistake(line, N_("This line has no name.")))
        return None
    said = clean["host"].casefold()
    host = "?" if said in YES - {"1"} else "" if said in NO - {"0"} else clean["host"]
    if host and clean["stays"] and host not in ("?", clean["stays"]):
        mistakes.append(
            Mistake(
                line,
                N_("{name} hosts table {host}, but is to stay at table {stays}."),
                {"name": clean["name"], "host": host, "stays": clean["stays"]},
            )
        )
        return None
    if host == "?" and clean["stays"]:
        host = clean["stays"]
    return Guest(
        clean["name"],
        clean["organisation"],
        clean["sector"],
        clean["group"],
        host,
        frozenset(each.casefold() for each in _split(clean["languages"])),
        clean["stays"],
        tuple(_split(clean["apart"])),
        tuple(_split(clean["together"])),
        line,
    )


def _split(cell: str) -> list[str]:
    return [each.strip() for each in cell.replace(",", ";").split(";") if each.strip()]


def _named(guests: Iterable[Guest], mistakes: list[Mistake]) -> list[Guest]:
    """The guests with the names of others as the list writes them; doubled and unknown names are mistakes."""
    by_key: dict[str, Guest] = {}
    for guest in guests:
        other = by_key.setdefault(key(guest.name), guest)
        if other is not guest:
            mistakes.append(
                Mistake(
                    guest.line,
                    N_("{name} stands already in line {line}; tell the two apart, for instance by an initial."),
                    {"name": guest.name, "line": other.line},
                )
            )
    hosts: dict[str, Guest] = {}
    found = []
    for guest in by_key.values():
        if guest.host not in ("", "?"):
            other = hosts.setdefault(guest.host, guest)
            if other is not guest:
                mistakes.append(
                    Mistake(
                        guest.line,
                        N_("Table {table} has a host already, {name} in line {line}."),
                        {"table": guest.host, "name": other.name, "line": other.line},
                    )
                )
        wishes = {column: _others(guest, column, by_key, mistakes) for column in WISHES}
        found.append(msgspec.structs.replace(guest, **wishes))
    return found


def _others(guest: Guest, column: str, by_key: Mapping[str, Guest], mistakes: list[Mistake]) -> tuple[str, ...]:
    """The names in one of the columns of wishes as the list writes them."""
    unknown, oneself = WISHES[column]
    others = []
    for name in getattr(guest, column):
        other = by_key.get(key(name))
        if other is None:
            mistakes.append(Mistake(guest.line, unknown, {"name": guest.name, "other": name}))
        elif other is guest:
            mistakes.append(Mistake(guest.line, oneself, {"name": guest.name}))
        else:
            others.append(other.name)
    return tuple(others)
