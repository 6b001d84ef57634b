"""A whole session through the room's own rules: people come, leave, stay put, host, choose; tables close and open; some
things are taken back, proposals are taken, rounds go by. Whatever the order, nobody is moved who need not be.
"""

from collections.abc import Set

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cafe.fold import evolve
from cafe.rules import Refused
from cafe.rules.evening import heirs, offers, strains
from cafe.rules.rounds import later
from cafe.state import Participant, RoundKey, State
from tests.afternoon import Diary, difference
from tests.core.test_seating import come, hall, sizes

KEYS = [RoundKey(0, "s1", number) for number in (1, 2, 3, 4)]
some = st.integers(0, 40)


def over(state: State) -> set[RoundKey]:
    """The rounds that have happened, without the running one."""
    track = state.track("A")
    running = state.key(track) if track and track.phase == "round" else None
    return set(KEYS) - set(later(state, "A")) - {running}


def frozen(state: State, key: RoundKey, without: Set[str] = frozenset()) -> bytes:
    """Who sat where in a round, byte for byte."""
    return msgspec.json.encode(sorted((w, t) for w, t in state.seats.get(key, {}).items() if w not in without))


class Afternoon(RuleBasedStateMachine):
    """One hall in any of the ways through the tables."""

    told: Diary

    @initialize(
        seating=st.sampled_from(["mix", "together", "home", "choose"]),
        tables=st.integers(3, 6),
        seats=st.integers(4, 6),
        share=st.integers(5, 10),
    )
    def doors_open(self, seating: str, tables: int, seats: int, share: int) -> None:
        """So many tables and chairs, and half to all of the chairs taken."""
        self.told = come(Diary(hall(tables, 4, seats, seating)), tables * seats * share // 10)
        self.seating, self.number = seating, len(self.told.state.participants)

    @property
    def state(self) -> State:
        return self.told.state

    def ahead(self) -> list[RoundKey]:
        return later(self.state, "A")

    def person(self, number: int) -> Participant | None:
        here = self.state.here
        return here[number % len(here)] if here else None

    def table(self, number: int) -> int:
        return 1 + number % len(self.state.plan.tables)

    def do(self, command: str, may: Set[str], **given: object) -> bool:
        """Gives a command that may change the announced seats of these people alone; a refusal changes nothing."""
        before = self.state
        try:
            self.told.do(command, **given)
        except Refused:
            assert self.state is before
            return False
        gone = set(self.state.forgotten)
        for key in over(before) & over(self.state):
            assert frozen(self.state, key) == frozen(before, key, gone), (command, given, key)
        for key in later(before, "A"):
            for who, table in before.seats.get(key, {}).items():
                assert who in may or self.state.table(who, key) == table, (command, given, who, key)
        return True

    # ------------------------------------------------------------------------------------ people

    @rule(table=st.integers(0, 6))
    def somebody_comes(self, table: int) -> None:
        """Who comes late is seated at once and in all rounds to come, and nobody else moves."""
        self.number += 1
        who = f"p{self.number}"
        if self.do("join", set(), who=who, language="ro", table=table):
            track = self.state.track("A")
            now = [self.state.key(track)] if track else []
            assert all(self.state.table(who, key) for key in (*now, *self.ahead()))

    @rule(number=some, inherited=st.booleans())
    def somebody_leaves(self, number: int, inherited: bool) -> None:
        """Only their own seats become free; a host's table goes to the heir, whose seats are there from now on."""
        person = self.person(number)
        if person is None:
            return
        table = next((table for table, host in self.state.hosts.items() if host == person.id), 0)
        found = heirs(self.state, table)[:1] if table and inherited else []
        assert self.do("leave", {person.id, *found}, who=person.id, heir="".join(found))
        assert not any(self.state.table(person.id, key) for key in self.ahead())
        assert self.state.hosts.get(table, "") == "".join(found)

    @rule(number=some, table=some, free=st.booleans())
    def somebody_cannot_move(self, number: int, table: int, free: bool) -> None:
        """Pinning changes their seats alone, and so does letting them go on."""
        if person := self.person(number):
            self.do("pin", {person.id}, who=person.id, table=0 if free else self.table(table))

    @rule(number=some, table=some)
    def somebody_hosts(self, number: int, table: int) -> None:
        """A new host stays; the one before goes on."""
        if person := self.person(number):
            place = self.table(table)
            self.do("host", {person.id, self.state.hosts.get(place, "")}, who=person.id, table=place)

    @rule(table=some, inherited=st.booleans())
    def a_host_goes_on(self, table: int, inherited: bool) -> None:
        """The host goes on along the card's way; an heir stays instead."""
        place = self.table(table)
        found = heirs(self.state, place)[:1] if inherited else []
        self.do("unhost", {self.state.hosts.get(place, ""), *found}, table=place, heir="".join(found))

    @rule(number=some, table=some)
    def somebody_chooses(self, number: int, table: int) -> None:
        """On the phone people choose their own table where that is the way, never a closed or a full one."""
        if person := self.person(number):
            place, coming = self.table(table), self.state.coming(person.id)
            if self.do("choose", {person.id}, who=person.id, table=place) and coming:
                assert self.seating == "choose"
                assert place not in self.state.closed_tables

    @rule(number=some)
    def somebody_is_forgotten(self, number: int) -> None:
        """Nobody else is touched; a table that they hosted has no host."""
        if (person := self.person(number)) and len(self.state.here) > 3:
            assert self.do("forget", {person.id}, who=person.id)
            assert person.id not in self.state.hosts.values()

    # ------------------------------------------------------------------------------------ tables

    @rule(table=some)
    def a_table_closes(self, table: int) -> None:
        """Those who were to sit there find another, the others stay; the table is empty from then on. One that undo has
        closed already stays as it is: who came to it meanwhile is told as a strain.
        """
        place = self.table(table)
        before = place in self.state.closed_tables
        there = {who for key in self.ahead() for who, at in self.state.seats.get(key, {}).items() if at == place}
        if self.do("close_table", there, table=place) and not before:
            assert all(place not in self.state.seats.get(key, {}).values() for key in self.ahead())
            assert place not in self.state.hosts

    @rule(table=some)
    def a_table_opens(self, table: int) -> None:
        """Nobody moves when a table opens: that is a proposal's matter."""
        assert self.do("open_table", set(), table=self.table(table))

    @rule(number=some)
    def a_proposal_is_taken(self, number: int) -> None:
        """What was told is what comes: who moves, the sizes, the limits; those who stay are not moved."""
        found = offers(self.state)
        assert len({msgspec.json.encode(each.seats, order="sorted") for each in found}) == len(found)
        if not found:
            return
        taken = found[number % len(found)]
        before = self.state
        assert self.do("reseat", set(taken.seats), rev=taken.rev, seats=taken.seats, kind=taken.kind)
        moved = [(w, k) for k in self.ahead() for w in before.seats[k] if before.table(w, k) != self.state.table(w, k)]
        assert len(moved) == taken.changed
        assert not set(taken.seats) & (set(before.pins) | set(before.hosts.values()))
        assert strains(self.state) == taken.over or self.seating == "home"
        chairs = self.state.plan.tables[0].seats * (len(self.state.plan.tables) - len(self.state.closed_tables))
        free = not (self.state.pins or self.state.hosts)
        if taken.kind == "even" and free and len(self.state.here) <= chairs and self.seating in ("mix", "choose"):
            for key in self.ahead():
                there = [n for n, t in zip(sizes(self.state, key), self.state.plan.tables, strict=True)
                         if t.number not in self.state.closed_tables]  # fmt: skip
                assert max(there) - min(there) <= 1

    # ------------------------------------------------------------------------------------ the programme

    @rule()
    def on_it_goes(self) -> None:
        """The programme goes on; a round that is over is past."""
        if self.state.position.block < 1:
            assert self.do("next", set(), step=self.state.step)

    @precondition(lambda self: self.told.state.undo)
    @rule()
    def something_is_taken_back(self) -> None:
        """Only those whom it concerned get other seats."""
        step = self.state.undo[-1]
        self.do("undo", set(step.seats))

    # ------------------------------------------------------------------------------------ always

    @invariant()
    def everybody_has_a_seat(self) -> None:
        """Who is there has one in every round to come, who left has none; a closed table that has people is told."""
        told = {(strain.round, strain.table) for strain in strains(self.state)}
        here = {person.id for person in self.state.here}
        for key in self.ahead():
            taken = self.state.seats.get(key, {})
            assert set(taken) == here
            closed = self.state.closed_tables & set(taken.values())
            assert {(key.round, table) for table in closed} <= told

    @invariant()
    def who_stays_stays(self) -> None:
        """Pins hold in all rounds to come, and hosts are at their tables."""
        here = {person.id for person in self.state.here}
        stays = {**{who: table for table, who in self.state.hosts.items()}, **self.state.pins}
        for key in self.ahead():
            for who, table in stays.items():
                assert who not in here or self.state.table(who, key) == table, (who, key)

    def teardown(self) -> None:
        """The log told again gives the same café."""
        state = State(room="room")
        for record in self.told.records:
            state = evolve(state, record)
        assert not difference(state, self.state)


Afternoon.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestAfternoon = Afternoon.TestCase
