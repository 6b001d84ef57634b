"""A thousand rooms full of rules: pairs apart and together, people who stay, languages, uneven limits, people who come
late and leave; then, in a round, a host who goes. No hard rule is broken, or the conflict was named before.

Rooms are numbered, so that a range of them is a run of its own: `--first 400 --count 100`.
"""

import random
import time
from collections import Counter
from itertools import islice

import click

from cafe.seating.diagnose import contradictions
from cafe.seating.heirs import heirs
from cafe.seating.planner import plan
from cafe.seating.problem import Person, Problem, Seats
from cafe.seating.replan import News, needs_choice, replan
from tests.core.seating_checker import happened, judge
from tests.core.seating_rooms import ruled

QUICK = 40_000
"""Weighed changes that are enough for nearly every room; where a rule is broken still, the product's own budget."""


@click.command("ruled")
@click.option("--first", default=0, help="The number of the first room.")
@click.option("--count", default=1000)
@click.option("--seed", default=11)
@click.option("--budget", default=QUICK)
def campaign(first: int, count: int, seed: int, budget: int) -> None:
    """Random rooms full of rules, and hosts who leave: none is broken, or the conflict was named."""
    start, told = time.monotonic(), Counter[str]()
    for number, problem in enumerate(islice(ruled(first + count, seed), first, None), first):
        if contradictions(problem):
            told["conflicts named before"] += 1
            continue
        found = plan(problem, budget=budget)
        if judge(problem, found.seats).broken:
            told["planned with the full budget"] += 1
            found = plan(problem)
        _tell(told, "planned", number, problem, judge(problem, found.seats).broken)
        if any(person.stays for person in problem.people):
            _host_goes(told, number, problem, found.seats)
    print(f"rooms {first} to {first + count - 1}, {time.monotonic() - start:.0f} s")
    print("\n".join(f"  {what}: {times}" for what, times in sorted(told.items())))


def _tell(told: Counter[str], what: str, number: int, problem: Problem, wrong: list[str]) -> None:
    told[what] += 1
    told["BROKEN"] += bool(wrong)
    if wrong:
        print(f"room {number}, {what}: {len(problem.people)} people, {problem.rounds} rounds: {wrong[:3]}", flush=True)


def _host_goes(told: Counter[str], number: int, problem: Problem, seats: Seats) -> None:
    """A host leaves in a round, the first heir takes over, one person more leaves, and one comes late."""
    dice = random.Random(number)
    round = dice.randint(1, problem.rounds - 1)
    here = {person.id: person.stays for person in problem.people if person.stays and person.id in seats[round - 1]}
    if not here:
        return
    gone = dice.choice(sorted(here))
    table = here[gone]
    heir = next(iter(heirs(problem, seats, table, round=round)), "")
    other = dice.choice([person.id for person in problem.people if person.id not in (gone, heir)])
    news = News((Person("late"),), (gone, other), {heir: table} if heir else {})
    found = replan(problem, seats, news, round=round)
    told["past changed"] += sum(bool(happened(seats, each.seats, round, news.arrivals)) for each in found)
    if not needs_choice(found):
        _tell(
            told,
            "host gone, no announced seat changed",
            number,
            problem,
            judge(found[0].problem, found[0].seats).broken,
        )
        return
    found += replan(problem, seats, news, round=round, kinds=("mix",))
    sound = next((each for each in found if not judge(each.problem, each.seats).broken), None)
    if sound is not None:
        told[f"host gone, people choose: {sound.kind}"] += 1
    elif contradictions(found[0].problem):
        told["host gone, conflict named"] += 1
    else:
        _tell(told, "host gone", number, problem, judge(found[0].problem, found[-1].seats).broken)
