"""How good and how fast the seating planner is: tables of figures, every plan judged by the independent checker.

    python -m tests.bench.seating grid            tables 3-60 x rounds 2-6 x seats 4-10
    python -m tests.bench.seating rooms           300 random rooms
    python -m tests.bench.seating ruled           1,000 rooms full of rules, and hosts who leave
    python -m tests.bench.seating speed           usual rooms, the largest, late people, sectors
    python -m tests.bench.seating peer --peer DIR a comparison with good-enough-golfers (MIT, Brad Buchanan)

The peer is run unmodified, with node, from a copy that is named on the command line or in GOLFERS; none of it is kept
here.
"""

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import click

from cafe.seating.certificate import proof
from cafe.seating.planner import plan
from cafe.seating.problem import Person, Problem, Rules, Seats, room
from cafe.seating.replan import News, replan
from cafe.seating.report import report
from tests.bench.ruled import campaign
from tests.core.seating_checker import judge
from tests.core.seating_rooms import SECTORS, everyday

DRIVER = """
const fs = require('fs'), vm = require('vm');
const [path, groups, size, rounds, leaders] = process.argv.slice(1);
const _ = {
  range: (a, b) => b === undefined ? [...Array(a).keys()] : [...Array(b - a).keys()].map(i => i + a),
  shuffle: list => { const l = list.slice(); for (let i = l.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1)); [l[i], l[j]] = [l[j], l[i]]; } return l; },
  sortBy: (list, by) => list.map((v, i) => [by ? by(v) : v, i, v]).sort((x, y) => x[0] - y[0] || x[1] - y[1])
    .map(e => e[2]),
};
const context = {_, console, Math, Infinity};
vm.createContext(context);
vm.runInContext(fs.readFileSync(path, 'utf8') + '\\nthis.solve = geneticSolver;', context);
let last = null;
const start = process.hrtime.bigint();
context.solve(+groups, +size, +rounds, leaders === '1', [], [], r => { last = r; });
const ms = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ms, rounds: last.rounds}));
"""
"""Calls the peer's solver; the few functions that it takes from lodash are written anew."""

PEERS = [(12, 4, 3, 1), (24, 6, 3, 1), (25, 5, 3, 1), (40, 8, 4, 1), (40, 8, 4, 0), (36, 6, 3, 0), (40, 5, 4, 1)]
LONG = [(30, 5, 4, 1), (60, 6, 3, 1), (80, 10, 4, 1)]


@click.group()
def main() -> None:
    """Measure the seating planner."""


def timed(problem: Problem, **options: int) -> tuple[object, float]:
    """A plan and how many milliseconds it took."""
    start = time.perf_counter()
    found = plan(problem, **options)
    return found, 1000 * (time.perf_counter() - start)


@main.command()
@click.option("--budget", default=150_000)
def grid(budget: int) -> None:
    """Every room of the grid, with hosts: how many are perfect, and which are not and why."""
    kinds: Counter[str] = Counter()
    times, missed, total = [], [], 0
    for tables in range(3, 61):
        for rounds in range(2, min(6, tables) + 1):
            for seats in range(4, min(10, tables) + 1):
                total += 1
                problem = room(tables * seats, tables, rounds, hosts=True)
                found, ms = timed(problem, budget=budget)
                seen = judge(problem, found.seats)
                times.append(ms)
                perfect = not (seen.broken or seen.repeats or seen.revisits) and seen.unevenness <= 1
                kinds[proof(found).split(" over ")[0] if perfect else "not perfect"] += 1
                if not perfect:
                    reason = found.bound.impossible or "no design is known; nothing better was found"
                    missed.append(f"{tables} tables {rounds} rounds {seats} seats: {seen.repeats} repeats; {reason}")
    print(f"{total} rooms, {total - len(missed)} perfect ({100 * (total - len(missed)) / total:.1f} %)")
    print("\n".join(f"  {kind}: {count}" for kind, count in kinds.items()))
    print(f"median {statistics.median(times):.2f} ms, 99 % below {sorted(times)[int(0.99 * total)]:.0f} ms")
    print("\n".join(missed))


@main.command()
@click.option("--count", default=300)
@click.option("--seed", default=7)
@click.option("--unequal", is_flag=True, help="Questions may lie on unequally many tables.")
def rooms(count: int, seed: int, unequal: bool) -> None:
    """Random everyday rooms: how many reach what is proved to be possible."""
    times: list[float] = []
    told: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for problem in everyday(count, seed, equal=not unequal):
        shared = any(table.question for table in problem.stages[0].tables)
        found, ms = timed(problem)
        seen = judge(problem, found.seats)
        times.append(ms)
        tally = told[shared]
        tally["rooms"] += 1
        tally["broken"] += bool(seen.broken)
        tally["a question twice"] += seen.questions > found.bound.questions
        tally["a table twice"] += seen.revisits > found.bound.revisits
        tally["sizes within one"] += seen.unevenness <= 1
        tally["sizes proved most even"] += found.score.uneven <= found.bound.uneven
        tally["bound reached"] += found.proved
    for shared, tally in told.items():
        print("questions shared:" if shared else "each table its own:", dict(tally))
    reached = told[True]["bound reached"] + told[False]["bound reached"]
    print(f"bound reached in {100 * reached / count:.1f} %; median {statistics.median(times):.2f} ms")


main.add_command(campaign)


@main.command()
def speed() -> None:
    """Median of some runs, in milliseconds."""

    def median(action: object, runs: int = 9) -> float:
        found = []
        for _ in range(runs):
            start = time.perf_counter()
            action()  # type: ignore[operator]
            found.append(1000 * (time.perf_counter() - start))
        return statistics.median(found)

    for size in [(23, 5, 3), (40, 8, 4), (80, 10, 4), (72, 12, 6), (500, 60, 4)]:
        print(f"plan {size}: {median(lambda size=size: plan(room(*size, hosts=True))):.2f} ms")
    for people, tables, gone, come in [(40, 8, 3, 2), (80, 10, 8, 3), (500, 60, 25, 15)]:
        problem = room(people, tables, 4, hosts=True)
        seats = plan(problem).seats
        news = News(tuple(Person(f"late{n}") for n in range(come)), tuple(str(tables + 1 + 7 * n) for n in range(gone)))

        def again(problem: Problem = problem, seats: Seats = seats, news: News = news) -> object:
            return replan(problem, seats, news, round=1)

        print(f"re-plan {people}/{tables}, -{gone} +{come}: {median(again):.2f} ms")
    sectors = [sector for sector, count in zip(SECTORS, (44, 31, 23, 14, 8), strict=True) for _ in range(count)]
    problem = room([Person(str(n), sectors[n]) for n in range(120)], 15, 4)
    found, ms = timed(problem)
    seen = report(problem, found)
    print(f"120/15/4, five sectors: {seen.ideal} of {seen.mixed} tables ideal, {found.repeats} repeats, {ms:.0f} ms")


@main.command()
@click.option("--peer", required=True, envvar="GOLFERS", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--long", is_flag=True, help="Also the rooms for which the peer takes minutes.")
def peer(peer: Path, long: bool) -> None:
    """Repeats, returns and time beside good-enough-golfers, in the same run."""
    solver = next(peer.rglob("geneticSolver.js"))
    print(f"{'room':>12} hosts | {'ours':>22} | {'peer':>26} | faster")
    for people, tables, rounds, hosts in PEERS + (LONG if long else []):
        problem = room(people, tables, rounds, hosts=bool(hosts), rules=Rules())
        found, _ = timed(problem)
        ms = statistics.median(timed(problem)[1] for _ in range(5))
        ours = judge(problem, found.seats)
        size = people // tables
        words = ["node", "-e", DRIVER, str(solver), str(tables), str(size), str(rounds), str(hosts)]
        runs = [json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)]
        if runs[0]["ms"] < 1000:
            more = (subprocess.run(words, check=True, capture_output=True, text=True).stdout for _ in range(4))
            runs += [json.loads(each) for each in more]
        done = sorted(runs, key=lambda each: each["ms"])[len(runs) // 2]
        seats = numbered(done["rounds"], tables, bool(hosts))
        theirs = judge(problem, seats)
        mine = f"{ours.repeats} rep {ours.revisits} rev {ms:.2f} ms"
        other = f"{theirs.repeats} rep {theirs.revisits} rev {done['ms']:.0f} ms"
        print(
            f"{people:5}/{tables}/{rounds} {hosts:5} | {mine:>22} | {other:>26} | {done['ms'] / ms:,.0f}x", flush=True
        )


def numbered(rounds: list[list[list[int]]], tables: int, hosts: bool) -> Seats:
    """The peer's groups at numbered tables: a host's at the host's; else each, greedily, where fewest have been."""
    been: dict[str, set[str]] = {}
    found = []
    for groups in rounds:
        free = {str(table) for table in range(1, tables + 1)}
        seated: dict[str, str] = {}
        for group in groups:
            names = [str(person + 1) for person in group]
            leader = next((name for name in names if int(name) <= tables), "") if hosts else ""
            table = leader or min(free, key=lambda t: (sum(t in been.get(name, ()) for name in names), int(t)))
            free.discard(table)
            for name in names:
                seated[name] = table
                been.setdefault(name, set()).add(table)
        found.append(seated)
    return tuple(found)


if __name__ == "__main__":
    sys.exit(main())
