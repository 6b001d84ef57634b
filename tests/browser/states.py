"""Every state in which a phone's page can be, in the order of one day: a table, to which a new page adds a row.

What walks through it looks at each state as it likes: axe-core in all languages, or the accessibility tree in one.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from msgspec.structs import replace
from playwright.async_api import Page, expect

from cafe.plan import MINUTE, parse
from tests.browser.phones import Hall, hall
from tests.room.test_photos import photo
from tests.server.running import CODE

# It is about noon while tests run: the break ends well after it, whatever the minute.
PLAN: Final = """
title = "Laborator de probă"
theme = "Cum crește sectorul creativ?"
language = "ro"
organiser = "Primăria"
contact = "lab@example.org"
ask = ["name", "organisation", "sector"]
hosts = "volunteer"
groups_by = "choose"

[[groups]]
id = "A"
tables = 3
seats = 6

[[groups]]
id = "B"
tables = 2
seats = 6

[[tables]]
number = 2
name = "Fereastra"

[sessions.s1]
questions = [
  { ro = "Cum aducem firmele mici în program?", en = "How do we bring small firms in?" },
  { ro = "Cine mai trebuie să fie la masă?", en = "Who else must be at the table?" },
]
per = "round"
rounds = 2
minutes = 13
seating = "choose"

[[programme]]
at = "10:30"
kind = "welcome"
title = "Sosirea"

[[programme]]
at = "11:00"
kind = "talk"
title = "Deschiderea"
link = "https://meet.example.org/here"

[[programme]]
at = "11:10"
kind = "talk"
talks = [{ title = "Aici", link = "https://meet.example.org/a" }, { title = "Acolo" }]

[[programme]]
at = "11:15"
kind = "session"
session = "s1"

[[programme]]
at = "12:00"
kind = "break"

[[programme]]
at = "13:45"
kind = "harvest"

[[programme]]
at = "14:00"
kind = "harvest"
title = "Ce contează cel mai mult"
dots = 3

[[programme]]
at = "14:15"
kind = "closing"
"""
WALL: Final = f"/wall/{CODE}"
"""The wall in a browser, in another room."""
TABLE: Final = f"/t/{CODE}/2"
"""A table's own device."""


class Walk:
    """A day of a café, and one browser window that goes through it: as somebody who is in, and as nobody."""

    def __init__(self, here: Hall, mine: Page, nobody: Page, who: str, other: str) -> None:
        self.here, self.mine, self.nobody, self.who, self.other = here, mine, nobody, who, other

    async def do(self, command: str, **given: Any) -> None:
        await self.here.cafe.room.do(command, **given)

    async def show(self, state: "State", language: str) -> Page:
        """The page of a state in a language, as far as people have gone on it, with everything unfolded."""
        page = self.nobody if state.stranger else self.mine
        self.here.cafe.clock += 60  # No limit of this test's own haste.
        if not state.stranger:
            await self.do("read_in", who=self.who, language=language)
        query = f"{'&' if '?' in state.path else '?'}lang={language}" if state.stranger else ""
        await page.goto(self.here.base + state.path + query)
        if await page.locator("#refresh").count() and not state.still:
            await expect(page.locator("#refresh")).to_be_hidden()
        await state.touch(page)
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        return page


@asynccontextmanager
async def walk(folder: Path) -> AsyncIterator[Walk]:
    """A café whose doors are open, with two people of one table."""
    plan = parse(PLAN).plan
    assert plan
    async with hall(folder, "lobby", plan) as here, here.cafe.phone(joined=False) as other:
        mine = await here.page(await here.context())
        await mine.goto(f"{here.base}/{CODE}?t=2")
        await mine.check("[name=group][value=A]")
        await mine.click("button.main")
        await mine.wait_for_url("**/c")
        who = here.cafe.room.state.here[-1].id
        await other.post(f"/{CODE}", {"group": "A", "table": "2"})
        nobody = await here.page(await here.context())
        await here.cafe.room._lay(here.cafe.room.now(), 0)  # Its time passes where a state lets it pass.
        yield Walk(here, mine, nobody, who, other.who)


# --------------------------------------------------------------------------------- how the café comes to a state


async def stay(_: Walk) -> None:
    """The café is there already."""


async def go_on(day: Walk) -> None:
    """The facilitator goes on."""
    await day.do("next", step=day.here.cafe.room.state.step)


async def writing(day: Walk, when: Literal["always", "end"]) -> None:
    """The plan lets phones write all the time, or in the last minutes alone."""
    await day.do("revise", plan=replace(day.here.cafe.room.state.plan, writing=when), text="")


async def heads_up(day: Walk) -> None:
    """Phones write in the last minutes alone, which have not come."""
    await writing(day, "end")


async def write(day: Walk) -> None:
    """Two people of the table write, one of whose ideas is kept back; a third one builds on the other's."""
    await writing(day, "always")
    await day.do("send", who=day.other, id="idea-0001", text="Un târg al atelierelor")
    await day.do("send", who=day.who, id="idea-0002", text="Chirii mici în centru", on="idea-0001")
    await day.do("send", who=day.who, id="idea-0003", text="O listă a sălilor goale")
    await day.do("stand", id="idea-0003", standing="hidden")


async def stage(day: Walk) -> None:
    """An idea that builds on another one stands large on the wall."""
    await day.do("stage", id="idea-0002")


async def pause(day: Walk) -> None:
    await day.do("stage", id="")
    await day.do("pause")


async def message(day: Walk) -> None:
    """The facilitator tells the room something."""
    await day.do("message", text="Cafeaua este în curte", to="both")


async def go_on_in_silence(day: Walk) -> None:
    """The café goes on, and the message is gone."""
    await day.do("message", text="", to="both")
    await go_on(day)


async def conclude(day: Walk) -> None:
    """What the room concludes about a question is written down."""
    await day.do("conclude", question="s1.1", text="Chirii mici și spații comune, întâi în centru.")


async def last_minutes(day: Walk) -> None:
    """The last minutes run; the table has left a photograph, and somebody begins a sentence that stays unsent."""
    await day.do("resume")
    await day.do("add", minutes=-11)
    page = await day.show(State("", stay), "ro")
    await page.set_input_files("#photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    await page.click('form[action="/c/photo"] button')
    await day.here.until(lambda: day.here.cafe.room.state.photos)
    await page.fill("#text", "Un gând neterminat")


async def overrun(day: Walk) -> None:
    """Time is up, and people still talk."""
    room = day.here.cafe.room
    await day.do("add", minutes=-3)
    await room._lay(room.now() + MINUTE, 0)


async def phones_down(day: Walk) -> None:
    await day.do("phones", down=True)


async def move(day: Walk) -> None:
    await day.do("message", text="", to="both")
    await day.do("phones", down=False)
    await day.do("hand_over", who=day.who, text="Am vorbit despre costuri.")
    await go_on(day)


async def sit(day: Walk) -> None:
    await day.do("settle", who=day.who)


async def come_back(day: Walk) -> None:
    """Somebody sits where others have left word: their own table of the first round."""
    await go_on(day)
    await day.do("sit", who=day.who, table=2)


async def host(day: Walk) -> None:
    """Somebody stays at the table as its host."""
    await day.do("stay", who=day.who)


async def dot(day: Walk) -> None:
    """Both give dots; one of them has none left."""
    await day.do("dot", who=day.other, id="dots-0001", idea="idea-0002", n=1)
    await day.do("dot", who=day.who, id="dots-0002", idea="idea-0001", n=2)
    await day.do("dot", who=day.who, id="dots-0003", idea="idea-0002", n=1)


async def reveal(day: Walk) -> None:
    """The vote is closed: everybody sees what has the most dots."""
    await day.do("vote", shown=True)


async def report(day: Walk) -> None:
    """The first table reports to the room."""
    await day.do("report_back", step=day.here.cafe.room.state.step, minutes=30)


async def group(day: Walk) -> None:
    """The tables have reported; two ideas stand on the wall as a theme."""
    await day.do("end_reports", step=day.here.cafe.room.state.step)
    await day.do("group", ideas=("idea-0001", "idea-0002"), name="Open at night")
    await day.do("show_theme", theme=1)


# ---------------------------------------------------------------------------------------- what is done on a page


async def nothing(_: Page) -> None:
    """The page as it comes."""


async def wrong_card(page: Page) -> None:
    """The number of no card is refused."""
    await page.fill("#card", "12345")
    await page.click("button.main")
    await page.locator("#error").wait_for()


async def build_on(page: Page) -> None:
    await page.click("#others .build")
    await expect(page.locator("#on")).to_be_visible()


async def forgetful(page: Page) -> None:
    """The browser keeps nothing, and the page says so."""
    await page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error() } }")
    await page.type("#text", "Nu pleca")
    await expect(page.locator("#banner")).to_be_visible()


async def be_forgotten(page: Page) -> None:
    """Somebody joins and is forgotten again."""
    await page.click("button.main")
    await page.click("details.fold:has(#erase) summary")
    await page.click("#erase button")
    await page.wait_for_url("**/c/erase")


class State(NamedTuple):
    """A state of the page: its name, how the café comes to it from the one above, where it is, what is done there.

    `stranger`: it is seen by who has not joined. `still`: nothing of it follows the café.
    """

    name: str
    arrive: Callable[[Walk], Awaitable[None]] = stay
    touch: Callable[[Page], Awaitable[None]] = nothing
    path: str = "/c"
    stranger: bool = False
    still: bool = False


STATES: Final = (
    State("home", path="/", stranger=True),
    State("wrong code", path="/QQQQ", stranger=True),
    State("no such page", path="/c/nothing", stranger=True),
    State("not joined", path="/c", stranger=True),
    State("join", path=f"/{CODE}?t=2", stranger=True),
    State("join, refused", touch=wrong_card, path=f"/{CODE}", stranger=True),
    State("forgotten", touch=be_forgotten, path=f"/{CODE}", stranger=True),
    State("lobby"),
    State("wall, lobby", path=WALL, stranger=True),
    State("another table's code", path="/c?t=1"),
    State("welcome", go_on),
    State("talk", go_on),
    State("wall, talk", path=WALL, stranger=True),
    State("talks", go_on),
    State("round", go_on),
    State("heads up", heads_up),
    State("ideas", write),
    State("wall, ideas", path=WALL, stranger=True),
    State("same words twice", path="/c?again"),
    State("build on", touch=build_on),
    State("nothing is kept", touch=forgetful),
    State("wall, on stage", stage, path=WALL, stranger=True),
    State("paused", pause),
    State("wall, paused", path=WALL, stranger=True),
    State("last minutes", last_minutes),
    State("overtime", overrun),
    State("table device", path=TABLE, stranger=True),
    State("phones down", phones_down),
    State("phones down, message", message),
    State("move", move),
    State("wall, move", path=WALL, stranger=True),
    State("seated", sit),
    State("second round", come_back),
    State("host", host),
    State("break", go_on),
    State("wall, break", path=WALL, stranger=True),
    State("message", message),
    State("wall, message", path=WALL, stranger=True),
    State("harvest", go_on_in_silence),
    State("wall, harvest", conclude, path=WALL, stranger=True),
    State("vote", go_on),
    State("dots given", dot),
    State("vote closed", reveal),
    State("wall, vote closed", path=WALL, stranger=True),
    State("reports", report),
    State("wall, reports", path=WALL, stranger=True),
    State("wall, theme", group, path=WALL, stranger=True),
    State("closing", go_on),
    State("wall, closing", path=WALL, stranger=True),
    State("closed", go_on),
    State("wall, closed", path=WALL, stranger=True),
    State("closed to join", path=f"/{CODE}", stranger=True),
)
