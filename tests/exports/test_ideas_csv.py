"""The spreadsheet of ideas: what other programs rely on, and that no guest's words are calculated."""

import csv
import io
from collections.abc import Iterator
from itertools import product

import pytest

from cafe.exports import FORMATS, Harvested
from cafe.exports.csv import COLUMNS, FEEDBACK, IDS, guarded
from cafe.text import Unclean, clean
from tests.exports.cafes import Held, a_short_one, plan_of
from tests.hostile import HONEST, HOSTILE


def table(held: Held, file: str = "ideas.csv") -> str:
    return FORMATS["csv"].files[file](Harvested(held.state, tuple(held.records)))


def rows(held: Held, file: str = "ideas.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(held, file).removeprefix("\ufeff"), newline="")))


def said(among: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The texts that the door lets in, as they are kept."""
    for name, text in among.items():
        try:
            yield name, clean(text)
        except Unclean:
            continue


def test_the_columns_are_those_that_other_programs_rely_on() -> None:
    """The spreadsheet has these seventeen columns in this order."""
    head = table(a_short_one()).removeprefix("\ufeff").split("\r\n")[0]
    assert head == (
        "id,text,kind,session,question,question_id,round,table,group,language,at,builds_on,answers,votes,theme,hidden,"
        "source"
    )


def test_a_row_tells_where_and_when_an_idea_was_said() -> None:
    """An idea's row says its question, round, table and group, and the minute with its distance from UTC."""
    row = rows(a_short_one())[1]
    assert row == {
        "id": "idea-0002",
        "text": "Centrul să aibă și cafenea",
        "kind": "idea",
        "session": "s1",
        "question": "Ce ar putea face?",
        "question_id": "s1.2",
        "round": "1",
        "table": "2",
        "group": "A",
        "language": "ro",
        "at": "2020-10-20T11:20+03:00",
        "builds_on": "idea-0001",
        "answers": "",
        "votes": "",
        "theme": "",
        "hidden": "0",
        "source": "phone",
    }


def test_excel_reads_romanian_letters_and_lines() -> None:
    """The file begins with a byte-order mark, ends rows as Excel does, and keeps an idea of two lines in one cell."""
    text = table(a_short_one())
    assert text.startswith("\ufeffid,")
    assert text.endswith("\r\n")
    assert '"Prima linie\na doua linie"' in text
    assert len(rows(a_short_one())) == 4


def test_what_was_taken_back_is_not_in_it() -> None:
    """An idea that its author took back is gone, and nothing points to it any more."""
    held = a_short_one()
    held.do("take_back", who=held.state.ideas["idea-0001"].by, id="idea-0001")
    assert [row["id"] for row in rows(held)] == ["idea-0002", "idea-0003", "idea-0004"]
    assert "idea-0001" not in table(held)


@pytest.mark.parametrize("standing", ["hidden", "held"])
def test_what_not_everybody_may_see_is_marked(standing: str) -> None:
    """A hidden idea, and one that was never let through, is in the spreadsheet and marked."""
    held = a_short_one()
    held.do("stand", id="idea-0003", standing=standing)
    assert [row["hidden"] for row in rows(held)] == ["0", "0", "1", "0"]


def test_late_ideas_are_in_it() -> None:
    """An idea that arrives after its round counts for the round that it was written in."""
    held = a_short_one()
    held.next(20)
    held.say("p0", "idea-late", "De pe drum")
    late = rows(held)[-1]
    assert held.state.ideas["idea-late"].late
    assert (late["text"], late["round"]) == ("De pe drum", "1")


def test_no_cell_is_calculated() -> None:
    """Whatever guests write, no cell is a formula for a spreadsheet; ids alone stay as phones chose them."""
    held = a_short_one()
    for number, (_, text) in enumerate(said(HOSTILE)):
        held.say(f"p{number % 12}", f"-{number:04}-A1", text, on="-0000-A1" if number else "")
    read = rows(held)
    assert len(read) > 80
    assert "-0000-A1" in {row["id"] for row in read}
    for row, column in product(read, COLUMNS.keys() - IDS):
        assert not row[column].startswith(tuple("=+-@\t\r＝＋－＠")), (column, row[column])
    assert {row["builds_on"] for row in read} & {row["id"] for row in read}, "links still join"


def test_honest_words_stay_as_they_were_typed() -> None:
    """A word of any language comes back letter for letter; only the apostrophe of the guard may stand before it."""
    held = a_short_one()
    texts = dict(said(HONEST))
    for number, (name, text) in enumerate(texts.items()):
        held.say(f"p{number % 12}", f"honest-{name.replace(' ', '-')}", text)
    found = {row["id"]: row["text"] for row in rows(held)}
    for name, text in texts.items():
        assert found[f"honest-{name.replace(' ', '-')}"] == guarded(text)
        assert guarded(text) in (text, f"'{text}")


def test_the_dictionary_describes_every_column() -> None:
    """The description beside the spreadsheet explains each column once, in the café's language."""
    described = list(csv.reader(io.StringIO(table(a_short_one(), "data-dictionary.csv").removeprefix("\ufeff"))))
    beside = ["*", "hand-overs.csv", *(f"feedback.csv: {name}" for name in FEEDBACK)]
    assert [name for name, _ in described[1:]] == [*COLUMNS, *beside]
    assert described[1 + list(COLUMNS).index("table")][1] == "Numărul mesei."
    english = table(a_short_one(plan_of(language="en")), "data-dictionary.csv")
    assert "The table's number." in english


def test_a_cafe_without_ideas_has_an_empty_spreadsheet() -> None:
    """Before anybody wrote anything the spreadsheet is its head alone."""
    assert table(Held()).count("\r\n") == 1
