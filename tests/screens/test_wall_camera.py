"""The code in the lobby is read by a camera: from any window, theme and terminal, from afar and from the side."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from rich.color import Color, ColorSystem

from screens.themes import THEMES
from screens.widgets.qr import Qr
from tests.screens import camera, raster
from tests.screens.room import CODE, URL, Wall, wall

JOIN = f"{URL}/{CODE}"
SIZES = ((60, 18), (80, 24), (120, 34), (160, 45), (200, 55))
CELLS = ((8, 15), (8, 16), (8, 19))
NEAR = 5
"""Pixels of a camera for a module, from a middle row; and from the last one, as many as are needed at all:"""
FAR = 3


def module(held: Wall) -> int:
    """Pixels that a module of the code is wide in a picture of the wall."""
    picture = held.app.screen.query_one("#cafe Qr", Qr).picture
    assert picture is not None
    return 8 * picture.scale


def seen(frame: np.ndarray, module: int) -> dict[str, np.ndarray]:
    """What becomes of the picture on its way to a camera."""
    near = camera.smaller(frame, NEAR / module)
    return {
        "straight": frame,
        "from afar": camera.smaller(frame, FAR / module),
        "out of focus": camera.blurred(near, 0.3 * NEAR),
        "from the side": camera.aslant(near),
        "in a bright room": camera.washed(near),
        "all of it": camera.washed(camera.blurred(camera.aslant(near), 0.2 * NEAR)),
    }


def unread(held: Wall, cell: tuple[int, int] = (8, 16)) -> list[str]:
    """In which ways the code is not read."""
    frame = raster.pixels(held.app, *cell)
    return [how for how, picture in seen(frame, module(held)).items() if camera.scanned(picture) != JOIN]


def ground(held: Wall) -> set[tuple[raster.Rgb, raster.Rgb]]:
    """The colours in which the code is painted."""
    x, y, width, height = held.app.screen.query_one("#cafe Qr").region
    rows = raster.cells(held.app)[y : y + height]
    return {(ink, paper) for row in rows for _letter, ink, paper, _bold in row[x : x + width]}


@pytest.mark.parametrize("colours", ["all", "none"])
def test_a_camera_reads_the_code_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colours: str
) -> None:
    """At five sizes and in three themes, with colours or without, the code is read straight, from afar, out of focus,
    from the side and in a bright room; and in terminals whose cells are not twice as high as wide.
    """
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")

    async def look() -> None:
        async with wall(tmp_path) as held:
            assert held.app.no_color == (colours == "none")
            for size in SIZES:
                await held.resize(size)
                for cell in CELLS:
                    assert not unread(held, cell), (size, cell)
                painted = ground(held)
                for theme in THEMES[1:] if colours == "all" else ():
                    held.app.theme = theme.name
                    await held.settle()
                    assert ground(held) == painted, (size, theme.name)
                    assert camera.scanned(raster.pixels(held.app)) == JOIN, (size, theme.name)
                held.app.theme = THEMES[0].name

    asyncio.run(look())


def test_sixteen_colours_are_enough(tmp_path: Path) -> None:
    """What a terminal of sixteen or of 256 colours makes of the code is black and white all the same."""

    async def look() -> None:
        async with wall(tmp_path) as held:
            for colour in {one for pair in ground(held) for one in pair}:
                assert colour in ((0, 0, 0), (255, 255, 255))
                for system in (ColorSystem.STANDARD, ColorSystem.EIGHT_BIT):
                    assert tuple(Color.from_rgb(*colour).downgrade(system).get_truecolor()) == colour

    asyncio.run(look())


def test_where_no_code_fits_there_are_address_and_letters(tmp_path: Path) -> None:
    """In the smallest window there is no part of a code, but what can be typed instead."""

    async def look() -> None:
        async with wall(tmp_path, size=(40, 12)) as held:
            assert not held.app.screen.query_one("#cafe").display
            assert "192.168.1.5:8080" in "\n".join(held.rows[1:])
            assert CODE in "\n".join(held.rows[1:])

    asyncio.run(look())
