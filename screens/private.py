"""The private view: what the facilitator alone sees, in a second terminal. It has the wall's keys and a few more.

It may be opened, closed and opened again at any time; the café and its wall do not notice.
"""

import time
from collections.abc import Callable
from math import inf
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.driver import Driver
from textual.widgets import Input, Static, TabbedContent, TabPane, TextArea

from cafe.file import NotSaved
from cafe.i18n import N_, Translator, translator
from cafe.rules import Refused
from cafe.rules.dots import voting
from cafe.stage import Stage, Turn
from screens import course, grouped, laptop, left, network, present
from screens.actions import Desk, refusal
from screens.board import Board
from screens.copying import Copying
from screens.course import Course
from screens.edits import Edits
from screens.entry import Entry
from screens.footer import footer
from screens.grouped import Grouped
from screens.grouping import Grouping
from screens.keyboard import KEPT, LISTS, called
from screens.laying import Asked, Laying
from screens.messages import Changed
from screens.pairing import Pairing
from screens.places import Places
from screens.queue import Queue
from screens.roster import Roster
from screens.seek import Seek
from screens.standing import Standing
from screens.taste import Taste
from screens.tell import Tell
from screens.terminal import patient, redraw
from screens.themes import THEMES, first, looks
from screens.turns import Turns
from screens.verdict import Verdict
from screens.widgets.fence import say

PAGES = {
    "ideas": N_("Ideas"),
    "people": N_("People"),
    "tables": N_("Tables"),
    "programme": N_("Programme"),
    "notes": N_("Notes"),
    "network": N_("Network"),
    "themes": N_("Themes"),
    "laptop": N_("Laptop"),
}
"""The pages and what stands on their tabs."""

TOLD_FOR = 4.0
"""Seconds that an answer to a key stands."""


class PrivateApp(App[None]):
    """The private view of one stage."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "private.tcss"
    AUTO_FOCUS = "Queue OptionList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar = [
        *(Binding(key, f"press('{key}')", priority=True, show=False) for key in ("ctrl+q", "ctrl+z")),
        Binding("escape", "everything", show=False),
    ]

    def __init__(
        self,
        stage: Stage,
        taste: Taste = Taste(),  # noqa: B008 -- frozen
        *,
        pairing: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """By `clock`, real time in seconds, goes how long an answer stands and a second press is waited for."""
        super().__init__()
        self._pairing, self.keyboard, self.clock = pairing, (keyboard := taste.keyboard), clock
        held = {*LISTS, *KEPT, "ctrl+q", "ctrl+z"}
        for key in {name for each in keyboard.of("private") for name in each.keys} - held:
            self.bind(key, f"press('{key}')", show=False)
        self.stage, self.desk, self.laying = stage, Desk(stage, keyboard), Laying(stage, keyboard)
        self.places, self.edits, self.grouping = Places(self), Edits(self), Grouping(self)
        self.turns, self.copying, self.standing = Turns(self), Copying(self), Standing(self)
        self._said = self.tr(taste.trouble) if taste.trouble else ""
        self._said_at = inf if taste.trouble else 0.0
        self._leaving = 0.0
        self._unwatch: list[Callable[[], None]] = []
        for theme in looks(self.console.color_system):
            self.register_theme(theme)
        self.theme = first(taste.theme, self.console.color_system)

    def get_driver_class(self) -> type[Driver]:
        return patient(self)

    @property
    def tr(self) -> Translator:
        return translator(self.stage.state.language)

    @property
    def page(self) -> str:
        """The page that is open."""
        return self.query_one(TabbedContent).active

    @property
    def asking(self) -> bool:
        """Whether a question stands over the pages."""
        return len(self.screen_stack) > 1

    def compose(self) -> ComposeResult:
        tr = self.tr
        yield Static(id="banner")
        yield Static(id="hand")
        with Horizontal(id="row"):
            yield VerticalScroll(Static(id="present"), Asked(self.laying), id="side", can_focus=False)
            with Vertical(), TabbedContent(initial="ideas"):
                with TabPane("", id="ideas"):
                    yield Queue(tr)
                with TabPane("", id="people"):
                    yield Seek(N_("Enter: to the list · Esc: everybody"), N_("Only who was found · Esc: everybody"))
                    yield Roster(self.stage, tr)
                with TabPane("", id="tables"):
                    yield Board(tr)
                    yield Static(id="at-table")
                    yield Verdict(self.stage)
                with TabPane("", id="programme"):
                    yield Static(id="course")
                    yield Course()
                with TabPane("", id="notes"):
                    yield VerticalScroll(Static(id="notes-text"))
                with TabPane("", id="network"):
                    yield VerticalScroll(Static(id="network-text"))
                with TabPane("", id="themes"):
                    yield Static(id="ungrouped")
                    yield Grouped()
                with TabPane("", id="laptop"):
                    yield VerticalScroll(Static(id="laptop-text"))
        yield Static(id="told")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self._unwatch = [
            self.stage.watch(self._turned),
            self.stage.live.watch(self._changed),
        ]
        self.set_interval(1, self._changed)
        self._redraw()
        if self._pairing:
            self._ask_for_phone()

    def on_unmount(self) -> None:
        for unwatch in self._unwatch:
            unwatch()

    def _turned(self, turn: Turn) -> None:
        self.places.heard(turn)
        self._changed()

    def _changed(self) -> None:
        self.post_message(Changed())

    def on_changed(self) -> None:
        if self._redraw():
            self.places.look()

    def on_resize(self) -> None:
        redraw(self)
        self._changed()

    def on_tabbed_content_tab_activated(self) -> None:
        self._changed()

    def _redraw(self) -> bool:
        """Everything from the state; what did not change costs nothing. False while not all of it stands: a window is
        measured before, and while it is taken down focus moves on, and what was worked out is told.
        """
        if not self._unwatch or len(self.query("#banner, #keys")) < 2:
            return False
        state, now, tr = self.stage.state, self.stage.now(), self.tr
        reached = getattr(self.stage, "connected", True)
        self._write("#banner", present.banner(tr, state, now, reached=reached))
        self._write("#present", present.panel(tr, state, self.stage.live.pulse, now, self.keyboard))
        self._write("#course", course.head(tr))
        self.query_one(Course).show(state, tr)
        self._write("#notes-text", course.notes(tr, state))
        pulse = self.stage.live.pulse
        for where, sentences in (("#network-text", network.page), ("#laptop-text", laptop.page)):
            self._write(where, sentences(tr, state, pulse, self._room(where), self.keyboard))
        self._write("#hand", say(laptop.hand(tr, pulse), lines=False))
        self.query_one("#hand").display = bool(laptop.hand(tr, pulse))
        armed = self.clock() - self._said_at < TOLD_FOR
        self._write("#told", say(self._said if armed else "", lines=False))
        page, whole = self.query_one(TabbedContent).active, self.query_one("#keys").has_class("whole")
        self._write("#keys", footer(tr, page, self.size.width - 2, whole=whole, keyboard=self.keyboard))
        self.query_one(Asked).show(state, tr)
        self.query_one(Queue).show(state, tr)
        self._write("#ungrouped", grouped.head(tr, state, self.keyboard))
        self.query_one(Grouped).show(state, tr)
        for seek in self.query(Seek):
            seek.show(tr)
        self.query_one(Roster).show(state, tr, self._sought("people"))
        self.query_one(Board).show(state, tr)
        if page == "tables":
            self._write("#at-table", left.at_table(tr, state, self.query_one(Board).chosen, self.keyboard))
            self.query_one(Verdict).show(state, tr)
        self._label()
        return True

    def _room(self, where: str) -> int:
        """Columns of a page of sentences; a guess while it was never shown."""
        return self.query_one(where).size.width or 72

    def _label(self) -> None:
        """The tabs in the language of the moment; they say what their list is searched for."""
        pages = self.query_one(TabbedContent)
        for page, title in PAGES.items():
            label, sought = Content(self.tr(title)), self._sought(page)
            if sought:
                label = Content.assemble(label, ": ", say(sought, lines=False).truncate(12, ellipsis=True))
            if pages.get_tab(page).label != label:
                pages.get_tab(page).label = label

    def _seek(self, page: str) -> Seek | None:
        """The search line of a page that has one."""
        return next(iter(self.query_one(f"#{page}").query(Seek)), None)

    def _sought(self, page: str) -> str:
        seek = self._seek(page)
        return seek.sought if seek else ""

    def on_input_changed(self) -> None:
        self._changed()

    def on_descendant_focus(self) -> None:
        self._changed()

    def _write(self, where: str, content: Content) -> None:
        widget = self.query_one(where, Static)
        if widget.content != content:
            widget.update(content)

    # ------------------------------------------------------------------------------------------------ keys

    async def action_press(self, key: str) -> None:
        """A key of the table."""
        if isinstance(self.focused, Input | TextArea) and key not in ("ctrl+q",):
            return
        action = self.keyboard.meant("private", self.page).get(key)
        if action is None:
            return
        homes = self.keyboard[action].homes
        if homes and self.page not in homes and (action != "shut" or voting(self.stage.state) is None):
            self.tell(self.tr("This key is for the page “{page}”.", page=self.tr(PAGES[homes[0]])))
            return
        own = getattr(self, f"_{action}", None)
        pages = (self.places, self.edits, self.grouping, self.turns, self.copying, self.standing)
        place = next((found for page in pages if (found := getattr(page, action, None))), None)
        if own is not None:
            self.tell(await own(key) or "")
        elif place is not None:
            self.tell(await place())
        else:
            self.tell(await self.desk.press(action, self.clock()))

    def tell(self, sentence: str) -> None:
        """Shows a sentence for a while, below the pages."""
        self._said, self._said_at = sentence, self.clock()
        self._redraw()

    async def do(self, command: str, **given: object) -> str:
        """Gives a command; why it was refused, or nothing."""
        try:
            await self.stage.do(command, **given)
        except (Refused, NotSaved) as no:
            return refusal(self.stage, no)
        return ""

    async def _stage(self, _: str) -> str:
        return await self.standing.enlarge()

    async def _shut(self, _: str) -> str:
        """In a vote the key is the wall's; else it closes or opens the chosen table."""
        if voting(self.stage.state) is not None:
            return await self.desk.press("vote", self.clock())
        return await self.places.shut()

    async def _tell(self, _: str) -> str:
        self.push_screen(Tell(self.stage, self.tr), lambda said: self.tell(said or ""))
        return ""

    async def _entry(self, _: str) -> str:
        tables, board = self.stage.state.plan.tables, self.query_one(Board)
        self.push_screen(Entry(self.stage, self.tr, board.chosen or int(bool(tables))))
        return ""

    async def _blank(self, _: str) -> str:
        dark = not self.stage.live.pulse.dark
        await self.stage.wish("dark" if dark else "light")
        return self.tr("The wall is dark") if dark else self.tr("The wall shows again what is true")

    async def _remote(self, _: str) -> str:
        self._ask_for_phone()
        return ""

    def _ask_for_phone(self) -> None:
        self.push_screen(Pairing(self.stage, self.tr), lambda said: self.tell(said or ""))

    async def _search(self, _: str) -> str:
        pages = self.query_one(TabbedContent)
        seek = self._seek(pages.active)
        if seek is None:
            pages.active = "ideas"
            seek = self._seek("ideas")
        if seek:
            seek.begin()
        return ""

    async def _lay(self, _: str) -> str:
        self.run_worker(self._laid())
        return ""

    async def _laid(self) -> None:
        self.tell(await self.laying.press(self.clock()))

    async def action_everything(self) -> None:
        """Ends the search of the page; where nothing is searched, an idea that stands large is taken down."""
        seek = self._seek(self.query_one(TabbedContent).active)
        if self.stage.state.staged and not (seek and seek.sought):
            self.tell(await self.desk.press("lower", self.clock()))
        if seek:
            seek.end()

    async def _catch_up(self, _: str) -> str:
        state = self.stage.state
        if state.before_return is not None and not present.may_catch_up(state):
            return self.tr("The café was away for too long: the clocks go on from where they stood.")
        return await self.do("catch_up")

    async def _tab(self, key: str) -> str:
        page = tuple(PAGES)[int(key) - 1]
        self.query_one(TabbedContent).active = page
        pane = self.query_one(f"#{page}")
        lists = pane.query("OptionList, DataTable, VerticalScroll")
        if lists:
            lists.first().focus()
        return ""

    async def _theme(self, _: str) -> str:
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        return ""

    async def _help(self, _: str) -> str:
        self.query_one("#keys").toggle_class("whole")
        return ""

    async def _leave(self, key: str) -> str:
        now = self.clock()
        if now - self._leaving < TOLD_FOR:
            self.exit()
        self._leaving = now
        return self.tr("Press {key} once more to close this view; the café goes on.", key=called(self.tr, key))
