"""A picture of the wall without a terminal: what the compositor would send, painted cell by cell.

Block characters are painted as rectangles, as a good terminal does; other letters with the first monospaced font that
is found, else as a bar, which is enough for every test.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rich.cells import split_graphemes
from rich.color import Color
from textual.app import App

from screens.widgets.pixels import Bitmap, strips

_UL, _UR, _LL, _LR = (0, 0, 4, 4), (4, 0, 8, 4), (0, 4, 4, 8), (4, 4, 8, 8)
_BLOCKS = {
    "█": ((0, 0, 8, 8),), "▀": ((0, 0, 8, 4),), "▄": ((0, 4, 8, 8),), "▌": ((0, 0, 4, 8),), "▐": ((4, 0, 8, 8),),
    "▎": ((0, 0, 2, 8),), "━": ((0, 3, 8, 5),), "─": ((0, 4, 8, 5),),
    "▘": (_UL,), "▝": (_UR,), "▖": (_LL,), "▗": (_LR,), "▚": (_UL, _LR), "▞": (_UR, _LL),
    "▛": (_UL, _UR, _LL), "▜": (_UL, _UR, _LR), "▙": (_UL, _LL, _LR), "▟": (_UR, _LL, _LR),
}  # fmt: skip
_FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono{bold}.ttf"
Rgb = tuple[int, int, int]
Cell = tuple[str, Rgb, Rgb, bool]


def _rgb(triplet: tuple[int, int, int]) -> Rgb:
    red, green, blue = triplet
    return red, green, blue


def cells(app: App[object]) -> list[list[Cell]]:
    """The screen as rows of (letter, ink, ground, bold); a wide letter is followed by an empty one."""
    grid = []
    for strip in app.screen._compositor.render_strips():
        row: list[Cell] = []
        for text, style, _control in strip:
            ink = ground = None
            bold = reverse = False
            if style is not None:
                ink, ground = style.color, style.bgcolor
                bold, reverse = bool(style.bold), bool(style.reverse)
            front = _rgb(ink.get_truecolor()) if ink else (255, 255, 255)
            back = _rgb(ground.get_truecolor()) if ground else (0, 0, 0)
            if reverse:
                front, back = back, front
            for start, end, width in split_graphemes(text)[0]:
                row += [(text[start:end], front, back, bold)] * min(width, 1) + [("", front, back, bold)] * (width - 1)
        grid.append(row)
    return grid


def said(grid: list[list[Cell]]) -> list[str]:
    """The letters of such rows, blanks at the end cut."""
    return ["".join(letter for letter, *_look in row).rstrip() for row in grid]


def words(app: App[object]) -> list[str]:
    """The letters of the screen, row by row, blanks at the end cut."""
    return said(cells(app))


async def dragged(
    app: App[None], other: App[None], last: tuple[int, int] = (80, 24)
) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """The screen of an app whose window was dragged about and has this size at last, and of one that begins with it."""
    async with app.run_test(size=(80, 24)) as pilot:
        for size in [(200, 55), (40, 12), (80, 24), last]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        seen = cells(app)
    async with other.run_test(size=last) as pilot:
        await pilot.pause()
        return seen, cells(other)


def picture(app: App[object], width: int = 8, height: int = 16) -> Image.Image:
    """The screen as an image, each cell `width` by `height` pixels."""
    grid = cells(app)
    image = Image.new("RGB", (max(map(len, grid)) * width, len(grid) * height))
    draw = ImageDraw.Draw(image)
    faces = {}
    for bold in (False, True):
        path = Path(_FONTS.format(bold="-Bold" if bold else ""))
        faces[bold] = ImageFont.truetype(path, round(height * 0.8)) if path.exists() else None
    for y, row in enumerate(grid):
        for x, (_letter, _ink, ground, _bold) in enumerate(row):
            draw.rectangle((x * width, y * height, (x + 1) * width - 1, (y + 1) * height - 1), fill=ground)
        for x, (letter, ink, _ground, bold) in enumerate(row):
            left, top = x * width, y * height
            if letter in _BLOCKS:
                for a, b, c, d in _BLOCKS[letter]:
                    right, bottom = left + c * width // 8 - 1, top + d * height // 8 - 1
                    draw.rectangle((left + a * width // 8, top + b * height // 8, right, bottom), fill=ink)
            elif letter.strip():
                if faces[bold]:
                    draw.text((left, top + height * 0.78), letter, fill=ink, font=faces[bold], anchor="ls")
                else:
                    draw.rectangle((left + 1, top + 3, left + width - 2, top + height - 4), fill=ink)
    return image


def pixels(app: App[object], width: int = 8, height: int = 16) -> np.ndarray:
    """The same image as an array, as OpenCV takes it."""
    return np.asarray(picture(app, width, height))[:, :, ::-1].copy()


def letters(bitmap: Bitmap) -> str:
    """The letters of a font that it needs; none when ink and paper change only between cells."""
    painted = strips(bitmap, Color.parse("#ffffff"), Color.parse("#000000"))
    return "".join(strip.text for strip in painted).replace(" ", "")
