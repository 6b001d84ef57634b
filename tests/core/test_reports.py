"""Tables that report to the room: whose turn it is, with which clock, and what undo brings back."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from cafe import events as e
from cafe.clock import remaining
from cafe.fold import fold
from cafe.i18n import translator
from cafe.plan import MINUTE, parse
from cafe.rules import Refused
from cafe.rules.programme import due, slip
from cafe.rules.reports import order, share
from cafe.wall import reports, words
from tests.afternoon import Diary, difference, plan_of
from tests.core.test_dots import PLAN, no

EN = translator("en")


def talked(tables: int = 4) -> Diary:
    """A harvest of ten minutes after a session with two people at each table."""
    day = Diary(plan_of(PLAN.replace("tables = 2", f"tables = {tables}\nseats = 2")))
    for number in range(2 * tables):
        day.do("join", who=f"p{number}", language="en")
    return day.go("harvest")


def report(day: Diary) -> e.Report:
    found = day.state.position.report
    assert found
    return found


def begin(day: Diary, minutes: float = 0) -> None:
    day.do("report_back", step=day.state.step, minutes=minutes)


def forward(day: Diary) -> None:
    day.do("next", step=day.state.step)


def test_where_nobody_sat_every_open_table_may_report() -> None:
    """A harvest without a conversation before it asks all tables but those that are closed."""
    day = Diary(plan_of(PLAN.replace("tables = 2", "tables = 4")))
    day.do("close_table", table=2)
    assert order(day.go("harvest").state) == (1, 3, 4)


def test_each_table_has_its_turn_and_its_clock() -> None:
    """Ten minutes for four tables are two and a half each; next goes on, and after the last the harvest is there."""
    day = talked()
    assert order(day.state) == (1, 2, 3, 4)
    assert share(day.state, day.state.position.block, 4) == 2.5
    begin(day)
    for table in (1, 2, 3, 4):
        assert report(day).table == table
        assert day.state.phase == "harvest"
        assert remaining(report(day).clock, day.now) == 2.5 * MINUTE
        day.now += 100_000 + 30_000 * table
        forward(day)
    assert day.state.position.report is None
    assert day.state.phase == "harvest"
    forward(day)
    assert day.state.phase == "closing"


def test_a_table_gets_more_time_and_its_clock_stands_still() -> None:
    """Plus, minus and pause work on the clock of the table that reports, in overtime too; others keep their time."""
    day = talked()
    begin(day, minutes=3)
    day.do("add", minutes=1)
    assert remaining(report(day).clock, day.now) == 4 * MINUTE
    day.do("pause")
    day.now += 10 * MINUTE
    assert remaining(report(day).clock, day.now) == 4 * MINUTE
    assert words.now_mood(EN, day.state, day.now) == "the clock stands still"
    assert due(day.state, day.now) is None
    day.do("resume")
    day.now += 5 * MINUTE
    assert remaining(report(day).clock, day.now) == -MINUTE
    assert words.now_mood(EN, day.state, day.now) == "still talking"
    assert no(day, "add", minutes=-1) == "no_time_left"
    day.do("add", minutes=1)
    assert remaining(report(day).clock, day.now) == MINUTE
    forward(day)
    assert remaining(report(day).clock, day.now) == 3 * MINUTE
    assert due(day.state, day.now) == day.now + 3 * MINUTE


def test_undo_goes_back_table_by_table() -> None:
    """Undo gives the table before its turn again with the deadline that it had, then the harvest without a row."""
    day = talked()
    begin(day)
    first = report(day)
    day.now += 60_000
    forward(day)
    day.now += 60_000
    day.do("undo")
    assert report(day) == first
    assert remaining(report(day).clock, day.now) == 30_000
    assert words.where(EN, day.state) == "Our ideas · table 1 reports"
    day.do("undo")
    assert day.state.position.report is None
    assert difference(fold(day.records)["room"], day.state) == []


def test_two_who_press_at_once_skip_nobody() -> None:
    """The step has the table's name: who presses late is told so, and no table loses its turn."""
    day = talked()
    begin(day)
    step = day.state.step
    forward(day)
    assert no(day, "next", step=step) == "already_left"
    assert no(day, "end_reports", step=step) == "already_left"
    assert report(day).table == 2


def test_a_table_is_passed_over_and_comes_after_all() -> None:
    """One that is still to come leaves the row and takes its place again; the one that reports gives way."""
    day = talked()
    begin(day)
    day.do("pass_over", table=2)
    assert report(day).tables == (1, 3, 4)
    day.do("pass_over", table=3)
    day.do("pass_over", table=2)
    assert report(day).tables == (1, 2, 4)
    day.do("undo")
    assert report(day).tables == (1, 4)
    day.do("pass_over", table=1)
    assert report(day).table == 4
    assert no(day, "pass_over", table=1) == "has_reported"
    assert no(day, "pass_over", table=9) == "no_such_table"
    day.do("end_reports", step=day.state.step)
    assert no(day, "pass_over", table=1) == "no_report"


def test_only_a_harvest_has_reports_and_one_row_at_a_time() -> None:
    """Before the harvest no table reports; a second row does not begin in the first; the next block ends it."""
    day = Diary(plan_of(PLAN))
    assert no(day, "report_back", step=day.state.step) == "no_harvest"
    day = talked()
    assert no(day, "report_back", step="somewhere else") == "already_left"
    begin(day)
    assert no(day, "report_back", step=day.state.step) == "reports_already"
    day.do("end_reports", step=day.state.step)
    begin(day)
    forward(day)
    assert no(day, "end_reports", step="2/") == "already_left"


def test_a_row_that_is_too_long_is_told() -> None:
    """By how much the harvest will end late counts every table that is still to come."""
    day = talked()
    begin(day, minutes=5)  # At a quarter past, in a harvest that ends at twenty past.
    assert slip(day.state, day.now) == 15 * MINUTE
    day.do("pass_over", table=4)
    assert slip(day.state, day.now) == 10 * MINUTE


@given(
    st.lists(
        st.tuples(st.sampled_from(["next", "pass", "add", "undo", "end", "begin"]), st.integers(0, 5)), max_size=20
    )
)
def test_whatever_is_pressed_no_table_reports_twice(presses: list[tuple[str, int]]) -> None:
    """Whatever is pressed, a row has each table once, the turn is one of them, and the log tells the same again."""
    day = talked()
    for what, n in presses:
        given: dict[str, tuple[str, dict[str, object]]] = {
            "next": ("next", {"step": day.state.step}),
            "pass": ("pass_over", {"table": n}),
            "add": ("add", {"minutes": n - 2}),
            "undo": ("undo", {}),
            "end": ("end_reports", {"step": day.state.step}),
            "begin": ("report_back", {"step": day.state.step, "minutes": n}),
        }
        if day.state.phase != "harvest" or (what == "next" and day.state.position.report is None):
            continue
        name, args = given[what]
        with contextlib.suppress(Refused):
            day.do(name, **args)
        if found := day.state.position.report:
            assert found.table in found.tables
            assert len(set(found.tables)) == len(found.tables)
            assert due(day.state, day.now)
    assert difference(fold(day.records)["room"], day.state) == []


def test_the_wall_says_what_a_table_leaves_and_its_ideas() -> None:
    """Its last word for others, unless it is hidden; its ideas below its questions, newest first, or by their dots."""
    day = Diary(plan_of(PLAN))
    for number in range(4):
        day.do("join", who=f"p{number}", language="en")
    day.go("round")
    who = [who for who in ("p0", "p1", "p2", "p3") if (at := day.state.place(who)) and at.table == 1]
    for number in range(3):
        day.do("send", who=who[0], id=f"idea-{number:04}", text=f"Thought {number}")
    day.do("hand_over", who=who[0], text="Ask for the key")
    day.go("harvest")
    begin(day)
    turn = report(day)
    assert reports.handed(day.state, turn) == "Ask for the key"
    (sheet,) = reports.sheets(EN, day.state, turn)
    assert [card.text for card in sheet.cards] == ["Thought 2", "Thought 1", "Thought 0"]
    day.do("stand", id="idea-0002", standing="hidden")
    day.do("ballot", who="p1", id="ballot-0001", dots={"idea-0000": 2})
    day.do("vote", shown=True)
    (sheet,) = reports.sheets(EN, day.state, turn)
    assert [(card.text, card.note) for card in sheet.cards] == [("Thought 0", "2 dots"), ("Thought 1", "")]
    place = next(iter(day.state.handovers))
    day.do("keep_back", place=place.word, hidden=True)
    assert reports.handed(day.state, turn) == ""


def test_the_plan_may_begin_a_harvest_with_the_tables() -> None:
    """With `reports = true` the first table reports as soon as the harvest begins; elsewhere the key is a mistake."""
    text = PLAN.replace("dots = 3\n", "dots = 3\nreports = true\n")
    day = Diary(plan_of(text))
    day.do("join", who="p0", language="en")
    day.go("harvest")
    assert report(day).tables == (1,)
    forward(day)
    assert day.state.position.report is None
    assert day.state.phase == "harvest"
    wrong = parse(text.replace('kind = "harvest"\ndots = 3', 'kind = "break"'))
    assert 'Only a block with kind = "harvest" has reports.' in [mistake.sentence for mistake in wrong.mistakes]
