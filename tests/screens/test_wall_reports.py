"""Tables that report, on the wall: which one, its clock, what it leaves, its ideas and who is next; calm overtime."""

import asyncio
from pathlib import Path

from screens.widgets.clock import BigClock
from tests.screens.room import Wall, wall

SIZES = ((60, 18), (80, 24), (120, 34), (200, 55))


async def reporting(held: Wall) -> None:
    """Twelve ideas and a word from table 1; the first table of the harvest reports."""
    for number in range(12):
        await held.say(number, f"Un gând cu numărul {number}")
    who = next(f"p{n}" for n in range(12) if (at := held.state.place(f"p{n}")) and at.table == 1)
    await held.room.do("hand_over", who=who, text="Întrebați [b]cine[/] ține cheia")
    await held.go_to("harvest")
    await held.room.do("report_back", step=held.state.step)
    await held.settle()


def test_the_wall_shows_the_table_that_reports(tmp_path: Path) -> None:
    """The table large, what it leaves, its ideas alone, who is next; and nobody's name, at any size."""

    async def look() -> None:
        async with wall(tmp_path, size=SIZES[0], began=3) as held:
            await reporting(held)
            mine = [idea.text for idea in held.state.newest() if idea.place.table == 1]
            for size in SIZES:
                await held.resize(size)
                assert held.app.showing == "report"
                assert held.app.screen.query_one("#instruction").text == "Masa 1"  # type: ignore[attr-defined]
                assert "apoi masa 2" in held.text
                if size[1] < 30:
                    assert "„Întrebați [b]cine[/] ține cheia”" in held.text
                    assert mine[0] in held.text
                    assert held.text.count("Un gând") == len(mine)
                assert "Ionescu" not in held.text
            await held.resize((40, 12))
            place = next(idea.place for idea in held.state.newest() if idea.place.table == 1)
            assert held.state.question(place).text("ro")[0] in held.text

    asyncio.run(look())


def test_keys_lead_through_the_tables(tmp_path: Path) -> None:
    """The key n goes to the next table and u back; minus, space and overtime speak of this table's clock, calmly."""

    async def look() -> None:
        async with wall(tmp_path, size=(80, 24), began=3) as held:
            await reporting(held)
            row = held.state.position.report
            assert row
            await held.press("n")
            assert "masa 2 prezintă" in held.notice
            await held.press("n")
            assert held.state.step.endswith("report2")
            await held.press("u")
            assert held.state.position.report == row
            await held.press("plus", "space")
            assert "ceasul stă" in held.text or held.tr("the clock stands still") in held.text
            await held.press("space")
            await held.passes(60 * 60)
            assert "încă discutăm" in held.text
            assert held.app.screen.query_one(BigClock).text.startswith("+")
            assert "!" not in held.text
            for _ in row.tables:
                await held.press("n", "n")
            assert held.app.showing == "harvest"

    asyncio.run(look())
