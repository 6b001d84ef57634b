"""How quickly one moves through a large past café: `python -m tests.bench.replay`.

A café of 20,000 ideas in four hours is laid along its hours, then gone through by minutes, rounds and leaps, both ways.
Prints ms until it stands on the wall's stage, and for steps of each kind the middle one and the 99th of a hundred. A
step of more than 100 ms would be felt: then the exit code is 1.
"""

import gc
import json
import random
import statistics
import time
from collections.abc import Callable

from cafe import events as e
from cafe.plan import MINUTE
from cafe.replay import Replay, Timeline
from tests.afternoon import Diary, short
from tests.bench.grow import sent

IDEAS = 20_000
STEPS = 300
MOST = 100


def large() -> list[e.Record]:
    """A café with so many ideas in its second round, and a programme that goes on to its end."""
    diary = Diary(short())
    diary.do("join", who="p1", language="ro")
    diary.go("move").do("next", step=diary.state.step)
    for number in range(IDEAS):
        diary.now += 4 * 60 * MINUTE // IDEAS
        diary.put(sent(number))
    while not diary.state.closed:
        diary.now += MINUTE
        diary.do("next", step=diary.state.step)
    return diary.records


def spent(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1000


def figures() -> dict[str, float]:
    records = large()
    began = time.perf_counter()
    replay = Replay(Timeline(records), lambda: 0.0)
    found = {"laid along its hours, ms": round((time.perf_counter() - began) * 1000)}
    gc.freeze()  # As the command does.
    chance, line = random.Random(1), replay.timeline
    ways: dict[str, Callable[[], object]] = {
        "a minute back": lambda: replay.minutes(-1),
        "a minute on": lambda: replay.minutes(1),
        "a round back": lambda: replay.rounds(-1),
        "to the next thing": replay.skip,
        "a leap": lambda: replay.to(chance.randint(line.begin, line.end)),
    }
    replay.start_or_pause()
    for name, step in ways.items():
        times = []
        for _ in range(STEPS):
            replay.to(chance.randint(line.begin + MINUTE, line.end))
            times.append(spent(step))
        found[f"{name}, median ms"] = round(statistics.median(times), 2)
        found[f"{name}, p99 ms"] = round(statistics.quantiles(times, n=100)[98], 2)
    return found


def main() -> None:
    found = figures()
    print(json.dumps(found))
    print(f"to be reached: {MOST} ms a step at most")
    raise SystemExit(max(ms for name, ms in found.items() if "p99" in name) > MOST)


if __name__ == "__main__":
    main()
