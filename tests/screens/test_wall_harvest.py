"""The harvest: what the room has said, by question; a total and never a ranking."""

import asyncio
from pathlib import Path

import pytest

from screens.sheets import Sheets
from tests.screens.room import wall
from tests.screens.test_wall_round import is_whole


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (200, 55)])
def test_ideas_stand_under_their_questions(tmp_path: Path, size: tuple[int, int]) -> None:
    """Each of the six questions is whole, with its number of ideas and the newest of them; the total is in the head."""

    async def look() -> None:
        async with wall(tmp_path, size=size, began=3) as held:
            for number in range(12):
                await held.say(number, f"Idee {number}")
            await held.go_to("harvest")
            for session in held.state.plan.sessions.values():
                for question in session.questions:
                    assert is_whole(held, question.texts["ro"])
                    assert held.is_drawn(question.texts["ro"]) or size[1] < 50
            question, ideas = (body := held.app.screen.query_one(Sheets)).letters(*body.size)
            assert question >= ideas
            assert "12 idei" in held.rows[0]
            assert held.text.count("• Idee") >= 5 or size[1] > 50  # There they are drawn in letters.
            assert "Ionescu" not in held.text

    asyncio.run(look())


def test_one_question_can_have_the_wall(tmp_path: Path) -> None:
    """A number key gives one question all the room, with all its ideas; 0 shows all questions again."""

    async def look() -> None:
        async with wall(tmp_path, size=(120, 34), began=3) as held:
            for number in range(12):
                await held.say(number, f"Idee {number}")
            place = held.state.place("p0")
            assert place is not None
            at = [q.id for _, q in held.state.plan.questions()].index(held.state.question(place).id) + 1
            await held.go_to("harvest")
            await held.press(str(at))
            body = held.app.screen.query_one(Sheets)
            assert [len(sheet.cards) for sheet in body.sheets] == [2]
            assert "Idee" not in held.text  # They are drawn in letters.
            await held.press("0")
            assert held.text.count("• Idee") == 12

    asyncio.run(look())


def test_questions_without_ideas_leave_their_room_to_the_others(tmp_path: Path) -> None:
    """Two ideas of one question stand both in the smallest window, where the questions below it have none."""

    async def look() -> None:
        async with wall(tmp_path, size=(80, 24), began=3) as held:
            for number in range(2):
                await held.say(0, f"O idee care are nevoie de două rânduri pe perete, {number}")
            await held.go_to("harvest")
            assert held.text.count("• O idee") == 2

    asyncio.run(look())
