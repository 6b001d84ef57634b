"""The search line above a list of the private view: opened with a key, read while it is in force, ended with Esc."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from cafe.i18n import Translator
from screens.typed import Typed


class Seek(Horizontal):
    """A word to search for, and beside it the way out: `typing` is said while somebody types, `found` afterwards."""

    DEFAULT_CSS = """
    Seek { height: 1; display: none; background: $panel; }
    Seek.asked { display: block; }
    Seek Input, Seek Input:focus { border: none; height: 1; width: 1fr; padding: 0 1; background: $panel; }
    Seek #way { width: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, typing: str, found: str) -> None:
        super().__init__()
        self._typing, self._found = typing, found

    def compose(self) -> ComposeResult:
        yield Typed()
        yield Static(id="way")

    @property
    def sought(self) -> str:
        """What is searched for; '' when the list shows all."""
        return self.query_one(Input).value.strip()

    def begin(self) -> None:
        """Opens the line."""
        self.add_class("asked")
        self.query_one(Input).focus()

    def end(self) -> None:
        """Ends the search: the list has all again."""
        self.query_one(Input).value = ""
        self.remove_class("asked")
        self._to_the_list()

    def on_input_submitted(self) -> None:
        self.set_class(bool(self.sought), "asked")
        self._to_the_list()

    def _to_the_list(self) -> None:
        if self.parent is not None:
            self.parent.query("OptionList, DataTable").first().focus()

    def show(self, tr: Translator) -> None:
        """Says how to go on from here, or that the search is still in force."""
        way, line = self.query_one("#way", Static), self.query_one(Input)
        said = tr(self._typing if line.has_focus else self._found)
        if way.content != said:
            way.update(Content(said))
        line.placeholder = tr("Search")
