"""CP-SAT confirms small cases: an exact solver that knows nothing of designs finds nothing better than the planner.

    python -m tests.bench.oracle [--seconds 30]

OR-Tools is no dependency of the project, not even of its tests: whoever wants to ask it installs `ortools` first.
"""

import importlib
import sys
import time
from itertools import combinations
from typing import Any

import click

from cafe.seating.diagnose import contradictions
from cafe.seating.planner import plan
from cafe.seating.problem import Person, Policy, Problem, Rules, Table, room
from tests.core.seating_checker import judge


def shared(people: int, tables: int, rounds: int, questions: int) -> Problem:
    """A room where tables have the questions in turn."""
    return room(people, [Table(str(t + 1), question=f"q{t % questions}") for t in range(tables)], rounds)


def limited(people: int, seats: tuple[int, ...], rounds: int, apart: int) -> Problem:
    """A room of unequal tables where the first people are, two by two, to sit apart."""
    rules = Rules(apart=frozenset(frozenset((str(2 * n + 1), str(2 * n + 2))) for n in range(apart)))
    tables = [Table(str(t + 1), limit) for t, limit in enumerate(seats)]
    return room([Person(str(n + 1)) for n in range(people)], tables, rounds, rules=rules)


CASES = {
    "9/3/3": room(9, 3, 3),
    "12/4/3, hosts": room(12, 4, 3, hosts=True),
    "11/4/3, hosts": room(11, 4, 3, hosts=True),
    "12/4/4": room(12, 4, 4),
    "23/5/3, hosts": room(23, 5, 3, hosts=True),
    "24/6/3, hosts": room(24, 6, 3, hosts=True),
    "12/3/2, tight": room(12, 3, 2),
    "16/4/2, tight": room(16, 4, 2),
    "12/3/3, tight": room(12, 3, 3),
    "12/6/3, three questions": shared(12, 6, 3, 3),
    "12/4/2, two questions": shared(12, 4, 2, 2),
    "9 at 2+3+5, two pairs apart": limited(9, (2, 3, 5), 2, 2),
}


@click.command()
@click.option("--seconds", default=30.0, help="How long CP-SAT may think about one room.")
def main(seconds: float) -> None:
    """What the planner finds beside what CP-SAT proves, room by room, under both policies."""
    try:
        solver = importlib.import_module("ortools.sat.python.cp_model")
    except ImportError:
        raise click.ClickException("OR-Tools is not installed: pip install ortools") from None
    print(f"{'room':>31} {'policy':>8} | planner          | CP-SAT")
    worse = 0
    for name, problem in CASES.items():
        assert not contradictions(problem)
        for policy in ("spread", "max-new"):
            worse += _beside(solver, name, problem, policy, seconds)
    print("nothing better was found" if not worse else f"{worse} rooms where the planner is not at its best")


def _beside(solver: Any, name: str, problem: Problem, policy: Policy, seconds: float) -> bool:
    """One line of the table; whether CP-SAT has something better."""
    problem = Problem(problem.people, problem.stages, Rules(apart=problem.rules.apart, repeats=policy))
    start = time.perf_counter()
    found = plan(problem)
    ours, ms = judge(problem, found.seats), 1000 * (time.perf_counter() - start)
    assert not ours.broken
    mine = ours.coincidences if policy == "spread" else ours.repeats
    status, theirs, low = _solved(solver, problem, policy, [sorted(sizes) for sizes in ours.sizes], seconds)
    told = {"OPTIMAL": f"{theirs:.0f}, proved", "FEASIBLE": f"{theirs:.0f}, at least {low:.0f}"}.get(status, status)
    proof = "proved" if found.proved else "found"
    print(f"{name:>31} {policy:>8} | {mine:3} {proof:6} {ms:5.0f} ms | {told}", flush=True)
    return status in ("OPTIMAL", "FEASIBLE") and theirs < mine


def _solved(
    solver: Any, problem: Problem, policy: Policy, sizes: list[list[int]], seconds: float
) -> tuple[str, float, float]:
    """The fewest repeated encounters with nobody at a table or a question twice and sizes no less even than `sizes`."""
    model, tables = solver.CpModel(), problem.stages[0].tables
    people, rounds = problem.people, range(problem.rounds)
    at = {(p.id, r, t.id): model.new_bool_var("") for p in people for r in rounds for t in tables}
    for r in rounds:
        for person in people:
            model.add_exactly_one(at[person.id, r, t.id] for t in tables)
            if person.stays:
                model.add(at[person.id, r, person.stays] == 1)
        for table in tables:
            size = sum(at[p.id, r, table.id] for p in people)
            model.add(size >= sizes[r][0])
            model.add(size <= min(sizes[r][-1], table.seats or len(people)))
        for one, two in map(sorted, problem.rules.apart):
            for table in tables:
                model.add_at_most_one(at[one, r, table.id], at[two, r, table.id])
    if not any(p.stays for p in people) and not problem.rules.apart and not len(people) % len(tables):
        for number, person in enumerate(people):  # names make no difference: the first round may be anybody's
            model.add(at[person.id, 0, tables[number * len(tables) // len(people)].id] == 1)
    for person in people:
        for places in _once(tables) if not person.stays else []:
            model.add(sum(at[person.id, r, t] for r in rounds for t in places) <= 1)
    cost = []
    for one, two in combinations(people, 2):
        meets = []
        for r in rounds:
            meets.append(model.new_bool_var(""))
            for table in tables:
                model.add_bool_or(~at[one.id, r, table.id], ~at[two.id, r, table.id], meets[-1])
        again = [model.new_bool_var("") for _ in rounds[1:]]  # the second, third … time; each dearer under `spread`
        model.add(sum(meets) <= 1 + sum(again))
        cost += [more * (times if policy == "spread" else 1) for times, more in enumerate(again, 1)]
    model.minimize(sum(cost))
    search = solver.CpSolver()
    search.parameters.max_time_in_seconds = seconds
    status = search.status_name(search.solve(model))
    return status, search.objective_value, search.best_objective_bound


def _once(tables: tuple[Table, ...]) -> list[list[str]]:
    """What nobody has twice: each table, and the tables of each question."""
    questions = {table.question for table in tables if table.question}
    return [[t.id] for t in tables] + [[t.id for t in tables if t.question == question] for question in questions]


if __name__ == "__main__":
    sys.exit(main())
