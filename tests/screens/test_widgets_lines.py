"""The top and the bottom line: never wrapped, never wider than the wall, the way in never cut."""

import asyncio

import pytest
from textual.app import App, ComposeResult

from cafe.wall.words import Slot
from screens.widgets import header, programme
from screens.widgets.header import Head
from screens.widgets.programme import ProgrammeBar
from tests.screens import raster

FACTS = ("11:27", "192.168.143.117:8080", "K7QF")
LONG = "Sectorul cultural și creativ în Timișoara și în regiune, impactul pandemiei și modalitățile de dezvoltare"


class Wall(App[None]):
    """A wall with its two lines."""

    def compose(self) -> ComposeResult:
        yield Head(LONG, FACTS)
        yield ProgrammeBar(Slot("ACUM", LONG), Slot("URMEAZĂ", LONG))


@pytest.mark.parametrize("width", [36, 40, 60, 80, 120, 200])
def test_the_way_in_is_never_cut(width: int) -> None:
    """Time, address and code stand whole at the right; the title gives way and says so with dots."""
    line = header.line(LONG, FACTS, width).plain
    assert len(line) == width
    assert line.endswith("11:27   192.168.143.117:8080   K7QF")
    assert "…" in line or width > 150 or width < 40


def test_on_a_tiny_wall_the_code_is_the_last_to_go() -> None:
    """Where not all has room the time goes first, then the address."""
    assert header.line(LONG, FACTS, 30).plain.endswith("192.168.143.117:8080   K7QF")
    assert header.line(LONG, FACTS, 12).plain.endswith("   K7QF")
    assert len(header.line(LONG, FACTS, 12).plain) == 12


@pytest.mark.parametrize("width", range(1, 130, 3))
def test_the_programme_is_one_line_of_any_width(width: int) -> None:
    """Whatever the titles, the bar is exactly as wide as the wall."""
    for now, after in [
        (LONG, LONG),
        ("Pauză", LONG),
        (LONG, "Pauză"),
        ("Pauză", "Ședință"),
        ("日本語" * 9, "👩‍👩‍👧" * 30),
    ]:
        assert programme.line(Slot("ACUM", now), Slot("URMEAZĂ", after), width).cell_length == width
    assert programme.line(None, None, width).cell_length == width
    assert programme.line(None, Slot("URMEAZĂ", LONG), width).cell_length == width


def test_short_titles_are_whole_and_long_ones_end_in_dots() -> None:
    """At 80 cells two short titles are whole, and a long one leaves the other whole."""
    both = programme.line(Slot("ACUM", "Sesiunea 1, până la 12:00"), Slot("URMEAZĂ", "12:00 Pauză de cafea"), 80).plain
    assert both.startswith(" ACUM   Sesiunea 1, până la 12:00 ")
    assert both.endswith("URMEAZĂ  12:00 Pauză de cafea")
    long = programme.line(Slot("ACUM", LONG), Slot("URMEAZĂ", "12:00 Pauză de cafea"), 80).plain
    assert long.endswith("URMEAZĂ  12:00 Pauză de cafea")
    assert "…" in long


def test_the_lines_take_one_row_each_and_follow_the_window() -> None:
    """Nothing wraps; after any resizing the wall is as if freshly started."""
    seen, fresh = asyncio.run(raster.dragged(Wall(), Wall()))
    assert seen == fresh
    rows = raster.said(seen)
    assert rows[0].endswith("K7QF")
    assert rows[1].startswith(" ACUM")
    assert not any(rows[2:])


def test_guests_words_in_a_title_do_nothing() -> None:
    """A table's name with brackets or controls is shown, and harmless."""
    assert "[/] [red]\ufffd" in header.line("[/] [red]\x1b", FACTS, 80).plain
    assert "[/]\ufffd" in programme.line(Slot("ACUM", "[/]\x9b"), None, 40).plain
