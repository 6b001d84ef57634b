"""The vote on the wall: while it is open nobody sees what leads, and then ideas stand there, never people."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from cafe.plan import Plan
from tests.screens.room import Wall, lab, wall


def voting() -> Plan:
    plan = lab()
    programme = tuple(
        msgspec.structs.replace(block, dots=5) if block.kind == "harvest" else block for block in plan.programme
    )
    return msgspec.structs.replace(plan, programme=programme)


async def voted(held: Wall) -> list[str]:
    """Twelve ideas, of which the fourth has the most dots, then the second."""
    ids = [await held.say(number, f"Un gând cu numărul {number}") for number in range(12)]
    await held.go_to("harvest")
    for number, dots in enumerate(({ids[3]: 3, ids[1]: 1}, {ids[3]: 1}, {ids[1]: 2, ids[5]: 1})):
        await held.room.do("ballot", who=f"p{number}", id=f"ballot-{number:04}", dots=dots)
    await held.settle()
    return ids


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 34), (200, 55)])
def test_results_stand_on_the_wall_when_they_are_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    """Until v the wall says how many voted and nothing of what they chose; then the dots, as shape and number."""

    async def look() -> None:
        async with wall(tmp_path, voting(), size=size, began=3) as held:
            await voted(held)
            assert "●" not in held.text
            if size[0] >= 80:
                assert "3 persoane au pus buline" in held.rows[0]
            await held.press("v")
            assert held.state.revealed
            await held.passes(5)
            assert "●●●● 4 buline" in held.text
            assert held.text.index("4 buline") < held.text.index("3 buline")
            assert "Ionescu" not in held.text

    asyncio.run(look())


def test_v_goes_on_collecting_and_undo_shows_again(tmp_path: Path) -> None:
    """V and v again is the vote as it was; u takes the last of them back."""

    async def look() -> None:
        async with wall(tmp_path, voting(), size=(120, 34), began=3) as held:
            await voted(held)
            await held.press("v", "v")
            assert "4 buline" not in held.text
            await held.press("u")
            assert "4 buline" in held.text

    asyncio.run(look())


def test_a_number_key_shows_the_dots_of_one_question(tmp_path: Path) -> None:
    """With results on the wall a number key gives those of one question; 0 those of all."""

    async def look() -> None:
        async with wall(tmp_path, voting(), size=(120, 34), began=3) as held:
            ids = await voted(held)
            await held.press("v")
            questions = [question.id for _, question in held.state.plan.questions()]
            at = questions.index(held.state.ideas[ids[3]].question) + 1
            others = sum(held.state.ideas[id].question != questions[at - 1] for id in (ids[1], ids[5]))
            everything = held.text.count(" bulin")
            await held.press(str(at))
            assert "4 buline" in held.text
            assert held.text.count(" bulin") < everything or not others
            await held.press("0")
            assert held.text.count(" bulin") == everything

    asyncio.run(look())


def test_v_says_where_there_is_no_vote(tmp_path: Path) -> None:
    """Outside a harvest with dots the key changes nothing and says why."""

    async def look() -> None:
        async with wall(tmp_path, size=(120, 34), began=3) as held:
            await held.press("v")
            assert "niciun vot" in held.notice
            assert not held.state.revealed

    asyncio.run(look())


@pytest.mark.parametrize("size", [(60, 18), (120, 34)])
def test_the_number_of_a_question_shows_its_conclusion(tmp_path: Path, size: tuple[int, int]) -> None:
    """In the harvest a question's number shows what the room concludes about it, whole, and 0 all questions again."""

    async def look() -> None:
        async with wall(tmp_path, size=size, began=3) as held:
            await held.go_to("harvest")
            questions = [question for _, question in held.state.plan.questions()]
            await held.room.do("conclude", question=questions[1].id, text="Da")
            await held.press("2")
            assert "Concluziile participanților" in held.said
            await held.press("0")
            assert "Concluziile participanților" not in held.said
            await held.press("1")
            assert "Concluziile participanților" not in held.said

    asyncio.run(look())
