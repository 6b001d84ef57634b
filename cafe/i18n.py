"""The words of the café in the language of whoever looks: translations, plurals, dates, and which language to take.

Strings stand in English in the code and are their own identity; translators fill `locales/<language>.po`. A translation
that is missing or that lost a placeholder is never shown: English is. Babel is loaded with the first language that is
asked for, so that a module which only marks its strings pays nothing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LOCALES: Final = Path(__file__).parent / "locales"
SOURCE: Final = "en"  # the language of the strings in the code

LANGUAGES: Final[Mapping[str, str]] = {
    "ro": "Română",
    "en": "English",
    "nl": "Nederlands",
    "it": "Italiano",
    "hr": "Hrvatski",
    "lt": "Lietuvių",
    "fi": "Suomi",
}
AVAILABLE: Final = tuple(language for language in LANGUAGES if (LOCALES / f"{language}.po").is_file())

Value = str | int


def N_(message: str) -> str:  # noqa: N802 -- the name that translators' tools know
    """Mark a string in a table of data for translation; it is translated where it is shown."""
    return message


class Translator:
    """The words of one language: `tr("Table {number}", number=3)`, `tr.n("{n} person", "{n} people", 27)`."""

    def __init__(
        self, language: str, texts: Mapping[str, tuple[str, ...]], form: Callable[[int], int], formula: str
    ) -> None:
        self.language: Final = language
        self.plural_forms: Final = formula
        self._texts = texts
        self._form = form
        # Dates of the whole world, not of the United States: a European laptop says 20 October 2020.
        self._locale = "en_GB" if language == SOURCE else language

    def __call__(self, message: str, /, **values: Value) -> str:
        """The message in this language, its placeholders filled. A value that is missing is a KeyError."""
        return self._texts.get(message, (message,))[0].format_map(values)

    def plain(self, message: str) -> str:
        """The message in this language with its placeholders as they are, for who reads the catalogue."""
        return self._texts.get(message, (message,))[0]

    def form(self, one: str, many: str, n: int) -> str:
        """The form that a count takes, unfilled."""
        texts, form = self._counted(one, many)
        return texts[form(abs(n))]

    def n(self, one: str, many: str, n: int, /, **values: Value) -> str:
        """The form of a message that its count takes, in Romanian "o persoană", "19 persoane", "27 de persoane"."""
        return self.form(one, many, n).format_map({"n": n, **values})

    def forms(self, one: str, many: str, /) -> dict[str, str]:
        """Every form of a count, unfilled, under its CLDR name, for a page that counts with `Intl.PluralRules`."""
        from babel import Locale

        texts, form = self._counted(one, many)
        name = Locale.parse(self._locale).plural_form
        return {name(n): texts[form(n)] for n in range(101)}  # whole numbers up to there take every form there is

    def _counted(self, one: str, many: str) -> tuple[tuple[str, ...], Callable[[int], int]]:
        texts = self._texts.get(one, ())
        return (texts, self._form) if len(texts) > 1 else ((one, many), lambda n: int(n != 1))

    def time(self, moment: time) -> str:
        """The time of day as people write it: 09:05, in Finnish 9.05. It never counts to twelve."""
        from babel.dates import format_time, get_time_format

        usual = get_time_format("short", self._locale).pattern
        return format_time(moment, usual if "H" in usual else "HH:mm", locale=self._locale)

    def percent(self, share: float) -> str:
        """A part of a whole as people write it: 25%, in Romanian 25 % with a space that holds."""
        from babel.numbers import format_percent

        told: str = format_percent(share, locale=self._locale)
        return told

    def date(self, day: date) -> str:
        """A day in words: 20 octombrie 2020."""
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    def number(self, value: float) -> str:
        """A number as people write it: "2,5"."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def size(self, bytes: int) -> str:
        """How large something is, as people read it: "1,2 MB", "76 GB"."""
        from babel.units import format_unit

        name, one = ("gigabyte", 1e9) if bytes >= 1e9 else ("megabyte", 1e6)
        amount = round(bytes / one, 1 if bytes < 10 * one else None)
        told: str = format_unit(amount, f"digital-{name}", "short", locale=self._locale)
        return told

    def duration(self, ms: int, *, short: bool = False) -> str:
        """How long, in words for people who listen: "13 minute", "1 oră și 5 minute"; seconds only below a minute.

        A `short` one, "1 oră 5 min.", stands after any preposition: what is abbreviated has no case.
        """
        from babel.lists import format_list
        from babel.units import format_unit, get_unit_name

        seconds = round(abs(ms) / 1000)
        hours, minutes = divmod(round(seconds / 60), 60)
        if seconds < 60:
            parts = [(seconds, "second")]
        else:
            parts = [(count, unit) for count, unit in ((hours, "hour"), (minutes, "minute")) if count]

        def said(count: int, unit: str) -> str:
            told: str = format_unit(count, unit, "short" if short else "long", locale=self._locale)
            # CLDR leaves a long word out that is the short one too; Babel says it in English then.
            left_out = told.endswith(unit) and not get_unit_name(unit, "long", locale=self._locale)
            return format_unit(count, unit, "short", locale=self._locale) if left_out else told

        words = [said(count, unit) for count, unit in parts]
        return " ".join(words) if short else format_list(words, locale=self._locale)


def clock(ms: int) -> str:
    """What a countdown shows: 12:05, 1:02:05, and +0:30 when it ran out half a minute ago.

    A part of a second counts as whole while it runs down, so that 0:00 is shown when nothing is left.
    """
    seconds = -(-ms // 1000)
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    digits = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return f"+{digits}" if seconds < 0 else digits


def translator(language: str) -> Translator:
    """The words of a language, read once; those of English where there is no catalogue."""
    return _load(language if language in AVAILABLE else SOURCE)


@lru_cache(maxsize=len(LANGUAGES))
def _load(language: str) -> Translator:
    return from_catalogue(language, read(language))


def from_catalogue(language: str, catalogue: "Catalog") -> Translator:
    """The words of a catalogue, without the translations that are not whole or lost a placeholder."""
    from gettext import c2py

    texts = {
        ids(message)[0]: given
        for message in catalogue
        if message.id and fits(message, given := translations(message), catalogue.num_plurals)
    }
    return Translator(language, texts, c2py(catalogue.plural_expr), catalogue.plural_forms)


def read(language: str, folder: Path = LOCALES) -> "Catalog":
    """The catalogue of a language, as its translator left it."""
    from babel.messages.pofile import read_po

    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, domain="cafe")


def ids(message: "Message") -> tuple[str, ...]:
    """The English of a catalogue's message: one string, or the two of a count."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: "Message") -> tuple[str, ...]:
    """What the translator wrote for a message: one string, or one per plural form; empty ones where nothing is."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def fits(message: "Message", given: tuple[str, ...], plurals: int) -> bool:
    """Whether a translation is whole and has its message's placeholders: those of "many", and in the first form those
    of "one" will do: there English may say "one" where Croatian counts 21 in the same form.
    """
    one, many = (fields := [_fields(text) for text in ids(message)])[0], fields[-1]
    return (
        all(given)
        and len(given) == (1 if len(fields) == 1 else plurals)
        and None not in fields
        and all(_fields(text) in ((one, many) if at == 0 else (many,)) for at, text in enumerate(given))
    )


def _fields(template: str) -> frozenset[tuple[str | None, str | None, str | None]] | None:
    """The placeholders of a template; none at all where it is no template."""
    try:
        return frozenset(field[1:] for field in Formatter().parse(template) if field[1] is not None)
    except ValueError:
        return None


def negotiate(accept_language: str, available: tuple[str, ...] = AVAILABLE, default: str = SOURCE) -> str:
    """The language that a browser's header asks for, by lookup (RFC 4647, section 3.4): ro-MD finds ro."""
    wanted: list[tuple[float, str]] = []
    for item in accept_language[:500].lower().split(","):
        tag, _, parameter = item.partition(";")
        weight = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d*)?)\s*", parameter) if parameter else None
        if parameter and not weight:
            continue
        wanted.append((float(weight[1]) if weight else 1.0, tag.strip()))
    known = {language.lower(): language for language in available}
    for quality, tag in sorted(wanted, key=lambda one: -one[0]):
        parts = tag.split("-")
        while quality and parts:
            if (found := known.get("-".join(parts))) is not None:
                return found
            parts.pop()
    return default
