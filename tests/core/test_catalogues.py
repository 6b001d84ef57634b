"""The catalogues as a native reader would check them: every string, every count, the right marks, words that fit."""

import re

import pytest

from cafe import i18n
from cafe.i18n import AVAILABLE, LANGUAGES, SOURCE, translator
from cafe.locales.extract import messages
from cafe.locales.glossary import AVOIDED, WORDS
from cafe.locales.sheet import page

FOREIGN = [language for language in LANGUAGES if language != SOURCE]
QUOTES = {"ro": "„”", "nl": "‘’", "it": "«»", "hr": "„”", "lt": "„“", "fi": "””"}
"""How each language quotes, where English has “ ”."""

SAID = sorted(messages(), key=str)


def test_the_program_speaks_seven_languages() -> None:
    """Romanian, English, Dutch, Italian, Croatian, Lithuanian and Finnish can be chosen."""
    assert tuple(LANGUAGES) == AVAILABLE


@pytest.mark.parametrize("language", FOREIGN)
def test_every_string_is_said(language: str) -> None:
    """Everything that the program can say is translated, with the same placeholders and every form of a count."""
    catalogue = i18n.read(language)
    waiting = []
    for message in SAID:
        known = catalogue.get(message)
        if known is None or not i18n.fits(known, i18n.translations(known), catalogue.num_plurals):
            waiting.append(str(message))
    assert not waiting, "run `python -m cafe.locales`, then translate:\n" + "\n".join(waiting)


@pytest.mark.parametrize("language", FOREIGN)
def test_every_count_from_0_to_200_is_a_sentence(language: str) -> None:
    """Whatever the number, the sentence names it once and leaves no bracket open."""
    tr = translator(language)
    for message in SAID:
        if not isinstance(message, tuple):
            continue
        values = {name: "7" for name in re.findall(r"\{(\w+)\}", " ".join(message)) if name != "n"}
        for n in range(201):
            said = tr.n(*message, n, **values)
            assert "{" not in said
            assert "{n}" not in tr.form(*message, n) or str(n) in said


@pytest.mark.parametrize("language", FOREIGN)
def test_quotes_are_those_of_the_language(language: str) -> None:
    """Where English quotes something, the translation does with its own marks, and no other mark is left over."""
    tr = translator(language)
    for message in SAID:
        english, said = (message, tr.plain(message)) if isinstance(message, str) else (message[1], tr.form(*message, 5))
        if "“" in english:
            assert all(mark in said for mark in QUOTES[language]), said
        assert said.count('"') == english.count('"'), said
        assert (said.count("«") > 0) <= (language == "it" or "«" in english), said
        assert said == said.strip(), said
        assert "  " not in said or "  " in english, said


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_fits_where_english_does(language: str) -> None:
    """No translation is so long that a button, a tab or a line of the wall would have to be cut."""
    tr = translator(language)
    for message in SAID:
        if isinstance(message, str) and " | " not in message:  # What stands in a plan as a comment may be long.
            assert len(tr.plain(message)) <= 1.6 * len(message) + 22, tr.plain(message)


@pytest.mark.parametrize("language", FOREIGN)
def test_no_word_makes_a_native_reader_smile(language: str) -> None:
    """A workshop is no coffee house, phones take no rest, and it is data that goes where nobody should be forgotten."""
    tr = translator(language)
    said = [tr.plain(message) if isinstance(message, str) else tr.form(*message, 5) for message in SAID]
    assert not [text for text in said if re.search(AVOIDED[language], text, re.IGNORECASE)]
    assert all(language in words for words in WORDS.values())


def test_one_sheet_shows_every_string_in_its_place() -> None:
    """A native reader gets one page with every string, its file and all languages side by side."""
    sheet = page()
    assert sheet.count("<tr><td>") == len(SAID)
    assert "screens/lobby.py" in sheet
    for language, said in (("ro", "masa"), ("fi", "pöytä"), ("hr", "stol"), ("lt", "stalas")):
        assert f'lang="{language}"' in sheet
        assert said in sheet.casefold()
