"""The keys of the wall, as the table of keys says: each one, twice where the room would notice, and undo in words."""

import asyncio
from pathlib import Path

import pytest
from textual import events

from cafe.clock import remaining
from cafe.i18n import AVAILABLE
from cafe.rules.programme import fitting
from cafe.wall.words import proposal
from screens.keyboard import USUAL
from screens.keys import HARMLESS
from screens.present import panel
from screens.wall import COVERS
from tests.screens import raster
from tests.screens.room import Wall, wall

MOUSE = (
    events.MouseMove,
    events.MouseDown,
    events.MouseMove,
    events.MouseUp,
    events.Click,
    events.MouseScrollDown,
    events.MouseScrollUp,
)


def left(held: Wall) -> int:
    """Minutes on the clock, to the nearest."""
    return round(remaining(held.state.position.tracks[0].clock, held.room.now()) / 60_000)


def test_every_key_of_the_table_does_something() -> None:
    """The action of each key of the wall is one that the wall knows."""
    own = {*COVERS, "blank", "question", "theme", "lay", "lock"}
    desk = {
        "start",
        "next",
        "back",
        "add",
        "take",
        "fit",
        "undo",
        "ideas",
        "hide",
        "vote",
        "themes",
        "phones",
        "lower",
        "language",
    }
    assert {key.action for key in USUAL.of("wall")} == own | desk | {"address"}


def test_space_starts_what_waits(tmp_path: Path) -> None:
    """Space pressed twice opens the doors; it lets the clock stand and run on, and starts the round after a move."""

    async def look() -> None:
        async with wall(tmp_path) as held:
            await held.press("space")
            assert held.state.phase == "lobby"
            assert held.tr("Press {key} once more: {what}", key=held.tr("space"), what="") in held.notice
            await held.press("space")
            assert held.state.phase == "welcome"
            await held.press("space")
            assert held.state.phase == "welcome"
            assert held.tr("No clock is running; {key} goes on: {what}", key="n", what="Deschiderea") in held.rows[-1]
            await held.go_to("round")
            await held.press("p")
            assert held.state.position.tracks[0].clock.mode == "pause"
            await held.press("space")
            assert held.state.position.tracks[0].clock.mode == "run"
            await held.go_to("move")
            await held.press("space")
            assert held.state.position.tracks[0].clock.mode == "pause"
            await held.press("space")
            await held.passes(125)
            await held.press("space")
            assert held.state.step.endswith("round2")

    asyncio.run(look())


@pytest.mark.parametrize("key", ["n", "right", "pagedown"])
def test_next_wants_two_presses(tmp_path: Path, key: str) -> None:
    """The first press tells what comes, the second goes there; together they are one step."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            step = held.state.step
            await held.press(key)
            assert held.state.step == step
            what = held.tr("changing tables")
            assert held.tr("Press {key} once more: {what}", key="n", what=what) in held.rows[-1]
            await held.press(key)
            assert held.state.phase == "move"

    asyncio.run(look())


@pytest.mark.parametrize("key", ["left", "pageup"])
def test_a_clicker_goes_back(tmp_path: Path, key: str) -> None:
    """Back, twice, is the step before; once something else was done it says so and names undo."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("n", "n")
            await held.press(key)
            assert held.state.phase == "move"
            what = held.tr("Back in: {where}", where="")
            assert what in held.rows[-1]
            await held.press(key)
            assert held.state.phase == "round"
            await held.press("plus", key)
            assert held.tr("Something was done since then; {key} takes it back", key="u") in held.rows[-1]
            await held.press(key)
            assert left(held) == 14

    asyncio.run(look())


def test_a_locked_wall_keeps_its_pace(tmp_path: Path) -> None:
    """The lock leaves start, blank and code; every other key only says how to unlock, also over a dark wall."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("L")
            locked = held.tr("The keys are locked; {key} unlocks them", key="L")
            private = held.tr("The wall's keys are locked")
            assert private in panel(held.tr, held.state, held.room.live.pulse, held.room.now()).plain
            assert locked in held.rows[-1]
            before = held.state.rev
            for key in ("n", "n", "plus", "q", "ctrl+q", "u", "l", "f1", "1"):
                await held.press(key)
                assert held.app.current_mode == "round"
                assert locked in held.rows[-1]
            assert held.state.rev == before
            await held.press("space")
            assert held.state.position.tracks[0].clock.mode == "pause"
            await held.press("j", "n")
            assert held.app.current_mode == "join"
            await held.press("j", "b", "n")
            assert held.app.current_mode == "blank"
            await held.press("b", "L")
            assert held.tr("The keys work again") in held.rows[-1]
            assert private not in panel(held.tr, held.state, held.room.live.pulse, held.room.now()).plain
            await held.press("n", "n")
            assert held.state.phase == "move"

    asyncio.run(look())


def test_the_mouse_changes_nothing(tmp_path: Path) -> None:
    """Clicks, double clicks, the wheel and dragging leave the wall and the café as they were."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.room.do("pause")
            await held.settle()
            for mode, key in (("round", None), ("join", "j"), ("help", "question_mark"), ("blank", "b")):
                await held.press(*([key] if key else []))
                before, rev = raster.cells(held.app)[1:], held.state.rev
                await held.pilot.click(offset=(40, 12), times=2)
                for kind in MOUSE:  # As a terminal tells them, which the line before does not.
                    held.app.post_message(kind(None, 9, 9, 0, 0, 1, False, False, False, 9, 9))
                await held.settle()
                assert held.app.current_mode == mode
                assert raster.cells(held.app)[1:] == before, mode
                assert held.state.rev == rev
                await held.press(*(["n"] if key else []))

    asyncio.run(look())


def test_an_armed_key_forgets_after_three_seconds(tmp_path: Path) -> None:
    """A second press that comes late is a first one; so is one after another key, or after the step has changed."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("n")
            held.clock += 3.1
            await held.press("n")
            assert held.state.phase == "round"
            await held.press("plus", "n")
            assert held.state.phase == "round"
            await held.go(1)
            await held.press("n")
            assert held.state.phase == "move"

    asyncio.run(look())


def test_minutes_are_given_and_taken(tmp_path: Path) -> None:
    """Plus and minus change the clock by a minute and say what is left."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("plus")
            assert left(held) == 14
            assert held.tr("One minute more") in held.rows[-1]
            await held.press("up", "equals_sign", "minus", "down", "underscore", "minus")
            assert left(held) == 12
            assert held.tr("One minute less") in held.rows[-1]

    asyncio.run(look())


def test_fit_is_shown_before_it_is_taken(tmp_path: Path) -> None:
    """The first press tells the rounds that would fit into the planned end; the second takes them."""

    async def look() -> None:
        async with wall(tmp_path, began=3, at="11:27") as held:
            await held.press("f")
            fitted = fitting(held.state, held.room.now())
            assert fitted is not None
            assert proposal(held.tr, fitted, held.room.now()) in held.rows[-1]
            assert left(held) == 13
            await held.press("f")
            assert left(held) < 13
            assert held.state.position.tracks[0].rounds == 3
            await held.press("f")
            assert held.tr("It fits already.") in held.rows[-1]

    asyncio.run(look())


def test_undo_says_what_was_taken_back(tmp_path: Path) -> None:
    """Each undo takes one action back and says what is so again; with none left it says so."""

    async def look() -> None:
        async with wall(tmp_path) as held:
            await held.press("u")
            assert held.tr("There is nothing to take back.") in held.rows[-1]
            await held.go_to("round")
            await held.press("plus", "p")
            await held.press("u")
            assert held.tr("The clock runs on as if there had been no pause") in held.rows[-1]
            await held.press("ctrl+z")
            assert held.tr("The clock has the time it had before") in held.rows[-1]
            assert left(held) == 13
            await held.press("u")
            assert held.state.phase == "talk"
            assert held.tr("Back in: {where}", where="Deschiderea") in held.rows[-1]

    asyncio.run(look())


def test_the_newest_idea_can_be_hidden(tmp_path: Path) -> None:
    """The key h takes the newest idea off the wall without repeating its words; u brings it back."""

    async def look() -> None:
        async with wall(tmp_path, began=3, size=(120, 34)) as held:
            await held.press("h")
            assert held.tr("No idea stands on the wall") in held.rows[-1] + held.rows[-2]
            await held.say(1, "Prima")
            await held.say(2, "Nepotrivita")
            await held.press("h")
            assert "Nepotrivita" not in held.text
            assert "Prima" in held.text
            await held.press("u")
            assert "Nepotrivita" in held.text

    asyncio.run(look())


def test_what_clickers_and_habits_send_does_nothing(tmp_path: Path) -> None:
    """F5, Esc, Enter, Tab and Ctrl+C leave wall and café as they were, and show no hint."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.room.do("pause")
            await held.settle()
            before, step = raster.cells(held.app)[1:], held.state.rev
            for key in (*HARMLESS, "shift+tab", "ctrl+p", "x", "ș"):
                await held.press(key)
                assert raster.cells(held.app)[1:] == before, key
            assert held.state.rev == step
            assert held.app.is_running

    asyncio.run(look())


def test_a_window_too_small_moves_nothing(tmp_path: Path) -> None:
    """Where nothing can be read, no key does anything to the café."""

    async def look() -> None:
        async with wall(tmp_path, size=(39, 11), began=3) as held:
            before = held.state.rev
            await held.press("n", "n", "f", "f", "space", "plus", "u")
            assert held.state.rev == before

    asyncio.run(look())


def test_the_end_is_told_whole_before_it_comes(tmp_path: Path) -> None:
    """In the last block the first press says that the café ends for good, to the last word."""

    async def look() -> None:
        async with wall(tmp_path) as held:
            await held.go_to("closing")
            await held.press("n")
            assert not held.state.closed
            what = "the café ends: no more ideas, and who wrote what is forgotten. This cannot be taken back"
            assert held.tr(what) in held.text

    asyncio.run(look())


def test_the_language_goes_round(tmp_path: Path) -> None:
    """The key l speaks the next language, on every screen, and comes back to the first."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            spoken = []
            for _ in (*AVAILABLE, "the first again"):
                spoken.append((held.state.language, held.rows[0]))
                await held.press("l")
            assert [language for language, _ in spoken] == [*AVAILABLE, AVAILABLE[0]]
            assert "round 1 of 3" in dict(spoken)["en"]

    asyncio.run(look())
