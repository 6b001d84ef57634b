"""The private view over the control port of a real room: what it shows, what it does, and that the café goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, TabbedContent

from cafe.cli.demo import example
from cafe.file import CafeFile, NotSaved
from cafe.people import Person, hashed
from cafe.plan import Plan
from cafe.remote import Remote, door_of, read_door
from cafe.room import Room
from screens.board import Board
from screens.private import PrivateApp
from screens.roster import Roster
from screens.verdict import Verdict
from server.control import Control
from tests.patience import PATIENCE
from tests.screens.room import still

Script = Callable[[Room, Remote, Pilot[None]], Awaitable[None]]


def view(
    folder: Path,
    script: Script,
    *,
    size: tuple[int, int] = (120, 34),
    blocks: int = 3,
    plan: Plan | None = None,
    people: int = 6,
) -> None:
    """Holds a café with a few people and some ideas, opens the private view over its port, and plays a script."""

    async def play() -> None:
        lab, text, _ = example()
        room = Room(CafeFile(folder / "lab.cafe"))
        await room.start(plan or lab, text, code="K7QF")
        for number in range(people):
            person = Person(token=hashed(f"t{number}"), name=f"Name{number}")
            await room.do("join", who=f"p{number}", language="ro", person=person)
        for _ in range(blocks):
            await room.do("next", step=room.state.step)
        for number in range(3):
            await room.do("send", who=f"p{number}", id=f"idea-{number:04}", text=f"Ideea [b]{number}[/]")
        control = Control(room)
        await control.open()
        remote = Remote(lambda: read_door(room.file.path))
        await remote.open()
        try:
            app = PrivateApp(remote, clock=still)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await script(room, remote, pilot)
        finally:
            await remote.close()
            await control.close()
            await room.stop()

    asyncio.run(play())


async def until(pilot: Pilot[None], met: Callable[[], object]) -> None:
    """Waits for a thing."""
    async with asyncio.timeout(PATIENCE):
        while not met():
            await pilot.pause(0.02)


def rows(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.query_one("Queue OptionList", OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


def test_the_newest_idea_is_on_top_and_its_words_are_only_words(tmp_path: Path) -> None:
    """The facilitator sees each idea as it was typed, the newest first."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(rows(pilot)) == 3)
        assert "Ideea [b]2[/]" in rows(pilot)[0]
        await room.do("send", who="p5", id="idea-0009", text="Încă una")
        await until(pilot, lambda: "Încă una" in rows(pilot)[0])

    view(tmp_path, script)


def test_an_idea_is_hidden_and_shown_again(tmp_path: Path) -> None:
    """The key x takes the chosen idea off the wall, a brings it back, u takes that back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(rows(pilot)) == 3)
        pilot.app.query_one("Queue OptionList", OptionList).focus()
        await pilot.press("x")
        await until(pilot, lambda: room.state.ideas["idea-0002"].standing == "hidden")
        await until(pilot, lambda: rows(pilot)[0].startswith("×"))
        await pilot.press("a")
        await until(pilot, lambda: room.state.ideas["idea-0002"].standing == "shown")
        await pilot.press("u")
        await until(pilot, lambda: room.state.ideas["idea-0002"].standing == "hidden")

    view(tmp_path, script)


def test_it_leads_the_programme_with_the_keys_of_the_wall(tmp_path: Path) -> None:
    """The key n twice goes on, once does not; plus gives a minute; space lets the clock stand."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        step = room.state.step
        await pilot.press("plus")
        await until(pilot, lambda: room.state.undo[-1].what == "time_changed")
        await pilot.press("space")
        await until(pilot, lambda: room.state.position.tracks[0].clock.mode == "pause")
        await pilot.press("space")
        await until(pilot, lambda: room.state.position.tracks[0].clock.mode == "run")
        await pilot.press("n")
        assert room.state.step == step
        await pilot.press("n")
        await until(pilot, lambda: room.state.phase == "move")

    view(tmp_path, script)


def test_it_knows_where_people_sit_and_who_hosts(tmp_path: Path) -> None:
    """The people's page lists everybody with name and table; o makes the chosen one the host."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        roster = pilot.app.query_one(Roster)
        await until(pilot, lambda: roster.row_count == 6)
        assert pilot.app.query_one(TabbedContent).active == "people"
        assert "Name0" in [str(cell) for cell in roster.get_row_at(0)]
        await pilot.press("o")
        await until(pilot, lambda: room.state.hosts.get(1) == "p0")
        assert {room.state.table("p0", key) for key in room.state.seats if key.block == 2} == {0, 1}

    view(tmp_path, script)


def test_it_seats_people_without_phones_and_lets_people_go(tmp_path: Path) -> None:
    """The key g seats somebody without a phone, d lets the chosen person go, and u brings them back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("2", "g")
        await until(pilot, lambda: len(room.state.here) == 7)
        roster = pilot.app.query_one(Roster)
        await until(pilot, lambda: roster.row_count == 7)
        gone = roster.chosen
        await pilot.press("d")
        await until(pilot, lambda: room.state.participants[gone].left)
        await until(pilot, lambda: roster.row_count == 6)
        await pilot.press("u")
        await until(pilot, lambda: len(room.state.here) == 7)

    view(tmp_path, script)


def test_it_says_what_is_proved_about_the_seating(tmp_path: Path) -> None:
    """Below the tables stands in words how good the seating is, and that nothing better exists."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("3")
        verdict = pilot.app.query_one(Verdict)
        await until(pilot, lambda: "demonstrat" in verdict.content)

    view(tmp_path, script, people=12)


def test_who_meets_again_is_told_by_name_to_the_facilitator_alone(tmp_path: Path) -> None:
    """Below the tables stand the pairs who meet again with their rounds, and how many more there are."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("3")
        verdict = pilot.app.query_one(Verdict)
        await until(pilot, lambda: "Se întâlnesc din nou: Name" in verdict.content)
        told = verdict.content
        first = told.partition("din nou: ")[2].split(" · ")[0]
        one, two = (f"p{name.removeprefix('Name')}" for name in first.partition(":")[0].split(" și "))
        rounds = [int(number) for number in first.partition("rundele ")[2].split(", ")]
        here = [taken for key, taken in sorted(room.state.seats.items()) if key.block == 2 and one in taken]
        together = [number for number, taken in enumerate(here, 1) if taken[one] == taken[two]]
        assert together == rounds
        assert "și încă " in told

    view(tmp_path, script, people=32)


def test_a_table_is_closed_and_the_rest_evened_out(tmp_path: Path) -> None:
    """The key v closes the chosen table; e tells what evening out would cost and then does it."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("3", "v")
        await until(pilot, lambda: room.state.closed_tables == {1})
        await pilot.press("v")
        await until(pilot, lambda: not room.state.closed_tables)
        for who in ("p0", "p2", "p4"):
            await room.do("leave", who=who)
        before = room.state
        await pilot.press("e")
        await until(pilot, lambda: str(pilot.app.query_one("#told").content))
        assert room.state == before
        assert pilot.app.query_one(Board).row_count == 6

    view(tmp_path, script)


def test_the_keys_of_the_programme_do_nothing_while_one_searches(tmp_path: Path) -> None:
    """Typing a word with n and p into the search moves nothing."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        step = room.state.step
        await pilot.press("slash", "1", "n", "n", "p")
        await pilot.pause()
        assert room.state.step == step
        assert not rows(pilot)
        await pilot.press("backspace", "backspace", "backspace")
        await until(pilot, lambda: len(rows(pilot)) == 1)

    view(tmp_path, script)


def test_it_is_closed_and_the_cafe_goes_on(tmp_path: Path) -> None:
    """Closing the view changes nothing in the café."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        before = room.state
        await pilot.press("q")
        await pilot.press("q")
        assert room.state == before
        await room.do("send", who="p1", id="idea-0100", text="merge mai departe")

    view(tmp_path, script)


def test_a_stranger_and_an_old_key_are_refused(tmp_path: Path) -> None:
    """Without the key of this start the control port does nothing, and its file can be read by its owner alone."""

    async def play() -> None:
        plan, text, _ = example()
        room = Room(CafeFile(tmp_path / "lab.cafe"))
        await room.start(plan, text)
        old = Control(room)
        await old.open()
        door = read_door(room.file.path)
        assert door_of(room.file.path).stat().st_mode & 0o077 == 0
        await old.close()
        new = Control(room)
        await new.open()
        stolen = door.__class__(read_door(room.file.path).url, door.key)
        remote = Remote(lambda: stolen)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await remote.open()
        with pytest.raises(NotSaved):
            await remote.do("next", step=room.state.step)
        await remote.close()
        await new.close()
        await room.stop()

    asyncio.run(play())
