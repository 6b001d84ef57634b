"""The languages: the right words, the right plural, and never a broken sentence on the wall."""

import subprocess
import sys
from datetime import date, time
from pathlib import Path

import msgspec
import pytest
from babel import Locale
from babel.messages import Catalog

from cafe import i18n
from cafe.clock import Clock
from cafe.i18n import AVAILABLE, LANGUAGES, N_, clock, from_catalogue, negotiate, translator
from cafe.locales.extract import in_python, in_template, update
from cafe.wall import words
from tests.afternoon import MORNING, Diary, short

FORMS = {
    "ro": ("{n} persoană", "{n} persoane", "{n} de persoane"),
    "en": ("{n} person", "{n} people"),
    "nl": ("{n} persoon", "{n} personen"),
    "it": ("{n} persona", "{n} persone"),
    "hr": ("{n} osoba", "{n} osobe", "{n} osoba (mn.)"),
    "lt": ("{n} asmuo", "{n} asmenys", "{n} asmenų"),
    "fi": ("{n} henkilö", "{n} henkilöä"),
}
MINUTE, HOUR = 60_000, 3_600_000


def small(language: str) -> i18n.Translator:
    """A little catalogue: one good message, one good count, and translations of every broken sort."""
    catalogue = Catalog(locale=language)
    catalogue.add("Table {number}", "Masa {number}")
    catalogue.add(("{n} person", "{n} people"), FORMS[language])
    catalogue.add("Round {a} of {b}", "Runda {a} din {c}")
    catalogue.add("Open {x}", "Deschis {x")
    catalogue.add("Name {x}", "Nume {x.__class__}")
    catalogue.add("Empty", "")
    catalogue.add(("{n} idea", "{n} ideas"), ("{n} idee", "idei", "{n} de idei")[: catalogue.num_plurals])
    catalogue.add(("{n} dot", "{n} dots"), ("{n} punct", "", "")[: catalogue.num_plurals])
    catalogue.add(("{n} vote", "{n} votes"), ("{n} vot", "{n} voturi"))
    return from_catalogue(language, catalogue)


def test_a_message_is_said_in_the_language() -> None:
    """A table is called Masa 3 in Romanian, and what has no translation is said in English."""
    tr = small("ro")
    assert tr("Table {number}", number=3) == "Masa 3"
    assert tr("Not known {x}", x="{y}") == "Not known {y}"
    assert tr("Empty") == "Empty"


def test_a_broken_translation_is_not_shown() -> None:
    """A translation that lost or bent a placeholder gives way to English."""
    tr = small("ro")
    assert tr("Round {a} of {b}", a=1, b=2) == "Round 1 of 2"
    assert tr("Open {x}", x=1) == "Open 1"
    assert tr("Name {x}", x="Ana") == "Name Ana"
    assert tr.n("{n} idea", "{n} ideas", 5) == "5 ideas"
    assert tr.n("{n} dot", "{n} dots", 1) == "1 dot"
    assert tr.n("{n} vote", "{n} votes", 27) == "27 votes"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 persoane"),
        (1, "1 persoană"),
        (2, "2 persoane"),
        (19, "19 persoane"),
        (20, "20 de persoane"),
        (27, "27 de persoane"),
        (101, "101 persoane"),
        (120, "120 de persoane"),
    ],
)
def test_romanian_counts_as_people_do(n: int, said: str) -> None:
    """From twenty on, Romanian says "27 de persoane"."""
    assert small("ro").n("{n} person", "{n} people", n) == said


def test_a_count_may_name_more_than_its_number() -> None:
    """A sentence with a count may have other values, and falls back to the English plural."""
    tr = small("ro")
    assert tr.n("{n} idea at {place}", "{n} ideas at {place}", 1, place="A") == "1 idea at A"
    assert tr.n("{n} idea at {place}", "{n} ideas at {place}", 0, place="A") == "0 ideas at A"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_takes_the_form_of_its_language(language: str) -> None:
    """The form that a number takes is the one that the language's own rules name, also on the phone."""
    tr, name = small(language), Locale.parse(language).plural_form
    forms = tr.forms("{n} person", "{n} people")
    assert set(forms.values()) == set(FORMS[language])
    for n in range(2001):
        assert tr.n("{n} person", "{n} people", n) == forms[name(n)].format(n=n)


@pytest.mark.parametrize("language", AVAILABLE)
def test_a_catalogue_says_how_its_language_counts(language: str) -> None:
    """Each catalogue's own rule for plurals agrees with the language's."""
    catalogue = i18n.read(language)
    assert catalogue.plural_forms == Catalog(locale=language).plural_forms
    assert translator(language).plural_forms == catalogue.plural_forms
    assert translator(language).language == language
    assert not catalogue.fuzzy


def test_an_unknown_language_is_english() -> None:
    """A phone that asks for a language that nobody translated gets English."""
    assert translator("xx/../ro").language == "en"
    assert translator("ro") is translator("ro")


def test_languages_are_named_in_their_own_words() -> None:
    """The seven languages stand in one order, under the names that their speakers use."""
    assert tuple(LANGUAGES) == ("ro", "en", "nl", "it", "hr", "lt", "fi")
    assert {"ro", "en"} <= set(AVAILABLE) <= set(LANGUAGES)
    for code, name in LANGUAGES.items():
        assert (Locale.parse(code).get_display_name(code) or "").casefold() == name.casefold()


def test_catalogues_follow_the_code(tmp_path: Path) -> None:
    """Bringing a catalogue up to date keeps its words, adds what is new, drops what is gone, and guesses nothing."""
    file = tmp_path / "ro.po"
    file.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n', "utf-8")
    assert update({"Gone", "Kept", "Changes"}, tmp_path) == {"ro": 3}
    file.write_text(file.read_text("utf-8").replace('"Kept"\nmsgstr ""', '"Kept"\nmsgstr "Păstrat"'), "utf-8")
    assert update({"Kept", "Changed", ("{n} a", "{n} b")}, tmp_path) == {"ro": 2}
    after = file.read_text("utf-8")
    assert 'msgid "Kept"\nmsgstr "Păstrat"' in after
    assert "Gone" not in after
    assert "fuzzy" not in after
    assert 'msgstr[2] ""' in after
    assert update({"Kept", "Changed", ("{n} a", "{n} b")}, tmp_path) == {"ro": 2}
    assert file.read_text("utf-8") == after


def test_strings_are_found_wherever_they_stand() -> None:
    """A string that is marked for translation is found in code, in data and in pages."""
    code = """tr("a {x}", x=tr.n("{n} b", "{n} bs", len(self.tr("c"))))\nN_("d" "e"); f"{tr('f')}"; tr(g)"""
    assert set(in_python(code)) == {"a {x}", ("{n} b", "{n} bs"), "c", "de", "f"}
    page = """<p title="{{ tr('a') }}">{% if x %}{{ tr.n("{n} b", "{n} bs", x) }}{% endif %}{{ tr.forms("c", "cs") }}"""
    assert set(in_template(page)) == {"a", ("{n} b", "{n} bs"), ("c", "cs")}
    assert N_("d") == "d"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ro-MD,ro;q=0.9,en;q=0.8", "ro"),
        ("RO_md, ro-RO", "ro"),
        ("de-DE,de;q=0.9,en;q=0.4,ro;q=0.5", "ro"),
        ("en;q=0, ro;q=0.1", "ro"),
        ("zh-Hant-x-ro, en-GB-oed", "en"),
        ("", "fi"),
        ("*", "fi"),
        ("en;q=0", "fi"),
        ("de;q=1.0", "fi"),
        ("ro;q=high,;;,--,en;q=", "fi"),
        ("x" * 100_000, "fi"),
    ],
)
def test_a_phone_gets_the_language_that_it_asks_for(header: str, language: str) -> None:
    """A Moldovan phone is spoken to in Romanian, and what cannot be understood takes the café's language."""
    assert negotiate(header, ("ro", "en", "fi"), "fi") == language


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (725_000, "12:05"),
        (HOUR + 2 * MINUTE + 5000, "1:02:05"),
        (59_001, "1:00"),
        (1, "0:01"),
        (0, "0:00"),
        (-999, "0:00"),
        (-30_500, "+0:30"),
        (-HOUR, "+1:00:00"),
    ],
)
def test_the_clock_shows_minutes_and_seconds(ms: int, shown: str) -> None:
    """The clock reaches 0:00 when nothing is left, and counts calmly on after it."""
    assert clock(ms) == shown


@pytest.mark.parametrize(
    ("language", "ms", "said"),
    [
        ("ro", 13 * MINUTE, "13 minute"),
        ("ro", HOUR + 5 * MINUTE, "1 oră și 5 minute"),
        ("ro", 27 * MINUTE, "27 de minute"),
        ("ro", 10_000, "10 secunde"),
        ("nl", HOUR + 5 * MINUTE, "1 uur en 5 minuten"),
        ("en", 2 * HOUR, "2 hours"),
        ("en", HOUR - 400, "1 hour"),
        ("en", MINUTE - 400, "1 minute"),
        ("en", 0, "0 seconds"),
    ],
)
def test_a_duration_is_said_in_words(language: str, ms: int, said: str) -> None:
    """How long something lasts is said as a person would say it."""
    assert translator(language).duration(ms) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ro", "peste 4 ore 49 min."),
        ("en", "in 4 hrs 49 mins"),
        ("lt", "po 4 val. 49 min."),
        ("fi", "4 t 49 min kuluttua"),
    ],
)
def test_a_long_wait_is_told_in_hours(language: str, said: str) -> None:
    """From ninety minutes on the break says in how many hours and minutes it goes on; below that in minutes."""
    state = msgspec.structs.replace(Diary(short()).state, offsets=())
    welcome = state.moment(11 * 60, MORNING)
    assert words.rest(translator(language), state, welcome - 289 * MINUTE).startswith(f"{said} · ")
    assert "89" in words.rest(translator(language), state, welcome - 89 * MINUTE)


@pytest.mark.parametrize(
    ("minutes", "said", "face"),
    [(13, "13 min", ("13", "min")), (89, "89 min", ("89", "min")), (125, "2 ore 5 min.", ("2:05", "h"))],
)
def test_every_place_tells_long_times_alike(minutes: int, said: str, face: tuple[str, str]) -> None:
    """From ninety minutes on the wall's clock, prompts and lists tell hours and minutes."""
    ro = translator("ro")
    assert words.lasting(ro, minutes) == said
    assert words.face(ro, Clock("run", minutes * MINUTE), 0) == face


def test_half_minutes_have_the_comma_of_their_country() -> None:
    """A table that reports has 2,5 min in Romania and 2.5 min in England."""
    assert words.lasting(translator("ro"), 2.5) == "2,5 min"
    assert words.lasting(translator("en"), 2.5) == "2.5 min"


def test_a_day_and_a_time_are_written_as_in_the_country() -> None:
    """The day of the 2020 lab is written out in each language; a time never counts to twelve, a share has its space."""
    day = date(2020, 10, 20)
    assert translator("ro").date(day) == "20 octombrie 2020"
    assert translator("en").date(day) == "20 October 2020"
    told = {each: (translator(each).time(time(9, 5)), translator(each).percent(0.25)) for each in LANGUAGES}
    assert told == {
        "ro": ("09:05", "25\xa0%"),
        "en": ("09:05", "25%"),
        "nl": ("09:05", "25%"),
        "it": ("09:05", "25%"),
        "hr": ("09:05", "25\xa0%"),
        "lt": ("09:05", "25\xa0%"),
        "fi": ("9.05", "25\xa0%"),
    }
    assert translator("en").time(time(13, 30)) == "13:30"


def test_marking_strings_costs_nothing() -> None:
    """A part of the program that only marks its strings does not load the language library."""
    code = "import sys, cafe.i18n; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
