"""At how many tables? The question before round 1, when other people came than were planned for, and its answer.

It is numbers alone, so that a facilitator with one screen can ask it on the wall. Planning runs off the event loop.
"""

import asyncio

from textual import work
from textual.content import Content
from textual.widgets import Static

from cafe import rules
from cafe.file import NotSaved
from cafe.i18n import Translator, translator
from cafe.rules.laying import Laid, asks, proposal
from cafe.rules.laying import Laying as Proposal
from cafe.stage import Stage
from cafe.state import State
from screens.actions import refusal
from screens.keyboard import USUAL, Keyboard
from screens.widgets.fence import say

OPEN_FOR = 10.0
"""Seconds in which a second press takes the number that the first one told."""


class Laying:
    """The question of one view: it holds the proposal that a second press would take."""

    def __init__(self, stage: Stage, keyboard: Keyboard = USUAL) -> None:
        self.stage, self.keyboard = stage, keyboard
        self._told: Proposal | None = None
        self._until = 0.0

    async def press(self, at: float) -> str:
        """Tells the better number, or takes the one that was told. `at` is real time in seconds."""
        told, self._told = self._told, None
        tr = translator(self.stage.state.language)
        if told and at <= self._until:
            try:
                await self.stage.do("lay", group=told.group, bare=list(told.bare), seats=told.seats)
            except (rules.Refused, NotSaved) as no:
                return refusal(self.stage, no)
            key = self.keyboard.told(tr, "undo")
            return tr("Laid: {tables}; {key} takes it back", tables=laid(tr, told.better), key=key)
        found = await self.ask(self.stage.state)
        if found is None:
            return tr("The tables fit the people who are here.")
        self._told, self._until = found, at + OPEN_FOR
        return " ".join(self.question(tr, self.stage.state, found))

    async def ask(self, state: State) -> Proposal | None:
        """The better number, worked out beside the event loop."""
        return await asyncio.to_thread(proposal, state)

    def question(self, tr: Translator, state: State, found: Proposal) -> list[str]:
        """The question in sentences."""
        return question(tr, state, found, self.keyboard.told(tr, "lay"))


def question(tr: Translator, state: State, found: Proposal, key: str) -> list[str]:
    """The question in sentences: the two numbers, what the better one costs, and the key."""
    planned = found.now.tables == len(state.plan.tables_of(found.group))
    values = {
        "people": tr.n("{n} person", "{n} people", found.people),
        "better": laid(tr, found.better),
        "now": laid(tr, found.now),
    }
    if planned:
        asked = tr("{people}: {better}, or {now} as planned?", **values)
    else:
        asked = tr("{people}: {better}, or {now} as now?", **values)
    if len(state.plan.groups) > 1:
        asked = tr("Group {name}", name=found.group) + " · " + asked
    tables = tr.n("{n} table", "{n} tables", found.better.tables)
    if found.better.again:
        price = tr.n(
            "With {what} {n} encounter would be repeated.",
            "With {what} {n} encounters would be repeated.",
            found.better.again,
            what=tables,
        )
    else:
        price = tr("With {what} nobody would meet anybody twice.", what=tables)
    said = [asked, price, tr("{key} takes {tables}.", key=key, tables=tables)]
    if state.reserved:
        said.append(tr("Printed cards would no longer lead to the right tables."))
    return said


def laid(tr: Translator, number: Laid) -> str:
    """As in "5 tables of 4–5"."""
    sizes = str(number.least) if number.least == number.most else f"{number.least}–{number.most}"
    return tr.n("{n} table of {sizes}", "{n} tables of {sizes}", number.tables, sizes=sizes)


class Asked(Static):
    """The question where the facilitator looks, as long as it is open."""

    DEFAULT_CSS = "Asked { height: auto; margin: 1 0 0 0; display: none; }"

    def __init__(self, laying: Laying) -> None:
        super().__init__()
        self.laying = laying
        self._wanted: tuple[State, Translator] | None = None
        self._of: tuple[int, str] | None = None
        self._busy = False

    def show(self, state: State, tr: Translator) -> None:
        """Asks about the room as it is now; while one is being looked at the next waits, and the last counts."""
        self._wanted = state, tr
        if asks(state) is None:
            self.display = False
        elif not self._busy and self._of != (state.rev, tr.language):
            self._busy = True
            self._work_out()
        elif not self._busy:
            self.display = bool(self.content)

    @work
    async def _work_out(self) -> None:
        try:
            while self._wanted and self._of != (self._wanted[0].rev, self._wanted[1].language):
                state, tr = self._wanted
                self._of = state.rev, tr.language
                found = await self.laying.ask(state)
                said = self.laying.question(tr, state, found) if found else []
                self.update(say(" ".join(said), "bold $text-accent", lines=False) if said else Content(""))
                self.display = bool(said) and asks(self._wanted[0]) is not None
        finally:
            self._busy = False
