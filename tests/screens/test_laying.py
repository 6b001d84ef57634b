"""At how many tables? The question on the wall and in the private view, and keys answered while it is worked out."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cafe import rules
from cafe.file import CafeFile
from cafe.people import Person as Known
from cafe.people import hashed
from cafe.plan import Plan
from cafe.room import Room
from cafe.seating.planner import plan
from cafe.seating.problem import Person, Problem, Rules, room
from screens.laying import Asked
from screens.private import PrivateApp
from tests.core.test_seating import hall
from tests.patience import LONG, PATIENCE
from tests.screens.room import Wall, changed, still, wall

ENDLESS = 10**12
"""Changes to be weighed: more than any machine does while a test runs."""


@asynccontextmanager
async def private(folder: Path, plan: Plan, people: int) -> AsyncIterator[tuple[Room, PrivateApp, Pilot[None]]]:
    """A café with so many people, and its private view."""
    held = Room(CafeFile(folder / "lab.cafe"))
    await held.start(plan, "", code="K7QF")
    try:
        for number in range(people):
            known = Known(token=hashed(f"token {number}"), name=f"Ionescu{number}")
            await held.do("join", person=known, who=f"p{number}", language="en")
        app = PrivateApp(held, clock=still)
        async with app.run_test(size=(120, 34)) as pilot:
            await pilot.pause()
            yield held, app, pilot
    finally:
        await held.stop()


def planned(tables: int, seats: int = 8) -> Plan:
    """A hall that speaks English, its session the first thing of the day."""
    return changed(hall(tables, 3, seats), language="en")


def test_the_wall_asks_in_numbers_and_takes_the_answer(tmp_path: Path) -> None:
    """Starting tells that other people came than planned; m asks in numbers alone, m again takes the better one."""

    async def script() -> None:
        async with wall(tmp_path, planned(6), people=23, size=(120, 30)) as held:
            await held.press("n")
            assert "m: tables for 23 people" in held.notice
            await ask(held)
            assert "23 people: 5 tables of 4–5, or 6 tables of 3–4 as planned?" in held.text
            assert "With 5 tables 9 encounters would be repeated. m takes 5 tables." in held.text
            assert "Ionescu" not in held.text
            await held.pilot.press("m")
            await held.until(lambda: held.state.bare_tables == {6})
            await held.settle()
            assert "Laid: 5 tables of 4–5" in held.text
            await held.press("m")
            await held.until(lambda: "The tables fit" in held.text)
            await held.press("u")
            assert not held.state.bare_tables
            assert "There are as many tables as before" in held.text

    asyncio.run(script())


async def ask(held: Wall) -> None:
    await held.pilot.press("m")
    await held.until(lambda: "as planned?" in held.text)
    await held.settle()


def test_unanswered_the_plan_is_taken(tmp_path: Path) -> None:
    """Who presses n twice begins round 1 at the tables of the plan, and is asked no more."""

    async def script() -> None:
        async with wall(tmp_path, planned(6), people=23, size=(120, 30)) as held:
            await held.press("n", "n")
            assert held.state.phase == "round"
            assert not held.state.closed_tables
            await held.pilot.press("m")
            await held.until(lambda: "The tables fit" in held.text)

    asyncio.run(script())


def test_the_private_view_asks_by_itself(tmp_path: Path) -> None:
    """The question stands beside the clock as long as it is open, and goes when it was answered."""

    async def script() -> None:
        async with private(tmp_path, planned(6), 23) as (held, app, pilot):
            asked = app.query_one(Asked)
            async with asyncio.timeout(PATIENCE):
                while not (asked.display and "5 tables of 4–5, or 6 tables of 3–4" in str(asked.content)):
                    await pilot.pause(0.02)
                await pilot.press("m")
                while "5 tables" not in app._said:
                    await pilot.pause(0.02)
                await pilot.press("m")
                while asked.display or held.state.bare_tables != {6}:
                    await pilot.pause(0.02)

    asyncio.run(script())


@pytest.fixture
def flag() -> threading.Event:
    """Ends every planning of a test."""
    return threading.Event()


def play(script: Callable[[], Awaitable[None]], flag: threading.Event) -> None:
    """Plays a script and ends its planning whatever becomes of it: the loop waits for its threads."""

    async def ended() -> None:
        try:
            async with asyncio.timeout(LONG):
                await script()
        finally:
            flag.set()

    asyncio.run(ended())


def sectors() -> Problem:
    """120 people of five uneven sectors at 15 tables, four rounds; so many know each other that some always meet."""
    names = [name for name, count in zip("abcde", (41, 33, 22, 15, 9), strict=True) for _ in range(count)]
    known = {frozenset((str(one), str(two))): 1 for one in range(120) for two in range(one % 3 + 1, one, 3)}
    return room([Person(str(n), names[n]) for n in range(120)], 15, 4, rules=Rules(known=known))


def test_keys_are_answered_while_120_people_are_planned(tmp_path: Path, flag: threading.Event) -> None:
    """While 120 people of five sectors are being planned for 15 tables, the wall and the private view do what a key
    says; the planning has not ended when it is seen.
    """

    async def script() -> None:
        async with wall(tmp_path, planned(15), people=120, size=(120, 30)) as held:
            planning = asyncio.create_task(asyncio.to_thread(plan, sectors(), budget=ENDLESS, stop=flag.is_set))
            await held.pilot.press("question_mark")
            await held.until(lambda: held.app.showing == "help" == held.app.current_mode)
            assert not planning.done()
        (tmp_path / "beside").mkdir()
        async with private(tmp_path / "beside", planned(15), 12) as (_, app, pilot):
            await pilot.press("3")
            async with asyncio.timeout(PATIENCE):
                while app.query_one("TabbedContent").active != "tables":
                    await pilot.pause(0.02)
            assert not planning.done()
        flag.set()
        assert (await planning).repeats == 0

    play(script, flag)


def test_keys_are_answered_while_the_number_of_tables_is_worked_out(
    tmp_path: Path, flag: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty people at six tables have four rounds that no planner can finish with: m is at work on them, and both
    views do what the next keys say.
    """
    monkeypatch.setattr(rules.laying, "QUICK", ENDLESS)
    monkeypatch.setattr(rules.laying, "planned", partial(plan, stop=flag.is_set))
    thirty = changed(hall(8, 4, 8), language="en")

    async def script() -> None:
        async with wall(tmp_path, thirty, people=30, size=(120, 30)) as held:
            await held.pilot.press("m")
            await held.press("n", "n")
            assert held.state.phase == "round"
            assert "as planned?" not in held.text
            flag.set()
            await held.until(lambda: "as planned?" in held.text)
        flag.clear()
        (tmp_path / "beside").mkdir()
        async with private(tmp_path / "beside", thirty, 30) as (beside, app, pilot):
            await pilot.press("m", "3", "l")
            async with asyncio.timeout(PATIENCE):
                while beside.state.language == "en" or app.query_one("TabbedContent").active != "tables":
                    await pilot.pause(0.02)
            assert not app.query_one(Asked).display
            flag.set()
            async with asyncio.timeout(PATIENCE):
                while not app.query_one(Asked).display:
                    await pilot.pause(0.02)

    play(script, flag)
