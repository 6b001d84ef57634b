"""A line that the facilitator types in the private view: minutes, a question's words, a note. What stands there already
can be changed; Enter gives what was typed, Escape leaves everything as it is. What is refused stays to be mended.
"""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cafe.i18n import Translator
from screens.typed import Words
from screens.widgets.fence import say

Take = Callable[[str], Awaitable[str]]


class Line(ModalScreen[str | None]):
    """The box: what is asked, and the words as long as they are; gives them, or None for nothing typed.

    `take` does what the words are for and says why not, '' when it is done; only then the box closes.
    """

    DEFAULT_CSS = """
    Line { align: center middle; }
    Line > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 1 2;
        background: $panel; border: round $accent;
    }
    Line #asked { text-style: bold; }
    Line #way { color: $text-muted; }
    Line #amiss { color: $text-warning; display: none; }
    Line #amiss.told { display: block; }
    Line TextArea, Line TextArea:focus {
        border: none; height: auto; min-height: 1; max-height: 8; padding: 0 1; margin: 1 0; background: $background;
    }
    """
    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False, priority=True),
    ]

    def __init__(self, tr: Translator, asked: str, words: str = "", take: Take | None = None) -> None:
        super().__init__()
        self.tr, self.asked, self.words, self.take = tr, asked, words, take
        self._giving = False
        """Whether the words are being taken, or were: an Enter more does nothing."""

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield Static(say(self.asked), id="asked")
            yield Words(self.words, highlight_cursor_line=False)
            yield Static(id="amiss")
            yield Static(Content(self.tr("Enter: take it · Esc: leave everything as it is")), id="way")

    def on_mount(self) -> None:
        """What stands there can be typed over at once, or mended from its end on."""
        self.query_one(Words).move_cursor(self.query_one(Words).document.end)

    async def action_give(self) -> None:
        """Enter."""
        if self._giving:
            return
        self._giving = True
        typed = self.query_one(Words).text
        if amiss := await self.take(typed) if self.take else "":
            told = self.query_one("#amiss", Static)
            told.update(Content(amiss))
            told.add_class("told")
            self._giving = False
        else:
            self.dismiss(typed)
