"""Dots in the harvest: who may give how many, what undo and forgetting bring back, and what leaves the laptop."""

import json

import pytest

from cafe.exports import FORMATS, Harvested
from cafe.exports.json import read
from cafe.exports.report import report
from cafe.fold import fold
from cafe.rules import Refused
from cafe.rules.dots import most_dots, own
from tests.afternoon import Diary, difference, plan_of

PLAN = """
title = "A vote"
organiser = "Town"
contact = "town@example.org"

[[groups]]
id = ""
tables = 2

[sessions.s1]
title = "One"
questions = ["First?", "Second?"]
rounds = 1
minutes = 5

[[programme]]
at = "11:00"
kind = "session"
session = "s1"

[[programme]]
at = "11:10"
kind = "harvest"
dots = 3
per_idea = 2

[[programme]]
at = "11:20"
kind = "closing"
"""


def harvest() -> Diary:
    """Four people, an idea of each, and the vote is open."""
    day = Diary(plan_of(PLAN))
    for number in range(4):
        day.do("join", who=f"p{number}", language="en")
    day.go("round")
    for number in range(4):
        day.do("send", who=f"p{number}", id=f"idea-000{number}", text=f"Thought {number}")
    return day.go("harvest")


def no(day: Diary, command: str, **given: object) -> str:
    with pytest.raises(Refused) as refused:
        day.do(command, **given)
    return refused.value.code


def dots(day: Diary, who: int) -> dict[str, int]:
    return own(day.state, f"p{who}")[1].dots


def give(day: Diary, who: int, idea: int, n: int) -> object:
    return day.do("dot", who=f"p{who}", id=f"ballot-{who:04}", idea=f"idea-{idea:04}", n=n)


def test_the_same_dot_sent_twice_counts_once() -> None:
    """A phone says how many dots an idea shall have: sent again it changes nothing, and taken back it is free."""
    day = harvest()
    assert give(day, 0, 1, 1)
    assert not give(day, 0, 1, 1)
    assert dict(day.state.votes) == {"idea-0001": 1}
    give(day, 0, 1, 0)
    assert not day.state.votes
    assert dots(day, 0) == {}


def test_nobody_gives_more_than_the_plan_has() -> None:
    """Three dots and no fourth, two on one idea and no third; the refusal leaves the ballot as it was."""
    day = harvest()
    give(day, 0, 1, 2)
    assert no(day, "dot", who="p0", id="x", idea="idea-0001", n=3) == "dots_on_one"
    assert no(day, "dot", who="p0", id="x", idea="idea-0001", n=-1) == "dots_on_one"
    assert no(day, "dot", who="p1", id="<script>", idea="idea-0001", n=1) == "bad_id"
    give(day, 0, 2, 1)
    assert no(day, "dot", who="p0", id="x", idea="idea-0003", n=1) == "no_dot_left"
    assert no(day, "dot", who="p0", id="x", idea="idea-9999", n=1) == "no_such_idea"
    assert dots(day, 0) == {"idea-0001": 2, "idea-0002": 1}


def test_what_was_late_on_its_way_undoes_nothing() -> None:
    """A whole ballot that knows an older one than the present is refused; the same as the present is welcome."""
    day = harvest()
    day.do("ballot", who="p0", id="ballot-0000", dots={"idea-0001": 1}, rev=0)
    day.do("ballot", who="p0", id="other-0000", dots={"idea-0002": 2}, rev=1)
    assert no(day, "ballot", who="p0", id="ballot-0000", dots={"idea-0001": 1}, rev=0) == "room_changed"
    assert not day.do("ballot", who="p0", id="ballot-0000", dots={"idea-0002": 2}, rev=0)
    assert list(day.state.ballots) == ["ballot-0000"]


def test_the_facilitator_closes_the_vote_and_undo_opens_it() -> None:
    """Before the harvest and after the vote is shown no dot counts; undo lets people go on."""
    day = Diary(plan_of(PLAN))
    day.do("join", who="p0", language="en")
    assert no(day, "ballot", who="p0", id="ballot-0000", dots={}) == "no_vote"
    assert no(day, "vote", shown=True) == "no_vote"
    day = harvest()
    day.do("vote", shown=True)
    assert day.state.revealed
    assert no(day, "dot", who="p0", id="ballot-0000", idea="idea-0001", n=1) == "no_vote"
    day.do("undo")
    assert not day.state.revealed
    give(day, 0, 1, 1)


def test_dots_on_what_is_hidden_are_free_again() -> None:
    """An idea that the facilitator hides is in no result, and who gave it dots can give them to another."""
    day = harvest()
    give(day, 0, 1, 2)
    give(day, 1, 2, 1)
    day.do("stand", id="idea-0001", standing="hidden")
    assert [(idea.id, n) for idea, n in most_dots(day.state)] == [("idea-0002", 1)]
    give(day, 0, 2, 2)
    give(day, 0, 3, 1)
    assert dots(day, 0) == {"idea-0002": 2, "idea-0003": 1}


def test_who_is_forgotten_leaves_no_dot() -> None:
    """Forgetting somebody takes their dots off the ideas, and others' dots off theirs."""
    day = harvest()
    give(day, 0, 1, 2)
    give(day, 1, 0, 1)
    give(day, 2, 1, 1)
    day.do("forget", who="p0")
    assert [(idea.id, n) for idea, n in most_dots(day.state)] == [("idea-0001", 1)]
    assert len(day.state.ballots) == 2
    assert difference(fold(day.records)["room"], day.state) == []


def test_exports_have_the_dots_and_nobody_who_gave_them() -> None:
    """The votes stand in the spreadsheet, the report and the JSON, which gives the same café back; voters do not."""
    day = harvest()
    give(day, 0, 1, 2)
    give(day, 1, 1, 1)
    give(day, 1, 2, 1)
    give(day, 1, 2, 2)
    harvested = Harvested(day.state, tuple(day.records))
    rows = FORMATS["csv"].files["ideas.csv"](harvested).splitlines()
    at = rows[0].split(",").index("votes")
    assert [row.split(",")[at] for row in rows[1:]] == ["0", "3", "2", "0"]
    for name, file in (("html", "report.html"), ("markdown", "report.md")):
        page = FORMATS[name].files[file](harvested)
        assert page.index("What the room found most important") < page.index("3 dots") < page.index("2 dots")
    text = FORMATS["json"].files["cafe.json"](harvested)
    given = [event["body"] for event in json.loads(text)["events"] if event["kind"] == "dots_given"]
    assert all("by" not in body for body in given)
    assert sum(bool(body) for body in given) == 2
    again = fold(read(text.encode()).records)["room"]
    assert again.votes == day.state.votes
    assert FORMATS["csv"].files["ideas.csv"](Harvested(again)) == FORMATS["csv"].files["ideas.csv"](harvested)


def test_a_single_dot_makes_no_idea_the_most_important() -> None:
    """Where very many ideas have a dot each, the report names those that have more, and tells every idea's own."""
    day = Diary(plan_of(PLAN))
    for number in range(24):
        day.do("join", who=f"p{number}", language="en")
    day.go("round")
    for number in range(24):
        day.do("send", who=f"p{number}", id=f"idea-{number:04}", text=f"Thought {number}")
    day.go("harvest")
    for number in range(24):
        give(day, number, number, 1)
    assert report(Harvested(day.state)).important == ()
    give(day, 0, 3, 2)
    told = report(Harvested(day.state))
    assert [(one.text, one.dots) for one in told.important] == [("Thought 3", "3 dots")]
    assert [idea.dots for part in told.parts for asked in part.questions for idea in asked.ideas].count("1 dot") == 23
    assert "*Table 2 · Round 1 · 3 dots*" in FORMATS["markdown"].files["report.md"](Harvested(day.state))


def test_nobody_can_tell_who_voted_once_the_cafe_is_closed() -> None:
    """With the end of the café the link from a ballot to a participant is cut; the dots stay."""
    day = harvest()
    give(day, 0, 1, 2)
    day.go("closed")
    assert [ballot.by for ballot in day.state.ballots.values()] == [""]
    assert dict(day.state.votes) == {"idea-0001": 2}
