"""The list on the day: who is expected, who has come, and the company that somebody who comes finds."""

import random
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe.events import Expected
from cafe.rules import Refused
from cafe.rules.evening import offers
from cafe.seating import card, handout, seats
from cafe.seating.people_csv import read_people
from cafe.state import RoundKey, State
from tests.afternoon import SHORT, Diary, difference, plan_of, short
from tests.core.test_seating import hall, sizes

WALK = short(swap="walk")


def listed(*guests: Expected, tables: int = 4, rounds: int = 3) -> Diary:
    told = Diary(hall(tables, rounds))
    told.put(*guests)
    return told


def way_of(state: State, who: str) -> list[int]:
    return [state.table(who, key) for key in sorted(state.seats)]


def test_who_is_ticked_off_has_the_seats_of_their_card() -> None:
    """A person of the list who comes has the seats that are printed on their card, and counts from then on."""
    told = listed(Expected("ana", "A", 3), Expected("ion", "A", 4))
    assert not told.state.participants
    assert {each.who for each in told.state.to_come} == {"ana", "ion"}
    told.do("arrive", who="ana")
    assert way_of(told.state, "ana") == [seat.table for seat in seats(told.state.plan, card(told.state.plan, 3))]
    assert [each.who for each in told.state.to_come] == ["ion"]
    assert told.do("arrive", who="ana") == ()
    with pytest.raises(Refused):
        told.do("arrive", who="nobody")


def test_a_tick_can_be_taken_back() -> None:
    """Undo makes somebody who was ticked off by mistake expected again, as if nothing had been."""
    told = listed(Expected("ana", "A", 3), Expected("eva", "A", table=2, host=True))
    before = told.state
    told.do("arrive", who="ana")
    told.do("arrive", who="eva")
    told.do("undo")
    told.do("undo")
    assert set(difference(before, told.state)) <= {"seats", "rev"}
    assert not any(told.state.seats.values())
    told.do("bring", who="guest")
    told.do("undo")
    assert not told.state.participants


def test_a_phone_and_a_tick_are_one_person() -> None:
    """Ticked off first or with the phone first, somebody who gives the number of their card is one on one seat."""
    for ticked in (True, False):
        told = listed(Expected("ana", "A", 3))
        if ticked:
            told.do("arrive", who="ana")
        told.do("join", who="a phone", language="en", card=3)
        assert set(told.state.participants) == {"ana"}
        assert told.state.participants["ana"].phone
        assert told.state.participants["ana"].language == "en"
        with pytest.raises(Refused, match=r"has this card"):
            told.do("join", who="another phone", language="en", card=3)
        with pytest.raises(Refused, match="nothing to take back"):
            told.do("undo")


def test_a_card_that_was_brought_in_can_have_a_phone_later() -> None:
    """Somebody who came without a phone and borrows one stays the same person."""
    told = Diary(hall(4, 3))
    told.do("bring", who="guest", card=7)
    told.do("join", who="a phone", language="ro", card=7)
    assert set(told.state.participants) == {"guest"}


def test_who_is_not_on_the_list_takes_no_card_of_it() -> None:
    """People who are not on the list come as ever, and everybody of the list still finds their seat and even tables."""
    told = listed(*(Expected(f"g{number}", "A", number) for number in range(1, 9)))
    for number in range(4):
        told.do("join", who=f"p{number}", language="ro")
    for number in range(1, 9):
        told.do("arrive", who=f"g{number}")
    assert len({person.card for person in told.state.participants.values()}) == 12
    assert all(set(sizes(told.state, key)) == {3} for key in told.state.seats)


def test_a_host_of_the_list_stays_and_counts_at_the_table() -> None:
    """A named host sits at their table in every round, others have even tables round them, and one chair is kept."""
    told = listed(*(Expected(f"h{table}", "A", table=table, host=True) for table in (1, 2, 3, 4)))
    for table in (1, 2, 3, 4):
        told.do("arrive", who=f"h{table}")
    for number in range(8):
        told.do("join", who=f"p{number}", language="ro")
    assert [way_of(told.state, f"h{table}") for table in (1, 2, 3, 4)] == [[table] * 3 for table in (1, 2, 3, 4)]
    assert dict(told.state.hosts) == {table: f"h{table}" for table in (1, 2, 3, 4)}
    assert all(set(sizes(told.state, key)) == {3} for key in told.state.seats)
    assert sorted(told.state.participants[f"p{n}"].card for n in range(8)) == list(range(1, 9))


def test_the_only_host_is_not_given_company_first() -> None:
    """With a host at one table only, the first who comes gets the way that never leads to that table."""
    told = listed(Expected("eva", "A", table=2, host=True))
    told.do("arrive", who="eva")
    told.do("join", who="p0", language="ro")
    assert 2 not in way_of(told.state, "p0")


def test_a_host_serves_the_groups_that_come_to_the_table() -> None:
    """Where two groups change places the host of a table stays at it: with their own group, then with the other one."""
    told = Diary(WALK)
    told.put(Expected("eva", "A", table=1, host=True))
    told.do("arrive", who="eva")
    for number in range(8):
        told.do("join", who=f"p{number}", language="ro")
    places = []
    for block in (1, 3):
        told.go("round", block)
        place = told.state.place("eva")
        assert place
        assert place.table == 1
        assert told.state.hosts[1] == "eva"
        places.append((told.state.group_of("eva"), place.session))
        told.do("send", who="eva", id=f"idea-{block:04}", text="From the host", place=place.word)
        told.do("sit", who="eva", table=1)
    assert places == [("A", "s1"), ("B", "s1")]
    assert [told.state.ideas[f"idea-{block:04}"].group for block in (1, 3)] == ["A", "B"]
    assert len([key for key in told.state.seats if told.state.table("eva", key)]) == 4


def test_a_host_who_goes_on_gets_a_card_of_their_own() -> None:
    """A named host who is let go walks a way that nobody else walks, and undo makes them the host again."""
    told = listed(Expected("eva", "A", table=2, host=True))
    told.do("arrive", who="eva")
    for number in range(5):
        told.do("join", who=f"p{number}", language="ro")
    told.do("unhost", table=2)
    ways = [tuple(way_of(told.state, who)) for who in told.state.participants]
    assert len(set(ways)) == 6
    told.do("undo")
    assert way_of(told.state, "eva") == [2, 2, 2]


def test_a_list_that_is_read_again_moves_nobody_who_has_come() -> None:
    """What it says now of a host who is here is noted; the table, and that they host it, stay."""
    told = listed(Expected("eva", "A", table=2, host=True))
    told.do("arrive", who="eva")
    before = told.state
    told.do("expect", who="eva", table=3, languages=("ro",))
    now = told.state.expected["eva"]
    assert (now.table, now.host, now.languages) == (2, True, ("ro",))
    assert difference(told.state, before) == ["expected", "rev"]


def test_who_came_before_the_list_knew_them_keeps_their_card() -> None:
    """A guest who joined unasked and is in the list now: their card and group are theirs; no table of the list's."""
    told = listed()
    told.do("join", who="eva", language="ro")
    card_of = told.state.participants["eva"].card
    told.do("expect", who="eva", table=3, host=True)
    now = told.state.expected["eva"]
    assert (now.card, now.table, now.host, now.group) == (card_of, 0, False, "A")
    for table in (-1, 5):
        with pytest.raises(Refused, match="no such table"):
            told.do("expect", who="ion", table=table)


def test_who_cannot_move_can_be_let_go() -> None:
    """A person whom the list keeps at a table stays there, and can go on with a card of their own."""
    told = listed(Expected("eva", "A", table=2))
    told.do("arrive", who="eva")
    assert told.state.pins["eva"] == 2
    assert not told.state.hosts
    told.do("pin", who="eva", table=0)
    assert len(set(way_of(told.state, "eva"))) == 3


def test_a_host_who_leaves_gives_up_every_later_seat() -> None:
    """When a host who serves two groups leaves, no seat to come is theirs, with whichever group it was."""
    told = Diary(WALK)
    told.put(Expected("eva", "A", table=1, host=True))
    told.do("arrive", who="eva")
    told.do("leave", who="eva")
    assert not any(told.state.table("eva", key) for key in told.state.seats)
    assert not told.state.hosts


# ------------------------------------------------------------------------------------------------- the mix

SECTORS = ("city", "firms", "schools", "culture", "citizens")


def arriving(tables: int, rounds: int, sectors: list[str], *, mixed: bool) -> State:
    """People who come one by one, each with a sector; `mixed` tells who is like whom."""
    told = Diary(hall(tables, rounds))
    come: dict[str, str] = {}
    for number, sector in enumerate(sectors):
        like = [who for who, other in come.items() if other == sector] if mixed else []
        told.do("join", who=f"p{number}", language="ro", like=like)
        come[f"p{number}"] = sector
    return told.state


def tables_of(state: State) -> Iterable[list[str]]:
    for taken in state.seats.values():
        for table in state.plan.tables:
            yield [who for who, number in taken.items() if number == table.number]


def ideal(state: State, sectors: list[str]) -> int:
    """How many tables have of every sector as many as an even spread gives: the least, or one more."""
    least = {sector: count // len(state.plan.tables) for sector, count in Counter(sectors).items()}
    found = 0
    for table in tables_of(state):
        there = Counter(sectors[int(who[1:])] for who in table)
        found += all(there[sector] in (few, few + 1) for sector, few in least.items())
    return found


def alike(state: State, sectors: list[str]) -> int:
    """How many pairs of one sector sit together."""
    pairs = (pair for table in tables_of(state) for pair in combinations(table, 2))
    return sum(sectors[int(one[1:])] == sectors[int(other[1:])] for one, other in pairs)


def crowd(seed: int, people: int = 40) -> list[str]:
    dice = random.Random(seed)
    return dice.choices(SECTORS, (5, 4, 3, 2, 1), k=people)


def test_sectors_are_mixed_as_people_come() -> None:
    """Forty people of five sectors in any order at eight tables: half as many tables again have the ideal mix, and a
    fifth fewer pairs of one sector sit together (measured on twenty orders: 9.7 of 32 tables become 16.9).
    """
    orders = [crowd(seed) for seed in range(6)]
    plain, mixed = ([(arriving(8, 4, each, mixed=mix), each) for each in orders] for mix in (False, True))
    assert sum(ideal(*each) for each in mixed) > 1.5 * sum(ideal(*each) for each in plain)
    assert sum(alike(*each) for each in mixed) < 0.8 * sum(alike(*each) for each in plain)


@settings(max_examples=40)
@given(st.integers(3, 8), st.integers(2, 4), st.integers(4, 40), st.integers(0, 1000))
def test_mixing_costs_nothing_that_is_exact(tables: int, rounds: int, people: int, seed: int) -> None:
    """However sectors come, sizes are within one, and who would not have met or returned by order does not by mix."""
    sectors = crowd(seed, people)
    plain, mixed = (arriving(tables, rounds, sectors, mixed=each) for each in (False, True))
    for key in mixed.seats:
        assert max(sizes(mixed, key)) - min(sizes(mixed, key)) <= 1
    assert repeats(mixed) <= repeats(plain) or repeats(plain) > 0
    if rounds <= tables:
        assert all(len(set(way_of(mixed, who))) == rounds for who in mixed.participants)


def repeats(state: State) -> int:
    met = Counter(frozenset(pair) for table in tables_of(state) for pair in combinations(table, 2))
    return sum(times - 1 for times in met.values())


def test_nobody_is_put_where_they_cannot_talk() -> None:
    """Two who alone speak English come late; where cards allow it the second one is put at the first one's table."""
    told = Diary(hall(4, 1))
    for number in range(4):
        told.do("join", who=f"p{number}", language="ro" if number else "en")
    told.do("join", who="guest", language="en")
    assert told.state.table("guest", RoundKey(0, "s1", 1)) == told.state.table("p0", RoundKey(0, "s1", 1))


def test_what_the_list_says_that_somebody_speaks_counts() -> None:
    """Ion reads Romanian and speaks English, says the list: the guest who reads English is put at Ion's table."""
    told = listed(Expected("ion", "A", card=3, languages=("ro", "en")), rounds=1)
    told.do("join", who="ion", language="ro")
    for number in range(3):
        told.do("join", who=f"p{number}", language="ro")
    told.do("join", who="guest", language="en")
    assert way_of(told.state, "guest") == way_of(told.state, "ion")


def test_groups_stay_in_balance_while_people_are_mixed() -> None:
    """Where nobody chooses, two groups of one size are within one person of each other all the time."""
    plan = plan_of(
        """
title = "Two"
organiser = "Town"
contact = "town@example.org"
[[groups]]
id = "A"
tables = 3
seats = 6
[[groups]]
id = "B"
tables = 3
seats = 6
[sessions.s1]
title = "One"
questions = ["First?"]
rounds = 3
minutes = 5
[[programme]]
at = "11:15"
kind = "session"
session = "s1"
"""
    )
    told, sectors = Diary(plan), crowd(1, 24)
    for number, sector in enumerate(sectors):
        told.do("join", who=f"p{number}", language="ro", like=[f"p{n}" for n in range(number) if sectors[n] == sector])
        counts = Counter(person.group for person in told.state.participants.values())
        assert abs(counts["A"] - counts["B"]) <= 1


# ------------------------------------------------------------------------------------ what the list asks for


def together(state: State, one: str, other: str) -> bool:
    return any(taken.get(one) == taken.get(other) is not None for taken in state.seats.values())


@pytest.mark.parametrize("missing", range(6))
def test_who_is_to_sit_apart_does_so_on_the_day(missing: int) -> None:
    """Two whom the list keeps apart never meet, whoever else comes or stays away, nor when tables are evened out."""
    plan = hall(4, 3)
    rows = ["name,apart", "Ana,Ion", "Ion,", *(f"Guest{number}," for number in range(12))]
    cards = {each.name: each.number for each in handout.listed(plan, read_people("\n".join(rows))).cards if each.name}
    told = Diary(plan)
    told.put(*(Expected(name, "A", number, apart=("Ion",) if name == "Ana" else ()) for name, number in cards.items()))
    for name in sorted(cards):
        if name not in {f"Guest{number}" for number in range(missing * 2)}:
            told.do("arrive", who=name)
    for number in range(missing):
        told.do("join", who=f"p{number}", language="ro")
    assert not together(told.state, "Ana", "Ion")
    told.go("round")
    for kind in ("keep", "even", "mix"):
        for found in (each for each in offers(told.state) if each.kind == kind):
            told.do("reseat", rev=found.rev, seats=found.seats)
            assert not together(told.state, "Ana", "Ion")


def test_the_hosts_of_the_plan_are_expected_with_the_list() -> None:
    """A host whom the plan names and the list does not is handed a card too; one whom the list names is there once."""
    tables = '\n[[tables]]\nnumber = 1\nhost = "Eva"\n\n[[tables]]\nnumber = 2\nhost = "Ada"\n'
    plan = plan_of('hosts = "named"\n' + SHORT.format(wall="live", swap="questions", move=2, harvest="") + tables)
    found = handout.listed(plan, read_people("name,host\nAda,\nIon,\nZoe,4\n")).cards
    assert sorted((each.name, each.stays, each.host) for each in found if each.stays) == [
        ("Ada", 2, True),
        ("Eva", 1, True),
        ("Zoe", 4, True),
    ]
