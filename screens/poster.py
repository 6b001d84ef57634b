"""A few sentences as a poster: each as large as it may be, all of them whole, in the middle of their room."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.wall.lines import Line, Look
from screens.widgets.fence import say, shown
from screens.widgets.letters import typeset
from screens.widgets.pixels import Bitmap, placed, strips

SMALLEST = 4
"""The rows that a line of drawn letters needs; below that, plain text."""


class Said(NamedTuple):
    """A sentence, how it looks, how many rows a line of it may take (1: plain text), and blank rows before it."""

    text: str
    look: Look = "plain"
    tallest: int = 1
    gap: int = 0


def sized(lines: Iterable[Line], **sizes: tuple[int, int]) -> tuple[Said, ...]:
    """Sentences with the rows that a line of each voice may take, and the blank rows before it."""
    return tuple(Said(*line, *sizes[line.look]) for line in lines)


class Sized(NamedTuple):
    """A sentence with its size: a picture, or lines of plain text."""

    said: Said
    picture: Bitmap | None
    lines: int

    @property
    def height(self) -> int:
        return self.picture.height if self.picture else self.lines


@lru_cache(maxsize=512)
def _sized(said: Said, width: int, tallest: int, align: str) -> Sized:
    picture = typeset(shown(said.text), width, 200, align, tallest) if tallest >= SMALLEST else None
    return Sized(said, picture, len(say(said.text).wrap(max(1, width))) if said.text else 0)


def fitted(sentences: tuple[Said, ...], width: int, height: int, align: str = "left") -> list[Sized]:
    """The sentences at sizes with which all of them fit `width` by `height`; the largest gives way first.

    What is said in a quiet voice is left out when even plain text is too much.
    """
    sizes = [min(said.tallest, height) for said in sentences]
    gaps = [said.gap for said in sentences]
    while True:
        found = [_sized(said, width, size, align) for said, size in zip(sentences, sizes, strict=True)]
        if sum(one.height for one in found) + sum(gaps) <= height:
            break
        if any(gap > 1 for gap in gaps):
            gaps = [min(gap, max(gaps) - 1) for gap in gaps]
        elif (largest := max(sizes, default=1)) > 1:
            at = max((i for i, size in enumerate(sizes) if size == largest), key=lambda i: found[i].height)
            sizes[at] = largest - 1 if largest > SMALLEST else 1
        elif any(gaps):
            gaps = [0] * len(gaps)
        elif any(one.look == "quiet" for one in sentences):
            last = max(i for i, one in enumerate(sentences) if one.look == "quiet")
            return fitted(sentences[:last] + sentences[last + 1 :], width, height, align)
        else:
            break
    spare = height - sum(one.height for one in found) - sum(gaps)
    for at, one in enumerate(found):
        # Large letters want more air; it is given where rows are left.
        airy = sentences[at].gap and sentences[at].gap + min(2, one.height // 8)
        more = max(0, min(airy - gaps[at], spare)) if at else 0
        gaps[at], spare = gaps[at] + more, spare - more
    return [one._replace(said=one.said._replace(gap=gap)) for one, gap in zip(found, gaps, strict=True)]


class Sentences(Widget):
    """Sentences one below the other; `text-align` and `content-align-vertical` are those of its style."""

    DEFAULT_CSS = """
    Sentences {
        width: 1fr; height: 1fr; content-align-vertical: middle;
        & .poster--accent { color: $accent; text-style: bold; }
        & .poster--good { color: $text-success; text-style: bold; }
        & .poster--quiet { color: $text-muted; }
        & .poster--plain { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"poster--accent", "poster--quiet", "poster--plain", "poster--good"}  # noqa: RUF012

    sentences: reactive[tuple[Said, ...]] = reactive(())

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)

    def render_line(self, y: int) -> Strip:
        """One row of what is said."""
        width, height = self.size
        around = self.rich_style
        rows = self._rows()
        align = self.styles.content_align_vertical
        row = y - {"top": 0, "bottom": height - len(rows)}.get(align, max(0, (height - len(rows)) // 2))
        if not 0 <= row < len(rows):
            return Strip.blank(width, around)
        line = rows[row]
        left = (width - line.cell_length) // 2 if self.styles.text_align == "center" else 0
        return placed(line, left, width, around)

    def _rows(self) -> list[Strip]:
        width, height = self.size
        rows: list[Strip] = []
        for said, picture, _lines in fitted(self.sentences, width, height, self.styles.text_align):
            look = f"poster--{said.look}"
            rich = self.get_component_rich_style(look)
            rows += [Strip.blank(0)] * (said.gap if rows else 0)
            if picture and rich.color and rich.bgcolor:
                rows += strips(picture, rich.color, rich.bgcolor)
            else:
                style = self.get_visual_style(look)
                rows += [Strip(line.rstrip().render_segments(style)) for line in say(said.text).wrap(max(1, width))]
        return rows


class Poster(Sentences):
    """What a screen says in its body."""


class Telling(Sentences):
    """What the facilitator tells the room, below any body."""
