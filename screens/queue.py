"""The facilitator's list of ideas: shown, held and hidden, newest first, with search."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cafe.i18n import Translator
from cafe.state import Idea, State
from cafe.text import key
from screens.widgets.fence import say

MOST = 300
"""Ideas in the list at the most: whoever looks for an older one searches."""

MARKS = {"shown": "✓", "held": "?", "hidden": "×"}


class Queue(Vertical):
    """The list and its search line. `show` is called with each new state; the chosen idea stays chosen."""

    DEFAULT_CSS = """
    Queue { height: 1fr; }
    Queue #search { height: 1; display: none; background: $panel; }
    Queue #search.asked { display: block; }
    Queue Input, Queue Input:focus { border: none; height: 1; width: 1fr; padding: 0 1; background: $panel; }
    Queue #way { width: auto; padding: 0 1; color: $text-muted; }
    Queue OptionList, Queue OptionList:focus { height: 1fr; border: none; padding: 0; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "all", show=False)]

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.tr = tr
        self._listed: tuple[object, ...] = ()
        self._state = State()

    def compose(self) -> ComposeResult:
        with Horizontal(id="search"):
            yield Input()
            yield Static(id="way")
        yield OptionList(markup=False)

    @property
    def sought(self) -> str:
        """What the list is searched for; '' when it shows all."""
        return self.query_one(Input).value.strip()

    @property
    def chosen(self) -> Idea | None:
        """The idea under the bar."""
        options = self.query_one(OptionList)
        if options.highlighted is None or options.option_count == 0:
            return None
        return self._state.ideas.get(options.get_option_at_index(options.highlighted).id or "")

    def search(self) -> None:
        """Opens the search line."""
        self.query_one("#search").add_class("asked")
        self.query_one(Input).focus()

    def action_all(self) -> None:
        """Ends the search: the list has all ideas again."""
        self.query_one(Input).value = ""
        self.query_one("#search").remove_class("asked")
        self.query_one(OptionList).focus()

    def show(self, state: State, tr: Translator) -> None:
        """Lists the newest ideas that the search finds; nothing moves when nothing changed."""
        self._state, self.tr = state, tr
        wanted = key(self.query_one(Input).value)
        self._say_the_way()
        found: list[Idea] = []
        for idea in state.newest():
            if not wanted or wanted in key(idea.text):
                found.append(idea)
            if len(found) == MOST:
                break
        listed = (tr.language, *((idea.id, idea.standing, idea.text) for idea in found))
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
        late = self.tr("late") if idea.late else ""
        note = " ".join(part for part in (f"{state.local(idea.at):%H:%M}", place, late) if part)
        quiet = "$text-muted" if idea.standing == "shown" else "bold $text-accent"
        return Content.assemble((f"{MARKS[idea.standing]} {note}  ", quiet), say(idea.text, lines=False))

    def _say_the_way(self) -> None:
        """What stands beside the search: how to go on from it, or that it is still in force."""
        tr = self.tr
        typing = self.query_one(Input).has_focus
        said = tr("Enter: to the list · Esc: all ideas") if typing else tr("Only what was found · Esc: all ideas")
        way, line = self.query_one("#way", Static), self.query_one(Input)
        if way.content != said:
            way.update(Content(said))
        line.placeholder = tr("Search")

    def on_input_changed(self) -> None:
        self.show(self._state, self.tr)

    def on_input_submitted(self) -> None:
        self.query_one("#search").set_class(bool(self.sought), "asked")
        self.query_one(OptionList).focus()

    def on_descendant_focus(self) -> None:
        self._say_the_way()
