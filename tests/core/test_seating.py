"""Cards in the order of arrival: even tables, nobody twice at one table, nobody disturbed by who comes late."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe.events import Expected, Joined
from cafe.plan import Plan
from cafe.rules import Refused
from cafe.seating import card, seats
from cafe.state import Place, RoundKey, State
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


def meetings(state: State) -> Counter[frozenset[str]]:
    """How often each two people sit at one table."""
    met: Counter[frozenset[str]] = Counter()
    for taken in state.seats.values():
        for one, other in combinations(taken, 2):
            if taken[one] == taken[other]:
                met[frozenset((one, other))] += 1
    return met


@pytest.mark.parametrize(("tables", "rounds", "people"), [(5, 3, 20), (6, 3, 24), (8, 4, 40), (10, 3, 60), (12, 4, 70)])
def test_nobody_meets_anybody_twice_where_algebra_allows_it(tables: int, rounds: int, people: int) -> None:
    """Whoever comes in whatever order, two people sit together once at most, and the file says why."""
    told = come(Diary(hall(tables, rounds, 7)), people)
    assert max(meetings(told.state).values()) == 1
    joined = [record.event for record in told.records if isinstance(record.event, Joined)]
    assert all(event.certificate.startswith("difference matrix over Z") for event in joined)


def test_two_sessions_can_be_without_repeats_too() -> None:
    """Where there are enough tables, nobody meets anybody twice over both sessions."""
    twice = (
        HALL
        + """
[[programme]]
at = "13:00"
kind = "session"
session = "s1"
"""
    )
    told = come(Diary(plan_of(twice.format(tables=9, rounds=3, seats=5, seating="mix"))), 40)
    assert len(told.state.seats) == 6
    assert max(meetings(told.state).values()) == 1


def test_a_shared_question_comes_once() -> None:
    """With three questions on six tables in turn nobody gets one twice in three rounds."""
    plan = plan_of(
        HALL.replace('"First?"', '"One?", "Two?", "Three?"').format(tables=6, rounds=3, seats=6, seating="mix")
    )
    state = come(Diary(plan), 30).state
    for who in state.participants:
        places = [Place(*key, state.table(who, key)) for key in state.seats]
        assert len({state.question(place).id for place in places}) == 3


@given(st.permutations(range(1, 13)))
def test_a_printed_card_and_a_phone_are_one_seat(order: list[int]) -> None:
    """Whoever types the number of a card sits where the card says, in whatever order people do it."""
    told, plan = Diary(hall(4, 3)), hall(4, 3)
    for number in order:
        told.do("join", who=f"p{number}", language="ro", card=number)
        assert told.state.participants[f"p{number}"].card == number
        for seat in seats(plan, card(plan, number)):
            assert told.state.table(f"p{number}", RoundKey(seat.block, seat.session, seat.round)) == seat.table
    for key in told.state.seats:
        assert sizes(told.state, key) == [3, 3, 3, 3]


def test_a_card_is_one_person_s() -> None:
    """A card that somebody holds, and one that does not exist, are refused; the next free one is given out."""
    told = Diary(hall(4, 3))
    told.do("join", who="first", language="ro", card=2)
    with pytest.raises(Refused, match="already"):
        told.do("join", who="second", language="ro", card=2)
    with pytest.raises(Refused, match="no card"):
        told.do("join", who="second", language="ro", card=-1)
    come(told, 3)
    assert sorted(person.card for person in told.state.participants.values()) == [1, 2, 3, 4]


@pytest.mark.parametrize("table", [1, 2, 3, 4])
def test_who_scans_a_table_s_code_sits_there(table: int) -> None:
    """The code on a table card joins and sits at that table; later rounds mix like everybody's."""
    told = come(Diary(hall(4, 3)), 5)
    told.do("join", who="guest", language="ro", table=table)
    assert told.state.table("guest", RoundKey(0, "s1", 1)) == table
    assert len({told.state.table("guest", key) for key in told.state.seats}) == 3


def test_somebody_without_a_phone_is_brought_in() -> None:
    """The facilitator seats people without a phone; they count like everybody."""
    told = come(Diary(hall(4, 3)), 3)
    told.do("bring", who="guest")
    told.do("bring", who="other", card=9)
    assert told.state.participants["guest"].card == 4
    assert told.state.participants["other"].card == 9


def test_a_card_with_a_name_on_it_is_kept_for_its_owner() -> None:
    """Who comes without a card gets none that was printed for somebody; its owner gets it whenever they come."""
    told = Diary(hall(4, 3))
    told.put(*(Expected(f"g{number}", "A", number) for number in (1, 2, 3)))
    come(told, 2)
    told.do("join", who="a phone", language="ro", card=2)
    assert set(told.state.participants) == {"p0", "p1", "g2"}
    assert sorted(person.card for person in told.state.participants.values()) == [2, 4, 5]
