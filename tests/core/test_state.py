"""What a café knows of itself: its phase, its steps, its people's places, and the drawing of its phases."""

import re
from pathlib import Path
from typing import get_args

from cafe import events as e
from cafe.plan import MINUTE
from cafe.state import BEGINS, NEXT, Phase, picture
from tests.afternoon import MORNING, Diary, short

CONTRIBUTING = Path(__file__).parent.parent.parent / "CONTRIBUTING.md"


def arrows() -> set[tuple[str, str]]:
    """The drawing read back: which phase may follow which."""
    drawn = picture()
    inside = re.findall(r"^        (\w+)$", drawn, re.MULTILINE)
    found = set(re.findall(r"^        (\w+) --> (\w+)$", drawn, re.MULTILINE))
    closed_ways = {one for one, _ in found if one == "move"}
    begins = set(BEGINS.values())
    for one in [*inside, "lobby"]:
        if one not in closed_ways:
            found |= {(one, then) for then in {*begins, "closed"}}
    return found


def test_the_drawing_says_what_the_table_says() -> None:
    """Every arrow of the drawing is in the table of phases, and every one of the table is drawn."""
    assert arrows() == {(one, then) for one, after in NEXT.items() for then in after}
    assert set(NEXT) == set(get_args(Phase))


def test_the_description_of_the_house_has_the_drawing() -> None:
    """The picture in CONTRIBUTING.md is the one that the table draws."""
    assert f"```mermaid\n{picture()}\n```" in CONTRIBUTING.read_text(encoding="utf-8")


def test_a_step_has_a_name_of_its_own() -> None:
    """From the lobby to the end no step is called like another."""
    told, names = Diary(short()), []
    while not told.state.closed:
        names.append(told.state.step)
        told.do("next", step=told.state.step)
    assert len(names) == len(set(names)) == 11


def test_everybody_has_a_place_and_knows_the_next_one() -> None:
    """In a round one sits somewhere; in it and in the move after it one knows where to go."""
    told = Diary(short())
    told.do("join", who="p1", language="ro")
    assert told.state.place("p1") is None
    assert told.state.coming("p1") == (1, "s1", 1, 1)
    told.go("round")
    assert told.state.place("p1") == (1, "s1", 1, 1)
    assert told.state.coming("p1") == (1, "s1", 2, 2)
    told.go("move")
    assert told.state.place("p1") == (1, "s1", 1, 1)
    assert told.state.coming("p1") == (1, "s1", 2, 2)
    told.go("break")
    assert told.state.place("p1") == (1, "s1", 2, 2)
    assert told.state.coming("p1") == (3, "s2", 1, 3)
    assert told.state.coming("stranger") is None


def test_the_phase_is_that_of_the_track_that_is_furthest_behind() -> None:
    """While one group still walks the café moves, although the other group has begun."""
    told = Diary(short(move=0)).go("round", 1)
    told.do("next", step=told.state.step)
    assert {track.phase for track in told.state.position.tracks} == {"round", "move"}
    assert told.state.phase == "move"


def test_times_are_those_of_the_place_where_the_laptop_stood() -> None:
    """A café that goes on in another time zone keeps the times of before as they were."""
    told = Diary(short())
    first = told.state.local(told.now).isoformat()
    told.now += 60 * MINUTE
    told.put(e.Started({}, 0, "1"))
    assert told.state.local(MORNING).isoformat() == first == "2020-10-20T11:15:00+03:00"
    assert told.state.local(told.now).isoformat() == "2020-10-20T09:15:00+00:00"
    assert told.state.moment(9 * 60 + 15, told.now) == told.now
