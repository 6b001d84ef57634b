"""The log: every fact once, in its writer's order, without a gap, and copied between logs by a loop of two lines."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cafe import events as e
from cafe.file import CafeFile
from cafe.log import Gap, SqliteLog
from tests.patience import PATIENCE


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    file = CafeFile(tmp_path / "a.cafe")
    yield SqliteLog(file)
    file.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SqliteLog]:
    file = CafeFile(tmp_path / "b.cafe")
    yield SqliteLog(file)
    file.close()


def fact(writer: str, seq: int) -> e.Record:
    return e.Record(0, f"room of {writer}", writer, seq, seq * 1000, e.HeadsCounted(seq))


def kept(log: SqliteLog) -> list[tuple[int, str, int]]:
    return [(record.n, record.writer, record.seq) for record in log.read()]


def test_a_fact_is_kept_once(log: SqliteLog) -> None:
    """What is there already is not kept again; what is new is numbered as it was received."""
    assert [record.n for record in log.append([fact("a", 1), fact("b", 1), fact("a", 2)])] == [1, 2, 3]
    assert log.append([fact("a", 1), fact("a", 2)]) == []
    assert [record.n for record in log.append([fact("a", 2), fact("a", 3)])] == [4]
    assert kept(log) == [(1, "a", 1), (2, "b", 1), (3, "a", 2), (4, "a", 3)]
    assert log.heads() == SqliteLog(log.file).heads() == {"a": 3, "b": 1}


def test_a_gap_is_refused(log: SqliteLog) -> None:
    """A fact whose forerunner is missing is not kept, nor is anything that came with it."""
    log.append([fact("a", 1)])
    with pytest.raises(Gap):
        log.append([fact("b", 1), fact("a", 3)])
    with pytest.raises(Gap):
        log.append([fact("c", 2)])
    assert kept(log) == [(1, "a", 1)]
    assert log.append([fact("a", 2)])[0].n == 2


def test_what_fails_beside_is_kept_nowhere(log: SqliteLog) -> None:
    """A fact and what is written with it are kept together or not at all; the number is used by the next."""

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        log.append([fact("a", 1)], fail)
    assert (kept(log), log.heads()) == ([], {})
    assert log.append([fact("a", 1)])[0].n == 1


def test_nobody_reads_what_is_not_committed(log: SqliteLog) -> None:
    """While a turn is being written, whoever reads the log sees it as it was before."""
    log.append([fact("a", 1)])
    seen: list[Any] = []
    log.append([fact("a", 2)], lambda *_: seen.extend(kept(log)))
    assert seen == [(1, "a", 1)]
    assert len(kept(log)) == 2


def test_one_can_read_on_from_anywhere(log: SqliteLog) -> None:
    """Reading after a number gives what came after it, also when it is more than is read at a time."""
    log.append([fact("a", seq) for seq in range(1, 12_001)])
    assert [record.n for record in log.read(11_998)] == [11_999, 12_000]
    assert sum(1 for _ in log.read()) == 12_000


def test_following_gives_the_past_and_then_what_comes(log: SqliteLog) -> None:
    """A follower gets every fact past what it has, once, in order, and then waits for the next."""

    async def story() -> None:
        log.append([fact("a", 1), fact("a", 2), fact("b", 1)])
        stream = log.follow({"a": 1})
        async with asyncio.timeout(PATIENCE):
            assert [((await anext(stream)).writer, (await anext(stream)).writer)] == [("a", "b")]
            waiting = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            assert not waiting.done()
            await asyncio.to_thread(log.append, [fact("b", 2), fact("a", 3)])
            assert (await waiting).seq == 2
            assert (await anext(stream)).seq == 3
        await stream.aclose()

    asyncio.run(story())


def test_a_follower_that_went_away_stops_nobody(log: SqliteLog) -> None:
    """Facts are kept although a follower's program has ended without a word."""

    async def leave() -> Any:
        stream = log.follow({})
        task = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        task.cancel()
        return stream

    loop = asyncio.new_event_loop()
    stream = loop.run_until_complete(leave())
    log._followers.add((loop, asyncio.Event()))  # As one whose loop ended before it could say so.
    loop.run_until_complete(stream.aclose())
    loop.close()
    assert log.append([fact("a", 1)])
    assert log.heads() == {"a": 1}


@settings(max_examples=15)
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=40), st.integers(1, 7))
def test_two_logs_copy_from_one_another(writers: list[str], at_once: int) -> None:
    """Copying what the other one lacks, in whatever pieces and how often, makes both hold the same facts."""
    from tempfile import TemporaryDirectory

    async def copy(source: SqliteLog, target: SqliteLog) -> None:
        lacking = sum(max(0, head - target.heads().get(writer, 0)) for writer, head in source.heads().items())
        stream = source.follow(target.heads())
        piece: list[e.Record] = []
        for _ in range(lacking):
            piece.append(await anext(stream))
            if len(piece) == at_once:
                target.append(piece)
                target.append(piece)
                piece = []
        target.append(piece)
        await stream.aclose()

    async def story(one: SqliteLog, two: SqliteLog) -> None:
        heads: dict[str, int] = {}
        for number, writer in enumerate(writers):
            heads[writer] = heads.get(writer, 0) + 1
            home = two if writer == "b" else one
            home.append([fact(writer, heads[writer])])
            if number % 5 == 4:
                await copy(one, two)
                await copy(two, one)
        await copy(one, two)
        await copy(two, one)
        assert one.heads() == two.heads() == heads
        for log in (one, two):
            for writer, head in heads.items():
                assert [seq for _, by, seq in kept(log) if by == writer] == list(range(1, head + 1))

    with TemporaryDirectory() as folder:
        files = [CafeFile(Path(folder) / f"{name}.cafe") for name in "ab"]
        try:
            asyncio.run(story(*map(SqliteLog, files)))
        finally:
            for file in files:
                file.close()
