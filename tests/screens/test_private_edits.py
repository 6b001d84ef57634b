"""The programme's page of the private view: keys that change what is still to come, for everybody at once."""

import asyncio
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from cafe.i18n import translator
from cafe.plan import clock
from cafe.plan.values import KIND_NAMES
from cafe.remote import Remote
from cafe.room import Room
from cafe.rules import REFUSALS
from screens.choice import Choice
from screens.course import Course
from screens.line import Line
from tests.screens.room import wall
from tests.screens.test_private import until, view


def rows(pilot: Pilot[None]) -> list[str]:
    course = pilot.app.query_one(Course)
    return [str(course.get_option_at_index(n).prompt) for n in range(course.option_count)]


def told(pilot: Pilot[None]) -> str:
    return str(pilot.app.query_one("#told", Static).content)


async def to(pilot: Pilot[None], block: int, round: int = 0) -> None:
    """Moves the bar to a part."""
    course = pilot.app.query_one(Course)
    while course.chosen != (block, round):
        await pilot.press("down" if course.chosen < (block, round) else "up")


async def opened(pilot: Pilot[None]) -> None:
    await pilot.press("4")
    await until(pilot, lambda: pilot.app.focused is pilot.app.query_one(Course))


def test_a_break_is_put_in_and_taken_out(tmp_path: Path) -> None:
    """The key b asks for the minutes; what follows is later, the wall says when it goes on, and u takes it out."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await opened(pilot)
        before, now = room.state.plan, room.state.position.block
        assert pilot.app.query_one(Course).chosen[0] == now
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        await pilot.press("backspace", "backspace", *"12", "enter")
        await until(pilot, lambda: room.state.plan.programme[now + 1].added)
        after = room.state.plan.programme
        assert after[now + 2].at == before.programme[now + 1].at + 12
        await until(pilot, lambda: "12" in told(pilot))
        mark = remote.state.plan.programme[now + 1]
        assert mark.added
        await pilot.press("u")
        await until(pilot, lambda: room.state.plan == before)
        await until(pilot, lambda: "12" in told(pilot))

    view(tmp_path, script)


def test_what_is_typed_for_a_break_must_be_minutes(tmp_path: Path) -> None:
    """Words instead of minutes, or too many of them, stay to be mended, with a sentence; Esc leaves all as it is."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await opened(pilot)
        before = room.state.edits
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        await pilot.press("n", "u", "enter")
        amiss, line = pilot.app.screen.query_one("#amiss", Static), pilot.app.screen.query_one(TextArea)
        why = translator("ro")("Type a number of minutes from {least} to {most}.", least=1, most=240)
        await until(pilot, lambda: str(amiss.content) == why)
        assert line.text == "10nu"
        amiss.update("")
        await pilot.press("backspace", "backspace", "0", "0", "0", "enter")
        await until(pilot, lambda: str(amiss.content) == why)
        assert line.text == "10000"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Line))
        assert room.state.edits == before

    view(tmp_path, script)


def test_what_is_refused_stays_to_be_mended(tmp_path: Path) -> None:
    """A break past midnight is refused with its reason while the line stays; fewer minutes, with their word, are taken,
    and told as hours from ninety on.
    """

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await opened(pilot)
        last = len(room.state.plan.programme) - 2
        for _ in range(2):
            await room.do("put_in", edits=room.state.edits, after=last, minutes=240)
        await until(pilot, lambda: remote.state.edits == room.state.edits)
        await to(pilot, len(room.state.plan.programme) - 2)
        before = room.state.plan
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        await pilot.press("ctrl+u", *"200 min", "enter")
        amiss = pilot.app.screen.query_one("#amiss", Static)
        await until(pilot, lambda: str(amiss.content) == translator("ro")(REFUSALS["past_midnight"]))
        assert pilot.app.screen.query_one(TextArea).text == "200 min"
        assert room.state.plan == before
        await room.do("undo", trail=room.state.trail)
        await until(pilot, lambda: remote.state.edits == room.state.edits)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Line))
        assert room.state.plan != before
        await until(pilot, lambda: "3 ore 20 min" in told(pilot))

    view(tmp_path, script)


def test_rounds_and_parts_are_changed_under_the_bar(tmp_path: Path) -> None:
    """Plus and minus change the part under the bar, x leaves it out, r has it once more."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await opened(pilot)
        now = room.state.position.block
        track = room.state.position.tracks[0]
        await pilot.press("plus")
        await until(pilot, lambda: room.state.undo[-1:] and room.state.undo[-1].what == "time_changed")
        await to(pilot, now, 3)
        await pilot.press("plus")
        await until(pilot, lambda: room.state.position.tracks[0].minutes[2] == track.minutes[2] + 1)
        await pilot.press("minus")
        await until(pilot, lambda: room.state.position.tracks[0].minutes == track.minutes)
        await pilot.press("r")
        await until(pilot, lambda: room.state.position.tracks[0].rounds == 4)
        await until(pilot, lambda: (now, 4) in [*pilot.app.query_one(Course)._rows])
        await to(pilot, now, 4)
        await pilot.press("x")
        await until(pilot, lambda: room.state.position.tracks[0].rounds == 3)
        await to(pilot, now + 1)
        await pilot.press("x")
        await until(pilot, lambda: room.state.plan.programme[now + 1].skipped is not None)
        await until(pilot, lambda: pilot.app.tr("left out") in " ".join(rows(pilot)))  # type: ignore[attr-defined]
        await pilot.press("x")
        await until(pilot, lambda: room.state.plan.programme[now + 1].skipped is None)
        await to(pilot, 0)
        await pilot.press("x")
        await until(
            pilot, lambda: told(pilot) == pilot.app.tr("That is over: only what is still to come can be changed.")
        )  # type: ignore[attr-defined]

    view(tmp_path, script)


def test_a_question_is_mended_and_a_note_written(tmp_path: Path) -> None:
    """The key e lets a question be chosen and mended; s keeps a note that stands on the page of notes alone."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await opened(pilot)
        now = room.state.position.block
        name = room.state.plan.programme[now].tracks()[0][0]
        question = room.state.plan.sessions[name].questions[1]
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("2")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        assert pilot.app.screen.query_one(TextArea).text == question.text("ro")[0]
        await pilot.press("space", *"Da?", "enter")
        mended = f"{question.text('ro')[0]} Da?"
        await until(pilot, lambda: room.state.plan.sessions[name].questions[1].text("ro")[0] == mended)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        await pilot.press(*"[b]rar", "enter")
        await until(pilot, lambda: dict(room.state.notes) == {now: "[b]rar"})
        await pilot.press("5")
        await until(pilot, lambda: "[b]rar" in str(pilot.app.query_one("#notes-text", Static).content))

    view(tmp_path, script)


def test_a_harvest_takes_the_conclusion_of_a_question(tmp_path: Path) -> None:
    """On a harvest the key e lets a question be chosen and what the room concludes about it be written; u undoes it."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await opened(pilot)
        course, programme = pilot.app.query_one(Course), room.state.plan.programme
        while programme[course.chosen[0]].kind != "harvest":
            await pilot.press("down")
        questions = [question for _, question in room.state.plan.questions()]
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("2")
        await until(pilot, lambda: isinstance(pilot.app.screen, Line))
        await pilot.press(*"Deschidem", "enter")
        await until(pilot, lambda: dict(room.state.conclusions) == {questions[1].id: "Deschidem"})
        await pilot.press("u")
        await until(pilot, lambda: not room.state.conclusions)

    view(tmp_path, script)


def test_the_keys_mean_other_things_on_other_pages(tmp_path: Path) -> None:
    """On the page of ideas b does nothing, and plus gives the running round a minute."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        before = room.state.edits
        await pilot.press("b", "plus")
        await until(pilot, lambda: room.state.undo[-1:] and room.state.undo[-1].what == "time_changed")
        assert not pilot.app.query(Line)
        assert room.state.edits == before

    view(tmp_path, script)


def test_the_wall_says_when_it_goes_on(tmp_path: Path) -> None:
    """A break that is put in stands on the wall as what comes next, and what follows has its new time."""

    async def script() -> None:
        async with wall(tmp_path, size=(120, 34), began=3) as held:
            block = held.state.position.block
            await held.room.do("put_in", edits=held.state.edits, after=block, minutes=10)
            await held.settle()
            title = held.tr(KIND_NAMES["break"])
            assert f"{clock(held.state.plan.programme[block + 1].at)} {title}" in held.text
            await held.go_to("break")
            assert held.state.position.block == block + 1
            later = clock(held.state.plan.programme[block + 2].at)
            assert f"{later} {held.state.plan.block_title(block + 2)}" in held.text

    asyncio.run(script())
