"""Turns: what is done together is written together, a bad one fails alone, and nobody is told what is not saved."""

import asyncio
import contextlib
import shutil
import subprocess
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils.utils import sqlite3

from cafe.cli.autopilot import fly
from cafe.file import CafeFile, NotSaved
from cafe.people import Person
from cafe.plan import Plan
from cafe.room import Room
from cafe.rules import Refused
from cafe.stage import Outcome, Turn
from cafe.state import NEXT
from cafe.twice import differing, written
from tests.afternoon import Press, afternoons, command, difference, plans, short
from tests.room.rooms import held, rebuilt, rows, until


async def joined(room: Room, people: int) -> None:
    await asyncio.gather(
        *(room.do("join", who=f"p{n}", language="ro", person=Person(f"token{n}", f"Name {n}")) for n in range(people))
    )


async def press(room: Room, one: Press) -> None:
    name, given_ = command(one, room.state)
    person = Person(f"token of {one.a}-{one.wait}", "Ana Pop") if name == "join" else None
    with contextlib.suppress(Refused):
        await room.do(name, person=person, **given_)


@settings(max_examples=40)
@given(plans, st.lists(afternoons, min_size=1, max_size=3), st.integers(1, 8))
def test_the_file_tells_what_happened(plan: Plan, days: list[list[Press]], together: int) -> None:
    """After any afternoon, with people who press at once and starts in between, the file gives the same café again."""

    async def story(path: Path) -> None:
        for day in days:
            async with held(path, plan) as room:
                for first in range(0, len(day), together):
                    await asyncio.gather(*(press(room, one) for one in day[first : first + together]))
                known = rows(room)
                assert rebuilt(room) == known
                assert differing(written(room.file.db), room.state) == []
                assert {
                    table: {row[:size] for row in known[table]} for table, size in (("seats", 5), ("ideas", 2))
                } == {
                    "seats": {(*key, *seat) for key, taken in room.state.seats.items() for seat in taken.items()},
                    "ideas": {(idea.id, idea.text) for idea in room.state.ideas.values() if not idea.gone},
                }
                assert {row[0] for row in known["participants"]} == set(room.state.participants)
                assert {row[1:4] for row in known["rounds"]} == set(room.state.rounds)
                assert {row[0] for row in room.file.db.execute("SELECT participant FROM people")} <= set(
                    room.state.participants
                )
            again = Room(CafeFile(path))
            assert difference(again.state, room.state) == []
            assert (again.last, len(again.touched)) == (room.last, len(room.touched))
            await again.stop()

    with TemporaryDirectory() as folder:
        asyncio.run(story(Path(folder) / "a.cafe"))


def test_one_bad_command_fails_alone(tmp_path: Path) -> None:
    """Fifty people come in at once; one with a token that another has is the only one who is not let in."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            turns: list[Turn] = []
            room.watch(turns.append)
            tokens = [*map(str, range(50)), "7"]
            answers = await asyncio.gather(
                *(
                    room.do("join", who=f"p{n}", language="ro", person=Person(token, "Ana"))
                    for n, token in enumerate(tokens)
                ),
                return_exceptions=True,
            )
            assert [isinstance(answer, Outcome) for answer in answers] == [True] * 50 + [False]
            assert isinstance(answers[50], sqlite3.IntegrityError)
            assert len(room.state.participants) == 50
            assert sum(len(turn.records) for turn in turns) == 50
            await room.do("heads", people=50)
            state = room.state
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()

    asyncio.run(story())


def test_what_comes_at_once_is_written_at_once(tmp_path: Path) -> None:
    """A hundred ideas that wait for the disk are written in a few turns, and each sender is told of the own one."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await joined(room, 10)
            await until(room, "round")
            turns: list[Turn] = []
            room.watch(turns.append)
            answers = await asyncio.gather(
                *(room.do("send", who=f"p{n % 10}", id=f"idea-{n:04}", text=f"Words {n}") for n in range(100))
            )
            assert [answer.records[0].event.id for answer in answers] == [f"idea-{n:04}" for n in range(100)]
            assert len(turns) < 10
            assert [record.n for turn in turns for record in turn.records] == sorted(a.records[0].n for a in answers)

    asyncio.run(story())


def test_two_who_press_next_at_once_go_on_once(tmp_path: Path) -> None:
    """The wall and the remote press at the same moment: one goes on, the other is told that it is done."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            step = room.state.step
            one, other = await asyncio.gather(
                room.do("next", step=step), room.do("next", step=step), return_exceptions=True
            )
            assert isinstance(one, Outcome)
            assert isinstance(other, Refused)
            assert other.code == "already_left"
            assert room.state.phase == "welcome"

    asyncio.run(story())


def test_the_clock_and_a_hand_never_go_on_twice(tmp_path: Path) -> None:
    """While the clock leads and somebody presses as well, every block and every round begins once."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short(), speed=6000) as room:
            phases = [room.state.phase]
            closed, changed = asyncio.Event(), asyncio.Event()

            def note(turn: Turn) -> None:
                phases.append(turn.after.phase)
                changed.set()
                if turn.after.closed:
                    closed.set()

            room.watch(note)
            pilot = asyncio.create_task(fly(room))
            while not closed.is_set():
                await changed.wait()
                changed.clear()
                with contextlib.suppress(Refused):
                    await room.do("next", step=room.state.step)
            await pilot
            assert all(after in NEXT[before] for before, after in pairwise(phases))
            kinds = [record.kind for record in room.log.read()]
            assert kinds.count("block_began") == len(room.state.plan.programme)
            assert kinds.count("round_began") == kinds.count("move_began") == 2

    asyncio.run(story())


def test_the_same_idea_twice_in_one_turn_is_one(tmp_path: Path) -> None:
    """A phone that sends again before it was answered is told twice and stored once."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await joined(room, 1)
            await until(room, "round")
            idea = {"who": "p0", "id": "idea-0001", "text": "Words"}
            answers = await asyncio.gather(*(room.do("send", **idea) for _ in range(5)))
            assert sorted(len(answer.records) for answer in answers) == [0, 0, 0, 0, 1]
            assert all("idea-0001" in answer.state.ideas for answer in answers)
            assert len(room.state.ideas) == 1

    asyncio.run(story())


def test_an_address_that_changes_disturbs_no_idea(tmp_path: Path) -> None:
    """Ideas that arrive in the moment in which the address is noted are kept, and the café goes on."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await joined(room, 5)
            await until(room, "round")
            sending = [
                asyncio.create_task(room.do("send", who=f"p{n}", id=f"idea-000{n}", text="Words")) for n in range(5)
            ]
            for _ in range(5):
                await asyncio.sleep(0)  # They are being written now.
            await room.address("http://192.168.1.5:8080")
            await asyncio.gather(*sending)
            await room.do("send", who="p1", id="idea-0009", text="More")
            state = room.state
            assert len(state.ideas) == 6
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()

    asyncio.run(story())


def test_nothing_is_told_before_it_is_on_the_disk(tmp_path: Path) -> None:
    """Whoever is told of an idea finds it in the file, with another program too."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with held(path, short()) as room:
            await joined(room, 3)
            await until(room, "round")
            other = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
            missing: list[int] = []

            def look(turn: Turn) -> None:
                kept = other.execute("SELECT max(n) FROM events").fetchone()[0]
                missing.extend(record.n for record in turn.records if record.n > kept)

            room.watch(look)
            for number in range(20):
                await room.do("send", who="p1", id=f"idea-{number:04}", text="Words")
            other.close()
            assert missing == []

    asyncio.run(story())


def test_stopping_leaves_nobody_without_an_answer(tmp_path: Path) -> None:
    """Who sent while the program stops is told that it is saved, and it is; or that it is not, and it is not."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await joined(room, 5)
            await until(room, "round")
            same = Person("one token", "Ana")
            joining = [room.do("join", who=who, language="ro", person=same) for who in ("q1", "q2")]
            sending = [asyncio.create_task(join) for join in joining]
            for number in range(30):
                send = room.do("send", who=f"p{number % 5}", id=f"idea-{number:04}", text="Words")
                sending.append(asyncio.create_task(send))
                await asyncio.sleep(0)
            await room.stop()
            answers = await asyncio.gather(*sending, return_exceptions=True)
            with pytest.raises(NotSaved):
                await room.do("heads", people=1)
            told = {f"idea-{n:04}" for n, answer in enumerate(answers[2:]) if isinstance(answer, Outcome)}
            assert all(isinstance(answer, Outcome | NotSaved | sqlite3.IntegrityError) for answer in answers)
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert set(again.state.ideas) == told
        await again.stop()

    asyncio.run(story())


def test_a_full_disk_misleads_nobody_and_is_survived(tmp_path: Path) -> None:
    """While the disk is full everybody is told no; with space again the café goes on, and nothing told is lost."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await joined(room, 5)
            await until(room, "round")
            pages = room.file.db.execute("PRAGMA page_count").fetchone()[0]
            room.file.db.execute(f"PRAGMA max_page_count = {pages + 4}")
            turns: list[Turn] = []
            room.watch(turns.append)
            told: set[str] = set()
            refused = 0
            for number in range(0, 400, 4):
                answers = await asyncio.gather(
                    *(
                        room.do("send", who="p1", id=f"idea-{n:04}", text="Words " * 20)
                        for n in range(number, number + 4)
                    ),
                    return_exceptions=True,
                )
                for n, answer in enumerate(answers, number):
                    if isinstance(answer, Outcome):
                        told.add(f"idea-{n:04}")
                    else:
                        assert isinstance(answer, NotSaved)
                        assert answer.full
                        refused += 1
            assert told
            assert refused > 100
            assert set(room.state.ideas) == told
            assert sum(len(turn.records) for turn in turns) == len(told)
            room.file.db.execute(f"PRAGMA max_page_count = {pages + 400}")
            await room.do("send", who="p1", id="idea-9999", text="Space again")
            await room.do("next", step=room.state.step)
            state = room.state
            assert rebuilt(room) == rows(room)
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        assert set(again.state.ideas) == {*told, "idea-9999"}
        await again.stop()

    asyncio.run(story())


def test_a_small_disk_that_is_really_full_is_survived(tmp_path: Path) -> None:
    """On a disk of one megabyte the café says no when it is full, and goes on when somebody has made room."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(small)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no small disk can be made here")

    async def send_for_ever(room: Room, told: set[str]) -> None:
        for number in count():
            await room.do("send", who="p1", id=f"idea-{number:04}", text="Words " * 40)
            told.add(f"idea-{number:04}")

    async def story() -> None:
        ballast = small / "ballast"
        ballast.write_bytes(bytes(300_000))
        told: set[str] = set()
        async with held(small / "a.cafe", short()) as room:
            await joined(room, 2)
            await until(room, "round")
            with pytest.raises(NotSaved) as no:
                await send_for_ever(room, told)
            assert no.value.full
            assert set(room.state.ideas) == told
            ballast.unlink()
            await room.do("next", step=room.state.step)
            await room.do("send", who="p1", id="idea-9999", text="Space again")
            state = room.state
        again = Room(CafeFile(small / "a.cafe"))
        assert difference(again.state, state) == []
        assert set(again.state.ideas) == {*told, "idea-9999"}
        await again.stop()

    try:
        asyncio.run(story())
    finally:
        subprocess.run(["umount", "-l", str(small)], capture_output=True, check=True)


def test_another_program_that_writes_is_waited_for_or_told(tmp_path: Path) -> None:
    """While another program keeps the file for writing nobody is told saved; afterwards it goes on."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with held(path, short()) as room:
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotSaved):
                await room.do("heads", people=4)
            assert room.state.head_count == 0
            other.execute("ROLLBACK")
            other.close()
            await room.do("heads", people=4)
            assert room.state.head_count == 4

    asyncio.run(story())
