"""Only what differs is sent to the terminal, and it shows the same as if everything had been."""

import pyte
from hypothesis import example, given
from hypothesis import strategies as st

from screens.picture import Picture

ROWS, COLUMNS = 4, 16
STYLES = ("", "1", "38;2;251;247;236;48;2;11;14;20", "7")
WORDS = st.text("abc ─▀ăș•", max_size=COLUMNS) | st.lists(
    st.sampled_from(["a", "b", " ", "界", "👍", "e\u0302"]), max_size=5
).map("".join)


def told(row: int, column: int, words: str, style: str) -> str:
    """A piece of a row, as Textual says it."""
    return f"\x1b[{row + 1};{column + 1}H\x1b[{style}m{words[: COLUMNS - column]}\x1b[0m" + "\n" * (row < ROWS - 1)


PIECE = st.builds(told, st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1), WORDS, st.sampled_from(STYLES))
OTHER = st.sampled_from(["\x1b[?2026h", "\x1b[?25l", "\x07", "\x1b[2J", "\x1b[?1049h", "\x1b]2;title\x07"])
FRAMES = st.lists(st.lists(PIECE | OTHER, max_size=6).map("".join), max_size=8)


class Shown:
    """A terminal, and what it shows: signs with their colours."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.got = 0

    def feed(self, data: str) -> None:
        self.stream.feed(data)
        self.got += len(data.encode())

    @property
    def cells(self) -> list[list[object]]:
        return [[self.screen.buffer[y][x] for x in range(COLUMNS)] for y in range(ROWS)]


@given(FRAMES, st.integers(1, 40))
@example([told(0, 0, "a" * 16, ""), told(0, 0, "a" * 8 + "b" + "a" * 7, "")], 40)
@example([told(0, 0, "ab", ""), told(0, 0, "界", ""), told(0, 0, "ab", "")], 40)
@example([told(0, 0, "👍ab", "1") + told(0, 5, "c", ""), told(0, 0, "abcab", "1")], 40)
def test_the_terminal_shows_what_it_would_have_shown(frames: list[str], cut: int) -> None:
    """Whatever is drawn in whatever order, cut into whatever pieces, each sign has its place and its colours."""
    whole, spared, picture = Shown(), Shown(), Picture()
    for frame in frames:
        frame = f"{frame}\x1b[1;1H"
        whole.feed(frame)
        for begun in range(0, len(frame), cut):
            spared.feed(picture.news(frame[begun : begun + cut]))
        assert spared.cells == whole.cells
    assert (spared.screen.cursor.x, spared.screen.cursor.y) == (whole.screen.cursor.x, whole.screen.cursor.y)


def test_what_stands_there_already_is_not_sent_again() -> None:
    """A row in which one letter changed costs that letter, and after a change of the window everything is sent."""
    style, picture = STYLES[2], Picture()
    first = told(1, 0, "sixteen letters!", style)
    assert "sixteen letters!" in picture.news(first)
    assert picture.news(first) in ("", "\x1b[2;17H")
    changed = picture.news(told(1, 0, "sixteen letters?", style))
    assert "?" in changed
    assert "letter" not in changed
    picture.forget()
    assert "sixteen letters?" in picture.news(told(1, 0, "sixteen letters?", style))
