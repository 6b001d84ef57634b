"""Grouping ideas in the private view: marks in the list of ideas, and the page of themes."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from cafe.i18n import translator
from cafe.remote import Remote
from cafe.room import Room
from screens.choice import Choice
from screens.grouped import Grouped
from screens.line import Line
from tests.screens.test_private import rows as ideas
from tests.screens.test_private import until, view


def rows(pilot: Pilot[None]) -> list[str]:
    listed = pilot.app.query_one(Grouped)
    return [str(listed.get_option_at_index(n).prompt) for n in range(listed.option_count)]


def told(pilot: Pilot[None]) -> str:
    return str(pilot.app.query_one("#told", Static).content)


async def typed(pilot: Pilot[None], words: str) -> None:
    """Types the name that is asked for, over what stands there."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Line))
    await pilot.press("ctrl+u", *words, "enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, Line))


async def three(room: Room, pilot: Pilot[None]) -> None:
    """Two of the three ideas are under one theme, the oldest under another."""
    await until(pilot, lambda: len(ideas(pilot)) == 3)
    await pilot.press("k", "k")
    await until(pilot, lambda: sum("◆" in row for row in ideas(pilot)) == 2)
    await pilot.press("g")
    await typed(pilot, "Bani")
    await until(pilot, lambda: len(room.state.themed) == 2)
    await until(pilot, lambda: sum("Bani" in row for row in ideas(pilot)) == 2)
    assert not any("◆" in row for row in ideas(pilot))
    await pilot.press("g")
    await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
    await pilot.press("2")
    await typed(pilot, "Timp")
    await until(pilot, lambda: len(room.state.themes) == 2)


def test_marked_ideas_come_under_a_theme(tmp_path: Path) -> None:
    """The key k marks, g asks for the theme, the list says under which one each idea is, and u takes it back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await three(room, pilot)
        assert sorted(room.state.themes.values()) == ["Bani", "Timp"]
        await pilot.press("u")
        await until(pilot, lambda: len(room.state.themes) == 1)
        await until(
            pilot, lambda: pilot.app.tr("The theme is gone again; its ideas are where they were") in told(pilot)
        )  # type: ignore[attr-defined]

    view(tmp_path, script, size=(80, 24))


@pytest.mark.parametrize("size", [(80, 24), (200, 55)])
def test_themes_have_a_page_of_their_own(tmp_path: Path, size: tuple[int, int]) -> None:
    """There they are named anew, merged and taken away, and an idea is taken out; Enter puts one on the wall. What is
    chosen stays chosen when the list changes.
    """

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await three(room, pilot)
        await pilot.press("7")
        await until(pilot, lambda: pilot.app.focused is pilot.app.query_one(Grouped))
        await until(pilot, lambda: len(rows(pilot)) == 5)
        await pilot.press("e")
        await typed(pilot, "Bani mici")
        await until(pilot, lambda: room.state.themes[1] == "Bani mici")
        while room.state.phase != "harvest":
            await room.do("next", step=room.state.step)
        await until(pilot, lambda: remote.state.phase == "harvest")
        await pilot.press("enter")
        await until(pilot, lambda: room.state.theme_shown == 1)
        await pilot.press("enter")
        await until(pilot, lambda: room.state.theme_shown == 0)
        await pilot.press("down", "x")
        await until(pilot, lambda: len(room.state.themed) == 2)
        await until(pilot, lambda: len(rows(pilot)) == 4)
        chosen = pilot.app.query_one(Grouped).chosen
        await pilot.press("u")
        await until(pilot, lambda: len(rows(pilot)) == 5)
        assert pilot.app.query_one(Grouped).chosen == chosen != (1, "")
        await pilot.press("home", "g")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("1")
        await until(pilot, lambda: dict(room.state.themes) == {2: "Timp"})
        assert set(room.state.themed.values()) == {2}
        await until(pilot, lambda: len(rows(pilot)) == 4)
        await pilot.press("home", "x")
        await until(pilot, lambda: not room.state.themes)
        assert len([*room.state.newest()]) == 3
        await until(pilot, lambda: not rows(pilot))

    view(tmp_path, script, size=size)


def test_each_key_says_what_it_would_act_on(tmp_path: Path) -> None:
    """On the page of themes without a theme its keys say that there is none, and k without an idea to choose one."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        tr = translator("ro")
        await pilot.press("7")
        await until(pilot, lambda: pilot.app.focused is pilot.app.query_one(Grouped))
        for key in ("enter", "e", "g", "x"):
            pilot.app.tell("")  # type: ignore[attr-defined]
            await pilot.press(key)
            await until(pilot, lambda: told(pilot) == tr("There is no theme yet."))
        await pilot.press("1")
        await until(pilot, lambda: len(ideas(pilot)) == 3)
        await pilot.press("slash", *"zzz", "enter")
        await until(pilot, lambda: not ideas(pilot))
        await pilot.press("k")
        await until(pilot, lambda: told(pilot) == tr("Choose an idea first."))

    view(tmp_path, script)
