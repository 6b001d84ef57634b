"""A past café on the wall: each moment as it was, whichever way one comes to it, and a last line that says where."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from cafe import events as e
from cafe.fold import fold
from cafe.i18n import AVAILABLE
from cafe.live import Pulse
from cafe.plan import MINUTE
from cafe.replay import Replay, Timeline
from cafe.replay.replay import Moment
from cafe.state import State
from screens.keyboard import USUAL
from screens.replay import IMPORTED, ReplayApp
from screens.wall import WallApp
from screens.widgets.foot import Foot, Passing, line
from tests.afternoon import Diary
from tests.screens import raster
from tests.screens.room import Wall, lab

HELD, HIDDEN, BACK = "Words that were held", "Words that were hidden later", "Words that were taken back"


def day() -> Diary:
    """The laboratory of 2020 as it may have been: ideas that went again, a message, phones down, an hour's lobby."""
    diary = Diary(lab())

    def after(minutes: float, name: str, /, **given: Any) -> None:
        diary.now += round(minutes * MINUTE)
        diary.do(name, **given)

    def on() -> None:
        after(2, "next", step=diary.state.step)

    diary.put(e.Addressed("http://192.168.1.5:8080"))
    for who in range(12):
        after(0.5, "join", who=f"p{who}", language="ro")
    diary.now += 60 * MINUTE
    for _ in range(3):
        on()
    for number, words in enumerate((HIDDEN, BACK, "Words that stay")):
        after(1, "send", who=f"p{number}", id=f"idea-{number:04}", text=words)
    after(1, "stand", id="idea-0000", standing="hidden")
    after(1, "take_back", who="p1", id="idea-0001")
    diary.put(e.IdeaSent("idea-0009", HELD, question="s1.1", block=2, session="s1", round=1, table=1, held=True))
    after(2, "stage", id="idea-0002")
    after(2, "stage", id="")
    after(1, "message", text="Coffee is in the yard", to="both")
    on()
    on()
    after(1, "wall", ideas="all")
    after(1, "phones", down=True)
    on()
    after(3, "pause")
    while not diary.state.closed:
        on()
    return diary


class Still:
    """A café that stands still: its state at one moment, and nothing else."""

    def __init__(self, state: State, now: int) -> None:
        self.state, self.live, self._now = state, Moment(), now
        self.live.pulse = Pulse()

    def now(self) -> int:
        return self._now

    def name(self, who: str) -> str:
        return ""

    async def do(self, command: str, /, **given: Any) -> Any:
        raise AssertionError(command)

    async def wish(self, wish: str, about: str = "") -> str:
        raise AssertionError(wish)

    def watch(self, watcher: Any) -> Any:
        return lambda: None


class Past(Wall):
    """A replay on a wall, and whoever presses its keys."""

    def __init__(self, replay: Replay, app: WallApp, pilot: Pilot[None]) -> None:
        super().__init__(None, app, pilot)  # type: ignore[arg-type]
        self.replay = replay

    @property
    def state(self) -> State:
        return self.replay.state

    @property
    def foot(self) -> str:
        return self.rows[-1]


@asynccontextmanager
async def past(diary: Diary, size: tuple[int, int] = (80, 24), told: str = "") -> AsyncIterator[Past]:
    """A café of a diary, shown again and standing still at its beginning."""
    replay = Replay(Timeline(diary.records, 7), lambda: 0.0)
    app = ReplayApp(replay, told=told)
    async with app.run_test(size=size) as pilot:
        held = Past(replay, app, pilot)
        await held.press("space")
        yield held


async def afresh(diary: Diary, moment: int, size: tuple[int, int]) -> list[list[raster.Cell]]:
    """The wall of a café that has just come to a moment, folded from its first record on."""
    state = fold(record for record in diary.records if record.at <= moment)["room"]
    app = WallApp(Still(state, moment))  # type: ignore[arg-type]
    app._pressed = True
    async with app.run_test(size=size) as pilot:
        await Wall(None, app, pilot).settle()  # type: ignore[arg-type]
        return raster.cells(app)


def test_any_moment_looks_as_it_did() -> None:
    """Forwards, backwards or by a leap: the wall shows what a wall of that moment shows, letter by letter.

    With the last line it is the wall of a window that is one row lower.
    """
    diary = day()
    begin = diary.records[0].at
    steps = ("pagedown", "pagedown", "right", "right", "down", "n", "up", "pageup", "left", "end", "left", "up", "down")

    async def look() -> None:
        async with past(diary) as held:
            await held.press("h")
            seen = set()
            for key in steps:
                await held.press(key)
                seen.add(held.app.current_mode)
                if held.replay.over:
                    continue  # There it says so, where a wall of then said nothing.
                assert raster.cells(held.app) == await afresh(diary, held.replay.now(), (80, 24)), key
            assert len(seen) > 3
            await held.resize((120, 34))
            for minute in (80, 75, 71, 73):
                held.replay.to(begin + minute * MINUTE + 1)
                held.app._tick()
                await held.settle()
                assert raster.cells(held.app) == await afresh(diary, held.replay.now(), (120, 34)), minute
            await held.press("h")
            assert raster.cells(held.app)[:-1] == await afresh(diary, held.replay.now(), (120, 33))

    asyncio.run(look())


def test_ideas_stand_as_long_as_they_stood() -> None:
    """What was hidden or taken back later is seen until then and not after; what was held never stands on the wall."""
    diary = day()

    async def look() -> None:
        async with past(diary, (120, 34)) as held:
            seen: dict[str, list[bool]] = {HIDDEN: [], BACK: [], HELD: []}
            held.replay.to(diary.records[0].at + 71 * MINUTE)
            while held.state.phase != "move":
                for words, times in seen.items():
                    times.append(words in held.text)
                await held.press("n")
            runs = {
                words: [b for a, b in zip([None, *times], times, strict=False) if a != b]
                for words, times in seen.items()
            }
            assert runs == {HIDDEN: [False, True, False], BACK: [False, True, False], HELD: [False]}

    asyncio.run(look())


def test_the_last_line_says_where_one_is() -> None:
    """Time of day, round, part and speed stand in the last line, at any size, in every language; h hides it."""
    diary = day()

    async def look() -> None:
        async with past(diary) as held:
            assert held.replay.state.plan.title[:12] in held.foot
            assert "‖ 20 ×" in held.foot
            for _ in range(3):
                await held.press("pagedown")
            for size in ((200, 55), (60, 18), (40, 13), (80, 24)):
                await held.resize(size)
                assert f"{held.state.local(held.replay.now()):%H:%M}" in held.foot
                assert "20 ×" in held.foot
            for language in AVAILABLE:
                held.replay.speak(language)
                await held.settle()
                tr = held.tr
                assert tr("round {round} of {rounds}", round=1, rounds=3) in held.foot
                assert tr("part {number} of {total}", number=3, total=len(held.state.plan.programme)) in held.foot
            await held.press("plus")
            await held.press("plus")
            assert "300 ×" in held.foot
            held.app._notice = ""
            await held.press("h")
            assert "300 ×" not in held.foot
            await held.resize((40, 12))
            await held.press("h")
            assert "300 ×" not in held.foot

    asyncio.run(look())


def test_the_end_is_told() -> None:
    """The last picture is the closing, with a sentence that says so; space begins again."""
    diary = day()

    async def look() -> None:
        async with past(diary) as held:
            await held.press("end")
            assert held.app.current_mode == "closed"
            assert held.tr("The end of this café.") in held.text
            assert held.tr("the end") in held.foot
            await held.press("space")
            assert held.replay.now() == held.replay.timeline.begin
            assert "▶" in held.foot

    asyncio.run(look())


def test_empty_time_is_told_and_leapt_over() -> None:
    """In an hour without anything the wall says until when, and with which key one goes on."""
    diary = day()

    async def look() -> None:
        async with past(diary) as held:
            held.replay.to(diary.records[0].at + 10 * MINUTE)
            after = held.replay.timeline.after(held.replay.now())
            assert after
            until = f"{held.state.local(after):%H:%M}"
            await held.press("space")
            assert held.tr("Nothing happens until {time}; {key} goes there.", time=until, key="n") in held.text
            await held.press("n")
            assert (held.replay.now(), held.app.current_mode) == (after, "welcome")

    asyncio.run(look())


def test_every_key_of_a_running_cafe_is_answered() -> None:
    """Keys of the wall that would change something are refused in a sentence; looking is allowed."""
    diary = day()

    async def look() -> None:
        async with past(diary) as held:
            own = USUAL.meant("replay")
            for key, action in USUAL.meant("wall").items():
                if key in own or action == "lower":
                    continue
                held.app._notice = ""
                await held.press(key)
                assert held.tr("This café is shown again: it can be looked at, not changed.") in held.text, key
            await held.press("b")
            assert held.app.current_mode == "blank"
            await held.press("x")
            await held.press("t")
            assert held.app.theme == "day"
            await held.press("question_mark")
            for key in USUAL.of("replay"):
                assert all(word in held.text for word in held.tr(key.told).split())
            await held.press("x")
            await held.press("l")
            assert held.state.language == AVAILABLE[1]
            await held.press("q")
            assert not held.app.is_running or held.app._exit

    asyncio.run(look())


def test_what_is_to_be_known_of_the_file_is_told() -> None:
    """A café that was made again from its JSON says that its times may be approximate."""

    async def look() -> None:
        async with past(day(), told=IMPORTED) as held:
            assert held.tr(IMPORTED) in held.text

    asyncio.run(look())


def test_it_runs_by_itself() -> None:
    """Without a key the hours go on, and what came stands on the wall."""
    diary = day()
    seconds = [0.0]

    async def look() -> None:
        replay = Replay(Timeline(diary.records), lambda: seconds[0], speed=60)
        app = ReplayApp(replay)
        async with app.run_test(size=(80, 24)) as pilot:
            held = Past(replay, app, pilot)
            await held.settle()
            seconds[0] = 69.0
            await held.until(lambda: app.current_mode == "welcome")
            await held.until(lambda: any(isinstance(foot.passing, Passing) for foot in app.screen.query(Foot)))
            seconds[0] = 9999.0
            await held.until(lambda: app.current_mode == "closed")
            await held.settle()
            assert held.tr("The end of this café.") in held.text

    asyncio.run(look())


def test_the_last_line_is_one_line() -> None:
    """Whatever the width, the line fills it exactly; the speed and the time are the last to go."""
    for width in (*range(8, 120), 200):
        said = Passing("20 octombrie 2020 14:32", "Cafea", "runda 2 din 3", "partea 3 din 7", "▶ 20 ×", 0.4, (0.2, 0.9))
        told = line(said, width)
        assert told.cell_length == width
        assert told.plain.endswith("▶ 20 ×")
        assert width < 31 or said.time in told.plain
        assert width < 65 or told.plain.count("●") == 1
        assert width < 119 or all(word in told.plain for word in (said.step, said.part, said.title))
