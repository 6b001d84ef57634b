"""A plan with mistakes: each is told once, with its line and with what would be right, all at once."""

import codecs
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cafe.plan import parse
from cafe.plan.keys import BLOCK, GROUP, SECTIONS, SESSION, TABLE, TOP, WIFI

PLANS = Path(__file__).parent / "plans"

GOOD = """\
title = "T"
[[groups]]
id = "A"
tables = 3
[[groups]]
id = "B"
tables = 3
[sessions.s1]
questions = ["One?", "Two?"]
rounds = 2
minutes = 10
[sessions.s2]
questions = ["Three?", "Four?"]
rounds = 2
minutes = 10
[[programme]]
at = "10:00"
kind = "session"
sessions = { A = "s1", B = "s2" }
[[programme]]
at = "11:00"
kind = "harvest"
dots = 3
"""


def told(text: str | bytes) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.sentence) for mistake in parse(text).mistakes]


def test_ten_mistakes_get_ten_sentences_at_once() -> None:
    """Ten mistakes are ten sentences, each with the file and its line, and a hint where one can be given."""
    reading = parse((PLANS / "ten_mistakes.toml").read_bytes(), "ten_mistakes.toml")
    assert reading.plan is None
    sentences = [str(mistake) for mistake in reading.mistakes]
    expected = [
        (1, "did you mean title?"),
        (2, "There is no day"),
        (3, 'Did you mean "live"?'),
        (4, "people is a whole number"),
        (8, "tables is from 1"),
        (13, "A question is a text in quotes"),
        (16, "minutes has 2 numbers for 3 rounds"),
        (17, 'seating = "mix"'),
        (24, "earlier than the block before it (10:00)"),
        (26, 'There is no session "s2"'),
    ]
    assert len(sentences) == 10
    for sentence, (line, part) in zip(sentences, expected, strict=True):
        assert sentence.startswith(f"ten_mistakes.toml:{line}: ")
        assert part in sentence


@pytest.mark.parametrize(
    ("right", "wrong", "line", "part"),
    [
        ('title = "T"', 'title = ""', 1, "title is empty"),
        ('title = "T"', "# title", 1, "title is missing"),
        ('title = "T"', 'title = "T"\nlanguage = "Romanian"', 2, '"ro" or "en"'),
        ('title = "T"', 'title = "T"\ncode = "K0QF"', 2, "without 0, O, 1, I and L"),
        ('title = "T"', 'title = "T"\naddress = "http://me/"', 2, "without http://"),
        ('title = "T"', 'title = "T"\naddress = "[::::]:8080"', 2, "without http://"),
        ('title = "T"', 'title = "T"\nask = ["name", "emial"]', 2, "name, organisation, sector"),
        ('title = "T"', 'title = "T"\nask = "name"', 2, "list in square brackets"),
        ('title = "T"', 'title = "T"\ngroups_by = "list"', 2, 'list = "people.csv"'),
        ('title = "T"', 'title = "T"\ntitle = "U"', 2, "already written in line 1"),
        ('title = "T"', 'title = "T"\nwifi = "Net"', 2, "under [wifi]"),
        ('title = "T"', 'title = "T"\npeople = true', 2, "not true"),
        ('title = "T"', f'title = "{"x" * 201}"', 1, "201 characters; 200 are the most"),
        ('id = "B"', 'id = "A"', 6, "already a group"),
        ('id = "B"', "# no id", 5, "needs an id"),
        ("tables = 3\n[sessions.s1]", "[sessions.s1]", 5, "needs its number of tables"),
        ("tables = 3\n[sessions.s1]", "tables = 3\n[[tables]]\nnumber = 7\n[sessions.s1]", 9, "groups have 6 tables"),
        ("rounds = 2\nminutes = 10\n[sessions.s2]", 'rounds = "2"\n[sessions.s2]', 10, "rounds = 2"),
        ("minutes = 10\n[sessions.s2]", "minutes = [10, 0]\n[sessions.s2]", 11, "from 0.1 to 600 minutes; not 0"),
        ("minutes = 10\n[sessions.s2]", "minutes = nan\n[sessions.s2]", 11, "not nan"),
        ("minutes = 10\n[sessions.s2]", "minutes = 12,5\n[sessions.s2]", 11, "12.5"),
        ('questions = ["One?", "Two?"]', "questions = []", 9, "at least one question"),
        ('questions = ["One?", "Two?"]', 'questions = "One?"', 9, "list in square brackets"),
        ('questions = ["One?", "Two?"]', "# none", 8, "needs questions"),
        ('questions = ["One?", "Two?"]', 'questions = ["One?",\n\n{ romanian = "Doi?" }]', 11, "short code"),
        ("minutes = 10\n[sessions.s2]", "minutes = 11\n[sessions.s2]", 19, "same rounds and minutes"),
        ("[sessions.s2]", "[sessions.s1]", 12, "already there, in line 8"),
        ('sessions = { A = "s1", B = "s2" }', 'sessions = { A = "s1", C = "s2" }', 19, "groups are A, B"),
        ('sessions = { A = "s1", B = "s2" }', 'sessions = { A = "s1" }', 19, "Group B has no session"),
        ('sessions = { A = "s1", B = "s2" }', 'sessions = { A = "s1", B = "s22" }', 19, 'did you mean "s2"'),
        ('sessions = { A = "s1", B = "s2" }', "# none", 16, "Say which session"),
        ('sessions = { A = "s1", B = "s2" }', 'session = "s1"\nsessions = { A = "s1", B = "s2" }', 20, "not both"),
        ('kind = "harvest"', 'kind = "harvset"', 22, 'Did you mean "harvest"'),
        ('kind = "harvest"', 'kind = "break"', 23, "has dots"),
        ('kind = "harvest"', 'kind = "harvest"\nsession = "s1"', 23, 'Only a block with kind = "session"'),
        ('kind = "harvest"', 'kind = "harvest"\nwall = "held"', 23, "move it to the top"),
        ('at = "11:00"', 'at = "25:00"', 21, "00:00 to 23:59"),
        ('at = "11:00"', 'at = "later"', 21, 'at = "10:30"'),
        ('at = "11:00"', 'at = "09:00"', 21, "order of the day"),
        ('at = "11:00"', "# no time", 20, "at is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_once_where_it_stands(right: str, wrong: str, line: int, part: str) -> None:
    """One slip is one sentence: the line on which it stands, and what would be right."""
    assert parse(GOOD).mistakes == []
    assert right in GOOD
    found = told(GOOD.replace(right, wrong, 1))
    assert [where for where, _ in found] == [line], found
    assert part in found[0][1]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "part"),
    [
        ('title = "T"', "title = “T”", 1, "typographic quotes"),
        ('title = "T"', 'title = "T”', 1, "typographic quotes"),
        ('title = "T"', "title = ‘T’", 1, "typographic quotes"),
        ('title = "T"', "title = „T”  # low and high", 1, "typographic quotes"),
        ('questions = ["One?", "Two?"]', 'questions = [\n"One?",\n“Two?”,\n]', 11, "typographic quotes"),
        ('title = "T"', 'title = "T', 1, "not closed"),
        ('title = "T"', "title = A day of ours", 1, 'title = "A day of ours"'),
        ('title = "T"', "title : T", 1, "neither a key"),
        ('questions = ["One?", "Two?"]', 'questions = [\n"One?"\n"Two?",\n]', 11, "comma after each item"),
        ('questions = ["One?", "Two?"]', 'questions = ["One?", "Two?"', 9, "comma after each item"),
        ("[sessions.s2]", "[sessions.s2", 12, "Write [sessions.s2], with one bracket"),
        ("[[programme]]\nat = \"11", "[programme]\nat = \"11", 20, "Write [[programme]], with two brackets"),
        ("[[programme]]\nat = \"11", "[[program]]\nat = \"11", 20, "did you mean [[programme]]"),
        ("rounds = 2", "rounds = 2\u00a0", 10, "invisible character (U+00A0)"),
        ("rounds = 2", "rounds = 2 3", 10, "Something follows the value"),
        ("rounds = 2", "rounds = 2\x00", 10, "no plain text"),
        ("rounds = 2", f"rounds = {'[' * 5000}", 10, ""),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_costs_nothing_else(right: str, wrong: str, line: int, part: str) -> None:
    """What is no TOML at all is told with its line, and the rest of the plan is read as if it were right."""
    found = told(GOOD.replace(right, wrong, 1))
    assert [where for where, _ in found] == [line], found
    assert part in found[0][1]


def test_quotes_inside_a_text_may_be_curly() -> None:
    """Romanian quotation marks within straight quotes are words like any other."""
    plan = parse(GOOD.replace('"T"', '"Laboratorul „Viitor” de ‘azi’"')).plan
    assert plan is not None
    assert plan.title == "Laboratorul „Viitor” de ‘azi’"


def test_an_unknown_key_is_named_with_the_one_that_was_meant() -> None:
    """A misspelled key of any section is told with the right one."""
    sections = {"": TOP, "[wifi]": WIFI, "[[groups]]": GROUP, "[[tables]]": TABLE, "[sessions.s9]": SESSION,
                "[[programme]]": BLOCK}  # fmt: skip
    for header, keys in sections.items():
        for key in keys:
            found = told(f"{header}\n{key}x = 1\n")
            assert any(line == 2 and f'"{key}x"' in text and f"mean {key}" in text for line, text in found), (
                header,
                key,
            )
    for section in SECTIONS:
        assert any("did you mean" in text for _, text in told(f"[{section}x]\na = 1\n")), section


def test_an_empty_plan_is_told_what_it_needs() -> None:
    """Without anything a plan lacks its title and its programme; without a session or talk there is no café."""
    assert [text.split(";")[0] for _, text in told("")] == ["title is missing here", "The programme is missing"]
    assert "needs a session or a talk" in told('title = "T"\n[[programme]]\nat = "10:00"\nkind = "welcome"')[0][1]


@pytest.mark.parametrize(
    ("raw", "line", "part"),
    [
        (GOOD.replace('"T"', '"Timișoara"').encode("iso8859-16"), 1, "not written in UTF-8"),
        (GOOD.encode("utf-16-le"), 1, "no plain text"),
        (b"SQLite format 3\0" + bytes(range(256)) * 40, 1, "no plain text"),
        (codecs.BOM_UTF16_LE + b"t", 1, ""),
        (b"x" * 600_000, 1, "too long"),
    ],
    ids=["an old code page", "utf-16 without its mark", "another file", "half a character", "far too long"],
)
def test_a_file_that_is_no_plan_gets_one_sentence(raw: bytes, line: int, part: str) -> None:
    """A file in another encoding, or of another kind, is not told line by line."""
    found = told(raw)
    assert found[0][0] == line
    assert part in found[0][1]
    assert len(found) == 1 or not part


def test_a_sentence_never_carries_what_steers_a_terminal() -> None:
    """What was typed is repeated without its control characters, and not at length."""
    found = told(
        f'title = "T"\nwall = "\\u001b]52;c;x\\u0007{"y" * 500}"\n"\\u009bk" = 1\n[[programme]]\nat = "\\u202e"'
    )
    assert len(found) >= 3
    assert all(text.isprintable() and len(text) < 600 for _, text in found)


def test_mistakes_can_be_told_in_another_language() -> None:
    """A mistake is a template with its values, so that a translation can put them in its own order."""
    mistake = parse("title = 3", "p.toml").mistakes[0]
    assert (
        mistake.say(lambda message, **args: f"{len(message) > 0} {sorted(args)}") == "p.toml:1: True ['key', 'value']"
    )


def test_every_sentence_fills_all_its_places() -> None:
    """No template has a place that its mistake does not fill (seen on all mistakes of these tests' plans)."""
    for mistake in parse((PLANS / "ten_mistakes.toml").read_bytes()).mistakes:
        assert not re.search(r"\{\w+\}", mistake.sentence)


SNIPPETS = st.sampled_from(
    [
        *GOOD.splitlines(),
        "[[tables]]",
        "number = 1",
        "[wifi]",
        "[sessions]",
        "[sessions.s1.x]",
        'a.b.c = "x"',
        "x = [",
        "]",
        '"""',
        "'''",
        "title = “",
        'sessions = { A = "s1", B = "s3" }',
        "sessions.s1.rounds = 3",
        "[programme]",
        "wifi = 1",
        "groups = [1]",
        "[[groups.x]]",
        "tables = []",
        'per = "round"',
        "minutes = [1, 2]",
        "at = 10:00",
        "= 1",
        "[",
        "[[]]",
    ]
)


@given(st.one_of(st.text(), st.binary(), st.lists(st.one_of(SNIPPETS, st.text(max_size=12))).map("\n".join)))
@example(b"\xff\xfe\x00")
@example("a" + ".a" * 3000 + " = 1")
@example("title = " + "9" * 5000)
@example("people = -" + "9" * 4000)
@example("people = 0x" + "f" * 6000)
@example("[sessions.s1]\nmove = 0x" + "f" * 6000)
@example("[a.b]\n[a]\n[a]\nb = 1")
def test_whatever_the_text_is_reading_it_never_fails(text: str | bytes) -> None:
    """Any text gives a plan or at least one mistake on a line that is there, never a crash."""
    reading = parse(text)
    assert (reading.plan is None) == bool(reading.mistakes)
    for mistake in (*reading.mistakes, *reading.warnings):
        assert mistake.line >= 1
        assert "\n" not in str(mistake)
