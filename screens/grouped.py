"""The facilitator's list of themes, each with the ideas under it; hidden ones too, with their mark."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cafe.i18n import Translator
from cafe.rules.themes import theme_shown, themes, under
from cafe.state import Idea, State
from cafe.wall import themes as told
from cafe.wall import words
from screens.keyboard import Keyboard
from screens.queue import MARKS
from screens.widgets.fence import say


class Grouped(OptionList):
    """A row for each theme and for each of its ideas; the keys are for the row under the bar."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "app.press('enter')", show=False)]
    DEFAULT_CSS = """
    Grouped, Grouped:focus { height: 1fr; border: none; padding: 0; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: dict[tuple[int, str], Content] = {}

    @property
    def chosen(self) -> tuple[int, str]:
        """The theme under the bar, and the id of the idea; '' on the row of a theme itself, 0 where there is none."""
        at = self.highlighted
        return [*self._rows][at] if at is not None and at < len(self._rows) else (0, "")

    def show(self, state: State, tr: Translator) -> None:
        """Lists the themes; the bar stays on its row, or where that row was."""
        rows = dict(_rows(tr, state))
        if rows == self._rows:
            return
        before, at = self.chosen, self.highlighted or 0
        self._rows = rows
        self.set_options([Option(row) for row in rows.values()])
        self.highlighted = [*rows].index(before) if before in rows else min(at, len(rows) - 1) if rows else None

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """A click only chooses: nothing reaches the wall by a slip."""
        chosen.stop()


def head(tr: Translator, state: State, keyboard: Keyboard) -> Content:
    """How many ideas wait for a theme; without any theme how one is made."""
    waiting = sum(idea.counts and idea.id not in state.themed for idea in state.ideas.values())
    left = tr.n("{n} idea has no theme", "{n} ideas have no theme", waiting) if waiting else ""
    keys = {action: keyboard.told(tr, action) for action in ("mark", "gather")}
    how = (
        "" if state.themes else tr("On the page of ideas {mark} marks ideas, {gather} puts them under a theme.", **keys)
    )
    return Content.styled("\n".join(filter(None, (how, left))), "$text-muted")


def _rows(tr: Translator, state: State) -> list[tuple[tuple[int, str], Content]]:
    seen = {theme.number: theme for theme in themes(state)}
    on_wall = theme_shown(state)
    rows = []
    for number, name in sorted(state.themes.items()):
        count = told.told(tr, state, seen[number]) if number in seen else tr("nothing to be shown")
        large = tr("large on the wall") if on_wall and on_wall.number == number else ""
        about = words.joined(count, large)
        row = Content.assemble(say(name, "bold", lines=False), "  ", (about, "$text-muted"))
        rows.append(((number, ""), row))
        rows += [((number, idea.id), _row(idea)) for idea in under(state, number)]
    return rows


def _row(idea: Idea) -> Content:
    return Content.assemble("    ", (f"{MARKS[idea.standing]} ", "$text-muted"), say(idea.text, lines=False))
