"""What the private view shows of itself: its search, another language, its keys, and why nothing was done."""

from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TabbedContent

from cafe.file import TROUBLES, NotSaved
from cafe.plan import MINUTE
from cafe.remote import Remote
from cafe.room import Room
from cafe.rules import REFUSALS
from screens import present
from screens.actions import refusal
from screens.phone import Phone
from screens.private import PrivateApp
from screens.roster import Roster
from tests.screens.test_private import rows, until, view


def screen(pilot: Pilot[None]) -> list[str]:
    """The letters that stand on the terminal."""
    return [strip.text for strip in pilot.app.screen._compositor.render_strips()]


def told(pilot: Pilot[None], where: str) -> str:
    return str(pilot.app.query_one(where, Static).content)


def test_what_is_searched_can_be_read_and_ended(tmp_path: Path) -> None:
    """The word that is typed stands on the screen with the way out; Esc brings all ideas back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        tr = pilot.app.tr  # type: ignore[attr-defined]
        tabs = pilot.app.query_one(TabbedContent)
        await until(pilot, lambda: len(rows(pilot)) == 3)
        await pilot.press("slash", *"b]2")
        await until(pilot, lambda: len(rows(pilot)) == 1)
        await until(pilot, lambda: any("b]2" in row and "Esc" in row for row in screen(pilot)))
        assert told(pilot, "#ideas #way") == tr("Enter: to the list · Esc: all ideas")
        await pilot.press("enter")
        await until(pilot, lambda: told(pilot, "#ideas #way") == tr("Only what was found · Esc: all ideas"))
        await until(pilot, lambda: "b]2" in str(tabs.get_tab("ideas").label))
        await pilot.press("escape")
        await until(pilot, lambda: len(rows(pilot)) == 3)
        assert not pilot.app.query_one("#ideas Seek").display
        assert pilot.app.query_one("Queue OptionList", OptionList).has_focus
        await pilot.press("slash", "q", "escape")
        await until(pilot, lambda: not pilot.app.query_one(Input).value)

    view(tmp_path, script)


def test_another_language_reaches_every_word(tmp_path: Path) -> None:
    """After l tabs, titles of columns and the rows speak the new language."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(rows(pilot)) == 3)
        before = room.state.language
        tabs, roster = pilot.app.query_one(TabbedContent), pilot.app.query_one(Roster)
        while room.state.language != "en" or before == "en":
            before = ""
            await pilot.press("l")
            await until(pilot, lambda: remote.state.language == room.state.language)
        await until(pilot, lambda: str(tabs.get_tab("people").label) == "People")
        await until(pilot, lambda: "Who" in [str(column.label) for column in roster.columns.values()])
        await until(pilot, lambda: "table " in rows(pilot)[0])
        while room.state.language != "ro":
            await pilot.press("l")
            await until(pilot, lambda: remote.state.language == room.state.language)
        await until(pilot, lambda: str(tabs.get_tab("people").label) == "Persoane")
        await until(pilot, lambda: "Who" not in [str(column.label) for column in roster.columns.values()])
        await until(pilot, lambda: "table " not in rows(pilot)[0])
        assert roster.row_count == 6

    view(tmp_path, script)


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_each_page_tells_its_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    """The last lines hold the keys of the page, then those of the programme, and none is cut."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        from screens.keys import KEYS

        tr = pilot.app.tr  # type: ignore[attr-defined]
        label = {key.action: tr(key.label) for key in KEYS}
        pages = {"1": ("show", "conceal", "search"), "2": ("bring", "depart", "keep", "host", "even"), "3": ("shut",)}
        for page, actions in pages.items():
            await pilot.press(page)
            for action in (*actions, "next", "undo"):
                await until(pilot, lambda action=action: any(label[action] in row for row in screen(pilot)[-3:]))
            assert pilot.app.query_one("#keys").size.height <= 2

    view(tmp_path, script, size=size)


def test_a_list_stays_where_it_is_when_it_is_chosen(tmp_path: Path) -> None:
    """Going to the list of ideas and away from it moves no row."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(rows(pilot)) == 3)
        options = pilot.app.query_one("Queue OptionList", OptionList)
        options.focus()
        await pilot.pause()
        inside = options.content_region
        pilot.app.set_focus(None)
        await pilot.pause()
        assert options.content_region == inside

    view(tmp_path, script)


def test_a_host_is_let_go_with_the_same_key(tmp_path: Path) -> None:
    """The key o makes the chosen person a host; once more, and they are none."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await until(pilot, lambda: pilot.app.query_one(Roster).row_count == 6)
        await pilot.press("o")
        await until(pilot, lambda: "p0" in remote.state.hosts.values())
        await pilot.press("o")
        await until(pilot, lambda: "p0" not in remote.state.hosts.values())

    view(tmp_path, script)


def test_the_newest_idea_is_hidden_from_here_too(tmp_path: Path) -> None:
    """The keys i and h do here what they do on the wall."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("h")
        await until(pilot, lambda: room.state.ideas["idea-0002"].standing == "hidden")
        was = room.state.wall
        await pilot.press("i")
        await until(pilot, lambda: room.state.wall != was)

    view(tmp_path, script)


@pytest.mark.parametrize(("hours", "offered"), [(1, True), (71, False)])
def test_the_time_away_is_caught_up_only_when_it_was_short(tmp_path: Path, hours: int, *, offered: bool) -> None:
    """After an hour the wall clock's time is offered; after three days it is not, and c does nothing."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, PrivateApp)
        away = msgspec.structs.replace(room.state, before_return=room.state.position, away=hours * 60 * MINUTE)
        panel = str(present.panel(app.tr, away, remote.live.pulse, room.now()))
        assert (app.tr("{key} takes the wall clock's time.", key="c") in panel) == offered
        remote.state, before = away, room.state.rev
        await pilot.press("c")
        if not offered:
            too_long = app.tr("The café was away for too long: the clocks go on from where they stood.")
            await until(pilot, lambda: told(pilot, "#told") == too_long)
            assert room.state.rev == before

    view(tmp_path, script)


def test_why_nothing_was_saved_is_told(tmp_path: Path) -> None:
    """A full disk, a file that went away and a café that does not answer are told apart."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, PrivateApp)
        tr = app.tr
        moved = TROUBLES["moved"].format(file="lab.cafe")
        assert refusal(remote, NotSaved("no room", full=True)) == tr(TROUBLES["disk_full"])
        assert refusal(remote, NotSaved(moved)) == tr(TROUBLES["moved"], file="lab.cafe")
        assert refusal(remote, NotSaved("busy")) == tr(REFUSALS["not_saved"])
        remote.connected = False
        assert refusal(remote, NotSaved("refused")) == tr("The café does not answer; trying again")
        remote.connected = True

    view(tmp_path, script)


def test_what_comes_while_the_view_is_closed_is_told_to_nobody(tmp_path: Path) -> None:
    """An answer that meets a window which is being taken down, or a box that is, ends quietly."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, PrivateApp)
        await pilot.press("3", "w")
        await until(pilot, lambda: isinstance(app.screen, Phone) and len(app.screen.query("#phone-page")) == 1)
        box = app.screen
        assert isinstance(box, Phone)
        await box.query("#phone-page").remove()
        box._look()
        await app.workers.wait_for_complete()
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not box)
        await app.query("#banner").remove()
        app.tell("Too late")

    view(tmp_path, script)
