"""What a single value of a plan may be: each check takes what stands there and gives the clean value, or raises Wrong.

Every sentence says what would be right; `{key}` in it becomes the key that is checked.
"""

import datetime
import ipaddress
import re
from collections.abc import Callable
from typing import Any

from cafe.i18n import N_
from cafe.plan.mistakes import Wrong, guess, shown
from cafe.plan.slips import Decimal
from cafe.text import Unclean, clean, clean_line

Check = Callable[[Any], Any]

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a join code is made of: 0 and O, 1 and I and L are mistaken for one another."""

UNCLEAN: dict[str, str] = {
    "empty": N_("{key} is empty; write something between the quotes."),
    "too_long": N_("{key} has {count} characters; {most} are the most."),
    "too_many_lines": N_("{key} has more than {lines} lines; make it shorter."),
    "not_text": N_("{key} holds something that is no text; type it again."),
}

MOMENT = re.compile(r"\s*(\d{1,2})\s*[:.,h]\s*(\d{2})(?::00)?\s*$")
DAY = re.compile(r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}))\s*$")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*$")
LINK = re.compile(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*$", re.IGNORECASE)
LONGEST_LINK = 500
ADDRESS = re.compile(r"(?:\[([0-9a-f:.]+)\]|[\w.-]+)(?::(\d{1,5}))?$", re.IGNORECASE)


def text(most: int = 200, lines: int = 1, *, needed: bool = False) -> Check:
    """A text of at most `most` characters and `lines` lines, cleaned; not empty if `needed`."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong(N_('{key} is a text in quotes, such as {key} = "…"; not {value}.'), value=shown(value))
        try:
            return clean_line(value, units=most) if lines == 1 else clean(value, units=most, lines=lines)
        except Unclean as unclean:
            if unclean.code == "empty" and not needed:
                return ""
            raise Wrong(UNCLEAN[unclean.code], most=most, lines=lines, count=len(value)) from None

    return check


def whole(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any) -> int:
        if isinstance(value, str) and value.strip().isdecimal():
            raise Wrong(N_("{key} is a number without quotes: {key} = {value}."), value=value.strip()[:9])
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong(
                N_("{key} is a whole number from {least} to {most}; not {value}."),
                least=least,
                most=most,
                value=shown(value),
            )
        if not least <= value <= most:
            raise Wrong(
                N_("{key} is from {least} to {most}; not {value}."),
                least=least,
                most=most,
                value=shown(value),
            )
        return value

    return check


def minutes(least: float, most: int) -> Check:
    """A length in minutes, more than 0 where `least` is; it may have a point."""

    def check(value: Any) -> float:
        if isinstance(value, str):
            raise Wrong(
                N_("{key} is a number of minutes without quotes, such as {key} = 13; not {value}."), value=shown(value)
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Wrong(N_("{key} is a number of minutes, such as {key} = 13; not {value}."), value=shown(value))
        if not least <= value <= most:  # which nan never is
            raise Wrong(
                N_("{key} is from {least} to {most} minutes; not {value}."),
                least=f"{least:g}",
                most=most,
                value=shown(value),
            )
        return int(value) if value == int(value) else float(value)

    return check


def each_minutes(value: Any) -> float | tuple[float, ...]:
    """Minutes of every round: one number for all, or a list with one for each."""
    check = minutes(0.1, 600)
    if not isinstance(value, list):
        return float(check(value))
    if not value:
        raise Wrong(N_("{key} is a number, or one number per round: [20, 15, 15]."))
    return many(check)(value)  # type: ignore[no-any-return]


def choice(*known: str) -> Check:
    """One of the words `known`."""

    def check(value: Any) -> str:
        if value in known and isinstance(value, str):
            return value
        meant = guess(value, known) if isinstance(value, str) else ""
        if meant:
            raise Wrong(
                N_('{key} is one of {known}; not {value}. Did you mean "{meant}"?'),
                known=", ".join(known),
                value=shown(value),
                meant=meant,
            )
        raise Wrong(N_("{key} is one of {known}; not {value}."), known=", ".join(known), value=shown(value))

    return check


def many(check: Check) -> Check:
    """A list of values that each pass `check`; a wrong one is told at its own line."""

    def check_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Wrong(
                N_("{key} is a list in square brackets, such as {key} = [ … ]; not {value}."), value=shown(value)
            )
        found = []
        for number, each in enumerate(value):
            try:
                found.append(check(each))
            except Wrong as wrong:
                raise Wrong(wrong.message, within=(number, *wrong.within), **wrong.args_of_message) from None
        return tuple(found)

    return check_all


def distinct(check: Check) -> Check:
    """A list without repetitions."""
    return lambda value: tuple(dict.fromkeys(many(check)(value)))


def moment(value: Any) -> int:
    """A time of the day as minutes after midnight; `"10:30"`, `"10,30"`, `10.30` and `10:30:00` are the same."""
    if isinstance(value, datetime.time) and not value.second and not value.microsecond:
        return value.hour * 60 + value.minute
    typed = value.typed if isinstance(value, Decimal) else value
    found = MOMENT.match(typed) if isinstance(typed, str) else None
    if found is None:
        raise Wrong(N_('{key} is a time, such as {key} = "10:30"; not {value}.'), value=shown(value))
    hour, minute = int(found[1]), int(found[2])
    if hour > 23 or minute > 59:
        raise Wrong(N_("{key} is a time from 00:00 to 23:59; not {value}."), value=shown(value))
    return hour * 60 + minute


def day(value: Any) -> datetime.date:
    """A date of TOML's, or a text such as "2020-10-20" or "20.10.2020"."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    found = DAY.match(value) if isinstance(value, str) else None
    if found is None:
        raise Wrong(
            N_("{key} is a day written as year-month-day, such as 2020-10-20; not {value}."), value=shown(value)
        )
    year, month, number = (int(n) for n in (found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)))
    try:
        return datetime.date(year, month, number)
    except ValueError:
        raise Wrong(
            N_("There is no day {value}; a date is year-month-day, such as 2020-10-20."), value=shown(value)
        ) from None


def language(value: Any) -> str:
    """A language by its code."""
    code = value.strip().lower().replace("_", "-") if isinstance(value, str) else ""
    if not LANGUAGE.match(code):
        raise Wrong(N_('{key} is a language\'s short code, such as "ro" or "en"; not {value}.'), value=shown(value))
    return code


def question(value: Any) -> str | dict[str, str]:
    """A question in one language, or a text per language."""
    if isinstance(value, str):
        return str(text(500, 12, needed=True)(value))
    if not isinstance(value, dict) or not value:
        raise Wrong(
            N_("A question is a text in quotes, or one per language: {example}; not {value}."),
            example='{ ro = "…?", en = "…?" }',
            value=shown(value),
        )
    return {language(code): text(500, 12, needed=True)(words) for code, words in value.items()}


def questions(value: Any) -> tuple[str | dict[str, str], ...]:
    """The questions of a session, at least one."""
    if isinstance(value, (str, dict)):
        raise Wrong(N_('{key} is a list in square brackets: {key} = ["…?", "…?"].'))
    found: tuple[str | dict[str, str], ...] = many(question)(value)
    if not found:
        raise Wrong(N_("{key} is empty; a session has at least one question."))
    return found


def link(value: Any) -> str:
    """A web address that a phone opens; '' for none."""
    typed = value.strip() if isinstance(value, str) else ""
    if typed == "" and isinstance(value, str):
        return ""
    if len(typed) > LONGEST_LINK or not LINK.match(typed):
        raise Wrong(
            N_('{key} is a whole web address, such as "https://meet.example.org/room"; not {value}.'),
            value=shown(value),
        )
    return typed


def talks(value: Any) -> tuple[dict[str, str], ...]:
    """Talks at the same time, at least two: `[{ title = "…", link = "https://…" }, …]`."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Wrong(
            N_("{key} is a list of talks, each in braces: {example}; not {value}."),
            example='[{ title = "…", link = "https://…" }]',
            value=shown(value),
        )
    if len(value) < 2:
        raise Wrong(N_("{key} are talks at the same time, two at least; a single one is the block itself."))
    return many(_talk)(value)  # type: ignore[no-any-return]


def _talk(value: dict[str, Any]) -> dict[str, str]:
    for key in value:
        if key not in ("title", "link"):
            raise Wrong(N_("A talk has a title and a link; not {value}."), value=shown(key))
    if "title" not in value:
        raise Wrong(N_("Each talk needs a title, by which people choose it."))
    found = {}
    for key, check in (("title", text(needed=True)), ("link", link)):
        try:
            found[key] = check(value.get(key, ""))
        except Wrong as wrong:
            told: dict[str, Any] = {"key": key, **wrong.args_of_message}
            raise Wrong(wrong.message, **told) from None
    return found


def sessions(value: Any) -> dict[str, str]:
    """Which group has which session: `{ A = "s1", B = "s2" }`."""
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()) or not value:
        raise Wrong(
            N_("{key} names a session for each group: {example}; not {value}."),
            example='{ A = "s1", B = "s2" }',
            value=shown(value),
        )
    name = text(40, needed=True)
    return {name(group): name(each) for group, each in value.items()}


def code(value: Any) -> str:
    """A join code, in capitals."""
    typed = value.strip().upper() if isinstance(value, str) else ""
    if not 4 <= len(typed) <= 12 or not set(typed) <= set(CODE_LETTERS):
        raise Wrong(
            N_('{key} is four to twelve letters and digits without 0, O, 1, I and L, such as "K7QF"; not {value}.'),
            value=shown(value),
        )
    return typed


def truth(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise Wrong(N_("{key} is true or false, without quotes; not {value}."), value=shown(value))
    return value


def _is_number(typed: str) -> bool:
    """Whether what stands in square brackets is an address of IPv6."""
    try:
        return bool(ipaddress.IPv6Address(typed))
    except ValueError:
        return False


def address(value: Any) -> str:
    """Where phones find the laptop: a name or number, and a port where it is fixed."""
    typed = value.strip() if isinstance(value, str) else ""
    found = ADDRESS.match(typed)
    if found is None or not 0 < int(found[2] or 1) < 65536 or not _is_number(found[1] or "::"):
        raise Wrong(
            N_('{key} is the laptop\'s address and port without http://, such as "192.168.1.5:8080"; not {value}.'),
            value=shown(value),
        )
    return typed
