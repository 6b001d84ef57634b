"""The questions of a round: a table's number stands on the line of its question."""

import asyncio
from itertools import pairwise

import pytest
from textual.app import App, ComposeResult

from cafe.wall.questions import Asked, Column
from screens.questions import Questions, layout
from screens.widgets.letters import PLAIN, SMALLEST
from tests.screens import raster

ASKED = ("Ce s-a schimbat în munca voastră?", "Cine lipsește de la masa noastră?", "Care e prima?")


class Alone(App[None]):
    """A wall with nothing but one question of table 4."""

    def __init__(self, asked: str) -> None:
        super().__init__()
        self.asked = asked

    def compose(self) -> ComposeResult:
        yield Questions()

    def on_mount(self) -> None:
        self.query_one(Questions).columns = (Column("", (Asked("4", self.asked),)),)


@pytest.mark.parametrize("size", [(60, 9), (80, 12), (120, 20)])
@pytest.mark.parametrize("asked", ASKED)
def test_a_number_stands_on_the_line_of_its_question(asked: str, size: tuple[int, int]) -> None:
    """Whatever marks the letters of the first line have, its first letter and the table's number begin alike."""

    async def look() -> None:
        app = Alone(asked)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            questions = app.query_one(Questions)
            assert layout(questions.columns, *questions.size).tallest > PLAIN
            ground = raster.pixels(app, 2, 2)[0, -1]
            ink = (raster.pixels(app, 2, 2) != ground).any(axis=2)
            left = [x for x in range(ink.shape[1]) if ink[:, x].any()]
            end = next(x for x, following in pairwise(left) if following > x + 3)  # the number's
            first = next(x for x in left if x > end)  # the first letter's
            letter = 4 if layout(questions.columns, *questions.size).tallest < SMALLEST else 8
            tops = [int(ink[:, a:b].any(axis=1).argmax()) for a, b in ((0, end + 1), (first, first + letter))]
            assert tops[0] == tops[1]

    asyncio.run(look())
