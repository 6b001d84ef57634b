"""A real café with its wall, for the tests: a room on a file, people who joined, and a terminal of any size."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from textual.pilot import Pilot

from cafe.file import CafeFile
from cafe.i18n import Translator, translator
from cafe.people import Person, hashed
from cafe.plan import Plan, parse
from cafe.room import Room
from cafe.state import State
from screens.poster import Sentences, fitted
from screens.questions import Questions, layout
from screens.sheets import Sheets
from screens.taste import Taste
from screens.wall import WallApp
from screens.widgets.letters import PLAIN
from tests.patience import PATIENCE
from tests.screens import raster

PLANS = Path(__file__).parents[1] / "core" / "plans"
URL = "http://192.168.1.5:8080"
CODE = "K7QF"


def lab(reading: str = "swap") -> Plan:
    """The laboratory of 2020 with its real six questions: the groups swap, or both have the same session."""
    plan = parse((PLANS / f"lab2020_{reading}.toml").read_text("utf-8")).plan
    assert plan is not None
    return plan


def changed(plan: Plan, **values: object) -> Plan:
    return msgspec.structs.replace(plan, **values)


def still() -> float:
    """Real time that stands still: what a view says stays until it says something else, however busy the machine is."""
    return 1000.0


@dataclass
class Wall:
    """The room, its wall, and whoever presses the keys. `clock` is the real time that the wall goes by."""

    room: Room
    app: WallApp
    pilot: Pilot[None]
    clock: float = still()

    @property
    def state(self) -> State:
        return self.room.state

    @property
    def tr(self) -> Translator:
        """The words of the wall's language."""
        return translator(self.state.language)

    @property
    def rows(self) -> list[str]:
        """The letters of the wall."""
        return raster.words(self.app)

    @property
    def text(self) -> str:
        """All of them, with single blanks."""
        return " ".join(" ".join(self.rows).split())

    @property
    def said(self) -> str:
        """What stands on the wall in sentences, typed or drawn."""
        shown = [widget for widget in self.app.screen.query(Sentences) if widget.display and widget.fits]
        return " | ".join(
            one.said.text
            for widget in shown
            for one in fitted(widget.sentences, *widget.size, widget.styles.text_align)
        )

    def is_drawn(self, question: str) -> bool:
        """Whether a question stands on the wall in letters, with all that stand there."""
        for questions in self.app.screen.query(Questions):
            asked = [one.text for column in questions.columns for one in column.asked]
            if question in asked and questions.fits and layout(questions.columns, *questions.size).tallest > PLAIN:
                return True
        for sheets in self.app.screen.query(Sheets):
            asked = [sheet.question for sheet in sheets.sheets]
            if question in asked and sheets.fits and sheets.letters(*sheets.size)[0] > PLAIN:
                return True
        return False

    @property
    def notice(self) -> str:
        """What the last row says."""
        return self.rows[-1].strip() or self.rows[-2].strip()

    async def settle(self) -> None:
        """Until the wall shows what is true."""
        await self.until(lambda: self.app.current_mode == self.app.showing)
        seen: list[object] = []
        async with asyncio.timeout(PATIENCE):
            while len(seen) < 4 or any(frame != seen[-1] for frame in seen[-3:]):  # a layout may ask for another
                await self.pilot.pause()
                seen.append([strip.text for strip in self.app.screen._compositor.render_strips()])

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not met():
                await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def resize(self, *sizes: tuple[int, int]) -> None:
        for size in sizes:
            await self.pilot.resize_terminal(*size)
            await self.settle()

    async def go(self, steps: int) -> None:
        """On by so many steps of the programme."""
        for _ in range(steps):
            await self.room.do("next", step=self.state.step)
        await self.settle()

    async def go_to(self, phase: str) -> None:
        """On until a phase."""
        while self.state.phase != phase:
            await self.room.do("next", step=self.state.step)
        await self.settle()

    async def passes(self, seconds: int) -> None:
        """Lets café time pass at once: the ruler is laid so much further on, as after a closed lid."""
        await self.room._lay(self.room.now() + seconds * 1000, self.room.speed)
        self.app._tick()
        await self.settle()

    async def say(self, who: int, text: str) -> str:
        """An idea of person number `who`; its id."""
        id = f"idea-{self.state.numbers:06}"
        await self.room.do("send", who=f"p{who}", id=id, text=text)
        await self.settle()
        return id


@asynccontextmanager
async def wall(
    folder: Path,
    plan: Plan | None = None,
    size: tuple[int, int] = (80, 24),
    *,
    people: int = 12,
    at: str = "11:15",
    trial: bool = False,
    began: int = 0,
    taste: Taste = Taste(),  # noqa: B008 -- frozen
) -> AsyncIterator[Wall]:
    """A café at a time of day, with so many people in it, `began` steps of the programme ago, and its wall.

    Its time stands still but where a test lets it pass.
    """
    plan = plan or lab()
    hour, minute = map(int, at.split(":"))
    moment = int(datetime(2020, 10, 20, hour, minute).timestamp() * 1000)
    room = Room(CafeFile(folder / "lab.cafe"))
    await room.start(plan, "", code=CODE, at=moment, speed=0, trial=trial)
    try:
        await room.address(URL)
        for number in range(people):
            person = Person(token=hashed(f"token {number}"), name=f"Ionescu{number}")
            await room.do("join", person=person, who=f"p{number}", language="ro")
        for _ in range(began):
            await room.do("next", step=room.state.step)
        app = WallApp(room, taste, live=room.live, clock=lambda: held.clock)
        held = Wall(room, app, Pilot(app))
        async with app.run_test(size=size) as held.pilot:
            await held.settle()
            yield held
    finally:
        await room.stop()


def widths(app: WallApp) -> set[int]:
    """The widths of all rows: one number, when nothing breaks the frame."""
    return {strip.cell_length for strip in app.screen._compositor.render_strips()}
