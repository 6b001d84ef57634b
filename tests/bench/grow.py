"""What one more idea costs when there are many already: `python -m tests.bench.grow`.

Prints, for the fold, the log and the whole room, the ratio of the cost of about the 20,000th idea to that of about the
200th, measured in turns in the same run. A ratio above 1.2 ends with exit code 1: something grows that must not.
"""

import asyncio
import gc
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from cafe import events as e
from cafe.file import CafeFile
from cafe.fold import evolve
from cafe.log import SqliteLog
from cafe.rules import COMMANDS
from cafe.state import State
from tests.afternoon import Diary, short
from tests.room.rooms import held, until

FEW, MANY = 200, 20_000
AT_ONCE = 50
TURNS = 31
MOST = 1.2

Cost = Callable[[], Awaitable[float]]


def sent(number: int) -> e.IdeaSent:
    """The idea of a number, at one of five tables."""
    table = 1 + number % 5
    words = f"Idea {number}: more benches, and somebody to sit on them."
    return e.IdeaSent(f"idea-{number:08}", words, "idea", f"s1.{table}", 1, "s1", 1, table, "A", "ro", by="p1")


async def ratio(few: Cost, many: Cost) -> float:
    """The median of the ratios of costs that were measured in turns: a noisy neighbour disturbs both alike."""
    found = []
    gc.collect()
    gc.disable()
    try:
        for turn in range(TURNS):
            costs = [await cost() for cost in ((few, many) if turn % 2 else (many, few))]
            found.append(costs[1] / costs[0] if turn % 2 else costs[0] / costs[1])
    finally:
        gc.enable()
    return statistics.median(found)


# ------------------------------------------------------------------------------------------------ the fold


def folding(count: int) -> Cost:
    """Decides and folds some ideas onto a café that has `count` of them; each time onto the same one."""
    told = Diary(short())
    told.do("join", who="p1", language="ro")
    told.go("round")
    state = told.state
    for number in range(count):
        state = evolve(state, e.Record(number, "room", "w", number, told.now, sent(number)))

    async def cost() -> float:
        after: State = state
        began = time.perf_counter()
        for number in range(count, count + 4 * AT_ONCE):
            given = {"who": "p1", "id": f"idea-{number:08}", "text": "More benches, and somebody to sit on them."}
            (event,) = COMMANDS["send"].decide(after, told.now, **given)
            after = evolve(after, e.Record(number, "room", "w", number, told.now, event))
        return time.perf_counter() - began

    return cost


# ------------------------------------------------------------------------------------------------- the log


def logging(path: Path, count: int) -> Cost:
    """Appends some ideas in one turn to a log that has `count` of them."""
    log = SqliteLog(CafeFile(path))

    def append(many: int) -> float:
        first = log.heads().get("w", 0) + 1
        records = [e.Record(0, "room", "w", number, number, sent(number)) for number in range(first, first + many)]
        began = time.perf_counter()
        log.append(records)
        return time.perf_counter() - began

    append(count)

    async def cost() -> float:
        return append(AT_ONCE)

    return cost


# ------------------------------------------------------------------------------------------------ the room


async def rooms(folder: Path) -> float:
    """Ideas that phones send, decided, written, read from the readable tables and told."""
    async with held(folder / "few.cafe", short()) as few, held(folder / "many.cafe", short()) as many:
        costs = []
        for room, count in ((few, FEW), (many, MANY)):
            await room.do("join", who="p1", language="ro")
            await until(room, "round")
            sending = iter(range(10**7))

            async def send(many: int, room: object = room, sending: object = sending) -> float:
                numbers = [next(sending) for _ in range(many)]  # type: ignore[call-overload]
                began = time.perf_counter()
                await asyncio.gather(
                    *(
                        room.do("send", who="p1", id=f"idea-{n:08}", text=f"Idea {n}: more benches.")  # type: ignore[attr-defined]
                        for n in numbers
                    )
                )
                return time.perf_counter() - began

            for _ in range(0, count, 500):
                await send(min(500, count))
            costs.append(lambda send=send: send(AT_ONCE))
        return await ratio(*costs)


async def figures() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return {
            "fold": round(await ratio(folding(FEW), folding(MANY)), 2),
            "log": round(await ratio(logging(folder / "a.cafe", FEW), logging(folder / "b.cafe", MANY)), 2),
            "room": round(await rooms(folder), 2),
        }


def main() -> None:
    found = asyncio.run(figures())
    print(json.dumps(found))
    raise SystemExit(any(each > MOST for each in found.values()))


if __name__ == "__main__":
    main()
