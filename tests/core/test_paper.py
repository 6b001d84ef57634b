"""Paper cards from a spreadsheet, by the rules alone: they find their place, or every mistake is told."""

import pytest

from cafe.i18n import LANGUAGES
from cafe.rules.paper import COLUMNS, empty, read_cards
from tests.afternoon import Diary, short


def closed() -> Diary:
    diary = Diary(short())
    diary.do("join", who="p0", language="ro")
    return diary.go("closed")


def mistakes(text: str) -> list[str]:
    return [str(mistake) for mistake in read_cards(text, closed().state).mistakes]


@pytest.mark.parametrize("asked", ["First?", "first", "s1.1"])
def test_a_card_finds_its_table_and_question(asked: str) -> None:
    """The question may stand there by its words, its id or its number."""
    [card] = read_cards(f"table;question;text\nMasa 1;{asked};Mai mult spațiu\n".encode(), closed().state).cards
    assert (card.place.table, card.text) == (1, "Mai mult spațiu")


def test_romanian_columns_and_a_round_are_understood() -> None:
    """A sheet with Romanian names of columns, as a spreadsheet on Windows saves it."""
    raw = "sep=;\r\nMasă;Rundă;Întrebare;Idee\r\n4;2;Fifth?;„Da”\r\n".encode("utf-8-sig")
    [card] = read_cards(raw, closed().state).cards
    assert (card.place.word, card.text) == ("1.s2.2.4", "„Da”")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_sheet_of_each_language_is_understood(language: str) -> None:
    """What is written into the sheet that the café gives out in its language is read, in whatever order."""
    sheet = empty(language) + "4;Fifth?;2;Mai mult spațiu;ro\r\n"
    [card] = read_cards(sheet.encode(), closed().state).cards
    assert (card.place.word, card.text, card.language) == ("1.s2.2.4", "Mai mult spațiu", "ro")
    names = COLUMNS[language]
    [card] = read_cards(f"{names['text']},{names['question']},{names['table']}\nUmbră,s2.1,4\n", closed().state).cards
    assert (card.place.table, card.text) == (4, "Umbră")


def test_every_mistake_is_told_with_its_line() -> None:
    """All that is wrong is told at once, and nothing is taken from such a sheet."""
    sheet = (
        "table,question,text\n1,First?,Bun\n9,First?,x\n1,Never?,x\n1,First?,\n1,,Care?\n" + f"1,First?,{'x' * 501}\n"
    )
    told = mistakes(sheet)
    assert told == [
        "3: There is no table 9.",
        "4: Table 1 never had this question or round.",
        "5: Write a few words first.",
        "6: Table 1 had several questions: name the card's question.",
        "7: That is too long: at most 500 characters, please.",
    ]
    assert read_cards(sheet, closed().state).cards == ()
    for cell in ("9" * 5000, "²", "٣", "-1", ""):
        assert mistakes(f"table,text\n{cell},Bun\n") == [f"2: There is no table {cell or '?'}."]


@pytest.mark.parametrize("sheet", ["", "table,text\n", "a,b\n1,2\n", b"PK\x03\x04", 'table,text\n1,"open\n'])
def test_what_is_no_sheet_of_cards_is_told(sheet: str | bytes) -> None:
    """An empty sheet, one without our columns and a spreadsheet's own file are told in one sentence."""
    assert len(read_cards(sheet, closed().state).mistakes) == 1


def test_the_same_sheet_twice_adds_nothing() -> None:
    """Cards entered again, even with a line put in between, are known; two equal cards are two ideas."""
    diary = closed()
    cards = read_cards("table,question,text\n1,s1.1,Parc\n1,s1.1,Parc\n2,s1.2,Apă\n", diary.state).cards
    assert len({card.id for card in cards}) == 3
    for card in cards:
        diary.do("enter", id=card.id, text=card.text, place=card.place.word, source="paper", language=card.language)
    again = read_cards(
        "text,question,table\nNou,s1.1,1\nApă,Second?,2\nParc,First?,1\n\nParc,s1.1,1\n", diary.state
    ).cards
    assert {card.id for card in again} - set(diary.state.ideas) == {again[0].id}
    assert {diary.state.ideas[card.id].source for card in cards} == {"paper"}
