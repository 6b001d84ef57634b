"""From how far the wall can be read: what the private view and the doctor advise."""

import pytest

from cafe.i18n import translator
from cafe.live import Pulse
from cafe.state import State
from cafe.wall.sight import is_small, reach, told
from screens.present import panel

ENGLISH = translator("en")


@pytest.mark.parametrize(
    ("columns", "rows", "metres"), [(80, 24, 5.2), (120, 34, 3.6), (160, 45, 2.7), (200, 55, 2.2), (60, 18, 6.9)]
)
def test_smaller_letters_are_read_from_nearer(columns: int, rows: int, metres: float) -> None:
    """The distances are those of a picture two metres wide, at 20 minutes of arc."""
    assert reach(columns, rows) == pytest.approx(metres, abs=0.06)


def test_a_wide_low_window_is_judged_by_its_columns() -> None:
    """A cell is never more than twice as high as wide: few rows do not make letters larger."""
    assert reach(200, 10) == reach(200, 40)


def test_advice_comes_only_where_it_helps() -> None:
    """The facilitator is told to make the letters larger below five metres, and nothing while no wall is open."""
    assert told(ENGLISH, 200, 55) == ("Plain words are read to about 2 m on a screen 2 m wide: make the letters larger")
    assert told(ENGLISH, 80, 24) == "Plain words are read to about 5 m on a screen 2 m wide"
    assert [is_small(*size) for size in ((0, 0), (80, 24), (120, 34))] == [False, False, True]


def test_the_private_view_advises() -> None:
    """The panel has the sentence while the wall's letters are small, and no word of it otherwise."""
    said = {size: str(panel(ENGLISH, State(), Pulse(wall=size), 0)) for size in ((0, 0), (80, 24), (200, 55))}
    assert [told(ENGLISH, *size) in text for size, text in said.items()] == [False, False, True]
