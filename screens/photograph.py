"""The photographs of tablecloths in the private view, each drawn in cells, and with a key in a window of this laptop.

Seen first, decided then: Enter takes the one that is shown out of the report, or in again. None is ever on the wall.
"""

from base64 import b64decode
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cafe.file import NotSaved
from cafe.i18n import Translator
from cafe.rules import Refused
from cafe.stage import Stage, Turn
from cafe.state import Photo, State
from cafe.wall import words
from screens.actions import ARMED, refusal
from screens.widgets.cells import Cells
from screens.widgets.fence import say
from screens.window import opened


def all_of(state: State) -> list[Photo]:
    """Every photograph, by table and in the order in which they were taken."""
    return sorted(state.photos.values(), key=lambda photo: (photo.place.table, photo.place, photo.at, photo.id))


class Photograph(ModalScreen[None]):
    """The box, as large as the window; it begins with the newest photograph of a table. By `clock`, real time in
    seconds, a second press is waited for.
    """

    DEFAULT_CSS = """
    Photograph { align: center middle; }
    Photograph > Vertical { width: 100%; height: 100%; padding: 0 1; background: $panel; border: round $accent; }
    Photograph #photo-where { text-style: bold; height: auto; }
    Photograph #photo-told { color: $text-accent; text-style: bold; height: auto; }
    Photograph #photo-way { color: $text-muted; height: auto; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("left,up,pageup", "other(-1)", show=False, priority=True),
        Binding("right,down,pagedown,space", "other(1)", show=False, priority=True),
        Binding("enter", "stand", show=False),
        Binding("b", "window", show=False),
    ]

    def __init__(self, stage: Stage, tr: Translator, table: int, clock: Callable[[], float]) -> None:
        super().__init__()
        self.stage, self.tr, self.clock = stage, tr, clock
        theirs = [photo.id for photo in all_of(stage.state) if photo.place.table == table]
        self.id_shown = theirs[-1] if theirs else ""
        self._armed: tuple[str, str, float] = ("", "", 0.0)
        """Which key was pressed once, at which photograph, and when."""

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield Static(id="photo-where")
            yield Cells()
            yield Static(id="photo-told")
            yield Static(id="photo-way")

    def on_mount(self) -> None:
        self._unwatch = self.stage.watch(self._turned)
        self._draw()
        self._fetch()

    def on_unmount(self) -> None:
        self._unwatch()

    def _turned(self, _: Turn) -> None:
        self.call_later(self._draw)

    @property
    def shown(self) -> Photo | None:
        """The photograph that is shown; None when it was taken back meanwhile."""
        return self.stage.state.photos.get(self.id_shown)

    def action_other(self, further: int) -> None:
        """The arrows: the next one, also of other tables."""
        every = [photo.id for photo in all_of(self.stage.state)]
        if every:
            at = every.index(self.id_shown) if self.id_shown in every else -1
            self.id_shown = every[(at + further) % len(every)]
            self._tell("")
            self._draw()
            self._fetch()

    async def action_stand(self) -> None:
        """Enter: out of the report, or in again; after the end only at the second press."""
        photo, state, tr = self.shown, self.stage.state, self.tr
        if photo is None:
            return
        if state.closed and not self._twice("enter"):
            self._tell(tr("The café is closed: it goes for good. Press {key} once more.", key=tr("Enter")))
            return
        try:
            await self.stage.do("stand_photo", id=photo.id, hidden=not photo.hidden)
        except (Refused, NotSaved) as no:
            self._tell(refusal(self.stage, no))
            return
        out = tr("The photograph is out. What is out when the café closes goes for good.")
        if state.closed:
            out = tr("The photograph is gone for good.")
        self._tell(tr("The photograph is in again.") if photo.hidden else out)
        self._draw()

    async def action_window(self) -> None:
        """The key b: in a window of this laptop, at the second press, for a projector may show this screen."""
        tr = self.tr
        if not self._twice("b"):
            warning = tr(
                "Press {key} once more: a window opens here. Where the projector mirrors this screen, all see it.",
                key="b",
            )
            self._tell(warning)
            return
        try:
            does = await opened(await self.stage.wish("window", self.id_shown))
        except (Refused, NotSaved) as no:
            self._tell(refusal(self.stage, no))
            return
        self._tell(tr("It stands in a window of its own.") if does else tr("No window can be opened here."))

    def _twice(self, key: str) -> bool:
        """Whether a key was pressed for the same photograph just before."""
        before, self._armed = self._armed, (key, self.id_shown, self.clock())
        return before[:2] == self._armed[:2] and self._armed[2] - before[2] < ARMED

    def _tell(self, sentence: str) -> None:
        for place in self.query("#photo-told").results(Static):  # None, when it was closed before the answer came.
            place.update(Content(sentence))

    def _draw(self) -> None:
        """What is said of the photograph, as it is now."""
        tr, state, photo = self.tr, self.stage.state, self.shown
        every = [each.id for each in all_of(state)]
        where = tr("That photograph is not here any more.")
        if photo is not None:
            where = words.joined(
                tr("Photograph {number} of {count}", number=every.index(photo.id) + 1, count=len(every)),
                tr("table {number}", number=photo.place.table),
                tr("round {round}", round=photo.place.round),
                f"{state.local(photo.at):%H:%M}",
                tr("taken out") if photo.hidden else tr("in the report"),
            )
        else:
            self.query_one(Cells).show(None)
        self.query_one("#photo-where", Static).update(say(where, lines=False))
        way = tr("Enter: out of the report, or in again · ← →: another one · b: in a window · Esc closes")
        self.query_one("#photo-way", Static).update(Content(way))

    def _fetch(self) -> None:
        self._picture(self.id_shown)

    @work(group="photograph", exclusive=True)
    async def _picture(self, id: str) -> None:
        """Brings the picture; why there is none, where there is none."""
        cells = self.query_one(Cells)
        cells.show(None)
        try:
            answer = await self.stage.wish("photograph", id)
        except (Refused, NotSaved) as no:
            self._tell(refusal(self.stage, no))
            return
        cells.show(b64decode(answer))
