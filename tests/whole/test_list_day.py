"""A day with a list, from the plan's folder on: the café is held, people come, it stops, and goes on where it was."""

import asyncio
from pathlib import Path

from cafe.cli.people import expected, list_of
from cafe.plan import Plan, parse
from cafe.remote import Remote, read_door
from cafe.seating.handout import listed
from tests.whole.programs import Running, cafe
from tests.whole.test_terminal import Guest

DAY = """
title = "A day"
organiser = "Town"
contact = "town@example.org"
code = "K7QF"
list = "people.csv"
hosts = "named"
[[groups]]
id = "A"
tables = 4
seats = 6
[[tables]]
number = 1
host = "Zoe"
[sessions.s1]
title = "Talk"
questions = ["One?", "Two?", "Three?", "Four?"]
rounds = 3
minutes = 20
[[programme]]
at = "10:00"
kind = "session"
session = "s1"
"""
LIST = "name;sector;host;apart\nAna;city;;Ion\nIon;city;;\nEva;firms;2;\n" + "".join(
    f"Guest{number};culture;;\n" for number in range(9)
)


def laid(folder: Path) -> Plan:
    (folder / "day.toml").write_text(DAY, "utf-8")
    (folder / "people.csv").write_text(LIST, "utf-8")
    plan = parse(DAY).plan
    assert plan is not None
    return plan


def test_the_list_is_read_once_for_cards_and_for_the_day(tmp_path: Path) -> None:
    """Who is expected has the card that is printed for them, hosts of the list and of the plan their tables."""
    plan = laid(tmp_path)
    printed = {
        each.name: (each.number, each.stays) for each in listed(plan, list_of(plan, f"{tmp_path}/day.toml")).cards
    }
    coming = {person.name: (each.card, each.table) for each, person in expected(plan, f"{tmp_path}/day.toml")}
    assert coming == {name: way for name, way in printed.items() if name}
    assert (coming["Zoe"], coming["Eva"]) == ((0, 1), (0, 2))
    assert len(coming) == 13


async def morning(folder: Path, base: str) -> set[str]:
    remote = Remote(lambda: read_door(folder / "day.cafe"))
    await remote.open()
    try:
        ids = {remote.name(who): who for who in remote.state.expected}
        assert len(ids) == 13
        for name in ("Ana", "Eva", "Zoe", "Guest3"):
            await remote.do("arrive", who=ids[name])
        phone = await asyncio.to_thread(Guest, base)
        assert phone
        assert len(remote.state.here) == 5
        assert dict(remote.state.hosts) == {1: ids["Zoe"], 2: ids["Eva"]}
        return {remote.name(person.id) for person in remote.state.here}
    finally:
        await remote.close()


async def again(folder: Path) -> set[str]:
    remote = Remote(lambda: read_door(folder / "day.cafe"))
    await remote.open()
    try:
        assert len(remote.state.to_come) == 9
        return {remote.name(person.id) for person in remote.state.here}
    finally:
        await remote.close()


def test_who_has_come_is_known_after_the_program_was_killed(tmp_path: Path) -> None:
    """Four of the list are ticked off and a phone comes beside; killed and started again, the café knows them all, and
    tells that the list has somebody new by now.
    """
    laid(tmp_path)
    with Running("run", "day.toml", "--host", "127.0.0.1", cwd=tmp_path) as run:
        here = asyncio.run(morning(tmp_path, f"http://127.0.0.1:{run.ready['port']}"))
    (tmp_path / "people.csv").write_text("name\nSomebody else\n", "utf-8")
    with Running("run", "day.toml", "--host", "127.0.0.1", cwd=tmp_path) as run:
        assert asyncio.run(again(tmp_path)) == here == {"Ana", "Eva", "Zoe", "Guest3", ""}
        assert "1 person is new in the list: Somebody else." in run.stop()


def test_a_mistake_in_the_list_is_told_before_anybody_comes(tmp_path: Path) -> None:
    """A list that names a table that there is not holds the start up with its line, and leaves no half of a café."""
    laid(tmp_path)
    (tmp_path / "people.csv").write_text("name,host\nAna,9\n", "utf-8")
    told = cafe("run", "day.toml", "--headless", cwd=tmp_path)
    assert told.returncode == 2
    assert "people.csv:2: Ana is to stay at table 9" in told.stderr
    assert not (tmp_path / "day.cafe").exists()


def test_without_tables_people_are_expected_all_the_same(tmp_path: Path) -> None:
    """A day of talks alone has no cards; its list is ticked off like any other."""
    plan = parse(DAY[: DAY.index("hosts")] + '[[programme]]\nat = "10:00"\nkind = "talk"\n').plan
    assert plan is not None
    (tmp_path / "people.csv").write_text("name\nAna\nIon\n", "utf-8")
    assert len(expected(plan, str(tmp_path / "day.toml"))) == 2
