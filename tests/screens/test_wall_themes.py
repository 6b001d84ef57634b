"""Themes on the wall: page by page in the harvest, with their ideas; their dots once these are shown."""

import asyncio
from pathlib import Path

from tests.screens.room import Wall, wall
from tests.screens.test_wall_dots import voting

SIZES = ((60, 18), (80, 24), (200, 55))


async def grouped(held: Wall) -> list[str]:
    """Twelve ideas in the harvest: three under one theme, nine under another, dots on two of the first."""
    ids = [await held.say(number, f"Un gând cu numărul {number}") for number in range(12)]
    await held.go_to("harvest")
    await held.room.do("group", ideas=tuple(ids[:3]), name="Locuri [b]deschise")
    await held.room.do("group", ideas=tuple(ids[3:]), name="Bani")
    await held.room.do("ballot", who="p1", id="ballot-0001", dots={ids[2]: 3, ids[1]: 1})
    await held.settle()
    return ids


def test_themes_stand_on_the_wall_page_by_page(tmp_path: Path) -> None:
    """The key g shows one theme after the other with its ideas and how many they are, then the questions again."""

    async def look() -> None:
        async with wall(tmp_path, voting(), size=SIZES[0], began=3) as held:
            await grouped(held)
            for size in SIZES:
                await held.resize(size)
                await held.press("g")
                assert held.app.showing == "theme"
                assert "1 din 2" in held.rows[0]
                assert "3 idei" in held.said
                assert "Un gând cu numărul 1" in held.said
                assert "numărul 7" not in held.said
                assert "●" not in held.said
                assert "Ionescu" not in held.said
                await held.press("g")
                assert "2 din 2" in held.rows[0]
                await held.press("g")
                assert held.app.showing == "harvest"

    asyncio.run(look())


def test_a_theme_has_its_dots_once_they_are_shown(tmp_path: Path) -> None:
    """After v the theme says its dots as shape and number, and its dearest idea comes first; u goes back."""

    async def look() -> None:
        async with wall(tmp_path, voting(), size=(80, 24), began=3) as held:
            ids = await grouped(held)
            await held.press("g", "v")
            await held.passes(5)
            assert "●●●● 4 buline" in held.text
            assert held.said.index("numărul 2") < held.said.index("numărul 1") < held.said.index("numărul 0")
            await held.room.do("stand", id=ids[2], standing="hidden")
            await held.settle()
            assert "numărul 2" not in held.said
            assert "● 1 bulină" in held.text
            await held.press("u", "u", "u")
            assert held.app.showing == "harvest"

    asyncio.run(look())


def test_what_has_no_theme_says_so(tmp_path: Path) -> None:
    """Without a theme g says where one is made, and shows nothing else."""

    async def look() -> None:
        async with wall(tmp_path, size=(120, 34), began=3) as held:
            await held.press("g")
            assert held.notice.startswith("Nu există încă nicio temă")
            assert not held.state.theme_shown

    asyncio.run(look())
