"""Somebody's own keys and look, on the wall and in the private view."""

import asyncio
from pathlib import Path

from cafe.cli.chosen import TROUBLE
from screens.keyboard import wished
from screens.private import PrivateApp
from screens.taste import Taste
from tests.screens.room import still, wall

OWN = {"next": ["F9"], "undo": ["n"], "help": ["H", "F12"], "hide": ["X"], "lock": ["F3"], "leave": ["Q"]}


def taste(theme: str = "") -> Taste:
    keyboard, slips = wished(OWN)
    assert not slips
    return Taste(keyboard, theme)


def test_the_wall_obeys_the_keys_that_somebody_chose(tmp_path: Path) -> None:
    """A changed key works, the usual one does not, and lobby, help and sentences name the new one."""

    async def look() -> None:
        async with wall(tmp_path, taste=taste("day")) as held:
            assert held.app.theme == "day"
            assert held.tr("{key} shows the keys", key="H") in held.text
            await held.press("question_mark", "f1")
            assert held.app.current_mode == "lobby"
            await held.press("f9")
            assert held.tr("Press {key} once more: {what}", key="F9", what="") in held.notice
            await held.press("f9")
            assert held.state.phase == "welcome"
            await held.press("n")
            assert held.state.phase == "lobby"
            await held.press("H")
            said = held.text
            await held.press("f12")
            assert "F9" in said + held.text
            await held.press("q", "q")
            assert held.app.is_running
            await held.press("ctrl+q")
            await held.until(lambda: held.tr("{key} leaves, any other key stays.", key="Q") in held.text)

    asyncio.run(look())


def test_the_private_view_obeys_them_too(tmp_path: Path) -> None:
    """Its footer and its sentences have the new keys, and trouble with the settings stands until a key."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            own = Taste(taste().keyboard, trouble=TROUBLE)
            app = PrivateApp(held.room, own, clock=still)
            async with app.run_test(size=(100, 30)) as pilot:
                await pilot.pause()
                shown = {name: str(app.query_one(name).render()) for name in ("#keys", "#present", "#told")}
                assert "F9" in shown["#keys"]
                assert held.tr("Next ({key} {key})", key="F9") in shown["#present"]
                assert held.tr(TROUBLE) in shown["#told"]
                await pilot.press("f9")
                await pilot.pause()
                told = str(app.query_one("#told").render())
                assert held.tr("Press {key} once more: {what}", key="F9", what="") in told
                await pilot.press("f9")
                await pilot.pause()
                assert held.state.phase == "move"
                await pilot.press("n")
                await pilot.pause()
                assert held.state.phase == "round"

    asyncio.run(look())


def test_the_private_view_knows_how_large_the_wall_is(tmp_path: Path) -> None:
    """Whenever the wall's window changes, the private view advises by its new size."""

    async def look() -> None:
        async with wall(tmp_path) as held:
            assert held.room.live.pulse.wall == (80, 24)
            await held.resize((200, 55))
            assert held.room.live.pulse.wall == (200, 55)

    asyncio.run(look())
