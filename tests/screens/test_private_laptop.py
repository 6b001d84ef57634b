"""The private view's page about the laptop: its file, disk and battery, copies, and the one line in the head."""

import asyncio
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static, TextArea

from cafe.cli.copier import Copier
from cafe.cli.laptop import look
from cafe.copies import Copy, make
from cafe.i18n import AVAILABLE, translator
from cafe.live import Laptop, Pulse
from cafe.plan import Plan
from cafe.remote import Remote
from cafe.room import Room
from cafe.state import State
from screens.choice import Choice
from screens.laptop import hand, page
from screens.line import Line
from tests.screens.room import wall
from tests.screens.test_private import until, view

MB = 1_000_000
STATE = State(url="http://192.168.1.5:8080", code="K7QF", plan=Plan(title="T", organiser="O", contact="c"))
COPY = Copy("/media/ana/STICK/lab-copy.cafe", 40, 12, 1, apart=True)


def said(*, language: str = "en", **laptop: object) -> str:
    """The head's line, then the page."""
    tr, pulse = translator(language), Pulse(laptop=Laptop(**laptop))  # type: ignore[arg-type]
    return " ".join(f"{hand(tr, pulse)} | {page(tr, STATE, pulse, 300).plain}".split())


def head(**laptop: object) -> str:
    return said(**laptop).partition("|")[0].strip()


def test_a_laptop_that_is_well_says_nothing_in_the_head() -> None:
    """With room on the disk and a battery that is full or being fed, no line stands in the head."""
    assert not head()
    assert not head(free=500 * MB, battery=20, plugged=False)
    assert not head(free=81_000 * MB, battery=3, plugged=True)
    assert not head(battery=-1, plugged=False)
    assert "attery" not in said()


def test_what_needs_a_hand_stands_in_the_head_the_most_urgent_first() -> None:
    """A full disk goes before an empty battery, that before copies, and a disk that is filling up comes last."""
    copies = {"folder": "/media/ana/STICK", "trouble": "gone"}
    assert "nearly full, 99 MB" in head(free=99 * MB, battery=5, plugged=False, **copies)
    assert "19 %" in head(free=120 * MB, battery=19, plugged=False, **copies)
    assert "was to be forgotten" in head(stale=("/x/a-copy.cafe",), **copies)
    assert "/media/ana/STICK is not there" in head(free=120 * MB, **copies)
    assert "filling up, 499 MB" in head(free=499 * MB)
    assert said(free=99 * MB, battery=5, plugged=False, **copies).count("! ") == 3


@pytest.mark.parametrize("language", AVAILABLE)
def test_the_page_holds_what_is_known(language: str) -> None:
    """In every language: the file, sizes, the time, each copy with its ideas, and each that must be deleted by hand."""
    told = said(
        language=language,
        file="/home/ana/[red]lab.cafe",
        size=1_230_000,
        saved=1,
        free=81_400 * MB,
        battery=64,
        plugged=False,
        folder="/media/ana/STICK",
        copies=(COPY,),
        stale=("/media/ana/OLD/lab-copy.cafe",),
    )
    for known in ("/home/ana/[red]lab.cafe", "81", "64 %", "12 ", COPY.path, "/media/ana/OLD/lab-copy.cafe"):
        assert known in told, known
    assert "1.2" in told or "1,2" in told


def test_the_key_copies_to_a_folder_and_says_what_came_of_it(tmp_path: Path) -> None:
    """On page 8 c asks where to, copies over the control port and says how many ideas are in the copy; x takes one that
    was deleted off the list.
    """
    folder = tmp_path / "stick"
    folder.mkdir()

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        copier = Copier(room)
        await copier.open()
        await look(room)

        def told(where: str) -> str:
            return "".join(str(pilot.app.query_one(where, Static).content).split())

        still = translator("ro")("It is still there: delete it first.").replace(" ", "")
        await pilot.press("8")
        await until(pilot, lambda: "lab.cafe" in told("#laptop-text"))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        pilot.app.screen.query_one(TextArea).text = str(folder)
        await pilot.press("enter")
        await until(pilot, lambda: "3idei" in told("#told") and str(folder) in told("#told"))
        copy = folder / "lab-copy.cafe"
        assert copy.exists()
        await until(pilot, lambda: str(copy) in told("#laptop-text"))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("enter")
        await until(pilot, lambda: still in told("#told"))
        copy.unlink()
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("enter")
        await until(pilot, lambda: remote.live.pulse.laptop.copies == ())
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))  # The folder of before is offered first.
        assert str(folder) in str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        await pilot.press("escape")
        await copier.finish(1)

    view(tmp_path, script)


def test_a_copy_has_as_many_ideas_as_the_private_view_says(tmp_path: Path) -> None:
    """Hidden ideas are kept and copied: the private view counts them too, and says how many are for everybody."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await room.do("stand", id="idea-0001", standing="hidden")
        await room.do("take_back", who="p0", id="idea-0000")
        (folder := tmp_path / "stick").mkdir()
        kept = make(room.file, Copy(str(folder / "copy.cafe")), 0, threading.Event()).ideas
        present = pilot.app.query_one("#present", Static)
        await until(pilot, lambda: f"{kept} idei · pentru toți: 1" in str(present.content))
        assert kept == 2

    view(tmp_path, script)


def test_the_line_is_in_the_private_view_alone(tmp_path: Path) -> None:
    """A disk that is nearly full is one line in the private view's head, and no word of it is on the wall."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        line = pilot.app.query_one("#hand", Static)
        assert not line.display
        room.live.notice(free=84 * MB)
        await until(pilot, lambda: line.display and "84 MB" in str(line.content))
        room.live.notice(free=840 * MB)
        await until(pilot, lambda: not line.display)

    view(tmp_path, script, size=(80, 24))

    async def on_the_wall() -> None:
        async with wall(tmp_path / "wall") as held:
            before = held.text
            held.room.live.notice(free=84 * MB, battery=2, plugged=False, file="/secret/lab.cafe")
            await held.settle()
            assert "84" not in held.text.replace(before, "")
            assert "/secret" not in held.text

    (tmp_path / "wall").mkdir()
    asyncio.run(on_the_wall())
