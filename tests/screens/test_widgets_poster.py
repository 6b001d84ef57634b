"""Sentences on the wall: each as large as there is room, those that are worth the same alike."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from screens.poster import Said, fitted

ADDRESS = "192.168.1.5:8080"
NUMBERS = (Said("14 idei", "plain", 9, 1), Said("36 de discuții", "plain", 9, 1), Said("24 de persoane", "plain", 9, 1))


@given(width=st.integers(20, 190), height=st.integers(6, 50))
def test_what_is_worth_the_same_is_drawn_alike(width: int, height: int) -> None:
    """In any window the numbers of the day have one size; no one of them is drawn while another is typed."""
    _, *numbers = fitted((Said("Vă mulțumim!", "accent", 14), *NUMBERS), width, height)
    assert all((one.picture is None) == (other.picture is None) for one, other in pairwise(numbers))


def test_a_word_that_is_too_long_asks_for_smaller_letters() -> None:
    """The address has no room in wide letters beside the code, and stands in narrow ones instead of plain text."""
    wide, narrow, typed = (fitted((Said(ADDRESS, "accent", 6),), width, 20)[0].picture for width in (90, 34, 20))
    assert wide
    assert not wide.narrow
    assert narrow
    assert narrow.narrow
    assert narrow.width <= 34
    assert typed is None
