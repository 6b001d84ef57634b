"""The private view's look at a phone: the page of somebody at a table, in words."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from cafe.i18n import LANGUAGES, translator
from cafe.remote import Remote
from cafe.room import Room
from cafe.rules import REFUSALS
from screens.phone import Phone
from server.preview import offer, shown
from tests.screens.test_private import until, view


def test_what_a_phone_at_a_table_shows_can_be_looked_at(tmp_path: Path) -> None:
    """On the tables' page w shows the page of a phone at the chosen table, over the port; the arrows go to another
    table, l to another language, Esc closes it, and the café notices nothing of it.
    """

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        async def shows(table: int, language: str) -> None:
            titles = [said for kind, said in shown(room, table, language) if kind in ("title", "button")]
            assert len(titles) > 1
            page = pilot.app.screen.query_one("#phone-page", Static)
            await until(pilot, lambda: all(title in str(page.content) for title in titles))
            assert LANGUAGES[language] in str(pilot.app.screen.query_one("#phone-where", Static).content)

        offer(room)
        before = room.state
        await pilot.press("3", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Phone))
        await shows(1, "ro")
        await pilot.press("down")
        await shows(2, "ro")
        await pilot.press("up", "up")
        await shows(len(room.state.plan.tables), "ro")
        await pilot.press("l")
        await shows(len(room.state.plan.tables), "en")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Phone))
        assert room.state is before

    view(tmp_path, script)


def test_where_nobody_can_show_a_phone_that_is_said(tmp_path: Path) -> None:
    """A café that cannot show it says so in the box, and the view goes on."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("3", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Phone))
        page = pilot.app.screen.query_one("#phone-page", Static)
        await until(pilot, lambda: str(page.content) == translator("ro")(REFUSALS["unknown_command"]))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Phone))

    view(tmp_path, script)
