"""The facilitator's list of people: who is expected and who is in, where they sit now and next, who hosts a table."""

from collections.abc import Iterator

from rich.text import Text
from textual.widgets import DataTable

from cafe.i18n import N_, Translator
from cafe.stage import Stage
from cafe.state import State
from cafe.text import key
from screens.widgets.fence import shown

TITLES = (N_("Card"), N_("Who"), N_("Group"), N_("Table"), N_("Next"))


class Roster(DataTable[Text]):
    """A row per person: those of the list by their names, then the others in the order in which they came.

    Nobody's row moves when they come. Names stay in the private view.
    """

    DEFAULT_CSS = "Roster { height: 1fr; background: $background; }"

    def __init__(self, stage: Stage, tr: Translator) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self.stage, self.tr = stage, tr
        self._rows: list[tuple[str, ...]] = []
        self._sought = ""

    def on_mount(self) -> None:
        self._title()

    def _title(self) -> None:
        self.add_columns(*map(self.tr, TITLES), "")

    @property
    def chosen(self) -> str:
        """The person under the bar; '' for nobody."""
        if not 0 <= self.cursor_row < len(self._rows):
            return ""
        return self._rows[self.cursor_row][-1]

    def show(self, state: State, tr: Translator, sought: str = "") -> None:
        """Shows all, or who is `sought` by name or card. The chosen person stays chosen until others are sought."""
        anew, self._sought = sought != self._sought, sought
        before = "" if anew else self.chosen
        if tr.language != self.tr.language:
            self.tr, self._rows = tr, []
            self.clear(columns=True)
            self._title()
        rows = [self._row(state, who) for who in self._listed(state, sought)]
        if rows == self._rows and not anew:
            return
        self.clear()
        for row in rows:
            self.add_row(*(Text(cell) for cell in row[:-1]))
        self._rows = rows
        if rows:
            self.move_cursor(row=next((at for at, row in enumerate(rows) if row[-1] == before), 0))

    def _listed(self, state: State, sought: str) -> list[str]:
        gone = {person.id for person in state.participants.values() if person.left}
        listed = sorted(set(state.expected) - gone, key=lambda who: (key(self.stage.name(who)), who))
        everybody = [*listed, *(person.id for person in state.here if person.id not in state.expected)]
        wanted = key(sought)
        return [who for who in everybody if wanted in key(self.stage.name(who)) or wanted == str(_card(state, who))]

    def _row(self, state: State, who: str) -> tuple[str, ...]:
        now, coming = state.place(who), state.coming(who)
        person = state.participants.get(who) or state.expected[who]
        return (
            str(_card(state, who) or ""),
            shown(self.stage.name(who), lines=False) or "–",
            shown(person.group, lines=False),
            str(now.table) if now and state.position.tracks else "",
            str(coming.table) if coming else "",
            " · ".join(self._roles(state, who)),
            who,
        )

    def _roles(self, state: State, who: str) -> Iterator[str]:
        """Whether somebody of the list has come, and what they do at a table."""
        guest, here = state.expected.get(who), who in state.participants
        if guest:
            yield self.tr("✓ here") if here else self.tr("expected")
        hosts = [str(table) for table, host in state.hosts.items() if host == who]
        if guest and guest.host and not here:
            hosts = [str(guest.table)]
        if hosts:
            yield self.tr("host of {tables}", tables=", ".join(hosts))
        elif who in state.pins or (guest and guest.table and not here):
            yield self.tr("stays put")


def _card(state: State, who: str) -> int:
    return (state.participants.get(who) or state.expected[who]).card
