"""The facilitator's list of tables: who sits there now and next, and how many ideas each has. A quiet table may be the
best talk in the room: the number is information, no warning.
"""

from immutables import Map
from rich.text import Text
from textual.widgets import DataTable

from cafe.i18n import N_, Translator
from cafe.state import Place, RoundKey, State
from screens.widgets.fence import shown

TITLES = (N_("Table"), N_("Name"), N_("Group"), N_("Now"), N_("Next"), N_("Ideas"))


class Board(DataTable[Text]):
    """A row per table of the café."""

    DEFAULT_CSS = "Board { height: 1fr; background: $background; }"

    def __init__(self, tr: Translator) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self.tr = tr
        self._rows: list[tuple[str, ...]] = []

    def on_mount(self) -> None:
        self._title()

    def _title(self) -> None:
        self.add_columns(*map(self.tr, TITLES), "")

    @property
    def chosen(self) -> int:
        """The number of the table under the bar; 0 for none."""
        return self.cursor_row + 1 if 0 <= self.cursor_row < len(self._rows) else 0

    def show(self, state: State, tr: Translator) -> None:
        """Shows every table; nothing moves when nothing changed."""
        at = self.cursor_row
        if tr.language != self.tr.language:
            self.tr, self._rows = tr, []
            self.clear(columns=True)
            self._title()
        now, coming = _counts(state, 0), _counts(state, 1)
        rows: list[tuple[str, ...]] = [
            (
                str(table.number),
                shown(table.name, lines=False),
                shown(table.group, lines=False),
                str(now.get(table.number, "")),
                str(coming.get(table.number, "")),
                str(_ideas(state, table.number) or ""),
                self.tr("closed") if table.number in state.closed_tables else "",
            )
            for table in state.plan.tables
        ]
        if rows == self._rows:
            return
        self.clear()
        for row in rows:
            self.add_row(*map(Text, row))
        self._rows = rows
        if rows:
            self.move_cursor(row=min(at, len(rows) - 1))


def _counts(state: State, later: int) -> dict[int, int]:
    """How many people each table has in the running rounds, or so many rounds later."""
    counts: dict[int, int] = {}
    for track in state.position.tracks:
        key = RoundKey(state.position.block, track.session, track.round + later)
        for table in state.seats.get(key, Map()).values():
            counts[table] = counts.get(table, 0) + 1
    return counts


def _ideas(state: State, table: int) -> int:
    """The ideas of a table in the running round."""
    return sum(
        len(state.at_table.get(Place(state.position.block, track.session, track.round, table), Map()))
        for track in state.position.tracks
    )
