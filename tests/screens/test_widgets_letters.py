"""Big words are whole, as large as they can be, and in every language of the wall."""

import asyncio
import itertools

import pytest
from rich.color import Color
from rich.style import Style
from textual.app import App, ComposeResult

from screens.widgets.fonts.pack import LETTERS
from screens.widgets.letters import PLAIN, SMALLEST, Letters, fonts, sized, typeset
from screens.widgets.pixels import QUARTERS, strips
from tests.screens import raster

QUESTIONS = (
    "Cum putem activa mai multe start-up-uri și IMM-uri în sectorul cultural și creativ din regiunea noastră?",
    "Cum putem implica Asociația Timișoara Capitală Europeană a Culturii în contextul noilor inițiative?",
)
FULL = Style(bgcolor=Color.parse("#ffffff"))


class Wall(App[None]):
    """A wall that shows nothing but one text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield Letters(self.text)


def shown(text: str, size: tuple[int, int]) -> tuple[list[str], bool]:
    """What plain letters the wall shows, and whether it says that everything is there."""

    async def run() -> tuple[list[str], bool]:
        app = Wall(text)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            return raster.words(app), app.query_one(Letters).fits

    return asyncio.run(run())


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_every_language_can_be_drawn(language: str) -> None:
    """No language of the wall is sent to plain text for want of a letter, in either case."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789" + LETTERS[language]
    signs = ".,:;!?-–—…()/%&+'\"’‘“”„«»€"
    for font in fonts():
        assert set(letters + letters.upper() + signs) <= font.glyphs.keys(), font.name


def test_no_two_letters_look_alike() -> None:
    """Each drawn letter can be told from each other, also a comma from a full stop."""
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?-ăâîșțčćđšžąęėįųūåäö"
    for font in fonts():
        for one, other in itertools.combinations(alphabet, 2):
            assert font.glyphs[one] != font.glyphs[other], f"{one} and {other} in {font.name}"


def test_a_full_stop_is_no_plus_sign() -> None:
    """192.168.1.5 is not read as 192,168+1: dots are square."""
    for font in fonts():
        rows = [row for row in font.glyphs["."].rows if row]
        assert len(set(rows)) == 1, font.name


def test_a_larger_room_never_has_smaller_letters() -> None:
    """When the window grows the words do not shrink."""
    for question in QUESTIONS:
        heights = [
            picture.height if (picture := typeset(question, width, 400)) else 0 for width in (60, 120, 200, 300, 600)
        ]
        assert all(heights)
    tall = [typeset("K7QF", width, height) for width, height in ((20, 4), (40, 8), (60, 12), (120, 24))]
    assert [picture.height for picture in tall if picture] == sorted(picture.height for picture in tall if picture)


def test_drawn_words_stay_in_their_room() -> None:
    """In any room the picture is inside, or there is none."""
    for question in (*QUESTIONS, "K7QF", "192.168.43.17:8080"):
        for width, height in itertools.product(range(4, 210, 17), range(1, 56, 6)):
            picture = typeset(question, width, height)
            assert picture is None or (picture.width <= width and picture.height <= height)


def test_the_question_is_large_on_a_middle_and_a_large_window() -> None:
    """In what the clock leaves of 120 x 34 and 200 x 55 a real question is drawn, not typed."""
    assert typeset(QUESTIONS[0], 116, 20)
    picture = typeset(QUESTIONS[0], 196, 30)
    assert picture
    assert picture.height > 20


def test_where_nothing_fits_the_words_are_plain() -> None:
    """A small room shows the whole question in ordinary letters."""
    lines, whole = shown(QUESTIONS[0], (60, 5))
    assert " ".join(" ".join(lines).split()) == QUESTIONS[0]
    assert whole


def test_a_letter_that_no_font_has_is_not_a_box() -> None:
    """A word in another script stands in ordinary letters, whole."""
    lines, whole = shown("Привет и ☕", (80, 24))
    assert "Привет и ☕" in " ".join(lines)
    assert whole


def test_words_that_have_no_room_end_in_dots() -> None:
    """When even plain text is too long the wall says so to the screen, and shows that words are missing."""
    lines, whole = shown(QUESTIONS[0], (30, 2))
    assert lines[1].endswith("…")
    assert not whole


def test_texts_can_be_kept_at_one_size() -> None:
    """With a limit on the height of a line a short text is as large as a long one."""
    short, long = typeset("Da", 190, 40, tallest=4), typeset("Da și nu și poate", 190, 40, tallest=4)
    assert short
    assert long
    assert short.height <= 4
    assert long.height <= 4


def test_narrow_letters_hold_twice_the_words_of_a_line() -> None:
    """Where a question has no room in letters, narrow ones of the same height need half its lines, each pixel kept."""
    for question in QUESTIONS:
        wide, narrow = sized(question, 90, 4), sized(question, 90, 2)
        assert wide
        assert narrow
        assert wide.height > 1.7 * narrow.height
        assert narrow.width <= 90
        assert raster.letters(narrow)
        ink, paper = Color.parse("#ffffff"), Color.parse("#000000")
        drawn = "\n".join(strip.text for strip in strips(narrow, ink, paper))
        quarters = sum(bin(QUARTERS.index(glyph)).count("1") for glyph in drawn if glyph in QUARTERS[1:])
        full = sum(
            segment.cell_length for strip in strips(narrow, ink, paper) for segment in strip if segment.style == FULL
        )
        assert quarters + 4 * full == sum(row.count("1") for row in narrow.rows)
    assert sized(QUESTIONS[0], 90, PLAIN) is None


def test_each_smaller_size_takes_less_room() -> None:
    """A size smaller always makes the same question lower, down to letters of three rows, which are still narrow."""
    for question in QUESTIONS:
        areas = [picture.height for size in range(1, SMALLEST + 1) if (picture := sized(question, 90, size))]
        assert len(areas) == SMALLEST
        assert areas == sorted(set(areas))
        least = sized(question, 90, 1)
        assert least
        assert least.narrow
        assert least.height <= 3 * 3


def test_after_any_resizing_the_words_are_as_if_freshly_started() -> None:
    """Dragging the window about leaves no trace."""
    seen, fresh = asyncio.run(raster.dragged(Wall(QUESTIONS[1]), Wall(QUESTIONS[1])))
    assert seen == fresh
