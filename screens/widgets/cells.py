"""A photograph drawn in cells: each holds two pixels, one above the other, in any terminal with colours."""

import io
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.pixels import HALF, placed


class Cells(Widget):
    """As large as its room allows, in the middle of it; empty without a photograph."""

    DEFAULT_CSS = "Cells { width: 1fr; height: 1fr; background: $background; }"

    def __init__(self) -> None:
        super().__init__()
        self._jpeg: bytes | None = None

    def show(self, jpeg: bytes | None) -> None:
        """Shows a JPEG that the program itself has made, or none."""
        if jpeg != self._jpeg:
            self._jpeg = jpeg
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        (width, height), around = self.size, self.rich_style
        rows = painted(self._jpeg, width, height) if self._jpeg else ()
        row = y - (height - len(rows)) // 2
        if not 0 <= row < len(rows):
            return Strip.blank(width, around)
        return placed(rows[row], (width - rows[row].cell_length) // 2, width, around)


@lru_cache(maxsize=4)
def painted(jpeg: bytes, width: int, height: int) -> tuple[Strip, ...]:
    """The rows of a picture in at most so many cells; it keeps its shape."""
    from PIL import Image, ImageOps  # Slow to load, and most private views show no photograph.

    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as found:
        seen = ImageOps.contain(found.convert("RGB"), (max(1, width), max(2, 2 * height)))
    data, wide = seen.tobytes(), seen.width
    pixels = [Color.from_rgb(*data[at : at + 3]) for at in range(0, len(data), 3)]
    black = [Color.from_rgb(0, 0, 0)] * wide
    rows = [pixels[at : at + wide] for at in range(0, len(pixels), wide)]
    pairs = zip(rows[::2], [*rows[1::2], black], strict=False)
    return tuple(
        Strip([Segment(HALF, Style(color=upper, bgcolor=lower)) for upper, lower in zip(*pair, strict=True)], wide)
        for pair in pairs
    )
