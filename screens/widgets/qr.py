"""The join code as a picture that a phone can read from across the room.

Always black on white, whatever the theme; as large as its room allows; whole, or not there at all.
"""

from functools import lru_cache
from typing import NamedTuple

from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from rich.color import Color
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.pixels import Bitmap, placed, strips

BLACK, WHITE = Color.from_rgb(0, 0, 0), Color.from_rgb(255, 255, 255)

_LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
_SWITCHES = (20, 10, 5, 4, 2, 0)
"""How many characters in a row must share an encoding before it is worth a switch: no one number is always best."""
_QUIET = (4, 3, 2)
"""White modules around the code; the standard asks for four, two still read well, one fails from afar."""


class Code(NamedTuple):
    """A QR code: its modules as rows of "1" (black) and "0", without a quiet zone."""

    version: int
    level: str
    modules: tuple[str, ...]


class Picture(NamedTuple):
    """A code as it is painted: `scale` cells to a module's width, `quiet` white modules around it."""

    code: Code
    scale: int
    quiet: int
    bitmap: Bitmap


def _smallest(url: str, level: str) -> tuple[int, int]:
    """The least version that holds `url` at `level`, and the switch that reaches it."""
    found = []
    for switch in _SWITCHES:
        code = QRCode(error_correction=_LEVELS[level], border=0)
        code.add_data(url, optimize=switch)
        try:
            found.append((code.best_fit(start=1), switch))
        except ValueError as beyond_40:
            raise DataOverflowError from beyond_40
    return min(found, key=lambda pair: pair[0])


@lru_cache(maxsize=64)
def encode(url: str, least: str = "M") -> Code:
    """The smallest code for `url` at level `least`, then as tough as it gets without growing.

    Raises qrcode's DataOverflowError when no code holds so much.
    """
    level, (version, switch) = least, _smallest(url, least)
    order = list(_LEVELS)
    for tougher in order[order.index(least) + 1 :]:
        try:
            size, how = _smallest(url, tougher)
        except DataOverflowError:
            break
        if size > version:
            break
        level, switch = tougher, how
    code = QRCode(version=version, error_correction=_LEVELS[level], border=0)
    code.add_data(url, optimize=switch)
    code.make(fit=False)
    return Code(version, level, tuple("".join("1" if dark else "0" for dark in row) for row in code.get_matrix()))


def _framed(code: Code, quiet: int) -> Bitmap:
    side, margin = "0" * quiet, ("0" * (len(code.modules) + 2 * quiet),) * quiet
    return Bitmap((*margin, *(side + row + side for row in code.modules), *margin))


@lru_cache(maxsize=64)
def choose(url: str, width: int, height: int) -> Picture | None:
    """The picture for a room of `width` by `height` cells, or None when no whole one fits.

    Larger modules come first, then the wider quiet zone. At an even scale a module is whole cells of background, which
    no font or line spacing can spoil. Level L is taken only where M has no room at all.
    """
    for least in ("M", "L"):
        try:
            code = encode(url, least)
        except DataOverflowError:
            continue
        room = min(width, 2 * height)
        for scale in range(room // (len(code.modules) + 2 * _QUIET[-1]), 0, -1):
            for quiet in _QUIET:
                if (len(code.modules) + 2 * quiet) * scale <= room:
                    return Picture(code, scale, quiet, _framed(code, quiet).scaled(scale))
    return None


@lru_cache(maxsize=16)
def _painted(picture: Picture) -> tuple[Strip, ...]:
    return strips(picture.bitmap, BLACK, WHITE)


class Qr(Widget):
    """The QR code of `url`, in the middle of its room; empty when it does not fit (see `fits`)."""

    DEFAULT_CSS = """
    Qr { width: 1fr; height: 1fr; }
    """

    url: reactive[str] = reactive("")

    def __init__(self, url: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Qr.url, url)

    @property
    def picture(self) -> Picture | None:
        """What is painted now."""
        return choose(self.url, *self.size) if self.url else None

    @property
    def fits(self) -> bool:
        """There is a whole code to scan; where not, the screen shows address and code in words."""
        return self.picture is not None

    def render_line(self, y: int) -> Strip:
        """One row: white card and black modules, the widget's own background around."""
        width, height = self.size
        picture, around = self.picture, self.rich_style
        if picture is None:
            return Strip.blank(width, around)
        row = y - (height - picture.bitmap.height) // 2
        if not 0 <= row < picture.bitmap.height:
            return Strip.blank(width, around)
        return placed(_painted(picture)[row], (width - picture.bitmap.width) // 2, width, around)
