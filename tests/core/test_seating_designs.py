"""The shelf of designs: what the planner believes about them is verified again, each time."""

import pytest

from cafe.seating.chance import Chance
from cafe.seating.designs import Design, find, find_shared, is_prime, shelf, verify

GRID = [
    (tables, rounds, seats)
    for tables in range(3, 61)
    for rounds in range(2, min(6, tables) + 1)
    for seats in range(4, min(10, tables) + 1)
]


def meets_by_hand(cards: list[tuple[int, ...]]) -> int:
    """Repeated encounters among cards, counted pair by pair."""
    again = 0
    for at, one in enumerate(cards):
        for two in cards[at + 1 :]:
            again += max(0, sum(a == b for a, b in zip(one, two, strict=True)) - 1)
    return again


def test_every_matrix_on_the_shelf_is_what_it_claims() -> None:
    """No two rows of any matrix that the product ships have a difference twice."""
    for (factors, _, _, questions), (rows, exact) in shelf().items():
        assert verify(Design(factors, rows, exact, questions))


def test_a_spoilt_matrix_is_found_out() -> None:
    """One wrong table in a matrix is seen."""
    rows = ((0, 0, 0), (0, 1, 2), (0, 2, 4))
    assert verify(Design((5,), rows, 3))
    assert not verify(Design((5,), ((0, 0, 0), (0, 1, 2), (0, 2, 3)), 3))
    assert not verify(Design((5,), ((0, 0, 1), *rows[1:]), 3))


@pytest.mark.parametrize(("tables", "rounds", "rows"), [(3, 3, 3), (8, 4, 8), (10, 4, 9), (12, 4, 12), (60, 6, 10)])
def test_whoever_holds_cards_of_a_design_never_meets_anybody_twice(tables: int, rounds: int, rows: int) -> None:
    """With cards of a design nobody meets anybody twice and nobody returns to a table, counted by hand."""
    design = find(tables, rounds, rows)
    assert design is not None
    assert design.exact == rows
    cards = [card for row in range(1, rows) for card in design.cards(row)]
    assert meets_by_hand(cards) == 0
    assert all(len(set(card)) == rounds for card in cards)


def test_nearly_all_of_the_grid_has_an_exact_design() -> None:
    """Of all rooms of 3 to 60 tables, 2 to 6 rounds and 4 to 10 seats at least 98.5 % have an exact design."""
    have = sum((design := find(*room)) is not None and design.exact >= room[2] for room in GRID)
    assert len(GRID) == 1886
    assert have >= 0.985 * len(GRID)


def test_shared_questions_have_designs_of_their_own() -> None:
    """Six tables with three questions in turn: no card of the design has a question twice."""
    design = find_shared(6, 3, 3, 3)
    assert design is not None
    within = 6 // 3
    assert all(len({table // within for table in card}) == 3 for row in (1, 2) for card in design.cards(row))


def test_chance_is_the_same_everywhere() -> None:
    """The stream of chance is the published one, on every machine."""
    chance = Chance(1234567)
    assert [chance.bits() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert [n for n in range(30) if is_prime(n)] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
