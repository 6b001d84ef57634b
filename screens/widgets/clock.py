"""The big clock: minutes and seconds as large as their room, standing still while they run.

It shows the text that it is given; it knows no time, and a timer runs only while it flashes.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.digits import bitmap
from screens.widgets.fence import say
from screens.widgets.letters import typeset
from screens.widgets.pixels import Bitmap, placed, strips

__all__ = ["BigClock", "bitmap", "face"]

TURN, TURNS = 0.4, 6
"""Seconds between two turns from dark to light or back, and how many there are: three flashes within three seconds, of
which WCAG 2.3.1 allows three in each. Only the clock turns, and no colour of it is a saturated red.
"""

_UNIT = 0.4  # a unit's height, as a share of the digits'


class Face(NamedTuple):
    """What the clock paints: the digits, perhaps with the unit beside them, and what is left to say in plain text."""

    picture: Bitmap
    words: str


@lru_cache(maxsize=256)
def face(text: str, unit: str, width: int, height: int, reserve: str = "") -> Face | None:
    """The digits of `text` and, on their base line, a smaller `unit` ("min"), in plain text where room is short.

    None when even the smallest digits do not fit.
    """
    for tall in range(height, 4, -1) if unit else ():
        word = typeset(unit, width // 2, round(tall * _UNIT))
        gap = max(2, tall // 3)
        digits = bitmap(text, width - gap - word.width, tall, reserve) if word else None
        if digits and word and len(word.rows) <= len(digits.rows):
            right = ("0" * word.width,) * (len(digits.rows) - len(word.rows)) + word.rows
            return Face(Bitmap(tuple(a + "0" * gap + b for a, b in zip(digits.rows, right, strict=True))), "")
    words = f" {unit}" if unit else ""
    digits = bitmap(text, width - cell_len(words), height, reserve)
    return Face(digits, words) if digits else None


class BigClock(Widget):
    """`text` ("12:05", "+1:07", "13") in its style's `color`, in the middle of its room, with an optional `unit`.

    `reserve` is the widest text to come ("00:00"): the digits keep the size that has room for it.
    """

    DEFAULT_CSS = """
    BigClock { width: 1fr; height: 1fr; }
    BigClock.-flash { background: $foreground; color: $background; }
    """

    text: reactive[str] = reactive("")
    unit: reactive[str] = reactive("")
    reserve: reactive[str] = reactive("")

    def __init__(
        self,
        text: str = "",
        *,
        unit: str = "",
        reserve: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._turns = 0
        self.set_reactive(BigClock.text, text)
        self.set_reactive(BigClock.unit, unit)
        self.set_reactive(BigClock.reserve, reserve)

    @property
    def face(self) -> Face | None:
        """The drawn digits; None when plain text stands for them."""
        return face(self.text, self.unit, *self.size, self.reserve)

    def flash(self) -> None:
        """Turns light and dark, and is as it was after `TURNS` turns."""
        if not self._turns:
            self._turns = TURNS
            self.set_timer(TURN, self._turn)

    def _turn(self) -> None:
        """Each turn waits for the one before, so that a busy laptop makes them slower, never faster."""
        self._turns -= 1
        self.set_class(self._turns % 2 == 1, "-flash")
        if self._turns:
            self.set_timer(TURN, self._turn)

    def render_line(self, y: int) -> Strip:
        """One row of the digits, or the time as plain bold text."""
        width, height = self.size
        around = self.rich_style
        drawn = self.face
        tall = drawn.picture.height if drawn else 1
        row = y - (height - tall) // 2
        if not 0 <= row < tall or around.color is None or around.bgcolor is None:
            return Strip.blank(width, around)
        words = drawn.words if drawn else f"{self.text} {self.unit}".strip()
        said = Strip(say(words, "bold", lines=False).truncate(width).render_segments(self.visual_style))
        if drawn:
            digits = strips(drawn.picture, around.color, around.bgcolor)[row]
            said = Strip.join([digits, said if row == tall - 1 else Strip.blank(said.cell_length, around)])
        return placed(said, (width - said.cell_length) // 2, width, around)
