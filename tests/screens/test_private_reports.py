"""Tables that report, led from the private view's page of tables."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from cafe.remote import Remote
from cafe.room import Room
from screens.board import Board
from screens.line import Line
from tests.screens.test_private import until, view
from tests.screens.test_private_edits import told


def test_the_facilitator_lets_the_tables_report(tmp_path: Path) -> None:
    """The key o asks for the minutes of each and begins, d passes a table over, n n goes on, o ends it, u goes back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        while room.state.phase != "harvest":
            await room.do("next", step=room.state.step)
        await until(pilot, lambda: remote.state.phase == "harvest")
        await pilot.press("3")
        await until(pilot, lambda: pilot.app.focused is pilot.app.query_one(Board))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        await pilot.press("ctrl+u", *"1,5", "enter")
        await until(pilot, lambda: room.state.position.report is not None)
        row = room.state.position.report
        assert row
        assert row.minutes == 1.5
        await until(pilot, lambda: "1:" in str(pilot.app.query_one("#present", Static).content))
        await pilot.press("down", "d")
        out = row.tables[1]
        await until(pilot, lambda: room.state.position.report and out not in room.state.position.report.tables)
        await until(pilot, lambda: told(pilot) == pilot.app.tr("Table {number} does not report", number=out))  # type: ignore[attr-defined]
        await pilot.press("n", "n")
        await until(pilot, lambda: room.state.position.report and room.state.position.report.at == 1)
        await pilot.press("o")
        await until(pilot, lambda: room.state.position.report is None)
        assert room.state.phase == "harvest"
        await pilot.press("u")
        await until(pilot, lambda: room.state.position.report is not None)

    view(tmp_path, script, size=(80, 24), people=24)


def test_before_the_harvest_no_table_reports(tmp_path: Path) -> None:
    """In a conversation o says that this belongs to the harvest."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("3", "o")
        await until(
            pilot,
            lambda: told(pilot) == pilot.app.tr("That is for the part of the day in which ideas are gathered."),  # type: ignore[attr-defined]
        )

    view(tmp_path, script)
