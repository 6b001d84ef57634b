"""The keys, made from the table of keys: whatever is added there stands here."""

from collections.abc import Iterable

from textual.widget import Widget

from screens.frame import Frame, View, margin
from screens.keylist import KeyList, Row
from screens.keys import keys_of, named


class Help(Frame):
    """A line for each key of the wall."""

    def body(self) -> Iterable[Widget]:
        yield KeyList(id="keys")

    def heading(self, view: View) -> tuple[str, str]:
        """What this is, and how to leave it."""
        return view.tr("Keys"), view.tr("any key closes this")

    def draw(self, view: View) -> None:
        side = margin(view.width)
        body = self.query_one(KeyList)
        body.styles.margin = (0, side, 0, side)
        tr = view.tr
        body.rows = tuple(
            # Names stand two blanks apart: the first one is enough where room is short.
            Row(names := named(tr, key), tr(key.told), names.partition("  ")[0], tr(key.label))
            for key in keys_of("wall")
        )
