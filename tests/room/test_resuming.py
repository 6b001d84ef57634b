"""Coming back: after a moment the café simply goes on, after a while it waits with what was left."""

import asyncio
from pathlib import Path

import pytest

from cafe.file import CafeFile
from cafe.plan import MINUTE
from cafe.rules import Refused
from tests.afternoon import short
from tests.room.rooms import held, rebuilt, rows, until


def away(path: Path, ms: int) -> None:
    """Makes the file what it is when the program has been away for so long."""
    file = CafeFile(path)
    file.db.execute("UPDATE ruler SET boot = boot - ?, wall = wall - ?", [ms, ms])
    file.close()


def test_after_a_moment_the_round_goes_on(tmp_path: Path) -> None:
    """A program that was started again within a minute counts on to the same deadline."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await until(room, "round")
            before, then = room.state.position, room.now()
        away(tmp_path / "a.cafe", 20_000)
        async with held(tmp_path / "a.cafe") as room:
            assert room.state.position == before
            assert 20_000 <= room.now() - then < MINUTE

    asyncio.run(story())


def test_after_a_while_the_round_stands_with_what_was_left(tmp_path: Path) -> None:
    """After four minutes away nothing is lost of the round; the wall clock's time can be had instead."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await until(room, "round")
            before, then = room.state.position, room.now()
        ends, last = before.tracks[0].clock.ends, room.now()
        away(tmp_path / "a.cafe", 4 * MINUTE)
        async with held(tmp_path / "a.cafe") as room:
            clock = room.state.position.tracks[0].clock
            assert clock.mode == "pause"
            assert ends - last <= clock.left <= ends - then
            assert 4 * MINUTE <= room.state.away <= room.now() - then
            await room.do("catch_up")
            assert room.state.position == before
            with pytest.raises(Refused):
                await room.do("catch_up")

    asyncio.run(story())


@pytest.mark.parametrize("phase", ["lobby", "break", "closed"])
def test_where_no_clock_runs_nothing_stands_still(tmp_path: Path, phase: str) -> None:
    """A café that waits or is over is found as it was left, however long that is ago."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await until(room, phase)
            before = room.state.position
        away(tmp_path / "a.cafe", 51 * 24 * 60 * MINUTE)
        async with held(tmp_path / "a.cafe") as room:
            assert room.state.position == before
            assert room.state.before_return is None

    asyncio.run(story())


def test_each_start_is_a_writer_of_its_own(tmp_path: Path) -> None:
    """A start has a fresh name and says after which writers it goes on; numbers within a writer have no gap."""

    async def story() -> list[str]:
        writers = []
        for _ in range(3):
            async with held(tmp_path / "a.cafe", short()) as room:
                await room.do("heads", people=len(writers) + 1)
                started = [record for record in room.log.read() if record.kind == "started"][-1]
                assert set(started.event.heads) == set(writers)
                writers.append(room.writer)
                for writer in writers:
                    seqs = [record.seq for record in room.log.read() if record.writer == writer]
                    assert seqs == list(range(1, len(seqs) + 1))
        return writers

    assert len(set(asyncio.run(story()))) == 3


def test_a_programme_that_was_changed_comes_back(tmp_path: Path) -> None:
    """A break that was put in and a round more are there after a new start, in the readable tables too."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            for who in ("p1", "p2", "p3"):
                await room.do("join", who=who, language="ro")
            await until(room, "round")
            await room.do("put_in", edits=room.state.edits, after=1, minutes=10)
            await room.do("repeat", edits=room.state.edits, block=1, round=1)
            await room.do("repeat", edits=room.state.edits, block=1)
            await room.do("undo")
            before = room.state
        async with held(tmp_path / "a.cafe") as room:
            assert (room.state.plan, room.state.position) == (before.plan, before.position)
            found = rows(room)
            assert found == rebuilt(room)
            seats = {(*key, who, table) for key, taken in before.seats.items() for who, table in taken.items()}
            assert set(found["seats"]) == seats
            assert [row[2] for row in found["programme"]][:4] == ["11:00", "11:15", "", "11:30"]
            await room.do("undo")
            await room.do("undo")
            assert room.state.plan == short()

    asyncio.run(story())
