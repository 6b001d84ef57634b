"""The keys of the private view that say who sits where: hosts, people without phones, who left, closed tables, choices.

What changes no announced seat happens at once. A question is asked when a limit breaks, when a table loses its host, or
when the facilitator wants to know what could be better; its answers and the names in them stay in the private view.
"""

import asyncio
import secrets
from typing import TYPE_CHECKING

from textual.content import Content

from cafe.i18n import N_, Translator
from cafe.rules.evening import Offer, Strain, heirs, offers, strains
from cafe.stage import Turn
from screens.actions import ARMED
from screens.answers import Answers
from screens.board import Board
from screens.choice import Choice
from screens.phone import Phone
from screens.photograph import Photograph
from screens.roster import Roster
from screens.widgets.fence import say, shown

if TYPE_CHECKING:
    from screens.private import PrivateApp

OFFERS = {
    "keep": N_("Keep the announced seats"),
    "even": N_("Even the tables out"),
    "mix": N_("Mix all rounds to come anew"),
}
"""What each proposal is called."""

MOST_STRAINS = 3
"""So many tables over their limit are told by name."""


class Places(Answers):
    """The keys of the pages of people and tables."""

    def __init__(self, app: "PrivateApp") -> None:
        super().__init__(app)
        self._looked = -1
        self._erasing = ("", 0.0)
        self._asked: dict[tuple[int, int], int] = {}
        """How many people sat at a table over its limit, by round and table, when that was asked about."""
        self._orphans: list[int] = []
        """Tables whose host was forgotten."""

    # -------------------------------------------------------------------------------------------- the keys

    async def host(self) -> str:
        """The chosen person becomes the host of their table, or is one no longer."""
        who, state = self.app.query_one(Roster).chosen, self.stage.state
        hosted = self._hosted(who)
        if hosted:
            if self._ask_for_heir(hosted, "unhost", {"table": hosted}):
                return ""
            return await self.app.do("unhost", table=hosted) or self.tr(
                "They are no longer the host of table {number}", number=hosted
            )
        place = state.place(who) or state.coming(who)
        if place is None:
            return self.tr("Choose a person with a table first.")
        return await self.app.do("host", who=who, table=place.table) or self.tr(
            "They are the host of table {number} now", number=place.table
        )

    async def bring(self) -> str:
        """Seats somebody without a phone."""
        who = secrets.token_hex(8)
        no = await self.app.do("bring", who=who)
        if no:
            return no
        return self._seat(who)

    def _seat(self, who: str) -> str:
        """Where somebody sits who has just come."""
        state = self.stage.state
        card, here = state.participants[who].card, state.place(who) or state.coming(who)
        if here is None:
            return self.tr("Somebody without a phone is in.")
        if not card:
            return self.tr("Table {number}", number=here.table)
        return self.tr("Card {card}: table {table}", card=card, table=here.table)

    async def arrive(self) -> str:
        """The chosen person of the list has come."""
        who, state = self.app.query_one(Roster).chosen, self.stage.state
        if who not in state.expected:
            return self.tr("Choose a person of the list first.")
        if who in state.participants:
            return self.tr("They are here already.")
        return await self.app.do("arrive", who=who) or self._seat(who)

    async def erase(self) -> str:
        """The chosen person is forgotten at the second press; the first one says whom it would be."""
        who, (before, at) = self.app.query_one(Roster).chosen, self._erasing
        self._erasing = (who, self.app.clock())
        if not who or self.app.page != "people":
            return self.tr("Choose a person first.")
        if before == who and self.app.clock() - at < ARMED:
            return await self.app.do("erase", who=who) or self.tr("They are forgotten.")
        name = shown(self._name(who).plain, lines=False)
        key = self.app.keyboard.told(self.tr, "erase")
        return self.tr("Press {key} once more: {name} is forgotten, with their ideas, for good.", key=key, name=name)

    async def depart(self) -> str:
        """The chosen person has left; a host leaves the table to somebody."""
        who = self.app.query_one(Roster).chosen
        if not who:
            return self.tr("Choose a person first.")
        hosted = self._hosted(who)
        if hosted and self._ask_for_heir(hosted, "leave", {"who": who}):
            return ""
        return await self._leave(who)

    async def _leave(self, who: str, **given: object) -> str:
        """They have left; said with their name, since their row is gone from the list."""
        name = shown(self._name(who).plain, lines=False)
        key = self.app.keyboard.told(self.tr, "undo")
        return await self.app.do("leave", who=who, **given) or self.tr(
            "{name} has left; {key} takes that back.", name=name, key=key
        )

    async def keep(self) -> str:
        """The chosen person cannot move, or can again."""
        who, state = self.app.query_one(Roster).chosen, self.stage.state
        place = state.place(who) or state.coming(who)
        if place is None:
            return self.tr("Choose a person with a table first.")
        name, pinned = shown(self._name(who).plain, lines=False), who in state.pins
        told = self.tr("{name} can move again.", name=name)
        if not pinned:
            told = self.tr("{name} stays at table {number}.", name=name, number=place.table)
        return await self.app.do("pin", who=who, table=0 if pinned else place.table) or told

    async def shut(self) -> str:
        """The chosen table is closed from the next round on, or open again."""
        table = self.app.query_one(Board).chosen
        if not table or self.app.page != "tables":
            return self.tr("Choose a table first.")
        if table not in self.stage.state.closed_tables:
            return await self.app.do("close_table", table=table) or self.tr(
                "Table {number} is closed from the next round on; {key} opens it.",
                number=table,
                key=self.app.keyboard.told(self.tr, "shut"),
            )
        return await self.app.do("open_table", table=table) or self.tr(
            "Table {number} is open; {key} brings people there.",
            number=table,
            key=self.app.keyboard.told(self.tr, "even"),
        )

    async def phone(self) -> str:
        """Shows what a phone at the chosen table shows."""
        self.app.push_screen(Phone(self.stage, self.tr, self.app.query_one(Board).chosen))
        return ""

    async def photo(self) -> str:
        """Shows the chosen table's photographs, to be taken out of the report, or in again."""
        table, state = self.app.query_one(Board).chosen, self.stage.state
        tables = sorted({photo.place.table for photo in state.photos.values()})
        if table in tables:
            self.app.push_screen(Photograph(self.stage, self.tr, table, self.app.clock))
            return ""
        if tables:
            return self.tr("This table has no photograph; these have: {tables}", tables=", ".join(map(str, tables)))
        return self.tr("This table has no photograph.")

    async def even(self) -> str:
        """Asks what could be better, and what that costs."""
        self.app.run_worker(self._propose(wanted=True), group="places", exclusive=True)
        return ""

    # ------------------------------------------------------------------------------------ what asks by itself

    def heard(self, turn: Turn) -> None:
        """Notes the tables whose hosts asked to be forgotten."""
        for table, who in turn.before.hosts.items():
            if table not in turn.after.hosts and who in turn.after.forgotten:
                self._orphans.append(table)

    def look(self) -> None:
        """Asks what must be asked now: nothing while another question stands, nor twice about the same."""
        if self.app.asking:
            return
        if self._orphans:
            table = self._orphans.pop(0)
            if table not in self.stage.state.hosts:
                self._ask_for_heir(table, "host", {"table": table}, wanted=False)
            return
        state = self.stage.state
        if state.rev == self._looked:
            return
        self._looked = state.rev
        found = {(strain.round, strain.table): strain.people for strain in strains(state)}
        more = any(people > self._asked.get(where, 0) for where, people in found.items())
        self._asked = found
        if more:
            self.app.run_worker(self._propose(wanted=False), group="places", exclusive=True)

    # ------------------------------------------------------------------------------------------- questions

    def _hosted(self, who: str) -> int:
        return next((table for table, host in self.stage.state.hosts.items() if who and host == who), 0)

    def _ask_for_heir(self, table: int, command: str, given: dict[str, object], *, wanted: bool = True) -> bool:
        """Asks who takes a table over and gives the command then; False when there is nobody to ask about."""
        found = heirs(self.stage.state, table)
        if found:
            asking = self._inherit(table, found, command, given, wanted=wanted)
            self.app.run_worker(asking, group="places", exclusive=True)
        return bool(found)

    async def _inherit(
        self, table: int, found: list[str], command: str, given: dict[str, object], *, wanted: bool
    ) -> None:
        tr = self.tr
        question = tr("Who takes table {number} over as its host?", number=table)
        names = [*map(self._name, found), Content(tr("Nobody"))]
        at = await self.app.push_screen_wait(Choice(tr, question, names, wanted=wanted))
        if at is None:
            return
        heir = found[at] if at < len(found) else ""
        if command == "host":
            self.app.tell(await self.app.do("host", who=heir, table=table) if heir else "")
        elif command == "leave":
            self.app.tell(await self._leave(str(given["who"]), heir=heir))
        else:
            self.app.tell(await self.app.do(command, **given, heir=heir))

    def _name(self, who: str) -> Content:
        """How the list calls somebody: by name and card, or by what there is of them."""
        state, name = self.stage.state, self.stage.name(who)
        card = state.participants[who].card if who in state.participants else 0
        if not card:
            return say(name or self.tr("this person"), lines=False)
        told = self.tr("Card {number}", number=card)
        return say(f"{name} · {told}" if name else told, lines=False)

    async def _propose(self, *, wanted: bool) -> None:
        """Works out what could be done, off the event loop, and does what is chosen."""
        tr = self.tr
        found = await asyncio.to_thread(offers, self.stage.state)
        strained = strains(self.stage.state)
        if not any(offer.seats for offer in found):
            if strained:
                self.app.tell(tr("No seating helps: {what}", what="; ".join(overfull(tr, strained))))
            elif wanted:
                self.app.tell(tr("The tables are even already."))
            return
        question = (
            tr("Some tables have more people than seats") if strained else tr("What shall be done with the seats?")
        )
        known = "\n".join(overfull(tr, strained))
        answers = [described(tr, offer) for offer in found]
        at = await self.app.push_screen_wait(Choice(tr, question, answers, known=known, wanted=wanted))
        if at is None or not found[at].seats:
            return
        taken = found[at]
        self.app.tell(
            await self.app.do("reseat", rev=taken.rev, seats=taken.seats, kind=taken.kind)
            or tr.n(
                "{n} person gets another table; {key} takes it back.",
                "{n} people get another table; {key} takes it back.",
                taken.people,
                key=self.app.keyboard.told(tr, "undo"),
            )
        )


def described(tr: Translator, offer: Offer) -> Content:
    """A proposal with its price in words."""
    least, most = offer.sizes
    seats = tr("no announced seat changes")
    if offer.seats:
        seats = tr.n("{n} announced seat changes", "{n} announced seats change", offer.changed)
        seats = f"{seats} {tr.n('for {n} person', 'for {n} people', offer.people)}"
    sizes = tr("{least} to {most} at each table", least=least, most=most)
    if least == most:
        sizes = tr("{n} at every table", n=most)
    met = tr("nobody meets anybody twice")
    if offer.repeats:
        met = tr.n("{n} repeated encounter", "{n} repeated encounters", offer.repeats)
    lines = [Content.styled(tr(OFFERS[offer.kind]), "bold"), Content(seats), Content(f"{sizes} · {met}")]
    lines += [Content(line) for line in overfull(tr, offer.over)]
    return Content("\n").join(lines)


def overfull(tr: Translator, strained: tuple[Strain, ...]) -> list[str]:
    """Tables over their limit, the first few by name."""
    told = [
        tr(
            "round {round}, table {table}: {people} people, {seats} seats",
            round=each.round, table=each.table, people=each.people, seats=each.seats,
        )
        for each in strained[:MOST_STRAINS]
    ]  # fmt: skip
    more = len(strained) - len(told)
    return [*told, tr.n("{n} more table like this", "{n} more tables like this", more)] if more else told
