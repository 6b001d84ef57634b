"""What must never be projected is never on the wall, in any phase; and what guests write does no harm there."""

import asyncio
from pathlib import Path

import pytest

from cafe.people import Person, hashed
from cafe.text import Unclean, clean
from tests.hostile import HONEST, HOSTILE
from tests.screens import raster
from tests.screens.room import Wall, changed, lab, wall, widths

PHASES = ("round", "move", "break", "harvest", "closing", "closed")


async def through(held: Wall, *unseen: str) -> None:
    """Goes through every phase and every way of showing ideas, and looks for what must not be there."""
    for phase in PHASES:
        await held.go_to(phase)
        for way in ("strip", "all", "none"):
            if phase != "closed":
                await held.room.do("wall", ideas=way)
            await held.settle()
            for question in ("1", "0"):
                await held.press(question)
                assert not [word for word in unseen if word in held.text], (phase, way)


@pytest.mark.parametrize("size", [(80, 24), (200, 55)])
def test_hidden_ideas_and_names_are_never_on_the_wall(tmp_path: Path, size: tuple[int, int]) -> None:
    """An idea that was hidden or taken back, and what people are called, stand on no screen."""

    async def look() -> None:
        async with wall(tmp_path, lab("same"), size, began=3) as held:
            hidden = await held.say(1, "ASCUNSA pe loc")
            gone = await held.say(2, "RETRASA de autor")
            await held.say(3, "Una bună")
            assert "RETRASA" in held.text
            await held.room.do("stand", id=hidden, standing="hidden")
            await held.room.do("take_back", who="p2", id=gone)
            await held.settle()
            assert "Una bună" in held.text
            assert "1 idee" in held.text
            await through(held, "ASCUNSA", "RETRASA", "Ionescu", "p1", "p2")

    asyncio.run(look())


async def secretive(held: Wall, word: str) -> None:
    """A café with its own secrets: what people are called, and ideas that were hidden, held back or taken back."""
    for number in range(3):
        named = Person(token=hashed(f"{word} {number}"), name=f"{word}{number}", organisation=f"{word} SRL")
        await held.room.do("join", person=named, who=f"q{number}", language="ro")
    for number, text in enumerate(("Un birou unic", "Autobuz de noapte")):
        await held.room.do("send", who=f"p{number}", id=f"idea-told-{number}", text=text)
    for number, way in enumerate(("stand", "stand", "take_back")):
        id = f"idea-{way}-{number}"
        await held.room.do("send", who=f"p{number + 3}", id=id, text=f"{word} {word} {number}")
        await held.room.do(way, **({"who": f"p{number + 3}", "id": id} if way == "take_back" else HIDDEN | {"id": id}))
    await held.room.do("pause")
    await held.settle()


HIDDEN = {"standing": "hidden"}


def test_what_is_private_leaves_no_trace_in_the_picture(tmp_path: Path) -> None:
    """Two cafés that differ in names and in hidden ideas alone look alike to the last pixel, on every screen."""

    async def look() -> None:
        (tmp_path / "other").mkdir()
        plan = changed(lab("same"), ask=("name", "organisation"))
        async with wall(tmp_path, plan, began=3) as one, wall(tmp_path / "other", plan, began=3) as other:
            await secretive(one, "ASCUNS")
            await secretive(other, "TAINIC")
            for phase in PHASES:
                for held in (one, other):
                    await held.go_to(phase)
                if phase == "move":
                    continue  # Its clock runs, and may be a second further on one of them.
                for size in ((80, 24), (200, 55)):
                    for ways in ("all", "strip") if phase == "round" else ("strip",):
                        for held in (one, other):
                            if phase != "closed":
                                await held.room.do("wall", ideas=ways)
                            await held.resize(size)
                    looks = [raster.picture(held.app) for held in (one, other)]
                    head = (0, 16, *looks[0].size)  # The head tells the time, which goes on.
                    assert looks[0].crop(head).tobytes() == looks[1].crop(head).tobytes(), (phase, size)
                    assert "ASCUNS" not in one.text

    asyncio.run(look())


def test_held_ideas_wait_until_they_are_let_through(tmp_path: Path) -> None:
    """With `wall = "held"` an idea is on the wall only once the facilitator has let it through."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab("same"), wall="held"), began=3) as held:
            await held.say(1, "RETINUTA deocamdată")
            id = await held.say(2, "Lăsată să treacă")
            assert "Lăsată" not in held.text
            await held.room.do("stand", id=id, standing="shown")
            await held.settle()
            assert "Lăsată să treacă" in held.text
            await through(held, "RETINUTA")

    asyncio.run(look())


def test_ideas_after_the_round_wait_for_its_end(tmp_path: Path) -> None:
    """With `wall = "after"` a round's ideas appear when it is over, whatever key is pressed before."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab("same"), wall="after"), began=3) as held:
            await held.say(1, "Din runda întâi")
            for _ in range(4):
                assert "Din runda întâi" not in held.text
                await held.press("i")
            await held.room.do("wall", ideas="strip")
            await held.go(2)
            assert "Din runda întâi" in held.text
            await held.say(1, "Din runda a doua")
            assert "Din runda a doua" not in held.text

    asyncio.run(look())


def _taken(text: str) -> bool:
    try:
        clean(text)
    except Unclean:
        return False
    return True


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 34)])
def test_hostile_words_leave_the_frame_as_it_was(tmp_path: Path, size: tuple[int, int]) -> None:
    """Whatever phones send, each row stays as wide as the window, nothing is obeyed, no control passes."""

    async def look() -> None:
        words = [text for text in (*HOSTILE.values(), *HONEST.values()) if len(text) < 5000 and _taken(text)]
        async with wall(tmp_path, lab("same"), size, began=3) as held:
            for number, text in enumerate(words):
                await held.room.do("send", who=f"p{number % 12}", id=f"idea-{number:06}", text=text)
                if number % 8 == 0:
                    await held.settle()
                    _unharmed(held, size)
            await held.room.do("wall", ideas="all")
            await held.settle()
            _unharmed(held, size)
            await held.go_to("harvest")
            for key in "123450":
                await held.press(key)
                _unharmed(held, size)
            every = tuple(idea.id for idea in held.state.newest())
            await held.room.do("group", ideas=every, name="[@click=app.exit]Locuri[/] \u202edeschise")
            await held.press("g")
            assert held.app.showing == "theme"
            _unharmed(held, size)
            await held.room.do("report_back", step=held.state.step)
            await held.settle()
            assert held.app.showing == "report"
            _unharmed(held, size)

    asyncio.run(look())


def _unharmed(held: Wall, size: tuple[int, int]) -> None:
    strips = held.app.screen._compositor.render_strips()
    assert widths(held.app) == {size[0]}
    assert len(strips) == size[1]
    text = "".join(strip.text for strip in strips)
    assert text.encode("utf-8")
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in text)
    assert not any(style and "@click" in style.meta for strip in strips for _text, style, _c in strip)
    assert held.app.is_running
