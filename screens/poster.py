"""A few sentences as a poster: each as large as it may be, all of them whole, in the middle of their room."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cafe.wall.lines import Line, Look
from screens.widgets import letters
from screens.widgets.fence import say, shown
from screens.widgets.pixels import Bitmap, placed, strips


class Said(NamedTuple):
    """A sentence, how it looks, its size at the most (rows of a line; 0: plain text), and blank rows before it."""

    text: str
    look: Look = "plain"
    tallest: int = letters.PLAIN
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
    text = shown(said.text)
    pictures = (letters.sized(text, width, size, align) for size in range(tallest, letters.PLAIN, -1))
    picture = next(filter(None, pictures), None)  # A word that is too long for the width asks for smaller letters.
    return Sized(said, picture, len(say(said.text).wrap(max(1, width))) if said.text else 0)


def _gaps(sentences: tuple[Said, ...], sizes: list[int]) -> list[int]:
    """Blank rows before each sentence at the least: the larger the letters around, the more keep them apart."""
    around = (max(sizes[max(0, at - 1) : at + 1]) for at in range(len(sizes)))
    least = [said.gap and max(1, (size + 2) // 4) for said, size in zip(sentences, around, strict=True)]
    return least and [0, *least[1:]]


def _holds(sentences: tuple[Said, ...], sizes: list[int], width: int, height: int, align: str, *, bare: bool) -> bool:
    """Whether the sentences have room in these sizes, with blank rows between them or `bare`."""
    rows = sum(_sized(said, width, size, align).height for said, size in zip(sentences, sizes, strict=True))
    return rows + (0 if bare else sum(_gaps(sentences, sizes))) <= height


def fitted(sentences: tuple[Said, ...], width: int, height: int, align: str = "left") -> list[Sized]:
    """The sentences at sizes with which all of them fit `width` by `height`; the largest gives way first.

    Those of one voice that may be as large as each other are alike. What is said in a quiet voice is left out when even
    plain text is too much.
    """
    most, kinds = [min(said.tallest, height) for said in sentences], [(said.look, said.tallest) for said in sentences]
    sizes, bare = list(most), False
    while not _holds(sentences, sizes, width, height, align, bare=bare):
        if (largest := max(sizes, default=letters.PLAIN)) > letters.PLAIN:
            among = [at for at, size in enumerate(sizes) if size == largest]
            taken = [_sized(said, width, size, align).height for said, size in zip(sentences, sizes, strict=True)]
            first = max(among, key=lambda at: (sentences[at].look != "accent", taken[at]))
            sizes = [size - (kind == kinds[first]) for size, kind in zip(sizes, kinds, strict=True)]
        elif not bare:
            bare = True
        elif any(one.look == "quiet" for one in sentences):
            last = max(i for i, one in enumerate(sentences) if one.look == "quiet")
            return fitted(sentences[:last] + sentences[last + 1 :], width, height, align)
        else:
            break
    for at, size in enumerate(most):  # What gave way first may have room again, now that others have.
        while sizes[at] < size and not bare:
            larger = [one + (kind == kinds[at]) for one, kind in zip(sizes, kinds, strict=True)]
            if not _holds(sentences, larger, width, height, align, bare=False):
                break
            sizes = larger
    found = [_sized(said, width, size, align) for said, size in zip(sentences, sizes, strict=True)]
    gaps = [0 if bare else gap for gap in _gaps(sentences, sizes)]
    spare = height - sum(one.height for one in found) - sum(gaps)
    for at, one in enumerate(found):
        # Large letters want more air; it is given where rows are left.
        airy = sentences[at].gap and max(gaps[at], sentences[at].gap) + min(2, one.height // 8)
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

    _known: object = None

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)

    @property
    def fits(self) -> bool:
        """All that is said is on the wall; what is said in a quiet voice may have been left out."""
        found = fitted(self.sentences, *self.size, self.styles.text_align)
        return sum(one.height + (one.said.gap if at else 0) for at, one in enumerate(found)) <= self.size.height

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lays the sentences out once, as long as they, their room and the colours are the same."""
        known = (self.sentences, self.size, self.rich_style)
        if known != self._known:
            self._known, self._drawn = known, self._laid()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of what is said."""
        width, height = self.size
        around = self.rich_style
        rows = self._drawn
        align = self.styles.content_align_vertical
        row = y - {"top": 0, "bottom": height - len(rows)}.get(align, max(0, (height - len(rows)) // 2))
        if not 0 <= row < len(rows):
            return Strip.blank(width, around)
        line = rows[row]
        left = (width - line.cell_length) // 2 if self.styles.text_align == "center" else 0
        return placed(line, left, width, around)

    def _laid(self) -> list[Strip]:
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
