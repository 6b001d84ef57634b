"""What may stand over a phase: darkness, the code, the keys, and the question before leaving."""

import asyncio
from pathlib import Path

import pytest

from cafe.i18n import AVAILABLE
from screens.keyboard import USUAL
from screens.keys import KEYS
from screens.poster import Poster
from tests.screens import raster
from tests.screens.room import Wall, wall
from tests.screens.test_wall_keys import left


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


async def leafed(held: Wall) -> str:
    """The words of all pages of the help, from the first to the last; then it is closed."""
    said = []
    await held.press("question_mark")
    while held.app.current_mode == "help":
        said.append(held.text)
        await held.press("f1")
    return " ".join(said)


def test_help_tells_every_key_in_every_language(tmp_path: Path) -> None:
    """In any language and window the help has each key whole, in sentences or in a word or two, on a few pages."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            for language in AVAILABLE:
                await held.room.do("speak", language=language)
                more = ((50, 14), (120, 34), (200, 55)) if language == "ro" else ()
                for size in ((60, 18), (80, 24), *more):
                    await held.resize(size)
                    said = await leafed(held)
                    for key in USUAL.of("wall"):
                        ways = (key.told,) if size >= (80, 24) else (key.told, key.label)
                        told = (held.tr(way).split() for way in ways)
                        assert any(all(word in said for word in words) for words in told), (language, size, key.action)
                    assert held.app.current_mode == "round"
            assert len(USUAL.of("wall")) < len(KEYS)

    asyncio.run(look())


def test_another_key_closes_the_help_at_once(tmp_path: Path) -> None:
    """On the first of two pages the help says how it goes on; any other key closes it and moves nothing."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("question_mark")
            assert f"1/2 · {held.tr('{key}: more', key='?')}" in held.rows[0]
            await held.press("question_mark")
            assert f"2/2 · {held.tr('any key closes this')}" in held.rows[0]
            await held.press("f1", "question_mark", "n")
            assert held.app.current_mode == "round"
            assert not held.app.desk.armed

    asyncio.run(look())
