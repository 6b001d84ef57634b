"""The facilitator's list of people: who is in, where they sit now and next, and who hosts a table."""

from rich.text import Text
from textual.widgets import DataTable

from cafe.i18n import N_, Translator
from cafe.stage import Stage
from cafe.state import Participant, State
from screens.widgets.fence import shown

TITLES = (N_("Card"), N_("Who"), N_("Group"), N_("Table"), N_("Next"))


class Roster(DataTable[Text]):
    """A row per participant, in the order in which they came. Names stay in the private view."""

    DEFAULT_CSS = "Roster { height: 1fr; background: $background; }"

    def __init__(self, stage: Stage, tr: Translator) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self.stage, self.tr = stage, tr
        self._rows: list[tuple[str, ...]] = []

    def on_mount(self) -> None:
        self._title()

    def _title(self) -> None:
        self.add_columns(*map(self.tr, TITLES), "")

    @property
    def chosen(self) -> str:
        """The participant under the bar; '' for nobody."""
        if not 0 <= self.cursor_row < len(self._rows):
            return ""
        return self._rows[self.cursor_row][-1]

    def show(self, state: State, tr: Translator) -> None:
        """Shows everybody; nothing moves when nothing changed."""
        at = self.cursor_row
        if tr.language != self.tr.language:
            self.tr, self._rows = tr, []
            self.clear(columns=True)
            self._title()
        rows = [self._row(state, person) for person in state.here]
        if rows == self._rows:
            return
        self.clear()
        for row in rows:
            self.add_row(*(Text(cell) for cell in row[:-1]))
        self._rows = rows
        if rows:
            self.move_cursor(row=min(at, len(rows) - 1))

    def _row(self, state: State, person: Participant) -> tuple[str, ...]:
        now, coming = state.place(person.id), state.coming(person.id)
        return (
            str(person.card or ""),
            shown(self.stage.name(person.id), lines=False) or "–",
            shown(person.group, lines=False),
            str(now.table) if now and state.position.tracks else "",
            str(coming.table) if coming else "",
            self._role(state, person.id),
            person.id,
        )

    def _role(self, state: State, who: str) -> str:
        hosts = [str(table) for table, host in state.hosts.items() if host == who]
        if hosts:
            return self.tr("host of {tables}", tables=", ".join(hosts))
        return self.tr("stays put") if who in state.pins else ""
