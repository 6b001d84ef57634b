"""A question of the private view with a few answers, over everything else: proposals for the tables, heirs of a host.

One is chosen with arrows and Enter or by its number; Escape leaves everything as it is. It never opens on the wall.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cafe.i18n import Translator

DEAF_FOR = 0.7
"""Seconds in which a question that nobody asked for takes no answer: the key was meant for what was there before."""

MOST_NUMBERS = 9


class Choice(ModalScreen[int | None]):
    """The question, what is to be known before, and the answers; gives the chosen one's place, from 0, or None."""

    DEFAULT_CSS = """
    Choice { align: center middle; }
    Choice Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 1 2;
        background: $panel; border: round $accent;
    }
    Choice #asked { text-style: bold; }
    Choice #known { color: $text-muted; }
    Choice #way { color: $text-muted; }
    Choice OptionList, Choice OptionList:focus {
        height: auto; max-height: 16; margin: 1 0; border: none; padding: 0; background: $panel;
    }
    """
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        *(Binding(str(number), f"answer({number - 1})", show=False) for number in range(1, MOST_NUMBERS + 1)),
    ]

    def __init__(
        self, tr: Translator, asked: str, answers: Sequence[Content], *, known: str = "", wanted: bool = True
    ) -> None:
        super().__init__()
        self.tr, self.asked, self.answers, self.known = tr, asked, answers, known
        self.hears = wanted

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield Static(Content(self.asked), id="asked")
            if self.known:
                yield Static(Content(self.known), id="known")
            yield OptionList(*(Option(_numbered(at, each)) for at, each in enumerate(self.answers, 1)), markup=False)
            yield Static(Content(self.tr("Enter or the number: choose · Esc: leave everything as it is")), id="way")

    def on_mount(self) -> None:
        """The first answer lies under the bar."""
        self.query_one(OptionList).highlighted = 0
        if not self.hears:
            self.set_timer(DEAF_FOR, self._hear)

    def _hear(self) -> None:
        self.hears = True

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Enter."""
        self.action_answer(chosen.option_index)

    def action_answer(self, at: int) -> None:
        """A number; one that no answer has does nothing."""
        if self.hears and at < len(self.answers):
            self.dismiss(at)


def _numbered(number: int, answer: Content) -> Content:
    first, *more = answer.split("\n")
    name = str(number) if number <= MOST_NUMBERS else " "
    lines = [Content.assemble((name, "bold $text-accent"), "  ", first), *(Content("   ") + line for line in more)]
    return Content("\n").join(lines)
