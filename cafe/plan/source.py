"""The text of a plan and where everything in it stands.

TOML's own reader stops at the first mistake and forgets the lines, so the text is cut into its statements (a header, or
a key with its value), each of which the standard reader reads alone: a broken one is told with its line and costs
nothing else. What editors are known to do (byte-order marks, UTF-16, Windows line ends) is understood here. Nothing
here knows which keys a plan has.
"""

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from cafe.i18n import N_
from cafe.plan.mistakes import Mistake
from cafe.plan.slips import Decimal, parsed, slips

Path = tuple[str | int, ...]

MOST_CHARACTERS = 500_000
MOST_LINES_OF_A_VALUE = 400
DEEPEST_KEY = 8

HEADER = re.compile(r"""\s*(?P<open>\[+)\s*(?P<name>[\w"'.\s-]+?)\s*(?P<close>\]*)\s*(?:\#.*)?$""")
HEADER_LIKE = re.compile(r"\s*\[\[?\s*[A-Za-z_][\w.-]*\s*\]\]?\s*(#.*)?$")
KEY_LIKE = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)")
PAIR_LIKE = re.compile(KEY_LIKE.pattern + r"\s*=")
OPENS = re.compile(r"""=\s*(\[|\{|\"{3}|'{3})""")


class Source:
    """A plan's text as data, with the line of every key.

    `data` is what could be read, `broken` the paths of what could not (so that nobody calls them missing as well),
    `lines` the line of every path, `mistakes` what the text itself got wrong.
    """

    def __init__(self, text: str | bytes, name: str, known: Mapping[str, str]) -> None:
        """Read `text`; `known` are the sections that it may have, each with how it is headed."""
        self.name, self.known = name, known
        self.several = frozenset(section for section, header in known.items() if header.startswith("[["))
        self.data: dict[str, Any] = {}
        self.lines: dict[Path, int] = {}
        self.broken: set[Path] = set()
        self.mistakes: list[Mistake] = []
        self._headed: set[Path] = set()
        self._lines = self._decode(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._refuse_what_is_no_plan()
        self._section: dict[str, Any] | None = self.data
        self._path: Path = ()
        for line, statement in self._statements():
            self._read(line, statement)

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def wrong(self, line: int, message: str, **args: str | int) -> None:
        self.mistakes.append(Mistake(self.name, line, message, args))

    def _refuse_what_is_no_plan(self) -> None:
        """One sentence about a file that cannot be a plan at all, instead of one for each of its lines."""
        binary = next((n for n, line in enumerate(self._lines, start=1) if "\0" in line), 0)
        if binary:
            self.wrong(binary, N_("This is no plain text; save the plan as UTF-8, or name another file."))
        elif sum(map(len, self._lines)) > MOST_CHARACTERS:
            self.wrong(
                1,
                N_("This is too long for a plan ({most} characters at most); is it the right file?"),
                most=MOST_CHARACTERS,
            )
        else:
            return
        self.mistakes[:] = self.mistakes[-1:]
        self.broken.add(())
        self._lines = []

    def _decode(self, text: str | bytes) -> str:
        if isinstance(text, bytes):
            return self._decode_bytes(text).removeprefix("\ufeff")
        return text.removeprefix("\ufeff")

    def _decode_bytes(self, raw: bytes) -> str:
        """UTF-8, or UTF-16 where its mark says so, as Notepad writes it; anything else is told and read on roughly."""
        encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self.wrong(line, N_("This is not written in UTF-8; in your editor choose “Save as” and UTF-8."))
            return raw.decode(encoding, errors="replace")

    def _statements(self) -> Iterator[tuple[int, str]]:
        """Each statement with the number of its first line; one that does not parse ends before the next one's look."""
        here = 0
        while here < len(self._lines):
            first = self._lines[here]
            end = here + 1
            if first.strip() and not first.lstrip().startswith("#"):
                if OPENS.search(first) and not HEADER_LIKE.match(first):
                    end = self._end_of_value(here)
                yield here + 1, "\n".join(self._lines[here:end])
            here = end

    def _end_of_value(self, start: int) -> int:
        """Where the value that opens in line `start` ends: the first line with which it can be read."""
        last = min(len(self._lines), start + MOST_LINES_OF_A_VALUE)
        quoted = re.search(r"=\s*(\"{3}|'{3})", self._lines[start])
        for end in range(start + 1, last + 1):
            if end > start + 1 and not quoted and HEADER_LIKE.match(self._lines[end - 1]):
                break
            if parsed("\n".join(self._lines[start:end])) is not None:
                return end
        for end in range(start + 1, last):
            if PAIR_LIKE.match(self._lines[end]) or HEADER_LIKE.match(self._lines[end]):
                return end
        return last

    def _read(self, line: int, statement: str) -> None:
        if statement.lstrip().startswith("["):
            self._read_header(line, statement)
            return
        key = KEY_LIKE.match(statement)
        path = (*self._path, *re.split(r"\s*\.\s*", key[1])) if key else self._path
        try:
            value = tomllib.loads(statement, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            found, meant = slips(statement, str(error))
            for row, message, args in found:
                self.wrong(line + row, message, **args)
            if meant is None:
                if key:
                    self.broken.add(path)
                    self.lines.setdefault(path, line)
                return
            value = meant
        try:
            self._merge(self._section, self._path, value, line, statement)
        except RecursionError:
            self.wrong(line, N_("This nests far too deeply; a plan needs no such thing."))

    def _merge(self, into: dict[str, Any] | None, at: Path, value: dict[str, Any], line: int, statement: str) -> None:
        if into is None:
            return
        for key, each in value.items():
            path = (*at, key)
            if len(path) > DEEPEST_KEY:
                raise RecursionError
            there = into.get(key)
            if isinstance(each, dict) and isinstance(there, dict) and each:
                self._merge(there, path, each, line, statement)
            elif key in into:
                self.wrong(
                    line,
                    N_("{key} is already written in line {first}; keep one of them."),
                    key=key,
                    first=self.line(path),
                )
            else:
                self.lines.setdefault(path, line)
                if isinstance(each, dict):
                    into[key] = {}
                    self._merge(into[key], path, each, line, statement)
                else:
                    into[key] = each
                    self._note_items(path, each, line, statement)

    def _note_items(self, path: Path, value: object, line: int, statement: str) -> None:
        """Remember the line of each item of a list that is written over several lines."""
        if not isinstance(value, list):
            return
        rows = statement.split("\n")
        known = 0
        for row in range(1, len(rows) + 1):
            count = len(value) if row == len(rows) else _items("\n".join([*rows[:row], "]"]))
            for item in range(known, count):
                self.lines[(*path, item)] = line + row - 1
            known = max(known, count)

    def _read_header(self, line: int, statement: str) -> None:
        """Open the section of a header; one that cannot be made out swallows its keys in silence."""
        shape = HEADER.match(statement)
        name = re.sub(r"\s*\.\s*", ".", shape["name"]) if shape else ""
        if shape is None or (parts := _header_parts(name)) is None:
            self.wrong(line, N_("This is not a section; sections look like [wifi], [sessions.s1] or [[programme]]."))
            self.broken.add(())  # nobody knows what stood there, so nothing is called missing
            self._section, self._path = None, ("",)
            return
        double = parts[0] in self.several and len(parts) == 1
        right = f"[[{name}]]" if double else f"[{name}]"
        misspelt = parts[0] not in self.known  # Which brackets it wants is said with its right name.
        if not misspelt and (shape["open"], shape["close"]) != (("[[", "]]") if double else ("[", "]")):
            self.wrong(
                line,
                N_("Write {right}, with two brackets on each side.")
                if double
                else N_("Write {right}, with one bracket on each side."),
                right=right,
            )
        self._open(line, parts, right, double)

    def _open(self, line: int, parts: list[str], right: str, double: bool) -> None:
        here: Any = self.data
        path: Path = ()
        for depth, part in enumerate(parts):
            path, last = (*path, part), depth == len(parts) - 1
            fresh: Any = [] if double else {}
            if last and not double and part in here and not self._only_implied(path):
                self.wrong(
                    line,
                    N_("{section} is already there, in line {first}; give this one another name."),
                    section=right,
                    first=self.line(path),
                )
                self.broken.add((*path[:-1], ""))  # what this one was meant to be is not called missing
                self._section, self._path = None, ("",)
                return
            here = here.setdefault(part, fresh)
            if isinstance(here, list) and here and not last:  # [programme.sessions] belongs to the block above it
                path, here = (*path, len(here) - 1), here[-1]
            if not isinstance(here, type(fresh)):
                self.wrong(
                    line,
                    N_("{section} cannot stand here: {key} is already written in line {first}."),
                    section=right,
                    key=part,
                    first=self.line(path),
                )
                self._section, self._path = None, ("",)
                return
        if double:
            here.append({})
            path, here = (*path, len(here) - 1), here[-1]
        for depth in range(1, len(path)):
            self.lines.setdefault(path[:depth], line)
        self.lines[path] = line
        self._headed.add(path)
        self._section, self._path = here, path

    def _only_implied(self, path: Path) -> bool:
        """Whether `path` exists only because something below it was written, as [sessions] does by [sessions.s1]."""
        return path not in self._headed and any(each[: len(path)] == path for each in self._headed)


def _items(statement: str) -> int:
    """How many items the list has that is the only value of `statement`; 0 when it cannot be read yet."""
    value: Any = parsed(statement)
    while isinstance(value, dict) and value:
        value = next(iter(value.values()))
    return len(value) if isinstance(value, list) else 0


def _header_parts(name: str) -> list[str] | None:
    found: Any = parsed(f"[{name}]")
    parts: list[str] = []
    while found:
        part, found = next(iter(found.items()))
        parts.append(part)
    return parts if 0 < len(parts) <= DEEPEST_KEY else None
