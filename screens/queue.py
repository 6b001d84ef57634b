"""The facilitator's list of ideas: shown, held and hidden, newest first, with search."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cafe.i18n import N_, Translator
from cafe.state import Idea, State
from cafe.text import key
from cafe.wall import words
from screens.flags import Flag, flag
from screens.seek import Seek
from screens.widgets.fence import say, shown

MOST = 300
"""Ideas in the list at the most: whoever looks for an older one searches."""

MARKS = {"shown": "✓", "held": "?", "hidden": "×"}

FLAGS: dict[Flag, str] = {"words": N_("its words?"), "twice": N_("sent twice")}
"""What is said of an idea at which the facilitator may want to look."""


class Ideas(OptionList):
    """The list itself. Enter is a key of the table; a click only chooses: nothing reaches the wall by a slip."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "app.press('enter')", show=False)]


class Queue(Vertical):
    """The list below its search line. `show` is called with each new state; the chosen idea stays chosen."""

    DEFAULT_CSS = """
    Queue { height: 1fr; }
    Queue OptionList, Queue OptionList:focus { height: 1fr; border: none; padding: 0; background: $background; }
    """

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.tr = tr
        self._listed: tuple[object, ...] = ()
        self._marked: dict[str, None] = {}
        self._state = State()

    def compose(self) -> ComposeResult:
        yield Seek(N_("Enter: to the list · Esc: all ideas"), N_("Only what was found · Esc: all ideas"))
        yield Ideas(markup=False)

    @property
    def chosen(self) -> Idea | None:
        """The idea under the bar."""
        options = self.query_one(OptionList)
        if options.highlighted is None or options.option_count == 0:
            return None
        return self._state.ideas.get(options.get_option_at_index(options.highlighted).id or "")

    @property
    def marked(self) -> tuple[str, ...]:
        """The ids of the ideas that are marked; of the one under the bar where none is."""
        there = tuple(id for id in self._marked if (idea := self._state.ideas.get(id)) is not None and not idea.gone)
        return there or ((self.chosen.id,) if self.chosen else ())

    def mark(self) -> int:
        """Marks the chosen idea, or no longer, and goes to the next; how many are marked."""
        if self.chosen:
            id = self.chosen.id
            self._marked = (
                {**self._marked, id: None}
                if id not in self._marked
                else {other: None for other in self._marked if other != id}
            )
            self.query_one(OptionList).action_cursor_down()
        return len(self._marked)

    def unmark(self) -> None:
        """No idea is marked any more."""
        self._marked = {}

    def show(self, state: State, tr: Translator) -> None:
        """Lists the newest ideas that the search finds; nothing moves when nothing changed."""
        self._state, self.tr = state, tr
        wanted = key(self.query_one(Seek).sought)
        found: list[Idea] = []
        for idea in state.newest():
            if not wanted or wanted in key(idea.text):
                found.append(idea)
            if len(found) == MOST:
                break
        rows = ((idea.id, idea.standing, idea.text, _theme(state, idea)) for idea in found)
        listed = (tr.language, state.staged, *self._marked, *rows)
        if listed == self._listed:
            return
        options = self.query_one(OptionList)
        before = self.chosen
        at = options.highlighted
        options.set_options([Option(self._row(state, idea), id=idea.id) for idea in found])
        ids = [idea.id for idea in found]
        if before is not None and before.id in ids and at:
            options.highlighted = ids.index(before.id)
        elif found:
            options.highlighted = 0
        self._listed = listed

    def _row(self, state: State, idea: Idea) -> Content:
        place = self.tr("table {number}", number=idea.place.table) if idea.place.table else ""
        place = self.tr("to the speaker") if idea.to_speaker else place
        late = self.tr("late") if idea.late else ""
        note = " ".join(part for part in (f"{state.local(idea.at):%H:%M}", place, late) if part)
        if idea.id == state.staged:
            note = f"{note} · {self.tr('large on the wall')}"
        note = words.joined(note, shown(_theme(state, idea), lines=False))
        quiet = "$text-muted" if idea.standing == "shown" else "bold $text-accent"
        flagged = flag(idea, state.language)
        look = f"⚑ {self.tr(FLAGS[flagged])}  " if flagged else ""
        mark = f"{MARKS[idea.standing]} {note}  "
        chosen = "◆ " if idea.id in self._marked else ""
        return Content.assemble(
            (chosen, "bold $text-accent"), (mark, quiet), (look, "bold $text-warning"), say(idea.text, lines=False)
        )


def _theme(state: State, idea: Idea) -> str:
    return state.themes.get(state.themed.get(idea.id, 0), "")
