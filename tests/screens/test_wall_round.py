"""A round: the questions whole, a clock that hurries nobody, a strip of the newest ideas."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe.clock import remaining
from cafe.plan import Plan, Question
from screens.shares import share
from screens.wall import WallApp
from screens.widgets.clock import BigClock
from screens.widgets.ideas import IdeaWall
from tests.screens.room import Wall, changed, lab, still, wall


def readings(held: Wall) -> Iterator[str]:
    """The words of the wall as they are read: across, or down a left and a right column."""
    rows = held.rows
    half = held.app.size.width // 2
    for cut in ((0, None), (0, half - 1), (half - 1, None), (half, None)):
        yield " ".join(" ".join(row.ljust(2 * half)[slice(*cut)] for row in rows).split())


def asked(held: Wall) -> list[str]:
    """The questions that are open now."""
    state = held.state
    return [q.texts["ro"] for t in state.position.tracks for q in state.session(t).questions]


def is_whole(held: Wall, question: str) -> bool:
    """Whether a question stands on the wall from its first word to its last."""
    return held.is_drawn(question) or any(question in reading for reading in readings(held))


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 34)])
@pytest.mark.parametrize("reading", ["swap", "same"])
def test_the_six_real_questions_are_whole(tmp_path: Path, reading: str, size: tuple[int, int]) -> None:
    """Both readings of the lab of 2020: every question of both sessions is on the wall, no word cut, at every moment.

    That holds with ideas coming in, in the last minutes, in overtime and while the clock stands.
    """

    async def look() -> None:
        async with wall(tmp_path, lab(reading), size, began=3) as held:
            for session in range(2):
                await held.say(1, "Spații de lucru gratuite, deschise și seara, pentru cine abia începe")
                assert len(asked(held)) == (6 if reading == "swap" else 3)
                for command, given in (("wall", {"ideas": "none"}), ("wall", {"ideas": "strip"})):
                    await held.room.do(command, **given)
                for change in (0, 11 * 60, 3 * 60):
                    await held.passes(change)
                    for question in asked(held):
                        assert is_whole(held, question), (change, question)
                await held.room.do("pause")
                await held.settle()
                assert all(is_whole(held, question) for question in asked(held))
                if session == 0:
                    await held.go(5)
                    await held.go_to("round")

    asyncio.run(look())


def test_the_question_is_the_largest_thing_on_the_largest_wall(tmp_path: Path) -> None:
    """The six real questions, and three alone, stand in letters beside a large clock, until the end and beyond it."""

    async def look() -> None:
        for reading in ("swap", "same"):
            folder = tmp_path / reading
            folder.mkdir()
            async with wall(folder, lab(reading), (200, 55), began=3) as held:
                await held.say(1, "Spații de lucru gratuite, deschise și seara, pentru cine abia începe")
                for change, least in ((0, 0.2), (11 * 60, 0.3), (3 * 60, 0.3)):
                    await held.passes(change)
                    assert all(held.is_drawn(question) for question in asked(held)), (reading, change)
                    assert clock(held)[2] >= least
                assert held.tr("still talking") in held.text
                await held.room.do("pause")
                await held.settle()
                assert all(held.is_drawn(question) for question in asked(held))
                assert held.tr("the clock stands still") in held.text

    asyncio.run(look())


def clock(held: Wall) -> tuple[str, str, float]:
    """What the clock shows, and its share of the wall's height."""
    shown = held.app.screen.query_one(BigClock)
    tall = shown.face.picture.height if shown.face else 1
    return shown.text, shown.unit, tall / held.app.size.height


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (160, 45), (200, 55)])
def test_the_clock_counts_minutes_and_then_seconds(tmp_path: Path, size: tuple[int, int]) -> None:
    """Whole minutes on a fifth of the height; from three minutes on seconds on three tenths; then calmly upwards."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), size, began=3) as held:
            text, unit, tall = clock(held)
            assert (text, unit) == ("13", "min")
            assert tall >= 0.2
            await held.passes(9 * 60 + 30)
            assert clock(held)[:2] == ("4", "min")
            await held.passes(40)
            text, unit, tall = clock(held)
            assert text.startswith("2:")
            assert unit == ""
            assert tall >= 0.29
            assert "încă discutăm" not in held.text
            await held.passes(4 * 60)
            assert clock(held)[0].startswith("+1:")
            assert "încă discutăm" in held.text
            assert held.state.phase == "round"
            await held.room.do("pause")
            await held.settle()
            assert held.tr("the clock stands still") in held.text

    asyncio.run(look())


def seconds(text: str) -> int:
    minutes, rest = text.split(":")
    return 60 * int(minutes) + int(rest)


def test_the_clock_is_right_whatever_held_it_up(tmp_path: Path) -> None:
    """After ten seconds in which the laptop did nothing, windows dragged about, and on a wall that is begun anew, the
    clock is right to the second.
    """

    async def look() -> None:
        async with wall(tmp_path, lab("same"), began=3) as held:
            await held.passes(11 * 60)
            for _ in range(3):
                await held.room._lay(held.room.now() + 10_000, held.room.speed)
                await held.resize((60, 18), (200, 55), (120, 34))
                left = remaining(held.state.position.tracks[0].clock, held.room.now()) / 1000
                assert abs(seconds(clock(held)[0]) - left) <= 1
            again = WallApp(held.room, clock=still)
            async with again.run_test(size=(80, 24)) as pilot:
                second = Wall(held.room, again, pilot)
                await second.settle()
                left = remaining(held.state.position.tracks[0].clock, held.room.now()) / 1000
                assert abs(seconds(clock(second)[0]) - left) <= 1

    asyncio.run(look())


def test_one_question_for_everybody_is_large(tmp_path: Path) -> None:
    """Where a round has one question for all, it is drawn in letters; the next round has the next question."""

    async def look() -> None:
        plan = _per_round(lab("same"))
        async with wall(tmp_path, plan, (120, 34), began=3) as held:
            from screens.questions import Questions, layout

            questions = held.app.screen.query_one(Questions)
            assert [one.text for column in questions.columns for one in column.asked] == ["Cu ce începem?"]
            assert layout(questions.columns, *questions.size).tallest > 4
            await held.go(2)
            assert [one.text for column in questions.columns for one in column.asked] == ["Ce urmează?"]

    asyncio.run(look())


def _per_round(plan: Plan) -> Plan:
    questions = tuple(Question(f"s1.{n}", {"ro": text}) for n, text in ((1, "Cu ce începem?"), (2, "Ce urmează?")))
    session = msgspec.structs.replace(plan.sessions["s1"], per="round", questions=questions)
    return changed(plan, sessions={**plan.sessions, "s1": session})


def test_questions_follow_the_walls_language(tmp_path: Path) -> None:
    """A question that is there in the wall's language stands in it; else in the language that it has."""

    async def look() -> None:
        plan = lab("same")
        first, *rest = plan.sessions["s1"].questions
        first = msgspec.structs.replace(first, texts={**first.texts, "en": "How do we begin?"})
        session = msgspec.structs.replace(plan.sessions["s1"], questions=(first, *rest))
        async with wall(tmp_path, changed(plan, sessions={**plan.sessions, "s1": session}), began=3) as held:
            assert is_whole(held, first.texts["ro"])
            await held.press("l")
            assert held.state.language == "en"
            assert is_whole(held, "How do we begin?")
            assert is_whole(held, rest[0].texts["ro"])
            assert "round 1 of 3" in held.rows[0]

    asyncio.run(look())


def test_a_number_shows_one_question_alone(tmp_path: Path) -> None:
    """The key 2 shows the second question alone, 0 all again; a new step shows all."""

    async def look() -> None:
        async with wall(tmp_path, size=(120, 34), began=3) as held:
            await held.press("2")
            assert not any(is_whole(held, question) for question in asked(held)[:1] + asked(held)[2:])
            await held.press("0")
            assert all(is_whole(held, question) for question in asked(held))
            await held.press("2")
            await held.go(2)
            assert all(is_whole(held, question) for question in asked(held))

    asyncio.run(look())


def test_ideas_arrive_in_the_strip(tmp_path: Path) -> None:
    """The newest idea stands first in the strip with its table and the total; i shows all of them, then none."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), began=3) as held:
            assert held.tr("Your ideas will appear here") in held.text
            for number in range(12):
                await held.say(number, f"Ideea cu numărul {number}")
            assert "12 idei ───" in held.text
            strip = held.app.screen.query_one(IdeaWall)
            assert [card.text for card in strip.cards[:2]] == ["Ideea cu numărul 11", "Ideea cu numărul 10"]
            assert "Ideea cu numărul 11 masa" in held.text
            assert "Cum putem" in held.text
            await held.press("i")
            assert "Ideea cu numărul 7" in held.text
            assert "Cum putem" not in held.text
            await held.press("i")
            assert "Ideea" not in held.text
            assert "Cum putem" in held.text
            await held.press("i")
            assert "Ideea cu numărul 11" in held.text

    asyncio.run(look())


@given(
    window=st.integers(12, 120),
    asked=st.lists(st.integers(0, 60), min_size=1, max_size=4),
    last=st.booleans(),
    word=st.booleans(),
    strip=st.booleans(),
)
def test_the_height_is_shared_out_exactly(window: int, asked: list[int], last: bool, word: bool, strip: bool) -> None:
    """Whatever the window and the questions, the rows add up, and the questions have theirs wherever they can."""
    room = window - 2
    ways = sorted(asked, reverse=True)
    found = share(window, room, ways, last=last, word=word, strip=strip)
    assert sum(found) == room
    assert min(found) >= 0
    whole = min(ways) < room
    assert found.questions >= min(ways) or not whole
    assert found.clock >= (1 if whole else min(room, window * 0.2))
    assert not found.strip or found.clock >= window * (0.3 if last else 0.2)


def test_ideas_are_awaited_only_while_people_can_come_in(tmp_path: Path) -> None:
    """The strip promises ideas when phones can join, and nothing when the plan names nobody who answers for them."""

    async def look() -> None:
        for organiser in ("Biblioteca", ""):
            folder = tmp_path / (organiser or "nobody")
            folder.mkdir()
            async with wall(
                folder, changed(lab(), organiser=organiser, contact=organiser), (120, 34), people=0, began=3
            ) as held:
                assert (held.tr("Your ideas will appear here") in held.text) == bool(organiser)

    asyncio.run(look())
