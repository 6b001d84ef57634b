"""How long commands take to start, as ratios in one run: `python -m tests.bench.start`.

`cafe export` and `cafe check` must be done in less than half the time that `cafe run` needs until its lobby is seen.
`CAFE_PYTHON` names another Python with the program alone: where the tests' packages are installed as well, sqlite-utils
finds and loads numpy, which nobody who holds a café has.
"""

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.whole.programs import CAFE, cafe, environment
from tests.whole.terminals import Terminal

ROUNDS = 7
PLAN = Path(__file__).parent.parent / "core" / "plans" / "lab2020_swap.toml"


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def lobby(folder: Path) -> float:
    """Seconds until the lobby is seen in a terminal."""
    began = time.perf_counter()
    with Terminal("run", PLAN, "--try", "--host", "127.0.0.1", cwd=folder) as wall:
        wall.until(lambda text: "127.0.0.1" in text)
        return time.perf_counter() - began


def bare(folder: Path) -> float:
    """Seconds of a Python that does nothing: the floor."""
    return seconds(lambda: subprocess.run([CAFE[0], "-c", ""], env=environment(), cwd=folder, check=True))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = cafe("run", PLAN, "--headless", "--auto", "--speed", "10000", "--file", "held.cafe", cwd=folder)
        assert made.returncode == 0, made.stderr
        took: dict[str, list[float]] = {"python": [], "check": [], "export": [], "run": []}
        for _ in range(ROUNDS):
            took["python"].append(bare(folder))
            took["check"].append(seconds(lambda: cafe("check", PLAN, cwd=folder)))
            took["export"].append(seconds(lambda: cafe("export", "held.cafe", "--to", "out", cwd=folder)))
            took["run"].append(lobby(folder))
    middle = {name: statistics.median(times) for name, times in took.items()}
    ratios = {name: round(middle[name] / middle["run"], 2) for name in ("check", "export")}
    print(json.dumps({"median seconds": {name: round(t, 3) for name, t in middle.items()}, "of cafe run": ratios}))


if __name__ == "__main__":
    main()
