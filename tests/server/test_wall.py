"""The wall as a page: the same words as on the projected wall, for eyes alone, and never at the phones' cost."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path

import msgspec
import pytest

from cafe.i18n import translator
from cafe.plan import MINUTE
from cafe.wall.questions import Asked, Column
from screens.arrows import Arrows
from screens.wall import WallApp
from server import wall as page_of_wall
from server.desk import DESK
from server.face import SIZES, size
from tests.screens import raster
from tests.screens.room import Wall, lab, wall
from tests.server.running import CODE, PLAN, Cafe, Phone, run, running
from tests.server.test_live import Stream

WALL = f"/wall/{CODE}"
PHASES = ("lobby", "welcome", "talk", "round", "move", "break", "harvest", "closing", "closed")
DRAWN = ("sentences", "text", "facts", "title", "columns", "sheets", "cards", "now", "next")
"""Where the terminal's widgets keep the words that they draw as pictures."""


def pieces(html: str) -> list[str]:
    """What a reader of the page's wall reads, piece by piece; walks, which are drawn, are compared by themselves."""
    body = html.partition('<div id="wall"')[2].partition("<nav")[0].partition(">")[2]
    body = re.sub(r'<svg.*?</svg>|<h1 class="sr">.*?</h1>|<ul>.*?</ul>', "", body, flags=re.DOTALL)
    found = [" ".join(unescape(piece).split()) for piece in re.sub(r"<[^>]*>", "\n", body).split("\n")]
    return [piece for piece in found if piece]


def walks(html: str) -> list[tuple[int, int]]:
    """Who goes where, as the page says it."""
    found = re.findall(r'class="from">\S+ (\d+)<.*?class="to">\S+ (\d+)<', html)
    return [(int(table), int(to)) for table, to in found]


def told(app: WallApp) -> str:
    """All words of the terminal's wall, those too that are drawn."""

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list):
            for one in value:
                yield from strings(one)

    said = raster.words(app)
    for widget in app.screen.query("*"):
        said += [text for name in DRAWN for text in strings(getattr(widget, name, ""))]
        said.append(f"{getattr(widget, 'text', '')} {getattr(widget, 'unit', '')}")
    return " ".join(" ".join(said).split())


async def compare(held: Wall, reader: Phone, phase: str) -> str:
    """The page, of which each word stands on the terminal's wall."""
    await held.settle()
    html, shown = (await reader.get(WALL)).text, told(held.app)
    assert f'data-phase="{phase}"' in html
    assert len(pieces(html)) > 5
    assert not [piece for piece in pieces(html) if piece not in shown], phase
    return html


@pytest.mark.parametrize("reading", ["same", "swap"])
def test_the_page_says_what_the_projected_wall_says(tmp_path: Path, reading: str) -> None:
    """In every phase each word of the page stands on the terminal's wall too: they cannot tell two stories."""

    async def test() -> None:
        async with wall(tmp_path, lab(reading), (200, 60)) as held:
            cafe = Cafe(held.room)
            await cafe.open()
            try:
                async with cafe.phone(joined=False) as reader:
                    for phase in PHASES:
                        await held.go_to(phase)
                        if phase == "round":
                            idea = await held.say(1, "Un atelier deschis și sâmbăta")
                            await compare(held, reader, "round")
                            await held.room.do("phones", down=True)
                            await compare(held, reader, "down")
                            await held.room.do("message", text="Cafeaua este în curte", to="both")
                            await held.room.do("stage", id=idea)
                            await compare(held, reader, "stage")
                            await held.room.do("stage", id="")
                            await held.room.do("phones", down=False)
                        html = await compare(held, reader, phase)
                        drawn = [
                            way for arrows in held.app.screen.query(Arrows) if arrows.display for way in arrows.groups
                        ]
                        assert walks(html) == [(way.table, way.to) for group in drawn for way in group.ways]
            finally:
                await cafe.served.close()

    asyncio.run(test())


def test_the_page_says_what_the_room_concludes(tmp_path: Path) -> None:
    """In the harvest a question's conclusion stands below it, as words and nothing else, until it is taken away."""

    async def test() -> None:
        async with running(tmp_path, "harvest") as cafe, cafe.phone(joined=False, language="en") as reader:
            for text in ("Mai <b>multe</b> ateliere\nși sâmbăta", ""):
                await cafe.room.do("conclude", question="s1.1", text=text)
                page = (await reader.get(WALL)).text
                assert ("Mai &lt;b&gt;multe&lt;/b&gt; ateliere\nși sâmbăta</p>" in page) == bool(text)
                assert ("What the room concludes" in page) == bool(text)

    run(test())


def test_who_does_not_know_the_code_sees_no_wall(tmp_path: Path) -> None:
    """The wall asks for the café's code, which can be typed; with a wrong one nothing of the café is told."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as reader:
            asked = await reader.get("/wall")
            assert 'action="/wall"' in asked.text
            typed = await reader.get(f"/wall?code={CODE.lower()}")
            assert (typed.status, typed.headers["Location"]) == (303, f"/wall/{CODE.lower()}")
            assert (await reader.get(typed.headers["Location"])).status == 200
            for path in ("/wall/XXXX", "/wall/XXXX/events"):
                wrong = await reader.get(path)
                assert wrong.status == 404
                assert PLAN.sessions["s1"].questions[0].text("ro")[0] not in wrong.text
                assert 'action="/wall"' in wrong.text
            assert (await reader.post(WALL)).status == 405

    run(test())


def test_nothing_private_is_on_the_page(tmp_path: Path) -> None:
    """Held and hidden ideas, ideas of a round that goes on where the plan wants them after it, and names are not."""

    async def test() -> None:
        for number, way in enumerate(("held", "after", "live")):
            folder = tmp_path / way
            folder.mkdir()
            plan = msgspec.structs.replace(PLAN, wall=way, ask=("name",))
            async with running(folder, "lobby", plan) as cafe, cafe.phone(joined=False) as phone:
                await phone.post(f"/{CODE}", {"name": "Ileana Secretă"})
                await cafe.until("round")
                assert (await phone.send(f"idea-number-{number}", "<b>Un gând</b> nou")).status == 201
                html = (await phone.get(WALL)).text
                assert "Ileana" not in html
                assert phone.who not in html
                assert ("&lt;b&gt;Un gând&lt;/b&gt; nou" in html) == (way == "live")
                if way == "live":
                    await cafe.room.do("stand", standing="hidden", id=f"idea-number-{number}")
                    assert "Un gând" not in (await phone.get(WALL)).text

    run(test())


def test_the_wall_is_made_anew_without_a_script_and_reads_as_asked(tmp_path: Path) -> None:
    """Without JavaScript the page comes again by itself; language and look are as the address says."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False, language="en") as reader:
            english = await reader.get(WALL)
            assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in english.text
            assert "round 1 of 2" in english.text
            asked = await reader.get(f"{WALL}?lang=ro&theme=contrast")
            assert "runda 1 din 2" in asked.text
            assert '<html lang="ro" data-theme="contrast">' in asked.text
            assert "data-theme" not in (await reader.get(f"{WALL}?theme=%22%3E")).text
            assert 'data-mode="run"' in asked.text
            await cafe.room.do("pause")
            assert translator("ro")("the clock stands still") in (await reader.get(f"{WALL}?lang=ro")).text

    run(test())


def test_a_wall_is_told_when_there_is_something_new(tmp_path: Path) -> None:
    """The stream names the face that is due: at once, after an idea of any table, and after the next step."""

    async def test() -> None:
        async with AsyncExitStack() as open, running(tmp_path, "round") as cafe, cafe.phone() as phone:
            await cafe.room._lay(-(-cafe.room.now() // MINUTE) * MINUTE, 1.0)  # The hour of day stays as it is.
            response = await open.enter_async_context(phone.session.get(f"{cafe.base}{WALL}/events"))
            stream = Stream(response)
            first = await stream.wait_for("wall")
            assert f'data-face="{first["face"]}"' in (await phone.get(WALL)).text
            await phone.send("idea-number-1", "Un gând nou")
            second = await stream.wait_for("wall")
            assert second["face"] != first["face"]
            cafe.room.live.darken(dark=True)
            dark = await stream.wait_for("wall")
            assert not pieces((await phone.get(WALL)).text)
            cafe.room.live.darken(dark=False)
            assert (await stream.wait_for("wall"))["face"] == second["face"] != dark["face"]
            await cafe.room.do("next", step=cafe.room.state.step)
            third = await stream.wait_for("wall")
            assert third["face"] not in (first["face"], second["face"])
            assert f'data-face="{third["face"]}"' in (await phone.get(WALL)).text
            assert cafe.room.live.connected == 0

    run(test())


def test_walls_never_crowd_the_phones_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many walls a further one is refused its stream, looks by itself, and phones have theirs as ever."""

    async def test() -> None:
        monkeypatch.setattr(page_of_wall, "MOST", 3)
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, AsyncExitStack() as walls:
            for _ in range(3):
                response = await walls.enter_async_context(phone.session.get(f"{cafe.base}{WALL}/events"))
                assert (await Stream(response).next())[0] == "wall"
            refused = await phone.get(f"{WALL}/events")
            assert refused.status == 429
            assert "Retry-After" in refused.headers
            assert (await phone.get(WALL)).status == 200
            async with phone.session.get(f"{cafe.base}/c/events") as response:
                assert (await Stream(response).next())[0] == "hello"
                assert len(cafe.served.runner.app[DESK].feed.of(phone.who)) == 1

    run(test())


def test_questions_are_as_large_as_they_stand_whole() -> None:
    """One short question is set in the largest size, six long ones in two columns in a smaller one, never in none."""
    short, long = Asked("", "Ce urmează?"), Asked("1", "Cum putem implica asociația în noile inițiative? " * 3)
    assert size((Column("", (short,)),)) == 1
    assert size(()) == 1
    six = size((Column("A", (long,) * 3), Column("B", (long,) * 3)))
    assert 4 < six <= len(SIZES)
    assert size((Column("", (long,) * 40),)) == len(SIZES)
