"""People's words: honest ones stay as they were typed, hostile ones can do nothing."""

import re
import time
from collections.abc import Callable
from itertools import groupby
from unicodedata import category, combining, is_normalized, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cafe.text import Unclean, clean, clean_line, key
from tests.hostile import HONEST, HOSTILE

JOINERS = "\u200c\u200d"
NUMBER_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"

anything = st.text(st.characters(), max_size=80)
# What is rare in random text but meets in hostile text: controls, joiners, marks, selectors, pictures, joining letters.
nasty = st.text(
    st.sampled_from(
        "a1#e= \n\t\r\x00\x07\x0e\x1b\x7f\x85\x90\x9b\x9c\x9d[]\\;m?\u0301\u0316\u0327\u0338\u034f\u200b\u200c\u200d"
        "\u200e\u202e\u2066\ufe0e\ufe0f\u20e3\ufeff👩👍🏽❤←🇷\u0634\u0627\u0653\u064e\u0651क\u093cि\u094dං葛\U000e0100\U000e0041"
        "\u3000\u00a0\u2028が\u3099\u1100\u1161\u11a8\ufffc\ue000"
    ),
    max_size=40,
)


def cleaned(text: str, **limits: int) -> str | None:
    try:
        return clean(text, **limits)
    except Unclean:
        return None


def why(text: str, door: Callable[[str], str] = clean) -> str:
    with pytest.raises(Unclean) as refusal:
        door(text)
    return refusal.value.code


def forbidden(text: str) -> str:
    """The characters of a text that must never come through the door."""
    kept = JOINERS + NUMBER_SIGNS + "\n"
    return "".join(
        char
        for char in text
        if char not in kept
        and category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Cn")
        and not 0x1F300 <= ord(char) < 0x1FB00  # pictures that are newer than this Python
    )


def most_marks(text: str) -> int:
    runs = groupby(
        (char for char in text if not (char in JOINERS or 0xFE00 <= ord(char) <= 0xFE0F or ord(char) >= 0xE0100)),
        lambda char: category(char) in ("Mn", "Me") or combining(char) == 9,
    )
    return max((len(list(run)) for marks, run in runs if marks), default=0)


def is_fit(text: str) -> None:
    assert forbidden(text) == ""
    assert is_normalized("NFC", text)
    assert len(text.encode("utf-16-le")) <= 1000
    assert text.count("\n") < 12
    assert "\n\n\n" not in text
    assert text == "\n".join(line.strip() for line in text.strip().split("\n"))
    assert not re.search(r"[^\S\n]{2}", text)
    assert most_marks(text) <= 3
    assert clean(text) == text


@pytest.mark.parametrize("name", HONEST)
def test_honest_words_stay_as_they_were_typed(name: str) -> None:
    """What a guest honestly wrote is shown exactly as it was written, in every script."""
    assert clean(HONEST[name]) == HONEST[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_refused_or_harmless(name: str) -> None:
    """Whatever a guest sends is either refused with a reason or comes out unable to do harm."""
    out = cleaned(HOSTILE[name])
    if out is not None:
        is_fit(out)


def test_there_are_enough_bad_ideas() -> None:
    """The corpus of hostile words stays large enough to mean something."""
    assert len(HOSTILE) >= 60


@given(anything | nasty)
@example("e\u200d\u0301")
@example("👩\u200d👩\u200d👩\u200d👩\u200d👩\u200d👩\u200d👩")
@example("\u0634\u0301\u0316\u0651\u064e\u200c\u0627")
def test_any_text_comes_out_fit(text: str) -> None:
    """Any text at all comes out clean, within its limits, and cleaning it again changes nothing."""
    out = cleaned(text)
    if out is not None:
        is_fit(out)


@given(anything | nasty, st.integers(1, 40), st.integers(1, 4))
def test_limits_hold_whatever_they_are(text: str, units: int, lines: int) -> None:
    """A smaller limit is held just as the usual one is."""
    out = cleaned(text, units=units, lines=lines)
    if out is not None:
        assert len(out.encode("utf-16-le")) <= 2 * units
        assert out.count("\n") < lines


@given(anything | nasty)
def test_a_name_is_one_line(text: str) -> None:
    """A name or a title never takes more than one line, and cleaning it again changes nothing."""
    try:
        out = clean_line(text)
    except Unclean:
        return
    assert "\n" not in out
    assert clean_line(out) == out


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;cm0=\x07copied", "copied"),
        ("\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x9d0;owned\x9ctitle\x9b2J", "title"),
        ("\x1bPq#0~~\n~~-\x1b\\six", "six"),
        ("before \x1b]0;after\nnext", "before\nnext"),
        ("\x1bcreset", "reset"),
        ("a\tb", "a b"),
        ("  a   b  \r\n\r\n\r\n\r\n c ", "a b\n\nc"),
        ("a\n\n\nb", "a\n\nb"),
        ("👩" + "\u200d👩" * 5, "👩" + "\u200d👩" * 4 + "👩"),
        ("one\u2028two\u2029three\x0bfour", "one\ntwo\nthree\nfour"),
        ("T\u0326ara\u0306", "Țară"),
        ("Z" + "\u0315" * 50 + "algo", "Z\u0315\u0315\u0315algo"),
        ("invoice \u202egpj.exe", "invoice gpj.exe"),
        ("a\u200db\u200cc", "abc"),
        ("a\ufe0fb", "ab"),
        ("می\u200c\u200cروم", "می\u200cروم"),
        ("\u0338word", "word"),
        ("e\u200b\u0301", "é"),
        ("🏴\U000e0067\U000e007f", "🏴"),
    ],
)
def test_only_what_does_harm_is_taken_away(sent: str, kept: str) -> None:
    """The words around a hostile sequence stay."""
    assert clean(sent) == kept


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ("", "empty"),
        (" \t\u00a0\n\u3000", "empty"),
        ("\u200b\u2800\u3164\x1b[0m", "empty"),
        ("\ufe0f\u200d\u0301", "empty"),
        ("x" * 501, "too_long"),
        ("🎉" * 251, "too_long"),
        ("x" * 100_000, "too_long"),
        (" " * 100_000, "too_long"),
        ("a\n" * 12 + "b", "too_many_lines"),
        ("half \ud83d", "not_text"),
    ],
)
def test_a_refusal_says_why(sent: str, reason: str) -> None:
    """A text that cannot be taken is refused with the reason a person is told."""
    assert why(sent) == reason


def test_a_title_of_two_lines_becomes_one() -> None:
    """A name that was pasted with a line break is read as one line."""
    assert clean_line(" Ana\r\n Pop \n") == "Ana Pop"
    assert why("x" * 81, clean_line) == "too_long"
    assert why("\n", clean_line) == "empty"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Timişoara", "Timișoara"),
        ("ORAȘUL  nostru!", "orasul nostru"),
        ("Đakovo", "dakovo"),
        ("Łódź, Ørsted", "lodz orsted"),
        ("Straße", "STRASSE"),
        ("İstanbul ılık", "istanbul ilik"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("T\u0326ara\u0306", "țară"),
        ("می\u200cخواهم", "میخواهم"),
        ("مُحَمَّد", "محمد"),
        ("„mai multă” verdeață…", "Mai multa verdeata"),
    ],
)
def test_the_same_words_have_the_same_key(one: str, other: str) -> None:
    """Searching finds a word however its accents, case and quotes were typed."""
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("कि", "कु"), ("か", "が"), ("👍", "👎"), ("ana", "anna"), ("a b", "ab")])
def test_different_words_have_different_keys(one: str, other: str) -> None:
    """Two ideas that a person would call different are never taken for doubles."""
    assert key(one) != key(other)


@given(anything | nasty)
def test_a_key_is_its_own_key(text: str) -> None:
    """A search for a key finds what it was made from, and no text breaks the search."""
    assert key(key(text)) == key(text)


@given(anything)
def test_a_key_does_not_see_how_letters_are_composed(text: str) -> None:
    """The same word typed on two keyboards has one key."""
    assert key(normalize("NFD", text)) == key(normalize("NFC", text))


@pytest.mark.parametrize(
    "unit", ["x", "ș ", "\x1b]", "\x1b[1", "\u0301", "\u200d", "👩\u200d", "क\u094d\u200d", " \n", "字"]
)
def test_a_long_text_costs_little(unit: str) -> None:
    """No text of the longest size that is accepted can hold up the café."""
    text = (unit * 16_384)[:16_384]

    def best(work: Callable[[], object]) -> float:
        taken = []
        for _ in range(5):
            start = time.thread_time()  # of which nothing is taken by other programs
            work()
            taken.append(time.thread_time() - start)
        return min(taken)

    numbers = best(lambda: [str(number) for number in range(4000)])  # what this machine needs for plain work
    # Far above what it takes (nine times that at worst), far below what anything quadratic would.
    assert best(lambda: cleaned(text[:4000])) < 150 * numbers
    assert best(lambda: cleaned(text, units=20_000, lines=20_000)) < 500 * numbers
    assert best(lambda: key(text)) < 250 * numbers
