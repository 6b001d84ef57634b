"""The wall has one screen for each phase, with the same grid on every one, in any window."""

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.color import Color

from screens.wall import WallApp
from screens.widgets.clock import BigClock
from screens.widgets.header import Head
from tests.screens import raster
from tests.screens.room import changed, lab, wall, widths

SIZES = [(60, 18), (80, 24), (120, 34), (160, 45), (200, 55)]
PHASES = ("lobby", "welcome", "talk", "round", "move", "break", "harvest", "closing", "closed")


def test_there_is_a_screen_for_each_phase() -> None:
    """No phase of a café leaves the wall empty."""
    assert set(PHASES) <= WallApp.MODES.keys()


@pytest.mark.parametrize("size", SIZES)
def test_phones_down_is_a_screen_of_its_own(tmp_path: Path, size: tuple[int, int]) -> None:
    """One key asks for the phones to rest, in a screen without question or ideas; the key again, undo or n ends it."""

    async def look() -> None:
        async with wall(tmp_path, size=size) as held:
            await held.press("z")
            assert held.tr("People need their phones now: to come in, or to find their tables.") in held.text
            await held.go_to("round")
            asked = held.state.plan.sessions["s1"].questions[0].text("ro")[0]
            for ends in (("z",), ("u",), ("n", "n")):
                await held.press("z")
                assert held.app.current_mode == "phones down"
                assert widths(held.app) == {size[0]}
                assert len(held.rows) == size[1]
                assert asked[:20] not in held.text
                await held.press(*ends)
                assert not held.state.phones_down
                assert held.app.current_mode == held.state.phase

    asyncio.run(look())


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fills_the_window_and_nothing_more(tmp_path: Path, size: tuple[int, int]) -> None:
    """In every phase each row is as wide as the window, with the code above and the programme below."""

    async def look() -> None:
        async with wall(tmp_path, size=size) as held:
            for phase in PHASES:
                await held.go_to(phase)
                assert held.app.current_mode == phase
                assert widths(held.app) == {size[0]}
                assert len(held.rows) == size[1]
                assert held.rows[0].endswith("K7QF")
                assert "192.168.1.5:8080" in held.rows[0]
                assert phase in ("lobby", "closed") or held.tr("NOW") in held.rows[-1]
                assert phase in ("closing", "closed") or held.tr("NEXT") in held.rows[-1]

    asyncio.run(look())


def test_the_head_says_block_and_round(tmp_path: Path) -> None:
    """In a session the head names the block and the round, whole, however long the block's title is."""
    plan = lab()
    long = changed(plan.programme[2], title="O sesiune cu un titlu neobișnuit de lung, care nu încape în niciun rând")
    plan = changed(plan, programme=(*plan.programme[:2], long, *plan.programme[3:]))

    async def look() -> None:
        async with wall(tmp_path, plan) as held:
            await held.go_to("round")
            assert "O sesiune cu un titlu" in held.rows[0]
            assert "… · runda 1 din 3" in held.rows[0]
            await held.go(2)
            assert "runda 2 din 3" in held.rows[0]

    asyncio.run(look())


def test_the_break_says_when_we_continue(tmp_path: Path) -> None:
    """A break names the planned time, what comes, and in how many whole minutes; when that has passed it says shortly.

    Seconds count nobody's coffee down.
    """

    async def look() -> None:
        async with wall(tmp_path, at="12:05", size=(40, 20)) as held:
            await held.go_to("break")
            assert "Continuăm la 12:30 | peste 25 min · " in _said(held.app)
            before = raster.cells(held.app)[1:]
            await held.passes(10)
            assert raster.cells(held.app)[1:] == before
            await held.passes(60)
            assert "peste 24 min" in _said(held.app)
            await held.passes(30 * 60)
            assert held.tr("We continue shortly") in _said(held.app)
            assert " min" not in _said(held.app)

    asyncio.run(look())


def _said(app: WallApp) -> str:
    """What the poster of the present screen says, drawn or plain."""
    from screens.poster import Poster

    return " | ".join(said.text for said in app.screen.query_one(Poster).sentences)


def test_the_closing_gives_thanks_and_the_numbers_of_the_day(tmp_path: Path) -> None:
    """At the end stand thanks, the number of ideas and of people; never who said most."""

    async def look() -> None:
        async with wall(tmp_path, people=21) as held:
            await held.go_to("round")
            await held.say(1, "Un birou unic")
            await held.say(2, "Autobuz de noapte")
            await held.go_to("closing")
            assert held.said == f"{held.tr('Thank you!')} | 2 idei\n36 de discuții\n21 de persoane"
            await held.room.do("heads", people=34)
            await held.go_to("closed")
            assert "34 de persoane" in _said(held.app)
            assert "Ionescu" not in held.text

    asyncio.run(look())


def test_a_trial_is_marked_on_every_screen(tmp_path: Path) -> None:
    """Whoever looks at a trial sees calmly that it is one."""

    async def look() -> None:
        async with wall(tmp_path, trial=True) as held:
            for phase in PHASES:
                await held.go_to(phase)
                assert held.rows[0].strip().startswith(held.tr("trial") + " · ")

    asyncio.run(look())


def test_a_window_too_small_says_so_and_keeps_the_clock(tmp_path: Path) -> None:
    """Below 40 by 12 there is the request for a larger window, and the time that is left."""

    async def look() -> None:
        async with wall(tmp_path, size=(39, 11)) as held:
            larger = held.tr("Make the window larger")
            assert larger in held.text
            await held.go_to("round")
            assert larger in held.text
            door = "192.168.1.5:8080 · K7QF"
            assert _said(held.app) == f"{larger} | {door}"
            face = held.app.screen.query_one(BigClock)
            assert face.text == "13:00"
            assert face.face
            assert face.face.picture.height >= 7
            await held.resize((40, 12))
            assert held.app.current_mode == "round"

    asyncio.run(look())


@pytest.mark.parametrize("phase", PHASES)
def test_nothing_is_told_by_colour_alone(tmp_path: Path, phase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colours the same words and the same figures stand on the wall, black and white."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def look() -> None:
        async with wall(tmp_path) as held:
            await held.go_to(phase)
            strips = held.app.screen._compositor.render_strips()
            assert held.app.no_color
            assert widths(held.app) == {80}
            assert len({letter for strip in strips for letter in strip.text}) > 10

    asyncio.run(look())


def test_the_mouse_does_nothing(tmp_path: Path) -> None:
    """Clicks and wheels on the wall change nothing, not even which ideas are seen."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            for number in range(40):
                await held.room.do("send", who="p1", id=f"idea-{number:06}", text=f"Ideea {number}")
            await held.room.do("wall", ideas="all")
            await held.room.do("pause")
            await held.settle()
            before = raster.cells(held.app)[1:]
            await held.pilot.click(Head)
            await held.pilot.click("#strip", offset=(5, 2))
            for _ in range(5):
                wheel = events.MouseScrollDown(None, 10, 15, 0, 1, 0, False, False, False, 10, 15)
                held.app.post_message(wheel)
            await held.settle()
            assert raster.cells(held.app)[1:] == before
            assert held.state.phase == "round"

    asyncio.run(look())


def test_the_three_looks_change_every_screen(tmp_path: Path) -> None:
    """The key t goes through night, day and contrast, and back."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            seen: list[Color] = []
            for _ in range(4):
                seen.append(held.app.screen.styles.background)
                await held.press("t")
            assert len(set(seen)) == 3
            assert seen[0] == seen[3]

    asyncio.run(look())
