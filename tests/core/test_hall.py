"""The real room: people leave, cannot move, tables close; only what is to come changes, and all can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafe.i18n import translator
from cafe.rules import Refused
from cafe.rules.evening import Offer, heirs, offers, strains
from cafe.rules.verdicts import verdicts
from cafe.state import RoundKey, State
from tests.afternoon import Diary, difference, short
from tests.core.test_seating import come, hall, sizes


def begun(tables: int, people: int, rounds: int = 3) -> Diary:
    """A hall in its first round."""
    told = come(Diary(hall(tables, rounds, 9)), people)
    told.do("next", step=told.state.step)
    return told


def key(round: int) -> RoundKey:
    return RoundKey(0, "s1", round)


def offered(state: State, kind: str) -> Offer | None:
    """The proposal of a kind, if there is one."""
    return next((each for each in offers(state) if each.kind == kind), None)


def past(state: State) -> object:
    return state.seats[key(1)]


def test_three_leave_and_two_come_and_no_announced_seat_changes() -> None:
    """Forty people at eight tables after round 1: who stays keeps every seat, and sizes stay within one or two."""
    told = begun(8, 40, 4)
    before = told.state
    for who in ("p3", "p17", "p31"):
        told.do("leave", who=who)
    for who in ("late1", "late2"):
        told.do("join", who=who, language="ro")
    for number in (1, 2, 3, 4):
        for who, table in before.seats[key(number)].items():
            if number == 1 or who not in ("p3", "p17", "p31"):
                assert told.state.table(who, key(number)) == table
    assert all(max(sizes(told.state, key(n))) - min(sizes(told.state, key(n))) <= 1 for n in (2, 3, 4))


def test_who_left_has_no_seat_to_come_and_undo_brings_them_back() -> None:
    """Leaving frees later seats only; taking it back restores exactly what was announced."""
    told = begun(4, 12)
    before = told.state
    told.do("leave", who="p5")
    assert told.state.table("p5", key(1)) == before.table("p5", key(1))
    assert not told.state.table("p5", key(2))
    assert len(told.state.here) == 11
    told.do("undo")
    assert told.state.seats == before.seats
    assert told.state.participants == before.participants


def test_a_phone_that_comes_next_takes_the_card_of_who_left() -> None:
    """The free way is given to the next person, so that tables stay even."""
    told = begun(4, 12)
    card = told.state.participants["p5"].card
    told.do("leave", who="p5")
    told.do("join", who="late", language="ro")
    assert told.state.participants["late"].card == card
    assert sizes(told.state, key(2)) == [3, 3, 3, 3]


def test_who_cannot_move_stays_and_can_go_on_again() -> None:
    """A person who is pinned keeps a table for the rest; unpinned they follow their card again."""
    told = begun(4, 12)
    before = told.state
    told.do("pin", who="p1", table=2)
    assert {told.state.table("p1", key(n)) for n in (2, 3)} == {2}
    told.do("pin", who="p1", table=0)
    assert told.state.seats == before.seats
    told.do("undo")
    told.do("undo")
    assert told.state.seats == before.seats
    assert not told.state.pins


@given(st.integers(3, 7), st.integers(4, 30), st.integers(1, 3))
def test_a_closed_table_is_empty_in_the_rounds_to_come(tables: int, people: int, closed: int) -> None:
    """Merging a table away leaves what has happened, empties it from the next round on, and can be taken back."""
    told = begun(tables, people)
    before = told.state
    told.do("close_table", table=closed)
    assert past(told.state) == past(before)
    for number in (2, 3):
        assert closed not in set(told.state.seats[key(number)].values())
        assert len(told.state.seats[key(number)]) == people
    told.do("join", who="late", language="ro")
    assert told.state.table("late", key(2)) != closed
    told.do("undo")
    assert not told.state.closed_tables
    for who, table in before.seats[key(2)].items():
        assert told.state.table(who, key(2)) == table


@given(st.integers(3, 6), st.data())
def test_evening_out_makes_sizes_even_and_touches_no_past(tables: int, data: st.DataObject) -> None:
    """However many leave, the proposal makes later rounds even with few changes; what has happened stays as it was."""
    people = data.draw(st.integers(tables * 2, tables * 5))
    told = begun(tables, people)
    gone = data.draw(st.sets(st.integers(0, people - 1), max_size=people // 2))
    for number in gone:
        told.do("leave", who=f"p{number}")
    before = told.state
    found = offered(before, "even")
    if found is None:
        assert all(max(sizes(before, key(n))) - min(sizes(before, key(n))) <= 1 for n in (2, 3))
        return
    told.do("reseat", rev=found.rev, seats=found.seats)
    assert past(told.state) == past(before)
    for number in (2, 3):
        assert max(sizes(told.state, key(number))) - min(sizes(told.state, key(number))) <= 1
    assert len(found.seats) == found.people <= len(before.here)
    told.do("undo")
    assert told.state.seats == before.seats


def test_an_offer_for_another_room_is_refused() -> None:
    """When somebody came or left since, the proposal is not taken."""
    told = begun(3, 12)
    for who in [who for who, table in told.state.seats[key(2)].items() if table == 1][:3]:
        told.do("leave", who=who)
    found = offered(told.state, "even")
    assert found is not None
    told.do("join", who="late", language="ro")
    with pytest.raises(Refused, match="changed meanwhile"):
        told.do("reseat", rev=found.rev, seats=found.seats)


def test_a_seat_of_the_past_cannot_be_taken() -> None:
    """Nobody can rewrite where people sat, nor seat them at a table of another group."""
    told = begun(3, 6)
    with pytest.raises(Refused):
        told.do("reseat", rev=told.state.rev, seats={"p0": [(0, "s1", 1, 2)]})
    with pytest.raises(Refused):
        told.do("reseat", rev=told.state.rev, seats={"p0": [(0, "s1", 2, 7)]})


def test_a_host_can_be_taken_back_and_let_go() -> None:
    """Undo after making a host takes just that back; letting a host go brings them back to their card's way."""
    told = begun(4, 12)
    before = told.state
    told.do("add", minutes=1)
    told.do("host", who="p1", table=2)
    told.do("undo")
    assert not told.state.hosts
    assert told.state.seats == before.seats
    assert told.state.undo[-1].what == "time_changed"
    told.do("host", who="p1", table=2)
    assert {told.state.table("p1", key(n)) for n in (2, 3)} == {2}
    told.do("unhost", table=2)
    assert not told.state.hosts
    assert {told.state.table("p1", key(n)) for n in (2, 3)} != {2}


def test_a_host_who_is_replaced_goes_on_with_the_others() -> None:
    """When somebody else hosts a table the one before walks on as one who let go, and undo brings them back."""
    told, other = begun(4, 12), begun(4, 12)
    for each in (told, other):
        each.do("host", who="p1", table=2)
    before = told.state
    told.do("host", who="p5", table=2)
    other.do("unhost", table=2)
    assert dict(told.state.hosts) == {2: "p5"}
    assert [told.state.table("p1", key(n)) for n in (2, 3)] == [other.state.table("p1", key(n)) for n in (2, 3)]
    told.do("undo")
    assert (told.state.seats, told.state.hosts) == (before.seats, before.hosts)


@pytest.mark.parametrize(
    ("command", "about"),
    [
        ("host", {"who": "p5", "table": 2}),
        ("host", {"who": "p1", "table": 1}),
        ("unhost", {"table": 2}),
        ("unhost", {"table": 2, "heir": "p5"}),
        ("leave", {"who": "p1"}),
        ("leave", {"who": "p1", "heir": "p5"}),
        ("leave", {"who": "p3"}),
        ("pin", {"who": "p3", "table": 0}),
        ("pin", {"who": "p5", "table": 1}),
        ("close_table", {"table": 1}),
        ("close_table", {"table": 2}),
        ("open_table", {"table": 4}),
    ],
)
def test_each_key_of_the_hall_is_taken_back_whole(command: str, about: dict[str, object]) -> None:
    """A host, somebody who stays put, a closed table: one undo right after any key, and all is as it was before it."""
    told = begun(4, 16)
    told.do("host", who="p1", table=2)
    told.do("pin", who="p3", table=3)
    told.do("close_table", table=4)
    before = told.state
    told.do(command, **about)
    assert difference(told.state, before) != ["rev", "undo"]
    told.do("undo")
    assert {*difference(told.state, before)} - {"hosted"} == {"rev"}  # a host of a moment may have written for others


def test_a_table_that_is_not_there_is_neither_opened_nor_closed() -> None:
    """Nor does one that is open open again."""
    told = begun(4, 12)
    for command in ("open_table", "close_table"):
        for table in (0, 5):
            with pytest.raises(Refused, match="no such table"):
                told.do(command, table=table)
    assert told.do("open_table", table=4) == ()


def test_a_phone_speaks_for_its_own_group_alone() -> None:
    """A place that the phone made up, of another group's table, is not taken; the sender's own seat counts."""
    told = Diary(short())
    told.do("join", who="p0", language="ro")
    told.do("next", step=told.state.step)
    while not told.state.position.tracks:
        told.do("next", step=told.state.step)
    seat = told.state.place("p0")
    assert seat is not None
    others = [t for t in told.state.plan.tables if t.group != told.state.participants["p0"].group]
    other = f"{seat.block}.{seat.session}.{seat.round}.{others[0].number}"
    told.do("send", who="p0", id="idea-0001", text="de la altă masă", place=other)
    assert told.state.ideas["idea-0001"].place == seat


def test_what_is_said_of_the_seating_is_proved() -> None:
    """Forty people at eight tables: nobody meets twice, and the private view can say that it is proved."""
    said = verdicts(begun(8, 40, 4).state)["A"].said
    told = " ".join(sentence.say(translator("en")) for sentence in said)
    assert "Nobody meets anybody twice: the best possible, proved." in told
    assert "5 at every table." in told


def test_before_the_first_round_another_room_is_told_and_afterwards_no_more() -> None:
    """Thirty people at four tables: that six would do is of use until the first round; then it is said no more."""
    told = come(Diary(hall(4, 3, 9)), 30)
    before = [sentence.say(translator("en")) for sentence in verdicts(told.state)["A"].said]
    assert "With 6 tables nobody would meet anybody twice." in before
    told.do("next", step=told.state.step)
    after = [sentence.say(translator("en")) for sentence in verdicts(told.state)["A"].said]
    assert not any("would" in sentence for sentence in after if "Fewer" not in sentence)


def test_after_the_last_round_there_is_nothing_to_say() -> None:
    """When no round is to come, no seating is judged and nothing is offered."""
    told = begun(3, 6, 1)
    assert verdicts(told.state) == {}
    assert offers(told.state) == []
    told.go("closing")
    assert heirs(told.state, 1) == []


def test_an_heir_takes_over_and_one_undo_brings_the_host_back() -> None:
    """A host leaves the table to somebody who sits there: they stay from now on, and undo restores all of it."""
    told = begun(4, 16)
    told.do("host", who="p1", table=2)
    before = told.state
    heir = heirs(before, 2)[0]
    told.do("leave", who="p1", heir=heir)
    assert told.state.hosts[2] == heir
    assert {told.state.table(heir, key(n)) for n in (1, 2, 3)} == {2}
    assert not told.state.table("p1", key(2))
    told.do("undo")
    assert (told.state.seats, told.state.hosts, told.state.participants) == (
        before.seats,
        before.hosts,
        before.participants,
    )


def test_a_closed_table_lets_its_host_go_and_undo_brings_them_back() -> None:
    """A merged table has no host any more; taken back, it has the same one again."""
    told = begun(4, 16)
    told.do("host", who="p1", table=2)
    before = told.state
    told.do("close_table", table=2)
    assert not told.state.hosts
    assert told.state.table("p1", key(2)) != 2
    told.do("undo")
    assert (told.state.seats, told.state.hosts) == (before.seats, before.hosts)


@pytest.mark.parametrize("way", ["leave", "forget"])
def test_a_table_of_somebody_who_could_not_move_closes_once_they_have_gone(way: str) -> None:
    """Who stays put and goes home, or is forgotten, holds no table."""
    told = begun(4, 16)
    told.do("pin", who="p1", table=2)
    told.do(way, who="p1")
    told.do("close_table", table=2)
    assert told.state.closed_tables == {2}
    assert told.do("close_table", table=2) == ()


def test_who_has_to_leave_a_closed_table_sees_another_one_for_the_first_time() -> None:
    """Two tables close after round 1 of four tables for few: nobody comes twice to a table while another has room."""
    told = begun(5, 10)
    told.do("close_table", table=5)
    for who in told.state.participants:
        assert len({told.state.table(who, key(n)) for n in (1, 2, 3)}) == 3


def test_a_table_of_somebody_who_cannot_move_stays_open() -> None:
    """Closing it is refused, and so is closing the last one."""
    told = begun(2, 6)
    told.do("pin", who="p1", table=2)
    with pytest.raises(Refused):
        told.do("close_table", table=2)
    told.do("close_table", table=1)
    told.do("pin", who="p1", table=0)
    with pytest.raises(Refused):
        told.do("close_table", table=2)


@pytest.mark.parametrize("seating", ["mix", "together", "home", "choose"])
def test_tables_close_and_open_in_every_way_through_them(seating: str) -> None:
    """A table closes after round 1 and opens again: nobody sits there in between, then a proposal fills it."""
    told = come(Diary(hall(5, 4, 8, seating)), 20)
    told.do("host", who="p0", table=1)
    told.do("next", step=told.state.step)
    told.do("close_table", table=3)
    assert not any(3 in told.state.seats[key(n)].values() for n in (2, 3, 4))
    assert {told.state.table("p0", key(n)) for n in (1, 2, 3, 4)} == {1}
    told.do("next", step=told.state.step)
    told.do("next", step=told.state.step)
    before = told.state
    told.do("open_table", table=3)
    assert told.state.seats == before.seats
    found = offers(told.state)[-1]
    told.do("reseat", rev=found.rev, seats=found.seats, kind=found.kind)
    assert 3 in told.state.seats[key(3)].values()
    assert told.state.seats[key(2)] == before.seats[key(2)]
    if seating == "home":
        assert told.state.seats[key(4)] == before.seats[key(4)]


def test_who_travels_together_is_not_parted_by_a_closed_table() -> None:
    """Where a table's people go on as one, they find one other table that has room for all of them."""
    told = come(Diary(hall(4, 3, 12, "together")), 16)
    told.do("next", step=told.state.step)
    band = [who for who, table in told.state.seats[key(2)].items() if table == 3]
    told.do("close_table", table=3)
    assert len({told.state.table(who, key(2)) for who in band}) == 1


def test_nobody_chooses_a_closed_table() -> None:
    """A phone that still shows the closed table is refused politely."""
    told = come(Diary(hall(4, 3, 9, "choose")), 12)
    told.do("next", step=told.state.step)
    told.do("close_table", table=3)
    with pytest.raises(Refused):
        told.do("choose", who="p1", table=3)


@pytest.mark.parametrize("seating", ["mix", "together"])
def test_a_limit_that_breaks_has_ways_on_with_their_price(seating: str) -> None:
    """Three people who cannot move crowd a table: keeping all tells the limit, evening out holds it, and rather parts
    some who travel together.
    """
    told = come(Diary(hall(4, 3, 6, seating)), 20)
    told.do("next", step=told.state.step)
    assert not strains(told.state)
    for who in ("p0", "p1", "p2"):
        told.do("pin", who=who, table=3)
    assert strains(told.state)
    keep, even = offers(told.state)[:2]
    assert (keep.kind, keep.changed, keep.over) == ("keep", 0, strains(told.state))
    assert (even.kind, even.over, even.sizes) == ("even", (), (5, 5))


def test_who_came_after_the_start_has_a_seat_when_the_start_is_taken_back() -> None:
    """A round that began too early is taken back: whoever came meanwhile has a seat in it as well."""
    told = begun(3, 7)
    told.do("next", step=told.state.step)
    told.do("join", who="late", language="ro")
    assert not told.state.table("late", key(1))
    told.do("undo")
    assert told.state.table("late", key(1))
