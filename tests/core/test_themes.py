"""Themes of ideas: an idea is under one at the most, undo goes back step by step, and every export has them."""

import contextlib
import json

from hypothesis import given
from hypothesis import strategies as st

from cafe import events as e
from cafe.exports import FORMATS, Harvested
from cafe.exports.json import read
from cafe.fold import fold
from cafe.rules import Refused
from cafe.rules.themes import theme_shown, themes
from tests.afternoon import Diary, difference
from tests.core.test_dots import give, harvest, no

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["group", "group", "ungroup", "rename", "merge", "dissolve"]),
        st.lists(st.integers(0, 4), max_size=3),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=18,
)


def press(day: Diary, what: str, ideas: list[int], a: int, b: int) -> None:
    """A step of grouping, sensible or foolish."""
    ids = tuple(f"idea-{number:04}" for number in ideas)
    match what:
        case "group":
            given: dict[str, object] = {"ideas": ids, "theme": a, "name": f"Theme {b}"}
        case "ungroup":
            given = {"ideas": ids}
        case "rename":
            given = {"theme": a, "name": f"Theme {b}"}
        case "merge":
            given = {"theme": a, "into": b}
        case _:
            given = {"theme": a}
    with contextlib.suppress(Refused):
        day.do(what, **given)


def names(day: Diary) -> dict[str, list[str]]:
    """What stands under each theme, by its name."""
    return {theme.name: [idea.text[-1] for idea in theme.ideas] for theme in themes(day.state)}


@given(STEPS)
def test_undo_brings_every_grouping_back(steps: list[tuple[str, list[int], int, int]]) -> None:
    """Whatever the facilitator does with themes, u as often as that brings back how it was, step by step."""
    day, held = harvest(), []
    for step in steps:
        before = day.state
        press(day, *step)
        assert set(day.state.themed.values()) <= set(day.state.themes)
        if day.state is not before:
            held.append((before.themes, before.themed))
    assert difference(fold(day.records)["room"], day.state) == []
    for was in reversed(held):
        day.do("undo")
        assert (day.state.themes, day.state.themed) == was


def test_ideas_are_grouped_under_one_theme_each() -> None:
    """A new theme, the same name in other letters, another theme, merging, taking out and taking away."""
    day = harvest()
    day.do("group", ideas=("idea-0000", "idea-0001"), name=" Open  spaces ")
    day.do("group", ideas=("idea-0002",), name="open SPACES")
    assert names(day) == {"Open spaces": ["0", "1", "2"]}
    day.do("group", ideas=("idea-0001", "idea-0003"), name="Schools")
    assert names(day) == {"Open spaces": ["0", "2"], "Schools": ["1", "3"]}
    assert no(day, "rename", theme=2, name="open spaces") == "name_taken"
    day.do("rename", theme=2, name="Teachers")
    day.do("ungroup", ideas=("idea-0003",))
    assert names(day) == {"Open spaces": ["0", "2"], "Teachers": ["1"]}
    day.do("merge", theme=1, into=2)
    assert names(day) == {"Teachers": ["0", "1", "2"]}
    day.do("dissolve", theme=2)
    assert names(day) == {}
    day.do("undo")
    day.do("undo")
    assert names(day) == {"Open spaces": ["0", "2"], "Teachers": ["1"]}
    assert day.do("group", ideas=("idea-0003",), name="Third")[0] == e.ThemesChanged(
        "theme_made", {3: "Third"}, {"idea-0003": 3}
    )


def test_what_makes_no_theme_is_refused() -> None:
    """A theme without a name, one with a far too long one, one that is not there, an idea that is not there."""
    day = harvest()
    assert no(day, "group", ideas=("idea-0000",), name="  ") == "empty"
    assert no(day, "group", ideas=("idea-0000",), name="x" * 81) == "long_name"
    assert no(day, "group", ideas=("idea-0000",), theme=7) == "no_such_theme"
    assert no(day, "group", ideas=("idea-9999",), name="Words") == "no_such_idea"
    assert no(day, "merge", theme=1, into=2) == "no_such_theme"
    day.do("group", ideas=("idea-0000",), name="Words")
    assert day.do("merge", theme=1, into=1) == ()
    assert day.do("group", ideas=("idea-0000",), theme=1) == ()


def test_an_idea_leaves_its_theme_as_it_leaves_the_wall() -> None:
    """Hidden it is not seen under its theme and comes back with it; taken back or forgotten it is gone for good."""
    day = harvest()
    day.do("group", ideas=("idea-0000", "idea-0001"), name="Spaces")
    day.do("group", ideas=("idea-0002",), name="Money")
    day.do("stand", id="idea-0002", standing="hidden")
    day.do("take_back", who="p0", id="idea-0000")
    assert names(day) == {"Spaces": ["1"]}
    day.do("stand", id="idea-0002", standing="shown")
    assert names(day) == {"Spaces": ["1"], "Money": ["2"]}
    day.do("forget", who="p1")
    assert names(day) == {"Money": ["2"]}
    assert dict(day.state.themed) == {"idea-0002": 2}
    assert not any("idea-0001" in step.themed for step in day.state.undo)
    day.do("group", ideas=("idea-0003",), name="Money")
    day.do("ungroup", ideas=("idea-0003",))
    day.do("take_back", who="p3", id="idea-0003")
    day.do("undo")
    assert dict(day.state.themed) == {"idea-0002": 2}


def test_a_theme_stands_on_the_wall_in_the_harvest_alone() -> None:
    """One of which nothing can be seen is not shown; undo brings it back, a table that reports takes its place."""
    day = harvest()
    day.do("group", ideas=("idea-0000",), name="Spaces")
    day.do("group", ideas=(), name="Empty")
    assert no(day, "show_theme", theme=2) == "empty_theme"
    day.do("show_theme", theme=1)
    shown = theme_shown(day.state)
    assert shown
    assert shown.name == "Spaces"
    day.do("stand", id="idea-0000", standing="hidden")
    assert theme_shown(day.state) is None
    day.do("undo")
    assert theme_shown(day.state) == shown
    day.do("report_back", step=day.state.step)
    assert theme_shown(day.state) is None
    day.go("closing")
    day.put(e.ThemeShown(1))  # as a file may have it that somebody edited
    assert theme_shown(day.state) is None
    assert no(day, "show_theme", theme=1) == "no_harvest"
    assert no(harvest(), "show_theme", theme=1) == "no_such_theme"


def test_dots_are_summed_once_they_are_shown() -> None:
    """Nobody sees a theme's dots while the vote is open; then all those on its ideas, and its dearest idea first."""
    day = harvest()
    day.do("group", ideas=("idea-0000", "idea-0001"), name="Spaces")
    give(day, 2, 1, 2)
    give(day, 3, 0, 1)
    assert themes(day.state)[0].dots == 0
    assert names(day) == {"Spaces": ["0", "1"]}
    day.do("vote", shown=True)
    assert themes(day.state)[0].dots == 3
    assert names(day) == {"Spaces": ["1", "0"]}


def test_exports_have_the_themes() -> None:
    """The spreadsheet names each idea's theme, the report tells them, and the JSON gives the same café back."""
    day = harvest()
    day.do("group", ideas=("idea-0001", "idea-0003"), name="=Spaces")
    day.do("group", ideas=("idea-0002",), name="Money")
    day.do("stand", id="idea-0002", standing="hidden")
    harvested = Harvested(day.state, tuple(day.records))
    rows = FORMATS["csv"].files["ideas.csv"](harvested).splitlines()
    at = rows[0].split(",").index("theme")
    assert [row.split(",")[at] for row in rows[1:]] == ["", "'=Spaces", "Money", "'=Spaces"]
    for name, file in (("html", "report.html"), ("markdown", "report.md")):
        report = FORMATS[name].files[file](harvested)
        assert report.index("Themes") < report.index("=Spaces") < report.index("2 ideas") < report.index("First?")
        assert "Money" not in report
    text = FORMATS["json"].files["cafe.json"](harvested)
    assert json.loads(text)
    again = fold(read(text.encode()).records)["room"]
    assert again.themes == day.state.themes
    assert again.themed == day.state.themed
    assert FORMATS["csv"].files["ideas.csv"](Harvested(again)) == FORMATS["csv"].files["ideas.csv"](harvested)


def test_a_theme_that_nobody_made_is_not_shown() -> None:
    """A JSON in which somebody has put an idea under a theme that there is not shows no theme, and stops no wall."""
    day = harvest()
    day.put(e.ThemesChanged("ideas_grouped", ideas={"idea-0001": 7}))
    assert themes(day.state) == []
    assert theme_shown(day.state) is None
