"""What is wrong with a plan, or worth a second look: sentences that know their line and can be said in any language.

A sentence is kept as a template and its arguments, because the plan is read before anybody knows in which
language its mistakes will be told. Whatever the organiser typed goes through `shown` before it is an argument.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

import msgspec

from cafe.plan.values import Plan

LONGEST_SHOWN = 60
"""Characters of somebody's text that a sentence repeats."""


class Mistake(msgspec.Struct, frozen=True):
    """One sentence about one line of a plan; `str()` gives `FILE:LINE: sentence` in English."""

    file: str
    line: int
    message: str
    args: dict[str, str | int] = {}

    @property
    def sentence(self) -> str:
        """The sentence in English."""
        return english(self.message, **self.args)

    def say(self, tr: Callable[..., str]) -> str:
        """`FILE:LINE: sentence` through the translation function `tr(template, **args)`."""
        return f"{self.file}:{self.line}: {tr(self.message, **self.args)}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class Reading(msgspec.Struct, frozen=True):
    """What came of reading a plan: the plan and what is worth a second look, or all its mistakes."""

    plan: Plan | None
    mistakes: list[Mistake]
    warnings: list[Mistake]


class Wrong(Exception):
    """A value cannot stand as it is: a template, its arguments, and where below the value it is (`within`)."""

    def __init__(self, message: str, *, within: tuple[str | int, ...] = (), **args: str | int) -> None:
        super().__init__(message)
        self.message, self.within, self.args_of_message = message, within, args


def english(message: str, **args: str | int) -> str:
    """The sentence as it is written here; stands where a translation may stand."""
    return message.format(**args)


def shown(value: object) -> str:
    """What the organiser typed, short and harmless in a terminal: texts in quotes, no control characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return "[…]" if isinstance(value, list) else "{…}"
    if isinstance(value, int) and abs(value) >= 10**12:  # Python refuses to spell very long ones
        return "-…" if value < 0 else "…"
    return f'"{harmless(value)}"' if isinstance(value, str) else harmless(str(value))


def harmless(text: str) -> str:
    """A text short and without control characters, for a sentence that has quotes of its own."""
    plain = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: LONGEST_SHOWN + 1])
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"


def guess(word: object, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ''."""
    by_lower = {each.lower(): each for each in known if each}
    close = get_close_matches(str(word).strip().lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""
