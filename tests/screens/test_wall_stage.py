"""What the facilitator brings up on the wall: an idea on stage with what it builds on, and a message to the room."""

import asyncio
from pathlib import Path

import pytest

from cafe.file import CafeFile
from cafe.room import Room
from screens.poster import Poster, Telling
from screens.wall import WallApp
from tests.screens.room import Wall, changed, lab, still, wall, widths
from tests.screens.test_wall_round import asked, is_whole

SIZES = ((60, 18), (80, 24), (120, 34), (160, 45), (200, 55))
LONG = " ".join(f"cuvântul{number}" for number in range(100))[:497] + " Z!"


async def built(held: Wall) -> list[str]:
    """Four ideas, each built on the one before; their ids."""
    ids = [await held.say(0, "Prima, de la masa ei")]
    for who, text in ((1, "A doua, mai departe"), (2, "A treia, aproape"), (3, "Ultima")):
        id = f"idea-built-{who}"
        await held.room.do("send", who=f"p{who}", id=id, text=text, on=ids[-1])
        ids.append(id)
    return ids


def test_an_idea_stands_large_with_its_table_and_what_it_builds_on(tmp_path: Path) -> None:
    """Above the idea stand the two that it builds on, the nearest last, and how many came before; below it its table;
    who wrote it stands nowhere.
    """

    async def look() -> None:
        async with wall(tmp_path, lab("same"), (120, 34), began=3) as held:
            ids = await built(held)
            await held.room.do("stage", id=ids[-1])
            await held.settle()
            assert held.app.current_mode == "spotlight"
            rows = [row.strip() for row in held.rows]
            first, second = (held.state.ideas[id] for id in ids[1:3])
            lines = [held.tr("… and before that {n}", n="1 idee")]
            lines += [f"Masa {idea.place.table} · {idea.text}" for idea in (first, second)]
            assert [row for row in rows if row in lines] == lines
            assert "Ultima" not in held.text  # It is drawn in letters.
            assert "Ionescu" not in held.text
            await held.room.do("stand", id=ids[2], standing="hidden")
            await held.settle()
            assert "A treia" not in held.text
            assert "Prima, de la masa ei" in held.text

    asyncio.run(look())


@pytest.mark.parametrize("size", SIZES)
def test_an_idea_of_five_hundred_letters_stands_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    """However long an idea is, every word of it is on the wall, at every size from 60 by 18 on."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), size, began=3) as held:
            before = await held.say(1, "Pe ce se sprijină")
            await held.room.do("send", who="p2", id="idea-long-01", text=LONG, on=before)
            await held.room.do("stage", id="idea-long-01")
            await held.settle()
            assert widths(held.app) == {size[0]}
            assert held.app.screen.query_one(Poster).fits
            assert LONG in held.text or size[1] > 40  # There it is drawn in letters.

    asyncio.run(look())


def test_a_tiny_window_says_that_it_cannot_hold_all(tmp_path: Path) -> None:
    """At 40 by 12 five hundred letters have no room: the wall ends with "…" and asks for a larger window."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), (40, 12), began=3) as held:
            await held.room.do("stage", id=await held.say(1, LONG))
            await held.settle()
            assert held.tr("Make the window larger") in held.text
            assert "…" in held.text

    asyncio.run(look())


def test_a_key_takes_it_down_and_hiding_it_too(tmp_path: Path) -> None:
    """Escape, Enter, and whatever hides the idea bring the round back; escape without an idea does nothing."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), began=3) as held:
            id = await held.say(1, "Un birou unic")
            before = held.state
            await held.press("escape", "enter")
            assert held.state == before
            for key in ("escape", "enter"):
                await held.room.do("stage", id=id)
                await held.settle()
                await held.press(key)
                assert held.app.current_mode == "round"
            await held.press("u")
            assert held.app.current_mode == "spotlight"
            await held.press("h")
            assert held.app.current_mode == "round"
            assert "Un birou unic" not in held.text

    asyncio.run(look())


def test_the_clock_goes_on_in_the_head_beside_the_idea(tmp_path: Path) -> None:
    """Whoever reads the idea still sees the round and how long it goes on, in overtime with its calm word."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), began=3) as held:
            await held.room.do("stage", id=await held.say(1, "Un birou unic"))
            await held.passes(60)
            assert "12 min" in held.rows[0]
            assert "K7QF" in held.rows[0]
            await held.passes(13 * 60)
            assert held.tr("still talking") in held.rows[0]
            assert "+1:0" in held.rows[0]

    asyncio.run(look())


def test_phones_down_is_told_beside_the_idea(tmp_path: Path) -> None:
    """An idea is brought up to be talked about: it stays when phones go down, and the wall asks for that."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), began=3) as held:
            await held.room.do("stage", id=await held.say(1, "Un birou unic"))
            asks = held.tr("Phones down, please")
            for commands in (("phones", {"down": True}), ("phones", {"down": False})):
                await held.room.do(commands[0], **commands[1])
                await held.settle()
                assert held.app.current_mode == "spotlight"
                said = [one.text for one in held.app.screen.query_one(Poster).sentences]
                assert "Un birou unic" in said
                assert any(asks in one for one in said) == held.state.phones_down

    asyncio.run(look())


def test_another_wall_and_a_restart_show_the_same_idea(tmp_path: Path) -> None:
    """What stands large is a fact of the café: a second wall shows it, and a café that comes back too."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), began=3) as held:
            await held.room.do("stage", id=await held.say(1, "Un birou unic"))
            second = WallApp(held.room, clock=still)
            async with second.run_test(size=(80, 24)) as _:
                await held.until(lambda: second.current_mode == "spotlight")
            await held.room._lay(held.room.now(), 1)  # Its time runs again.
            await held.room.stop()
            again = Room(CafeFile(tmp_path / "lab.cafe"))
            await again.start(lab("same"), "")
            try:
                assert again.state.staged == held.state.staged != ""
            finally:
                await again.stop()

    asyncio.run(look())


@pytest.mark.parametrize("size", [(40, 12), *SIZES])
def test_a_message_stands_for_a_minute_and_cuts_no_question(tmp_path: Path, size: tuple[int, int]) -> None:
    """What the facilitator tells stands calmly below, the questions stay whole, and a minute later it is gone."""

    async def look() -> None:
        async with wall(tmp_path, lab("swap"), size, began=3) as held:
            await held.room.do("message", text="[b]Încă[/] 2 minute", to="wall")
            await held.settle()
            assert widths(held.app) == {size[0]}
            drawn = size[1] >= 30
            assert ("[b]Încă[/] 2 minute" in held.text) != drawn
            if size != (40, 12):
                assert all(is_whole(held, question) for question in asked(held))
            await held.room.do(
                "message", text="Cafeaua e gata în curte, iar cheile uitate sunt la mine; " * 2, to="wall"
            )
            await held.settle()
            telling = held.app.screen.query_one(Telling)
            assert telling.fits
            assert held.said.count("cheile uitate") == 2
            if size != (40, 12):
                assert all(is_whole(held, question) for question in asked(held))
            await held.passes(61)
            assert "Încă" not in held.text
            assert "Cafeaua" not in held.text
            assert held.rows[-1].strip()

    asyncio.run(look())


def test_a_message_for_the_phones_is_not_on_the_wall(tmp_path: Path) -> None:
    """Told to the phones alone, it is on the phones alone."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab("same"), title="Lab"), began=3) as held:
            await held.room.do("message", text="Doar pe telefoane", to="phones")
            await held.settle()
            assert "Doar pe" not in held.text

    asyncio.run(look())


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_a_message_takes_nothing_from_how_one_comes_in(tmp_path: Path, size: tuple[int, int]) -> None:
    """In the lobby and the welcome all that is said stands there beside a message, and without one."""

    async def look() -> None:
        async with wall(tmp_path, size=size) as held:
            for _ in range(2):
                assert "12 persoane" in held.said
                await held.room.do("message", text="Începem la 11:15", to="both")
                await held.settle()
                assert "12 persoane" in held.said
                assert held.app.screen.query_one("#message").display
                await held.room.do("message", text="")
                await held.go(1)

    asyncio.run(look())
