"""Typing somebody's idea in the private view, and what a table left for the next people."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Static

from cafe.remote import Remote
from cafe.room import Room
from screens.entry import Entry
from tests.screens.test_private import until, view


def box(pilot: Pilot[None], where: str) -> str:
    return str(pilot.app.screen.query_one(where, Static).content)


def test_an_idea_is_typed_for_a_table(tmp_path: Path) -> None:
    """W opens the box on a table's present round; Enter saves and is ready for the next; F2 makes it a paper card."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        before = set(room.state.ideas)
        await pilot.press("3", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Entry))
        await until(pilot, lambda: "Masa 1" in box(pilot, "#entry-place"))
        await pilot.press(*"qx n")
        await pilot.press("enter")
        await until(pilot, lambda: len(room.state.ideas) == len(before) + 1)
        await until(pilot, lambda: not pilot.app.screen.query_one("#words", Input).value)
        await pilot.press("f2", "shift+tab", "backspace", "2", "enter", *"hartie", "enter")
        await until(pilot, lambda: len(room.state.ideas) == len(before) + 2)
        new = [room.state.ideas[id] for id in room.state.ideas if id not in before]
        assert {(idea.text, idea.place.table, idea.source) for idea in new} == {
            ("qx n", 1, "host"),
            ("hartie", 2, "paper"),
        }
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Entry))

    view(tmp_path, script)


def test_words_that_are_refused_stay_in_the_box(tmp_path: Path) -> None:
    """A table that does not exist, or an empty box, is told, and what was typed stays."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        before = len(room.state.ideas)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Entry))
        await pilot.press("enter")
        await until(pilot, lambda: box(pilot, "#entry-told") != "")
        await pilot.press(*"abc", "shift+tab", "9", "9")
        await until(pilot, lambda: "Masa" not in box(pilot, "#entry-place"))
        await pilot.press("tab", "enter")
        assert pilot.app.screen.query_one("#words", Input).value == "abc"
        assert len(room.state.ideas) == before

    view(tmp_path, script)


def test_what_a_table_left_is_read_and_hidden(tmp_path: Path) -> None:
    """On the page of tables stands what the chosen table left and its device's address; x hides, u brings back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        who = next(who for who in room.state.participants if (at := room.state.place(who)) and at.table == 1)
        await room.do("hand_over", who=who, text="Începem cu [b]costurile[/b]")
        await pilot.press("3")
        left = lambda: str(pilot.app.query_one("#at-table", Static).content)  # noqa: E731
        await until(pilot, lambda: "Începem cu [b]costurile[/b]" in left())
        assert f"/t/{room.state.code}/1" in left() or not room.state.url
        await pilot.press("x")
        await until(pilot, lambda: len(room.state.kept_back) == 1)
        await until(pilot, lambda: "ascuns" in left())
        await pilot.press("u")
        await until(pilot, lambda: not room.state.kept_back)

    view(tmp_path, script)
