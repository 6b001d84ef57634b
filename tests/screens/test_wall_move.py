"""The move: one instruction, who goes where, and patience."""

import asyncio
from pathlib import Path

import pytest

from cafe.plan import Plan, Table
from cafe.plan.shapes import shape
from cafe.wall.walks import walks
from screens.arrows import Arrows
from screens.widgets.letters import Letters
from tests.screens.room import Wall, changed, lab, wall


def turning(reading: str = "swap", seating: str = "together") -> Plan:
    """The laboratory with groups that travel as one: everybody moves on to the next table; or in another way."""
    plan = lab(reading)
    sessions = {name: changed(session, seating=seating) for name, session in plan.sessions.items()}
    return changed(plan, sessions=sessions)


def drawn(held: Wall) -> dict[str, list[tuple[int, int]]]:
    """The arrows on the wall, by heading."""
    groups = held.app.screen.query_one(Arrows).groups
    return {group.heading: [(way.table, way.to) for way in group.ways] for group in groups}


def test_each_group_has_its_block(tmp_path: Path) -> None:
    """Two groups, two blocks of arrows, among their own tables."""

    async def look() -> None:
        async with wall(tmp_path, turning(), began=4) as held:
            a, b = (held.tr("Group {name}", name=name) for name in "AB")
            assert drawn(held) == {a: [(1, 2), (2, 3), (3, 1)], b: [(4, 5), (5, 6), (6, 4)]}
            assert a in held.text
            assert b in held.text

    asyncio.run(look())


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 34), (200, 55)])
def test_every_table_is_told_by_number_and_shape(tmp_path: Path, size: tuple[int, int]) -> None:
    """Each table's sign stands where people leave and where they arrive; colour is not needed."""

    async def look() -> None:
        async with wall(tmp_path, turning(), size, began=4) as held:
            for table in range(1, 7):
                assert held.text.count(shape(table)) == 2

    asyncio.run(look())


def test_a_move_that_has_run_out_waits(tmp_path: Path) -> None:
    """When the two minutes are over the wall says "take your seats", counts nothing, and nothing begins by itself."""

    async def look() -> None:
        async with wall(tmp_path, turning(), began=4) as held:
            instruction = held.app.screen.query_one("#instruction", Letters)
            assert instruction.text == "Schimbăm mesele"
            await held.passes(130)
            assert instruction.text == "Ocupați locurile"
            assert held.state.phase == "move"
            assert "+" not in held.text
            assert not held.app.screen.query_one("#clock").display
            assert drawn(held)

    asyncio.run(look())


def test_hosts_are_mentioned_where_there_are_hosts(tmp_path: Path) -> None:
    """That hosts stay is said only when somebody is a host; their own seat does not blur the arrow."""

    async def look() -> None:
        async with wall(tmp_path, turning(), began=3) as held:
            line = held.tr("Hosts stay at their table.")
            await held.go(1)
            assert line not in held.text
            await held.press("u")
            await held.room.do("host", who="p0", table=1)
            await held.go(1)
            assert line in held.text
            assert (1, 2) in drawn(held)[held.tr("Group {name}", name="A")]

    asyncio.run(look())


def test_tables_without_phones_are_told_too(tmp_path: Path) -> None:
    """A café without a single phone still sees who goes where."""

    async def look() -> None:
        async with wall(tmp_path, turning(), people=0, began=4) as held:
            assert [walk.to for group in walks(held.state) for walk in group.walks] == [2, 3, 1, 5, 6, 4]

    asyncio.run(look())


@pytest.mark.parametrize(
    ("reading", "seating"), [("same", "together"), ("swap", "together"), ("swap", "mix"), ("swap", "choose")]
)
def test_no_arrow_stands_where_nobody_goes(tmp_path: Path, reading: str, seating: str) -> None:
    """A table at which nobody or only its host is left has no arrow, however people move; the others keep theirs."""

    async def look() -> None:
        async with wall(tmp_path, turning(reading, seating), began=3) as held:
            await held.room.do("host", who="p0", table=1)
            for who, seat in dict(held.state.seats[held.state.key(held.state.position.tracks[0])]).items():
                if who != "p0" and seat in {1, 2}:
                    await held.room.do("sit", who=who, table=3)
            await held.go(1)
            group = walks(held.state)[0]
            assert [(walk.table, walk.going) for walk in group.walks] == [(1, False), (2, False), (3, True)]
            assert not {way.table for ways in held.app.screen.query_one(Arrows).groups for way in ways.ways} & {1, 2}

    asyncio.run(look())


def test_people_who_part_are_sent_to_their_cards(tmp_path: Path) -> None:
    """Where the people of a table go different ways, card or phone says where, and the wall how many come."""

    async def look() -> None:
        async with wall(tmp_path, began=4) as held:
            said = held.app.screen.query_one("#way", Letters)
            assert said.display
            assert said.text == held.tr("See your card or your phone")
            told = held.text.replace("\N{NO-BREAK SPACE}", " ")
            assert all(f"{shape(table)} Masa {table}: 2 persoane" in told for table in range(1, 7))
            assert "▶" not in held.text

    asyncio.run(look())


def test_many_tables_are_a_list(tmp_path: Path) -> None:
    """With more than twelve tables each has its line, in two columns, at 80 by 24."""

    async def look() -> None:
        plan = lab("same")
        tables = tuple(Table(n, "A", n - 1, 6) for n in range(1, 19))
        groups = (changed(plan.groups[0], tables=18),)
        blocks = tuple(
            changed(block, sessions={"A": "s1"}) if block.kind == "session" else block for block in plan.programme
        )
        sessions = {name: changed(session, seating="together") for name, session in plan.sessions.items()}
        plan = changed(plan, tables=tables, groups=groups, programme=blocks, sessions=sessions)
        async with wall(tmp_path, plan, people=0, began=4) as held:
            for table in range(1, 19):
                assert held.tr("table {number}", number=table) in held.text
            assert held.text.count("───▶") == 18

    asyncio.run(look())
