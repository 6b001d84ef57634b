"""An idea that somebody said aloud or wrote on a card, typed by the facilitator in the private view.

The table and its present round stand there already; saving leaves the box open for the next one. What was typed stays
until it is saved.
"""

import secrets
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cafe.file import NotSaved
from cafe.i18n import N_, Translator
from cafe.rules import Refused
from cafe.rules.entry import places
from cafe.stage import Stage
from cafe.state import Place
from screens.actions import refusal
from screens.typed import Typed
from screens.widgets.fence import say

SOURCES = {"host": N_("said aloud"), "paper": N_("from a paper card")}


class Entry(ModalScreen[None]):
    """The box: table, round and question, and the words."""

    DEFAULT_CSS = """
    Entry { align: center middle; }
    Entry > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 96%; padding: 1 2;
        background: $panel; border: round $accent;
    }
    Entry Horizontal { height: 1; margin: 1 0; }
    Entry Input, Entry Input:focus { border: none; height: 1; padding: 0 1; background: $background; }
    Entry #number { width: 8; margin: 0 1; }
    Entry #words { width: 1fr; }
    Entry #entry-told { color: $text-accent; text-style: bold; }
    Entry #entry-way { color: $text-muted; }
    """
    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "source", show=False, priority=True),
        Binding("up", "round(1)", show=False, priority=True),
        Binding("down", "round(-1)", show=False, priority=True),
    ]

    def __init__(self, stage: Stage, tr: Translator, table: int) -> None:
        super().__init__()
        self.stage, self.tr, self.table = stage, tr, table
        self.source = "host"
        self._at = 0
        self._id = secrets.token_hex(8)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield Static(id="entry-place")
            yield Static(id="entry-question")
            with Horizontal():
                yield Static(Content(self.tr("Table")))
                yield Typed(str(self.table or ""), id="number", type="integer", max_length=4)
                yield Typed(id="words", max_length=500)
            yield Static(id="entry-told")
            yield Static(
                Content(self.tr("Enter saves · F2: aloud or paper · ↑ ↓: another round · Esc closes")), id="entry-way"
            )

    def on_mount(self) -> None:
        self._draw()

    @property
    def place(self) -> Place | None:
        """The table and round that an idea typed now belongs to."""
        typed = self.query_one("#number", Input).value
        found = places(self.stage.state, int(typed)) if typed.isascii() and typed.isdigit() else []
        return found[self._at % len(found)] if found else None

    def _draw(self) -> None:
        state, tr, at = self.stage.state, self.tr, self.place
        where, question = tr("There is no such table."), ""
        if at is not None:
            session = state.plan.sessions[at.session]
            round = tr("Round {round} of {rounds}", round=at.round, rounds=state.plan.rounds(at.block, at.session))
            where = " · ".join([tr("Table {number}", number=at.table), session.title, round])
            question = state.question(at).text(tr.language)[0]
        source = tr(SOURCES[self.source])
        self.query_one("#entry-place", Static).update(say(f"{where} · {source}", "bold", lines=False))
        self.query_one("#entry-question", Static).update(say(question, lines=False))

    def _tell(self, sentence: str) -> None:
        self.query_one("#entry-told", Static).update(say(sentence, lines=False))

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Another table begins with its present round."""
        if changed.input.id == "number":
            self._at = 0
            self._draw()

    def action_source(self) -> None:
        """F2: said aloud, or from a paper card."""
        self.source = "paper" if self.source == "host" else "host"
        self._draw()

    def action_round(self, later: int) -> None:
        """The arrows: an earlier round, or back."""
        self._at += later
        self._draw()

    async def on_input_submitted(self, typed: Input.Submitted) -> None:
        """Enter: from the table's number to the words, and from the words to the disk."""
        words, at = self.query_one("#words", Input), self.place
        if typed.input.id == "number" or at is None:
            (words if at else self.query_one("#number", Input)).focus()
            return
        text, id = words.value, self._id
        given = {"place": at.word, "source": self.source, "language": self.tr.language}
        try:
            await self.stage.do("enter", id=id, text=text, **given)
        except (Refused, NotSaved) as no:
            self._tell(refusal(self.stage, no))
            return
        self._id = secrets.token_hex(8)
        words.value = ""
        self._tell(self.tr("Saved for table {number}", number=at.table))
