"""What if: one table more, one round less? Nearly free, because most rooms are planned in a millisecond."""

from typing import Literal

import msgspec

from cafe.seating.planner import plan as planned
from cafe.seating.planner import replaced
from cafe.seating.problem import Plan, Problem, Stage, Table

QUICK = 20_000
"""Changes weighed for an idea that nobody asked for yet."""
TALK = 3
"""People at a table below which nobody would want one table more."""


class WhatIf(msgspec.Struct, frozen=True):
    """Another room, and how it would go."""

    change: Literal["table", "round"]
    tables: int
    rounds: int
    plan: Plan


def what_if(problem: Problem, plan: Plan, *, budget: int = QUICK) -> list[WhatIf]:
    """What would spare repeated encounters or returns that `plan` has: the fewest tables more at which nobody meets
    anybody twice, or one more if it helps at all; and one round less if then nobody meets or returns twice.

    Only what is true and of use: every table keeps people enough for a talk, and a single round is no café. Nothing
    for several sessions or with a past.
    """
    stages = problem.stages
    if len(stages) != 1 or problem.past or problem.rules.mode != "mix" or not (plan.repeats or plan.score.revisits):
        return []
    now, rounds, found = len(stages[0].tables), stages[0].rounds, []
    more = enough(problem) if plan.repeats else 0
    if more or _talk(problem, now + 1):
        other = planned(with_tables(problem, more or now + 1), budget=budget)
        if not other.score.hard and (other.score.revisits, other.repeats) < (plan.score.revisits, plan.repeats):
            found.append(WhatIf("table", more or now + 1, rounds, other))
    if rounds > 2:
        pins = {key: table for key, table in problem.pins.items() if key[0] < rounds}
        shorter = replaced(problem, stages=(Stage(stages[0].tables, rounds - 1),), pins=pins)
        other = planned(shorter, budget=budget)
        if not (other.score.hard or other.score.revisits or other.score.questions or other.repeats):
            found.append(WhatIf("round", now, rounds - 1, other))
    return found


def suiting(people: int) -> int:
    """The number of tables at which so many people sit as near to five at each as can be: a talk of four to six."""
    return max(1, round(people / 5))


def _talk(problem: Problem, tables: int) -> bool:
    return len(problem.people) >= TALK * tables


def with_tables(problem: Problem, tables: int) -> Problem:
    """The same problem with so many tables, the new ones like the last, with the questions in turn; where every table
    has somebody who stays, the next who moves stays at each new one.
    """
    (stage,) = problem.stages
    shared = list(dict.fromkeys(table.question for table in stage.tables if table.question))
    names = {table.id for table in stage.tables}
    more: list[Table] = list(stage.tables[:tables])
    number = len(more)
    while len(more) < tables:
        number += 1
        name = str(number)
        while name in names:
            name += "+"
        names.add(name)
        question = shared[len(more) % len(shared)] if len(shared) < len(stage.tables) and shared else ""
        more.append(Table(name, stage.tables[-1].seats, question))
    people = list(problem.people)
    if names <= {person.stays for person in people} | {table.id for table in more[len(stage.tables) :]}:
        moving = [at for at, person in enumerate(people) if not person.stays]
        for at, table in zip(moving, more[len(stage.tables) :], strict=False):
            people[at] = msgspec.structs.replace(people[at], stays=table.id)
    return replaced(problem, people=tuple(people), stages=(Stage(tuple(more), stage.rounds),))


def enough(problem: Problem, most: int = 4) -> int:
    """The least number of tables, at most `most` more, at which nobody meets anybody twice and at each are people
    enough for a talk; 0 if none is known.
    """
    if len(problem.stages) != 1 or problem.past:
        return 0
    now = len(problem.stages[0].tables)
    for tables in range(now + 1, now + most + 1):
        if not _talk(problem, tables):
            break
        found = planned(with_tables(problem, tables), budget=QUICK // 4)
        if not (found.repeats or found.score.hard or found.score.questions or found.score.revisits):
            return tables
    return 0
