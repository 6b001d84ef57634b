"""The door on the day, in the private view: who is expected is found, ticked off with a key, and unticked by undo."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import TabbedContent

from cafe import events as e
from cafe.people import Person
from cafe.remote import Remote
from cafe.room import Room
from screens.roster import Roster
from tests.screens.test_private import until, view

LIST = (
    (e.Expected("ana", "A", 31), "Ana [b]Șerban[/]"),
    (e.Expected("ion", "A", 32), "Ion Ursu"),
    (e.Expected("eva", "A", table=2, host=True), "Eva Nagy"),
)


async def door(room: Room, pilot: Pilot[None]) -> Roster:
    for coming, name in LIST:
        await room._ask(lambda *_, coming=coming: (coming,), Person(name=name))  # type: ignore[misc]
    await pilot.press("l", "2")
    roster = pilot.app.query_one(Roster)
    await until(pilot, lambda: roster.row_count == 9 and roster.has_focus)
    roster.move_cursor(row=0)
    return roster


def names(roster: Roster) -> list[str]:
    return [str(roster.get_row_at(row)[1]) for row in range(roster.row_count)]


def role(roster: Roster, row: int) -> str:
    return str(roster.get_row_at(row)[-1])


def test_somebody_is_found_by_name_and_ticked_off(tmp_path: Path) -> None:
    """Slash, a few letters, Enter and y: they are here with their seats; their row stays, and undo takes it back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        roster = await door(room, pilot)
        assert names(roster)[:3] == ["Ana [b]Șerban[/]", "Eva Nagy", "Ion Ursu"]
        assert [role(roster, row) for row in range(3)] == ["expected", "expected · host of 2", "expected"]
        await pilot.press("slash", *"serban")
        await until(pilot, lambda: roster.row_count == 1)
        await pilot.press("enter", "y")
        await until(pilot, lambda: "ana" in remote.state.participants)
        await until(pilot, lambda: role(roster, 0) == "✓ here")
        await pilot.press("escape")
        await until(pilot, lambda: roster.row_count == 9)
        assert names(roster)[0] == "Ana [b]Șerban[/]"
        assert not remote.state.participants["ana"].phone
        await pilot.press("u")
        await until(pilot, lambda: role(roster, 0) == "expected")
        assert "ana" not in remote.state.participants
        await pilot.press("slash", "3", "2", "enter")
        await until(pilot, lambda: names(roster) == ["Ion Ursu"])
        assert "32" in str(pilot.app.query_one(TabbedContent).get_tab("people").label)

    view(tmp_path, script)


def test_the_bar_stays_on_the_person(tmp_path: Path) -> None:
    """Whoever comes in meanwhile, the key means the person who was chosen; after a search it means the first found."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        roster = await door(room, pilot)
        await pilot.press("down", "down")
        assert roster.chosen == "ion"
        await remote.do("erase", who="eva")
        await until(pilot, lambda: roster.row_count == 8)
        assert roster.chosen == "ion"
        await pilot.press("slash", "n", "enter")
        await until(pilot, lambda: 1 < roster.row_count < 9 and roster.has_focus)
        assert roster.chosen == "ana"

    view(tmp_path, script)


def test_a_host_is_ticked_off_at_their_table(tmp_path: Path) -> None:
    """A named host who comes is the host of their table; a second tick is answered and changes nothing."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        roster = await door(room, pilot)
        await pilot.press("down", "y")
        await until(pilot, lambda: role(roster, 1) == "✓ here · host of 2")
        before = room.last
        await pilot.press("y")
        await until(pilot, lambda: pilot.app._said == "They are here already.")  # type: ignore[attr-defined]
        assert room.last == before

    view(tmp_path, script)


def test_somebody_is_forgotten_at_the_second_press_only(tmp_path: Path) -> None:
    """Who asks to be forgotten is, with a key pressed twice on their name; one press says what would happen."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        roster = await door(room, pilot)
        await pilot.press("r")
        await until(pilot, lambda: "for good" in pilot.app._said)  # type: ignore[attr-defined]
        assert roster.row_count == 9
        await pilot.press("down", "r")
        assert roster.row_count == 9
        await pilot.press("r")
        await until(pilot, lambda: roster.row_count == 8)
        assert set(room.state.expected) == {"ana", "ion"}
        assert room.people.get("eva") == Person()

    view(tmp_path, script)
