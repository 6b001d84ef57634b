"""The plain rotation: tables of even size, nobody twice at one table, and nobody disturbed by who comes late."""

from hypothesis import given
from hypothesis import strategies as st

from cafe.plan import Plan
from cafe.state import RoundKey, State
from tests.afternoon import Diary, plan_of, short

HALL = """
title = "A hall"
organiser = "Town"
contact = "town@example.org"
[[groups]]
id = "A"
tables = {tables}
seats = {seats}
[sessions.s1]
title = "One"
questions = ["First?"]
rounds = {rounds}
minutes = 5
seating = "{seating}"
[[programme]]
at = "11:15"
kind = "session"
session = "s1"
[[programme]]
at = "12:00"
kind = "closing"
"""


def hall(tables: int, rounds: int, seats: int = 60, seating: str = "mix") -> Plan:
    return plan_of(HALL.format(tables=tables, rounds=rounds, seats=seats, seating=seating))


def come(told: Diary, people: int) -> Diary:
    for number in range(len(told.state.participants), len(told.state.participants) + people):
        told.do("join", who=f"p{number}", language="ro")
    return told


def sizes(state: State, key: RoundKey) -> list[int]:
    tables = list(state.seats.get(key, {}).values())
    return [tables.count(table.number) for table in state.plan.tables_for(key.block, state.plan.groups[0].id)]


@given(st.integers(1, 8), st.integers(1, 6), st.integers(1, 40))
def test_tables_are_of_even_size_and_nobody_returns(tables: int, rounds: int, people: int) -> None:
    """In every round sizes are within one, and while there are as many tables as rounds nobody sits at one twice."""
    state = come(Diary(hall(tables, rounds)), people).state
    keys = [RoundKey(0, "s1", number) for number in range(1, rounds + 1)]
    for key in keys:
        assert max(sizes(state, key)) - min(sizes(state, key)) <= 1
        assert len(state.seats[key]) == people
    if rounds <= tables:
        for who in state.participants:
            assert len({state.table(who, key) for key in keys}) == rounds


@given(st.integers(2, 6), st.integers(1, 25), st.lists(st.integers(0, 4), max_size=6))
def test_who_comes_late_moves_nobody(tables: int, people: int, late: list[int]) -> None:
    """Seats that were announced stay, whoever comes and whenever; late people fill the smallest tables."""
    told = come(Diary(hall(tables, 3)), people)
    for more in late:
        before = told.state
        come(told, more)
        for key, taken in before.seats.items():
            assert all(told.state.table(who, key) == table for who, table in taken.items())
        told.do("next", step=told.state.step)
    for key in told.state.seats:
        assert max(sizes(told.state, key)) - min(sizes(told.state, key)) <= 1


@given(st.integers(1, 4), st.integers(1, 30))
def test_nobody_is_put_at_a_full_table_while_another_has_room(seats: int, people: int) -> None:
    """Seats stand apart: a table takes as many as its limit, until all are full."""
    state = come(Diary(hall(4, 2, seats)), people).state
    if people <= 4 * seats:
        assert max(sizes(state, RoundKey(0, "s1", 1))) <= seats


def test_the_last_round_leads_home() -> None:
    """Where people return for the last round, they sit where they began."""
    state = come(Diary(hall(3, 3, seating="home")), 7).state
    first, second, last = (RoundKey(0, "s1", number) for number in (1, 2, 3))
    for who in state.participants:
        assert state.table(who, first) == state.table(who, last) != state.table(who, second)


def test_groups_that_walk_find_even_tables() -> None:
    """A group that goes to the other's tables, which are more or fewer than its own, fills all of them."""
    state = come(Diary(short(swap="walk")), 14).state
    for key, taken in state.seats.items():
        for group in state.plan.groups:
            here = [table for who, table in taken.items() if state.participants[who].group == group.id]
            if here:
                counts = [here.count(t.number) for t in state.plan.tables_for(key.block, group.id)]
                assert max(counts) - min(counts) <= 1


def test_a_host_counts_at_the_table() -> None:
    """With a host who stays, the next people are seated where there is more room."""
    told = come(Diary(hall(3, 3)), 2)
    told.do("host", who="p0", table=2)
    come(told, 4)
    for number in (1, 2, 3):
        key = RoundKey(0, "s1", number)
        assert told.state.table("p0", key) == 2
        assert sum(sizes(told.state, key)) == 6


def test_groups_grow_in_step_with_their_seats() -> None:
    """Three tables and two tables are filled three to two."""
    state = come(Diary(short()), 10).state
    groups = [person.group for person in state.participants.values()]
    assert (groups.count("A"), groups.count("B")) == (6, 4)
