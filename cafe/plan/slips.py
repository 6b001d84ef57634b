"""Slips of the pen: what a statement that is no TOML was meant to be, and how to say so plainly.

Curly quotes, a comma in a number, a text without quotes: what was surely meant is read on with, so that one slip hides
no other mistake.
"""

import re
import tomllib
from typing import Any

from cafe.i18n import N_
from cafe.plan.mistakes import shown

Slip = tuple[int, str, dict[str, str | int]]
"""The row of a statement, from 0; a template; its arguments."""

STRAIGHT = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")
CURLY_QUOTES = re.compile(r"""(?:^|[=\[,{])\s*[“”„‟«»‘’‚]|"[^"]*[“”„‟«»]\s*[,\]}]*\s*(?:\#.*)?$""")
BARE_TIME = re.compile(r"\s*at\s*=\s*(\d{1,2}\s*[:.,h]\s*\d{2})\s*(#.*)?$")
BARE_DAY = re.compile(r"\s*date\s*=\s*(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{1,2}-\d{1,2})\s*(#.*)?$")
BARE_COMMA = re.compile(r"\s*[\w-]+\s*=\s*(\d+),(\d+)\s*(#.*)?$")
BARE_WORDS = re.compile(r"\s*([\w-]+)\s*=\s*(?!(?:true|false)\b)([^\W\d][^\"'\[\]{}=#]*?)\s*(#.*)?$")
PLACE_IN_MESSAGE = re.compile(r"\s*\((?:at line (\d+), column \d+|at end of document)\)$")

EXPLAINED = {
    "Unclosed array": N_("This list is not closed: put a comma after each item and ] at the end."),
    "Expected '='": N_('This is neither a key with its value (title = "…") nor a comment (# …).'),
    "Invalid value": N_('This value cannot be read: texts stand in quotes ("…"), numbers without.'),
    "Illegal character '\\n'": N_('This text is not closed: put a quote (") at its end, in the same line.'),
    "Unterminated string": N_('This text is not closed: put a quote (") at its end.'),
    "Expected '\"'": N_('This text is not closed: put a quote (") at its end.'),
    "Expected newline": N_("Something follows the value that does not belong there; is a quote or a [ missing?"),
    "Unescaped '\\\\'": N_("In a text a backslash is written twice (\\\\)."),
    "Invalid hex value": N_("In a text a backslash is written twice (\\\\)."),
    "Unclosed inline table": N_("This is not closed: put a comma between the parts and }} at the end."),
}
"""How the TOML reader's messages begin, and what an organiser can do about them."""


class Decimal(float):
    """A number with a point that remembers how it was typed: `10.30` may have been meant as half past ten."""

    typed: str

    def __new__(cls, typed: str) -> "Decimal":
        made = super().__new__(cls, typed)
        made.typed = typed
        return made


def parsed(statement: str) -> dict[str, Any] | None:
    """What a statement says, or None where it is no TOML."""
    try:
        return tomllib.loads(statement, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


def slips(statement: str, reason: str) -> tuple[list[Slip], dict[str, Any] | None]:
    """What is wrong with a statement that the TOML reader refused for `reason`, and what was surely meant, or None."""
    if (hour := BARE_TIME.match(statement)) is not None:
        return [], {"at": hour[1]}
    if (day := BARE_DAY.match(statement)) is not None:
        return [], {"date": day[1]}
    bare = [STRAIGHT.sub("", row) for row in statement.split("\n")]
    curly = [number for number, row in enumerate(bare) if CURLY_QUOTES.search(row)]
    if curly:
        doubles = re.sub("[“”„‟«»]", '"', statement)
        sentence = N_('These are typographic quotes; use straight ones (").')
        return [(row, sentence, {}) for row in curly], parsed(doubles) or parsed(re.sub("[‘’‚]", "'", doubles))
    if (comma := BARE_COMMA.match(statement)) is not None:
        return [(0, N_("A number has a point, no comma: {right}."), {"right": f"{comma[1]}.{comma[2]}"})], None
    if (words := BARE_WORDS.match(statement)) is not None:
        right = f"{words[1]} = {shown(words[2])}"
        return [(0, N_("Texts stand in quotes: {right}"), {"right": right})], {words[1]: words[2]}
    for number, row in enumerate(bare):
        for char in row:
            if not char.isprintable() and char != "\t":
                sentence = N_("Here stands an invisible character (U+{code}); type this line again.")
                return [(number, sentence, {"code": f"{ord(char):04X}"})], None
    return [_explained(reason)], None


def _explained(reason: str) -> Slip:
    """The TOML reader's message in an organiser's words, on its row."""
    place = PLACE_IN_MESSAGE.search(reason)
    row = int(place[1]) - 1 if place and place[1] else 0
    reason = reason[: place.start()] if place else reason
    for beginning, message in EXPLAINED.items():
        if reason.startswith(beginning):
            return row, message, {}
    return row, N_("This line cannot be read as TOML ({reason})."), {"reason": shown(reason).strip('"')}
