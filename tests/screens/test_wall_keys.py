"""The keys of the wall, as the table of keys says: each one, twice where the room would notice, and undo in words."""

import asyncio
from pathlib import Path

import pytest

from cafe.clock import remaining
from cafe.i18n import AVAILABLE
from cafe.rules.programme import fitting
from cafe.wall.words import proposal
from screens.keys import HARMLESS, KEYS, keys_of
from screens.poster import Poster
from screens.wall import COVERS, WallApp
from tests.screens import raster
from tests.screens.room import Wall, wall


def left(held: Wall) -> int:
    """Minutes on the clock, to the nearest."""
    return round(remaining(held.state.position.tracks[0].clock, held.room.now()) / 60_000)


def test_every_key_of_the_table_does_something() -> None:
    """Each key of the wall is bound, and its action is one that the wall knows."""
    own = {*COVERS, "blank", "question", "theme", "lay"}
    bound = {binding.key for binding in WallApp.BINDINGS}
    for key in keys_of("wall"):
        assert set(key.keys) <= bound
    assert set(HARMLESS) <= bound
    desk = {"start", "next", "add", "take", "fit", "undo", "ideas", "hide", "vote", "phones", "lower", "language"}
    assert {key.action for key in keys_of("wall")} == own | desk | {"address"}


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
            assert held.tr("No clock is running; n goes on: {what}", what="Deschiderea") in held.rows[-1]
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


def test_an_armed_key_forgets_after_three_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second press that comes late is a first one; so is one after another key, or after the step has changed."""
    from screens import wall as module

    real, ahead = module.time.monotonic, [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: real() + ahead[0])

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("n")
            ahead[0] += 3.1
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


def test_a_dark_wall_comes_back_with_any_key(tmp_path: Path) -> None:
    """Blank shows nothing at all; the key that brings the wall back does nothing else."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            for blank, back in (("b", "n"), ("full_stop", "z"), ("b", "f5"), ("b", "b"), ("b", "plus")):
                await held.press(blank)
                assert held.text == ""
                assert len({ground for row in raster.cells(held.app) for _l, _i, ground, _b in row}) == 1
                await held.press(back)
                assert held.app.current_mode == "round"
            assert left(held) == 13

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


@pytest.mark.parametrize("cover", ["j", "question_mark", "b"])
def test_what_covers_the_wall_takes_every_key(tmp_path: Path, cover: str) -> None:
    """While code, keys or darkness stand over the wall, a key takes them away and moves nothing."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            before = held.state.rev
            for key in ("n", "space", "plus", "minus", "f", "u", "i", "h", "l"):
                await held.press(cover)
                assert held.app.current_mode != "round"
                await held.press(key)
                assert held.app.current_mode == "round"
                assert not held.app.desk.armed
            assert held.state.rev == before

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


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
def test_leaving_asks_first(tmp_path: Path, key: str) -> None:
    """One press asks, another key stays, a second press leaves."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press(key)
            assert held.app.screen.query_one(Poster).sentences[0].text == held.tr("Leave?")
            await held.press("enter")
            assert held.app.current_mode == "round"
            await held.press(key)
            await held.pilot.press(key)
            await held.pilot.pause()
            assert not held.app.is_running or held.app._exit

    asyncio.run(look())


@pytest.mark.parametrize("size", [(50, 14), (60, 18)])
def test_help_is_short_where_room_is_short(tmp_path: Path, size: tuple[int, int]) -> None:
    """In a small window each key is told in a word or two, so that none is missing."""

    async def look() -> None:
        async with wall(tmp_path, size=size, began=3) as held:
            await held.press("question_mark")
            for key in keys_of("wall"):
                assert all(word in held.text for word in held.tr(key.label).split())

    asyncio.run(look())


@pytest.mark.parametrize("size", [(80, 24), (120, 34), (200, 55)])
def test_help_tells_every_key(tmp_path: Path, size: tuple[int, int]) -> None:
    """The help lists what each key of the wall does, in the wall's language; any key closes it."""

    async def look() -> None:
        async with wall(tmp_path, size=size, began=3) as held:
            await held.press("question_mark")
            for key in keys_of("wall"):
                assert all(word in held.text for word in held.tr(key.told).split())
            assert len(keys_of("wall")) < len(KEYS)
            await held.press("f1")
            assert held.app.current_mode == "round"

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
