"""A language for the tests of layout: English with accents and brackets, forty per cent longer, as real ones are.

A text that stands in it without brackets was not given to a translator; one without its last bracket was cut off.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cafe import i18n
from cafe.i18n import SOURCE, Translator, from_catalogue, ids, read
from server import pages

LONGER: Final = 1.4
ACCENTS: Final = str.maketrans("aceginosuyzACEGINOSUYZ", "åçéğîñöšûýžÅÇÉĞÎÑÖŠÛÝŽ")
PLACEHOLDER: Final = re.compile(r"(\{[^{}]*\})")


def longer(english: str) -> str:
    """A message with its placeholders untouched, its letters accented and its vowels drawn out, in brackets."""
    missing, parts = round(len(english) * (LONGER - 1)) - 2, []
    for part in PLACEHOLDER.split(english):
        drawn = ""
        for letter in part:
            twice = missing > 0 and letter in "aeiou" and not part.startswith("{")
            missing -= twice
            drawn += letter * (1 + twice)
        parts.append(part if part.startswith("{") else drawn.translate(ACCENTS))
    return f"[{''.join(parts)}{'~' * missing}]"


def translator() -> Translator:
    """The words of the pseudo-language, in the place of English."""
    book = read(SOURCE)
    for message in book:
        if message.id:
            drawn = tuple(longer(english) for english in ids(message))
            message.string = drawn if len(drawn) > 1 else drawn[0]
    return from_catalogue(SOURCE, book)


@contextmanager
def pseudo() -> Iterator[None]:
    """Whoever reads English reads the pseudo-language meanwhile: on the page, the wall and the command line."""
    made, load = translator(), i18n._load
    i18n._load = lambda language: made if language == SOURCE else load(language)  # type: ignore[assignment]
    pages.words_for_script.cache_clear()
    try:
        yield
    finally:
        i18n._load = load
        pages.words_for_script.cache_clear()
