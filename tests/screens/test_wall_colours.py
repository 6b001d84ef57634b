"""Wall and private view in terminals with sixteen colours and with none: every word can be read."""

import asyncio
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual import constants

from screens.private import PAGES, PrivateApp
from screens.themes import THEMES
from tests.screens import raster
from tests.screens.room import Wall, still, wall
from tests.screens.test_widgets_themes import contrast

XTERM = (
    "000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5",
    "7f7f7f", "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff",
)  # fmt: skip
CONSOLE = (
    "000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa",
    "555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff",
)  # fmt: skip
"""The sixteen colours of xterm, and of a console."""

LINES = "━╸╺─▎▁▂▃▅▆▇"
"""What divides or shows where a list stands, and holds no word."""


def unread(app: object, palettes: tuple[tuple[str, ...], ...]) -> set[tuple[str, str, str]]:
    """Letters that cannot be read, with ink and ground; in their own colours where no palette is given."""
    found = set()
    for row in raster.cells(app):  # type: ignore[arg-type]
        for letter, ink, ground, _bold in row:
            if not letter.strip() or letter in LINES:
                continue
            pairs = [(Color.from_rgb(*ink).name, Color.from_rgb(*ground).name)]
            if palettes:
                numbers = [Color.from_rgb(*one).downgrade(ColorSystem.STANDARD).number or 0 for one in (ink, ground)]
                pairs = [(f"#{palette[numbers[0]]}", f"#{palette[numbers[1]]}") for palette in palettes]
            found |= {(letter, front, back) for front, back in pairs if contrast(front, back) < 4.5}
    return found


async def read(held: Wall, palettes: tuple[tuple[str, ...], ...]) -> None:
    """Every word on the wall in each of its looks."""
    for theme in THEMES:
        held.app.theme = theme.name
        await held.settle()
        assert not unread(held.app, palettes), (held.app.showing, theme.name)


@pytest.mark.parametrize("colours", ["sixteen", "none"])
def test_every_word_of_the_wall_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colours: str) -> None:
    """In the lobby, a round, a move, a harvest, the help and what is asked, letters keep 4.5:1 on their ground."""
    palettes = (XTERM, CONSOLE) if colours == "sixteen" else ()
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard" if palettes else "truecolor")
    if not palettes:
        monkeypatch.setenv("NO_COLOR", "1")

    async def look() -> None:
        async with wall(tmp_path, size=(100, 30)) as held:
            assert held.app.theme == ("contrast" if palettes else "night")
            await read(held, palettes)
            await held.go_to("round")
            await held.say(1, "O idee")
            await held.press("plus")  # Its answer is a bar.
            await read(held, palettes)
            await held.go_to("move")
            await read(held, palettes)
            await held.go_to("harvest")
            await read(held, palettes)
            for cover in ("f1", "q", "j"):
                await held.press(cover)
                await read(held, palettes)
                await held.press("x")

    asyncio.run(look())


@pytest.mark.parametrize("colours", ["all", "sixteen", "none"])
def test_every_word_of_the_private_view_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colours: str
) -> None:
    """On each page, and where the bar stands, letters keep 4.5:1; the chosen line is told by more than its colour."""
    palettes = (XTERM, CONSOLE) if colours == "sixteen" else ()
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard" if palettes else "truecolor")
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.say(1, "O idee")
            app = PrivateApp(held.room, clock=still)
            async with app.run_test(size=(110, 34)) as pilot:
                for number in range(1, len(PAGES) + 1):
                    await pilot.press(str(number))
                    for theme in THEMES:
                        app.theme = theme.name
                        await pilot.pause()
                        assert not unread(app, palettes), (number, theme.name)

    asyncio.run(look())
