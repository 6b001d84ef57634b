"""At how many tables? Before round 1 the number that suits those who came is offered; unanswered, the plan holds."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe.rules import Refused
from cafe.rules.laying import Laying, asks, proposal
from cafe.rules.verdicts import verdicts
from cafe.state import RoundKey, State
from tests.afternoon import Diary, short
from tests.core.test_seating import come, hall


def told(tables: int, people: int, *, seats: int = 8, rounds: int = 3) -> tuple[Diary, Laying | None]:
    """A hall before its first round, with its question."""
    held = come(Diary(hall(tables, rounds, seats)), people)
    return held, proposal(held.state)


def take(held: Diary, found: Laying | None) -> State:
    """The question answered with yes."""
    assert found is not None
    held.do("lay", group=found.group, bare=list(found.bare), seats=found.seats)
    return held.state


def key(round: int) -> RoundKey:
    return RoundKey(0, "s1", round)


def taken(state: State, round: int) -> list[int]:
    """The sizes of the tables where somebody sits."""
    tables = list(state.seats[key(round)].values())
    return sorted(tables.count(number) for number in set(tables))


def meetings(state: State, rounds: int) -> list[int]:
    """How often each two people meet."""
    met: dict[tuple[str, str], int] = {}
    for number in range(1, rounds + 1):
        seated = state.seats[key(number)]
        for pair in combinations(sorted(seated), 2):
            met[pair] = met.get(pair, 0) + (seated[pair[0]] == seated[pair[1]])
    return list(met.values())


def test_twenty_three_people_at_six_planned_tables_are_offered_five() -> None:
    """23 people, six tables for eight each: five tables of 4 to 5 are offered, or six of 3 to 4 as planned."""
    _, found = told(6, 23)
    assert found is not None
    assert (found.better[:3], found.now[:3]) == ((5, 4, 5), (6, 3, 4))
    assert (found.better.again, found.now.again) == (9, 0)


def test_taken_it_closes_the_table_for_the_whole_cafe_and_undo_opens_it() -> None:
    """Nobody goes to the table that was taken away, sizes are within one; undo brings every seat back."""
    held, found = told(8, 24)
    before = held.state
    state = take(held, found)
    assert state.closed_tables == state.bare_tables == {7, 8}
    for number in (1, 2, 3):
        assert taken(state, number) == [4] * 6
    assert max(meetings(state, 3)) == 1
    assert asks(state) is None
    assert "Nobody meets anybody twice: the best possible, proved." in [
        str(said.message) for said in verdicts(state)["A"].said
    ]
    held.do("undo")
    assert (held.state.seats, held.state.closed_tables, held.state.bare_tables) == (before.seats, set(), set())


def test_who_comes_late_finds_the_tables_that_are_left() -> None:
    """After the answer the next cards lead to the laid tables alone, even, and nobody meets twice."""
    held, found = told(9, 28)
    take(held, found)
    assert found is not None
    assert found.better.tables == 7
    state = come(held, 7).state
    for number in (1, 2, 3):
        assert taken(state, number) == [5] * 7
    assert max(meetings(state, 3)) == 1
    assert not {8, 9} & {table for n in (1, 2, 3) for table in state.seats[key(n)].values()}


def test_more_people_than_the_laid_tables_hold_open_them_again() -> None:
    """Eight planned, five laid for twenty; when eighteen more come eight are offered, and everybody is dealt anew."""
    held, found = told(8, 20)
    take(held, found)
    come(held, 18)
    again = proposal(held.state)
    assert again is not None
    assert again.better.tables > again.now.tables == 5
    state = take(held, again)
    assert max(taken(state, 1)) - min(taken(state, 1)) <= 1
    assert max(meetings(state, 3)) == 1


def test_people_who_came_while_it_was_asked_are_seated_all_the_same() -> None:
    """A proposal is taken although somebody joined since: they go the way of their card."""
    held, found = told(6, 23)
    come(held, 1)
    state = take(held, found)
    assert all(len(state.seats[key(n)]) == 24 and 6 not in state.seats[key(n)].values() for n in (1, 2, 3))


def test_an_uneven_hall_is_evened_when_the_tables_are_laid() -> None:
    """After many have left before round 1 the seats are planned anew, so that sizes are within one."""
    held, _ = told(8, 40)
    for number in (*range(0, 40, 8), *range(1, 40, 8), *range(2, 40, 8), 3):
        held.do("leave", who=f"p{number}")
    state = take(held, proposal(held.state))
    for number in (1, 2, 3):
        assert max(taken(state, number)) - min(taken(state, number)) <= 1


@pytest.mark.parametrize(("tables", "people"), [(6, 24), (5, 23), (6, 36), (6, 48), (2, 5), (1, 3), (6, 0), (3, 60)])
def test_nothing_is_asked_where_the_tables_fit_or_no_number_is_better(tables: int, people: int) -> None:
    """Four to eight at each table is as planned; two tables are never made one, and no table is made up."""
    held, found = told(tables, people, seats=20 if people == 60 else 8)
    assert found is None
    assert asks(held.state) is None


def test_it_is_too_late_once_the_round_has_begun() -> None:
    """In round 1 nothing is asked any more and an old answer is refused; nobody's seat changes."""
    held, found = told(6, 23)
    assert found is not None
    held.do("next", step=held.state.step)
    assert asks(held.state) is None
    with pytest.raises(Refused):
        held.do("lay", group="A", bare=[6], seats={})


def test_a_table_that_is_not_theirs_cannot_be_laid_or_taken() -> None:
    """Not all tables can be taken away, and nobody can be seated at one that is."""
    held, _ = told(6, 23)
    for bare, seats in (([1, 2, 3, 4, 5, 6], {}), ([7], {}), ([6], {"p0": [(0, "s1", n, 6) for n in (1, 2, 3)]})):
        with pytest.raises(Refused, match="no such table"):
            held.do("lay", group="A", bare=bare, seats=seats)


def test_a_host_keeps_their_table() -> None:
    """The table of a host is not among those that go, and the host stays there."""
    held = come(Diary(hall(6, 3, 8)), 23)
    held.do("host", who="p3", table=6)
    found = proposal(held.state)
    assert found is not None
    assert 6 not in found.bare
    state = take(held, found)
    assert {state.table("p3", key(n)) for n in (1, 2, 3)} == {6}
    assert len(taken(state, 1)) == found.better.tables == 6 - len(found.bare) < 6


def test_each_group_is_asked_for_itself_and_every_question_keeps_a_table() -> None:
    """Two groups of three tables with three questions: however few come, no question loses its table."""
    held = Diary(short())
    while held.state.position.block + 1 < next(n for n, b in enumerate(held.state.plan.programme) if b.sessions):
        held.do("next", step=held.state.step)
    come(held, 8)
    assert proposal(held.state) is None


@given(st.integers(2, 9), st.integers(1, 60), st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_whatever_is_offered_is_better_and_true(tables: int, people: int, rounds: int) -> None:
    """The sizes that were told are those that people get, nearer to four to six than before, with the told repeats."""
    held, found = told(tables, people, rounds=rounds)
    if found is None:
        return
    assert found.better.tables <= tables
    state = take(held, found)
    for number in range(1, rounds + 1):
        sizes = [list(state.seats[key(number)].values()).count(t) for t in set(range(1, tables + 1)) - set(found.bare)]
        assert found.better.least <= min(sizes) <= max(sizes) <= found.better.most
    assert sum(max(0, count - 1) for count in meetings(state, rounds)) == found.better.again
    assert proposal(state) is None
