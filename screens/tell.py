"""What the facilitator tells the room, typed in the private view: to the wall, to the phones, or to both.

The last messages lie under the arrows, to be said again or mended; what was typed stays until it is sent.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cafe.events import Surface
from cafe.file import NotSaved
from cafe.i18n import N_, Translator
from cafe.rules import Refused
from cafe.rules.wall import MESSAGE_UNITS
from cafe.stage import Stage
from screens.actions import refusal
from screens.typed import Typed
from screens.widgets.fence import say

SURFACES: dict[Surface, str] = {
    "both": N_("on the wall and on the phones"),
    "wall": N_("on the wall alone"),
    "phones": N_("on the phones alone"),
}


class Tell(ModalScreen[str]):
    """The box: where it is told, the words, and the last messages; gives the sentence to say, "" for nothing done."""

    DEFAULT_CSS = """
    Tell { align: center middle; }
    Tell > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 1 2;
        background: $panel; border: round $accent;
    }
    Tell Input, Tell Input:focus { border: none; height: 1; padding: 0 1; margin: 1 0; background: $background; }
    Tell #tell-told { color: $text-accent; text-style: bold; }
    Tell #tell-before, Tell #tell-way { color: $text-muted; }
    """
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", show=False),
        Binding("tab", "surface", show=False, priority=True),
        Binding("up", "before(1)", show=False, priority=True),
        Binding("down", "before(-1)", show=False, priority=True),
    ]

    def __init__(self, stage: Stage, tr: Translator) -> None:
        super().__init__()
        self.stage, self.tr = stage, tr
        self.to: Surface = "both"
        self._at = 0
        """Which of the last messages stands in the line, counted from the newest; 0: none of them."""

    def compose(self) -> ComposeResult:
        """The box."""
        before = "\n".join(reversed(self.stage.state.messages))
        with Vertical():
            yield Static(id="tell-to")
            yield Typed(id="tell-words", max_length=MESSAGE_UNITS)
            yield Static(id="tell-told")
            if before:
                yield Static(say(before), id="tell-before")
            way = self.tr("Enter tells it · Tab: where · ↑ ↓: the last ones · Esc closes")
            ends = self.tr("An empty line takes down what stands there.") if self.stage.state.message else ""
            yield Static(Content("\n".join(filter(None, (ends, way)))), id="tell-way")

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        told = self.tr("To the room, {where}", where=self.tr(SURFACES[self.to]))
        self.query_one("#tell-to", Static).update(Content.styled(told, "bold"))

    def action_surface(self) -> None:
        """Tab: both, the wall, the phones."""
        every = tuple(SURFACES)
        self.to = every[(every.index(self.to) + 1) % len(every)]
        self._draw()

    def action_before(self, older: int) -> None:
        """The arrows: an older message into the line, or back to an empty one."""
        said = self.stage.state.messages
        self._at = (self._at + older) % (len(said) + 1)
        line = self.query_one(Input)
        line.value = said[-self._at] if self._at else ""
        line.cursor_position = len(line.value)

    async def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Enter."""
        try:
            outcome = await self.stage.do("message", text=typed.value, to=self.to)
        except (Refused, NotSaved) as no:
            self.query_one("#tell-told", Static).update(say(refusal(self.stage, no), lines=False))
            return
        where = self.tr(SURFACES[self.to])
        self.dismiss(
            self.tr("It is told {where}", where=where) if outcome.state.message else self.tr("No message stands")
        )
