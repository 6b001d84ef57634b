"""The clock is large, stands still while it runs, and is made of whole cells."""

import asyncio

import pytest
from textual.app import App, ComposeResult

from screens.widgets.clock import BigClock, bitmap, face
from screens.widgets.digits import SIGNS, measures
from tests.screens import raster


class Wall(App[None]):
    """A wall that shows nothing but a clock."""

    def __init__(self, text: str, unit: str = "") -> None:
        super().__init__()
        self.text, self.unit = text, unit

    def compose(self) -> ComposeResult:
        yield BigClock(self.text, unit=self.unit)


@pytest.mark.parametrize("room", [(36, 3), (40, 5), (76, 10), (116, 14), (196, 22)])
def test_the_clock_stands_still_from_start_to_end(room: tuple[int, int]) -> None:
    """From 00:00 to 99:59 the picture keeps its size, and each figure its place."""
    sizes = {
        (drawn.width, drawn.height)
        for minutes in range(100)
        for seconds in range(0, 60, 7)
        if (drawn := bitmap(f"{minutes:02}:{seconds:02}", *room))
    }
    assert len(sizes) == 1
    eights, ones = bitmap("88:88", *room), bitmap("88:18", *room)
    assert eights
    assert ones
    quarter = eights.width * 5 // 12
    assert [row[:quarter] for row in eights.rows] == [row[:quarter] for row in ones.rows]


def test_every_size_has_whole_strokes() -> None:
    """From five rows on the figures need no letter of a font: ink changes only from cell to cell."""
    for height in range(5, 40):
        drawn = bitmap("+12345:67890-", 2000, height)
        assert drawn
        assert not raster.letters(drawn)
        assert drawn.height == height


def test_each_figure_can_be_told_from_each_other() -> None:
    """No two signs look alike, at any size."""
    for room in [(9, 3), (9, 4), (16, 5), (24, 8), (24, 9), (40, 14), (60, 22)]:
        drawn = {sign: bitmap(sign, *room) for sign in sorted(SIGNS - set("−–"))}
        assert len(set(drawn.values())) == len(drawn), room


def test_the_clock_never_leaves_its_room() -> None:
    """In any room the picture is inside, or there is none."""
    for width in range(1, 130, 7):
        for height in range(1, 30, 3):
            for text in ("12:05", "+1:07", "1:02:18", "13"):
                drawn = bitmap(text, width, height)
                assert drawn is None or (drawn.width <= width and drawn.height <= height)


def test_the_clock_fills_its_room_at_every_usual_size() -> None:
    """Ten rows of a small window, fourteen of a middle one, are used to the last."""
    for room in [(76, 10), (116, 14), (196, 22)]:
        drawn = bitmap("32:18", *room)
        assert drawn
        assert drawn.height == room[1]


def test_a_reserved_text_keeps_the_figures_the_same() -> None:
    """9:59 is drawn no larger than 10:00 was, when the room is narrow."""
    ten, nine = bitmap("10:00", 50, 14), bitmap("9:59", 50, 14, reserve="00:00")
    assert ten
    assert nine
    assert ten.height == nine.height
    assert nine.width < ten.width


def test_what_is_no_time_is_not_drawn() -> None:
    """Other words are left to plain text."""
    assert bitmap("soon", 100, 20) is None
    assert bitmap("", 100, 20) is None


def test_a_unit_stands_on_the_line_of_the_figures() -> None:
    """Minutes say that they are minutes, smaller than the number."""
    drawn = face("13", "min", 60, 12)
    assert drawn
    assert drawn.words == ""
    assert drawn.picture.width <= 60
    right = [row[-6:] for row in drawn.picture.rows]
    assert "1" not in "".join(right[: len(right) // 2])
    assert "1" in right[-1]


def test_in_a_tiny_room_the_time_is_plain_text() -> None:
    """Where no figure fits the time is still there."""

    async def run() -> None:
        app = Wall("12:05", "min")
        async with app.run_test(size=(20, 2)) as pilot:
            await pilot.pause()
            assert "12:05 min" in "".join(raster.words(app))

    asyncio.run(run())


def test_the_clock_changes_with_its_text_and_its_window() -> None:
    """A new text is shown at once; after any resizing the wall is as if freshly started."""

    async def run() -> None:
        dragged, fresh = Wall("11:11"), Wall("+1:07")
        async with dragged.run_test(size=(80, 24)) as pilot:
            before = raster.cells(dragged)
            dragged.query_one(BigClock).text = "+1:07"
            for size in [(200, 55), (40, 12), (80, 24)]:
                await pilot.resize_terminal(*size)
                await pilot.pause()
            seen = raster.cells(dragged)
        async with fresh.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert raster.cells(fresh) == seen != before

    asyncio.run(run())


def test_measures_are_given_the_largest_first() -> None:
    """The search for a size begins with the largest."""
    heights = [size.height for size in measures(30)]
    assert heights == sorted(heights, reverse=True)
