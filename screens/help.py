"""The keys, made from the keyboard: what is added to the table of keys stands here, on as many pages as it needs."""

from collections.abc import Iterable

from textual.widget import Widget

from screens.frame import Frame, View, margin
from screens.key import Key
from screens.keyboard import Keyboard, named
from screens.keylist import KeyList, Row


class Help(Frame):
    """A line for each key of the wall."""

    def keys(self, keyboard: Keyboard) -> Iterable[Key]:
        """Those that it tells."""
        return keyboard.of("wall")

    def body(self) -> Iterable[Widget]:
        yield KeyList(id="keys")

    @property
    def pages(self) -> int:
        """How many pages the keys need in this window."""
        return self.query_one(KeyList).pages

    def heading(self, view: View) -> tuple[str, str]:
        """What this is, and how to leave it."""
        tr, last = view.tr, view.page + 1
        if self.pages == 1:
            return tr("Keys"), tr("any key closes this")
        page = f"{last}/{self.pages}"
        if last == self.pages:
            return tr("Keys"), f"{page} · {tr('any key closes this')}"
        return tr("Keys"), f"{page} · {tr('{key}: more', key=view.keyboard.told(tr, 'help'))}"

    def draw(self, view: View) -> None:
        side = margin(view.width)
        body = self.query_one(KeyList)
        body.styles.margin = (0, side, 0, side)
        tr = view.tr
        body.rows = tuple(
            # Names stand two blanks apart: the first one is enough where room is short.
            Row(names := named(tr, key), tr(key.told), names.partition("  ")[0], tr(key.label))
            for key in self.keys(view.keyboard)
        )
        body.page = view.page
        self.tick(view)


class ReplayHelp(Help):
    """A line for each key of a replay."""

    def keys(self, keyboard: Keyboard) -> Iterable[Key]:
        """Those that move through the hours come first."""
        return sorted(keyboard.of("replay"), key=lambda key: key.views != ("replay",))
