"""What a phone at a table shows now, in the private view: the page in words, by tables and languages.

It is asked for as phones ask, and drawn anew every second; nothing of anybody's own is on it.
"""

from typing import ClassVar

import msgspec
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cafe.file import NotSaved
from cafe.i18n import AVAILABLE, LANGUAGES, Translator
from cafe.rules import Refused
from cafe.stage import Stage
from cafe.wall import words
from screens.actions import refusal
from screens.widgets.fence import say

LOOKS = {"title": "bold", "text": "", "button": "reverse", "box": "$text-muted"}
"""How the lines of a page look, by what they are."""


class Phone(ModalScreen[None]):
    """The box, as wide as a phone."""

    DEFAULT_CSS = """
    Phone { align: center middle; }
    Phone > Vertical {
        width: 48; max-width: 100%; height: 100%; max-height: 40; padding: 0 1;
        background: $panel; border: round $accent;
    }
    Phone #phone-where { text-style: bold; height: auto; }
    Phone VerticalScroll { height: 1fr; padding: 0 1; background: $background; scrollbar-size: 1 1; }
    Phone #phone-way { color: $text-muted; height: auto; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w", "dismiss(None)", show=False),
        Binding("up", "table(-1)", show=False, priority=True),
        Binding("down", "table(1)", show=False, priority=True),
        Binding("l", "language", show=False),
        Binding("pagedown,space", "turn(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
    ]

    def __init__(self, stage: Stage, tr: Translator, table: int) -> None:
        super().__init__()
        self.stage, self.tr = stage, tr
        self.table = table or int(bool(stage.state.plan.tables))
        self.language = tr.language if tr.language in AVAILABLE else AVAILABLE[0]

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            yield Static(id="phone-where")
            with VerticalScroll(can_focus=False):
                yield Static(id="phone-page")
            way = self.tr("↑ ↓: another table · l: language · PgDn: on · Esc closes")
            yield Static(Content(way), id="phone-way")

    def on_mount(self) -> None:
        self.set_interval(1, self._look)
        self._look()

    def action_table(self, further: int) -> None:
        """The arrows."""
        if tables := len(self.stage.state.plan.tables):
            self.table = (self.table - 1 + further) % tables + 1
            self._look()

    def action_language(self) -> None:
        """The next language."""
        self.language = AVAILABLE[(AVAILABLE.index(self.language) + 1) % len(AVAILABLE)]
        self._look()

    def action_turn(self, down: int) -> None:
        """Further down the page, or up."""
        page = self.query_one(VerticalScroll)
        page.scroll_relative(y=down * max(1, page.size.height - 2), animate=False)

    def _look(self) -> None:
        self._show()

    @work(group="phone", exclusive=True)
    async def _show(self) -> None:
        told = self.tr("Table {number}", number=self.table) if self.table else ""
        self._write("#phone-where", say(words.joined(told, LANGUAGES[self.language]), lines=False))
        try:
            answer = await self.stage.wish("phone", f"{self.table} {self.language}")
        except (Refused, NotSaved) as no:
            self._write("#phone-page", Content(refusal(self.stage, no)))
            return
        lines = msgspec.json.decode(answer, type=list[tuple[str, str]])
        self._write("#phone-page", Content("\n").join(_drawn(kind, said) for kind, said in lines))

    def _write(self, where: str, content: Content) -> None:
        for widget in self.query(where).results(Static):  # None, when the box was closed before the answer came.
            if widget.content != content:
                widget.update(content)


def _drawn(kind: str, said: str) -> Content:
    """A line of the page; a title has air above it, a button looks like one."""
    if kind == "button":
        return say(f" {said} ", LOOKS[kind], lines=False)
    if kind == "box":
        return say(f"│ {said or '…'}", LOOKS[kind], lines=False)
    return say(f"\n{said}" if kind == "title" else said, LOOKS.get(kind, ""))
