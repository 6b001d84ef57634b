"""The code on the wall can be scanned, whole and undistorted, in every room that has space for it."""

import asyncio
from itertools import product

import cv2
import numpy as np
import pytest
from textual.app import App, ComposeResult

from screens.themes import THEMES
from screens.widgets.qr import Qr, choose, encode
from tests.screens import raster

URL = "http://192.168.43.17:8080/K7QF"


class Wall(App[None]):
    """A wall that shows nothing but the code."""

    def __init__(self, url: str = URL, theme: str = "night") -> None:
        super().__init__()
        self.url = url
        self.look = theme

    def compose(self) -> ComposeResult:
        yield Qr(self.url)

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.look


def photographed(size: tuple[int, int], theme: str = "night", cell: tuple[int, int] = (8, 16)) -> np.ndarray:
    """The wall as a camera frame."""

    async def run() -> np.ndarray:
        app = Wall(theme=theme)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            return raster.pixels(app, *cell)

    return asyncio.run(run())


@pytest.mark.parametrize("theme", ["night", "day", "contrast"])
@pytest.mark.parametrize("size", [(29, 15), (33, 17), (36, 19), (62, 31), (66, 33), (99, 50), (120, 40)])
def test_a_phone_reads_the_code_in_every_room_and_theme(size: tuple[int, int], theme: str) -> None:
    """Whatever the window's size and the colours, a camera reads the address from the picture of the wall."""
    frame = photographed(size, theme)
    shadowed = cv2.copyMakeBorder(frame, 24, 24, 24, 24, cv2.BORDER_REPLICATE)
    assert cv2.QRCodeDetector().detectAndDecode(shadowed)[0] == URL


@pytest.mark.parametrize("cell", [(8, 15), (8, 19), (10, 24)])
def test_a_phone_reads_the_code_in_terminals_with_other_letters(cell: tuple[int, int]) -> None:
    """Cells that are not exactly twice as high as wide do no harm."""
    assert cv2.QRCodeDetector().detectAndDecode(photographed((62, 31), cell=cell))[0] == URL


@pytest.mark.parametrize(
    ("size", "scale", "quiet"), [((33, 17), 1, 4), ((62, 31), 2, 3), ((66, 33), 2, 4), ((99, 50), 3, 4)]
)
def test_the_code_is_as_large_as_its_room(size: tuple[int, int], scale: int, quiet: int) -> None:
    """Modules grow with the window, and a margin of four stays around them where there is room."""
    picture = choose(URL, *size)
    assert picture
    assert (picture.scale, picture.quiet) == (scale, quiet)


def test_the_picture_holds_exactly_the_code() -> None:
    """Every module is painted once, in its place, with white around it."""
    for width, height in [(29, 15), (33, 17), (62, 31), (99, 50), (200, 55)]:
        picture = choose(URL, width, height)
        assert picture
        rows = picture.bitmap.rows[:: picture.scale]
        inner = [row[:: picture.scale][picture.quiet : -picture.quiet] for row in rows][picture.quiet : -picture.quiet]
        assert tuple(inner) == encode(URL).modules
        assert "1" not in "".join(rows[: picture.quiet] + rows[-picture.quiet :])


def test_at_double_size_no_letter_of_a_font_is_needed() -> None:
    """From scale two on the code is made of coloured cells alone, so that no font can spoil it."""
    picture = choose(URL, 66, 33)
    assert picture
    assert not raster.letters(picture.bitmap)


def test_there_is_never_a_part_of_a_code() -> None:
    """In a room of any size there is either the whole code, or none, and the widget says which."""
    for width, height in product(range(1, 70, 3), range(1, 36, 2)):
        picture = choose(URL, width, height)
        assert (picture is None) == (width < 29 or height < 15)
        assert picture is None or (picture.bitmap.width <= width and picture.bitmap.height <= height)

    async def small() -> None:
        app = Wall()
        async with app.run_test(size=(28, 15)) as pilot:
            await pilot.pause()
            assert not app.query_one(Qr).fits
            assert len({ground for row in raster.cells(app) for _l, _i, ground, _b in row}) == 1

    asyncio.run(small())


def test_only_black_and_white_are_used() -> None:
    """The code is pure black on pure white, never the theme's colours."""

    async def run() -> None:
        app = Wall(theme="day")
        async with app.run_test(size=(33, 17)) as pilot:
            await pilot.pause()
            found = {
                colour for row in raster.cells(app) for _letter, ink, ground, _b in row for colour in (ink, ground)
            }
            assert found == {(0, 0, 0), (255, 255, 255)}

    asyncio.run(run())


def test_every_private_address_stays_small() -> None:
    """For each shape of a private address, port 8080 and any four-letter code, the picture is version 2 at most."""
    figures = ("1", "19", "199")
    nets = [f"10.{a}.{b}.{c}" for a, b, c in product(figures, repeat=3)]
    nets += [f"192.168.{a}.{b}" for a, b in product(figures, repeat=2)]
    nets += [f"172.{n}.{a}.{b}" for n, a, b in product(("16", "31"), figures, figures)]
    for net, code in product(nets, ("K7QF", "2345", "ABCD", "A234", "234A")):
        made = encode(f"http://{net}:8080/{code}")
        assert made.version <= 2
        assert made.level in "MQH"


def test_a_short_address_gets_a_tougher_code() -> None:
    """Where the code does not grow by it, it forgives more dirt on the lens."""
    assert encode("http://10.0.0.5/K7QF").level in "QH"
    assert encode("http://10.0.0.5/K7QF").version == 2


def test_an_address_too_long_for_any_code_is_left_out() -> None:
    """An address of thousands of letters gives no code, and no crash."""
    assert choose("x" * 5000, 200, 55) is None


def test_after_any_resizing_the_wall_is_as_if_freshly_started() -> None:
    """Dragging the window about leaves no trace: the code is chosen anew for each size."""
    seen, fresh = asyncio.run(raster.dragged(Wall(), Wall()))
    assert seen == fresh
