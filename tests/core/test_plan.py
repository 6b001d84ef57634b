"""A good plan: every key is kept, and what an organiser leaves out gets its usual value."""

import datetime
from pathlib import Path

import pytest

from cafe.plan import Plan, Wifi, parse

PLANS = Path(__file__).parent / "plans"
EXAMPLE = Path(__file__).parents[2] / "cafe" / "examples" / "lab2020.toml"

TALK = '[[programme]]\nat = "10:00"\nkind = "talk"\n'
SESSION_ONE = '[sessions.s1]\nquestions = ["One?", "Two?", "Three?"]\n'
ROUND_ONE = '[[programme]]\nat = "10:00"\nkind = "session"\nsession = "s1"\n'


def good(text: str) -> Plan:
    reading = parse(text)
    assert [str(mistake) for mistake in reading.mistakes] == []
    assert reading.plan is not None
    return reading.plan


@pytest.mark.parametrize(
    "file", [EXAMPLE, PLANS / "lab2020_swap.toml", PLANS / "lab2020_same.toml"], ids=lambda f: f.stem
)
def test_the_laboratory_of_2020_can_be_planned(file: Path) -> None:
    """The lab of 20 October 2020 is a plan without a mistake or a warning: two groups, six tables, seven blocks."""
    reading = parse(file.read_bytes(), file.name)
    assert (reading.mistakes, reading.warnings) == ([], [])
    plan = reading.plan
    assert plan is not None
    assert [(table.number, table.group, table.place) for table in plan.tables] == [
        (1, "A", 0), (2, "A", 1), (3, "A", 2), (4, "B", 0), (5, "B", 1), (6, "B", 2),
    ]  # fmt: skip
    assert [block.at for block in plan.programme] == [630, 660, 675, 720, 750, 795, 810]
    assert {(s.rounds, s.minutes, s.move) for s in plan.sessions.values()} == {(3, (13.0, 13.0, 13.0), 2)}
    assert [question.id for _, question in plan.questions()] == ["s1.1", "s1.2", "s1.3", "s2.1", "s2.2", "s2.3"]


def test_both_readings_of_parallel_sessions_can_be_planned() -> None:
    """Either A and B swap their sessions after the break, or both have the same one at the same time."""
    swap = good((PLANS / "lab2020_swap.toml").read_text("utf-8"))
    same = good((PLANS / "lab2020_same.toml").read_text("utf-8"))
    assert [block.tracks() for block in swap.programme if block.sessions] == [
        [("s1", ("A",)), ("s2", ("B",))],
        [("s2", ("A",)), ("s1", ("B",))],
    ]
    assert [block.tracks() for block in same.programme if block.sessions] == [
        [("s1", ("A", "B"))],
        [("s2", ("A", "B"))],
    ]


def test_the_example_is_in_proper_romanian() -> None:
    """The project's own example writes ș and ț with a comma below, never with a cedilla."""
    text = EXAMPLE.read_text("utf-8")
    assert set("ăâîșț") <= set(text)
    assert not set("şţŞŢ") & set(text)


def test_every_key_is_kept() -> None:
    """Whatever the format has is in the plan afterwards, as it was written."""
    plan = good(
        """
        title = "T"
        theme = "Why?"
        language = "ro"
        date = 2020-10-20
        place = "P"
        organiser = "O"
        contact = "C"
        funding = "F"
        logos = ["eu.png"]
        keep_days = 30
        people = 8
        list = "people.csv"
        ask = ["name", "sector"]
        hosts = "named"
        wall = "held"
        writing = "end"
        code = "k7qf"
        address = "192.168.1.5:8080"
        groups_by = "list"
        swap = "walk"
        [wifi]
        name = "Net"
        password = "secret"
        [[groups]]
        id = "A"
        tables = 2
        seats = 5
        [[groups]]
        id = "B"
        tables = 2
        [[tables]]
        number = 2
        name = "Window"
        seats = 4
        host = "Ana"
        [sessions.s1]
        title = "First"
        questions = ["Unu?", { ro = "Doi?", en = "Two?" }]
        per = "round"
        rounds = 2
        minutes = [20, 12.5]
        move = 3
        collect = "problem"
        seating = "home"
        carry = "earlier.cafe"
        notes = "n1"
        [sessions.s2]
        questions = ["Trei?", "Patru?"]
        rounds = 2
        minutes = [20, 12.5]
        [[programme]]
        at = "10:00"
        kind = "session"
        sessions = { B = "s2", A = "s1" }
        title = "Both"
        notes = "n2"
        [[programme]]
        at = "11:00"
        kind = "harvest"
        dots = 5
        """
    )
    assert (plan.title, plan.theme, plan.language, plan.date) == ("T", "Why?", "ro", datetime.date(2020, 10, 20))
    assert (plan.place, plan.organiser, plan.contact, plan.funding) == ("P", "O", "C", "F")
    assert (plan.logos, plan.keep_days, plan.people, plan.list) == (("eu.png",), 30, 8, "people.csv")
    assert (plan.ask, plan.hosts, plan.wall, plan.writing) == (("name", "sector"), "named", "held", "end")
    assert (plan.code, plan.address, plan.groups_by, plan.swap) == ("K7QF", "192.168.1.5:8080", "list", "walk")
    assert plan.wifi == Wifi("Net", "secret")
    assert [(group.id, group.tables, group.seats) for group in plan.groups] == [("A", 2, 5), ("B", 2, 6)]
    assert [(t.number, t.group, t.seats, t.name, t.host) for t in plan.tables] == [
        (1, "A", 5, "", ""), (2, "A", 4, "Window", "Ana"), (3, "B", 6, "", ""), (4, "B", 6, "", ""),
    ]  # fmt: skip
    session = plan.sessions["s1"]
    assert [question.texts for question in session.questions] == [{"ro": "Unu?"}, {"ro": "Doi?", "en": "Two?"}]
    assert (session.title, session.per, session.rounds, session.minutes) == ("First", "round", 2, (20, 12.5))
    assert (session.move, session.collect, session.seating) == (3, "problem", "home")
    assert (session.carry, session.notes) == ("earlier.cafe", "n1")
    first, harvest = plan.programme
    assert (first.at, first.kind, first.title, first.notes) == (600, "session", "Both", "n2")
    assert list(first.sessions.items()) == [("A", "s1"), ("B", "s2")]
    assert (harvest.kind, harvest.dots) == ("harvest", 5)


def test_a_cafe_of_talks_has_no_tables() -> None:
    """A title and one talk are a plan, and nobody needs a table for it."""
    plan = good(f'title = "Seminar"\npeople = 40\n{TALK}')
    assert (plan.tables, plan.groups[0].id, plan.groups[0].tables) == ((), "", 0)


@pytest.mark.parametrize(
    ("people", "special", "tables"),
    [(0, 0, 3), (14, 0, 3), (16, 0, 4), (16, 7, 7)],
    ids=["a table for each question", "few people", "five at a table", "as many as are described"],
)
def test_tables_that_nobody_counted(people: int, special: int, tables: int) -> None:
    """Without [[groups]] there are tables for everybody, for every question and for every table that is described."""
    table = f"[[tables]]\nnumber = {special}\n" if special else ""
    plan = good(f'title = "T"\npeople = {people}\n{table}{SESSION_ONE}{ROUND_ONE}')
    assert [group.id for group in plan.groups] == [""]
    assert len(plan.tables) == plan.groups[0].tables == tables
    assert plan.programme[0].sessions == {"": "s1"}


def test_the_only_group_needs_no_name() -> None:
    """One [[groups]] without an id is everybody, with the tables that it says."""
    plan = good(f'title = "T"\n[[groups]]\ntables = 5\nseats = 4\n{SESSION_ONE}{ROUND_ONE}')
    assert [(group.id, group.tables, group.seats) for group in plan.groups] == [("", 5, 4)]


def test_what_a_session_leaves_out_is_usual() -> None:
    """Only the questions of a session must be written; the rest is a usual world café."""
    session = good(f'title = "T"\n{SESSION_ONE}{ROUND_ONE}').sessions["s1"]
    assert (session.title, session.rounds, session.minutes, session.move) == ("s1", 3, (20, 20, 20), 2)
    assert (session.per, session.collect, session.seating) == ("table", "idea", "mix")


def test_one_number_of_minutes_for_each_round_says_how_many_rounds() -> None:
    """A list of minutes is also the number of rounds."""
    session = good(f'title = "T"\n{SESSION_ONE}minutes = [20, 15]\n{ROUND_ONE}').sessions["s1"]
    assert (session.rounds, session.minutes, session.planned()) == (2, (20, 15), 37 * 60_000)


@pytest.mark.parametrize(
    "written",
    ['"10:30"', '"10,30"', '"10.30"', "'10h30'", "10:30", "10,30", "10.30", "10:30:00", '" 10:30 "', "10.3"],
)
def test_an_hour_is_understood_as_people_write_it(written: str) -> None:
    """Half past ten may be written in every way that an organiser would."""
    reading = parse(f'title = "T"\n[[programme]]\nat = {written}\nkind = "talk"\n')
    if written == "10.3":
        assert [mistake.line for mistake in reading.mistakes] == [3], "10.3 may be three past ten: nobody should guess"
    else:
        assert reading.plan is not None
        assert reading.plan.programme[0].at == 630


@pytest.mark.parametrize("written", ["2020-10-20", '"2020-10-20"', '"20.10.2020"', "20.10.2020", "2020-10-20T09:00:00"])
def test_a_day_is_understood_as_people_write_it(written: str) -> None:
    """The date may be TOML's own, a text, or written as in Romania."""
    assert good(f'title = "T"\ndate = {written}\n{TALK}').date == datetime.date(2020, 10, 20)


def test_a_plan_saved_by_notepad() -> None:
    """Byte-order marks, UTF-16 and Windows line ends change nothing."""
    text = EXAMPLE.read_text("utf-8")
    windows = text.replace("\n", "\r\n")
    plan = good(text)
    for raw in (windows.encode("utf-8-sig"), windows.encode("utf-16"), b"\xfe\xff" + windows.encode("utf-16-be")):
        assert parse(raw).plan == plan
    assert parse("\ufeff" + windows).plan == plan
    assert parse(text.replace("\n", "\r")).plan == plan


def test_words_are_cleaned() -> None:
    """What a text holds that nobody can see or that steers a terminal is not in the plan."""
    plan = good(f'title = "A \\u001b[31mred\\u202e day "\nplace = "\\u0007"\n{TALK}')
    assert (plan.title, plan.place) == ("A red day", "")


def test_the_sessions_of_a_block_may_stand_under_a_header_of_their_own() -> None:
    """TOML's longer way of writing which group has which session is understood."""
    groups = '[[groups]]\nid = "A"\ntables = 3\n[[groups]]\nid = "B"\ntables = 3\n'
    block = '[[programme]]\nat = "10:00"\nkind = "session"\n[programme.sessions]\nA = "s1"\nB = "s1"\n'
    plan = good(f'title = "T"\n{groups}{SESSION_ONE}{block}{block.replace("10:00", "11:00")}')
    assert [part.sessions for part in plan.programme] == [{"A": "s1", "B": "s1"}] * 2
