"""The facilitator's keys for what stands on the wall: an idea large, and a message to the room."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Static

from cafe.remote import Remote
from cafe.room import Room
from screens.queue import Ideas
from screens.tell import Tell
from tests.screens.test_private import rows, until, view


def panel(pilot: Pilot[None]) -> str:
    return str(pilot.app.query_one("#present", Static).content)


def test_enter_puts_the_chosen_idea_on_stage_and_takes_it_down(tmp_path: Path) -> None:
    """Enter enlarges the idea under the bar, Enter again or Escape takes it down, u takes that back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(rows(pilot)) == 3)
        for key in ("enter", "escape"):
            await pilot.press("enter")
            await until(pilot, lambda: room.state.staged == "idea-0002")
            await until(pilot, lambda: "mare" in rows(pilot)[0])
            await pilot.press(key)
            await until(pilot, lambda: not room.state.staged)
        await pilot.press("u")
        await until(pilot, lambda: room.state.staged == "idea-0002")
        await pilot.press("down", "enter")
        await until(pilot, lambda: room.state.staged == "idea-0001")

    view(tmp_path, script)


def test_keys_for_an_idea_say_that_none_is_chosen(tmp_path: Path) -> None:
    """Where the search has found nothing, the keys that show, hide and enlarge an idea say what is missing."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        said = pilot.app.query_one("#told", Static)
        await until(pilot, lambda: len(rows(pilot)) == 3)
        await pilot.press("slash", *"nichts", "enter")
        await until(pilot, lambda: not rows(pilot) and pilot.app.focused is pilot.app.query_one(Ideas))
        for key in ("a", "x", "enter"):
            pilot.app.tell("")  # type: ignore[attr-defined]
            await pilot.press(key)
            await until(pilot, lambda: str(said.content) == "Alegeți întâi o idee.")

    view(tmp_path, script)


def test_a_click_chooses_and_puts_nothing_on_the_wall(tmp_path: Path) -> None:
    """Only the key brings an idea up; a hidden one is refused in words."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(rows(pilot)) == 3)
        await pilot.click(Ideas, offset=(5, 1))
        await pilot.press("x")
        await until(pilot, lambda: room.state.ideas["idea-0001"].standing == "hidden")
        assert not room.state.staged
        await pilot.press("enter")
        await until(pilot, lambda: "toată lumea" in str(pilot.app.query_one("#told", Static).content))
        assert not room.state.staged

    view(tmp_path, script)


def test_a_message_is_told_mended_and_taken_down(tmp_path: Path) -> None:
    """The key ! opens the line; Tab chooses where, Enter tells; the last ones are under the arrows. While it stands
    the panel shows it.
    """

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        async def opened() -> Input:
            await pilot.press("exclamation_mark")
            await until(pilot, lambda: isinstance(pilot.app.screen, Tell))
            return pilot.app.screen.query_one(Input)

        line = await opened()
        await pilot.press(*"cafea n", "tab", "enter")
        await until(pilot, lambda: room.state.message)
        assert (room.state.message.text, room.state.message.to) == ("cafea n", "wall")  # type: ignore[union-attr]
        await until(pilot, lambda: "doar pe ecranul mare: cafea n" in panel(pilot))
        line = await opened()
        await pilot.press("up")
        assert line.value == "cafea n"
        await pilot.press("!", "enter")
        await until(pilot, lambda: room.state.messages == ("cafea n", "cafea n!"))
        assert room.state.message.to == "both"  # type: ignore[union-attr]
        await opened()
        await pilot.press("enter")
        await until(pilot, lambda: room.state.message is None)
        await until(pilot, lambda: "cafea" not in panel(pilot))
        await pilot.press("u")
        await until(pilot, lambda: room.state.message)
        await opened()
        await pilot.press("x", "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Tell))
        assert room.state.messages == ("cafea n", "cafea n!")

    view(tmp_path, script)
