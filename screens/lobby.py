"""The lobby: how one comes in, and how many are here."""

from collections.abc import Iterable

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from cafe.wall import lines, words
from screens.frame import ROOMY, Frame, View, margin
from screens.poster import Poster, Said
from screens.widgets.fence import say
from screens.widgets.letters import PLAIN
from screens.widgets.qr import Picture, Qr, choose

LARGE = 160
"""From this many columns on all words are drawn in letters; below, code and address come first."""

GAP = 2
"""Columns between the two codes."""

BESIDE = 26
"""Columns that the words beside the code need at the least."""


def is_large(view: View) -> bool:
    """Whether there is room for words in letters: in a wide window that does not hold two codes."""
    return view.width >= LARGE and not codes(view)[0]


def steps(view: View) -> tuple[Said, ...]:
    """How to come in, in words: network, address, code; and how many people are here."""
    state, tr = view.state, view.tr
    if not words.joining_is_open(state):
        door, why = lines.closed_door(tr)
        return Said(*door, 8), Said(*why, gap=1)
    title, *wifi, scan, address, label, code = lines.way_in(tr, state)
    step = view.aside
    said = [Said(*title, 4 if is_large(view) else step), *(Said(*line, step, 1) for line in wifi)]
    if wifi and not codes(view)[0]:
        said.append(Said(tr("{key} and again {key}: its code", key=view.keyboard.told(tr, "join")), "quiet"))
    said.append(Said(*scan, step, int(step > PLAIN or not wifi)))
    said += [Said(*address, 6, 1), Said(*label, step, 1), Said(*code, 10, int(step > PLAIN))]
    return (*said, *here(view))


def here(view: View) -> tuple[Said, ...]:
    """How many people are here, and whether phones come through."""
    first, *rest = lines.here(view.tr, view.state, view.pulse)
    return (Said(*first, 5 if is_large(view) else view.aside, 1), *(Said(*line) for line in rest))


def rows(view: View) -> int:
    """The height of the body: it begins below the head and ends above the programme, or a message."""
    return view.room + (2 if view.height >= ROOMY else 0)


def codes(view: View) -> tuple[Picture | None, Picture | None]:
    """The codes for the Wi-Fi and for the café, as large as they get beside the words; the café's comes first."""
    if not words.joining_is_open(view.state) or not (url := words.join_url(view.state)):
        return None, None
    room, tall = view.inner - BESIDE, rows(view)
    wifi = view.state.plan.wifi
    if wifi:
        half = (room - GAP) // 2
        both = choose(wifi.code, half, tall - 1), choose(url, half, tall - 1)
        if all(both):
            return both
    return None, choose(url, room, tall)


class Lobby(Frame):
    """The code to scan, as large as the window allows, and beside it the same in words."""

    roomy = False  # each row counts for the last seats of the hall

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="body"):
            for way in ("wifi", "cafe"):
                with Vertical(id=way):
                    yield Static(classes="caption")
                    yield Qr()
            yield Poster(id="steps")

    def draw(self, view: View) -> None:
        side, state = margin(view.width), view.state
        wifi, cafe = codes(view)
        caption = f"2  {view.tr('The café')}" if wifi else ""
        tallest = max((picture.bitmap.height for picture in (wifi, cafe) if picture), default=0) + bool(caption)
        above = max(0, rows(view) - tallest) // 2  # both begin in one row
        self._place("wifi", wifi, state.plan.wifi.code if state.plan.wifi else "", "1  Wi-Fi", (above, 0, 0, side))
        self._place("cafe", cafe, words.join_url(state), caption, (above, 0, 0, GAP if wifi else side))
        poster = self.query_one(Poster)
        poster.styles.margin = (0, side, 0, 3 if cafe else side)
        hint = view.tr("{key} shows the keys", key=view.keyboard.told(view.tr, "help"))
        poster.sentences = (*steps(view), *((Said(hint, "quiet", gap=1),) if view.hint else ()))

    def _place(
        self, way: str, picture: Picture | None, held: str, caption: str, around: tuple[int, int, int, int]
    ) -> None:
        """A code in a column of its own, with its number above it where there are two."""
        column = self.query_one(f"#{way}", Vertical)
        column.display = picture is not None
        if picture is None:
            return
        column.styles.width, column.styles.margin = picture.bitmap.width, around
        code = column.query_one(Qr)
        code.url, code.styles.height = held, picture.bitmap.height
        above = column.query_one(Static)
        above.display = bool(caption)
        if above.content != (told := say(caption, lines=False)):  # A row that stays is not sent to the terminal again.
            above.update(told)
