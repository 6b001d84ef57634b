"""What if: one table more, one round less? Nearly free, because most rooms are planned in a millisecond."""

from typing import Literal

import msgspec

from cafe.seating.planner import plan, replaced
from cafe.seating.problem import Plan, Problem, Stage, Table

QUICK = 20_000
"""Changes weighed for an idea that nobody asked for yet."""


class WhatIf(msgspec.Struct, frozen=True):
    """Another room, and how it would go."""

    change: Literal["table", "round"]
    tables: int
    rounds: int
    plan: Plan


def what_if(problem: Problem, *, budget: int = QUICK) -> list[WhatIf]:
    """The same people with a table more and with a round less. Nothing for several sessions or with a past."""
    if len(problem.stages) != 1 or problem.past:
        return []
    (stage,) = problem.stages
    found = []
    wider = with_tables(problem, len(stage.tables) + 1)
    found.append(WhatIf("table", len(stage.tables) + 1, stage.rounds, plan(wider, budget=budget)))
    if stage.rounds > 1:
        pins = {key: table for key, table in problem.pins.items() if key[0] < stage.rounds}
        shorter = replaced(problem, stages=(Stage(stage.tables, stage.rounds - 1),), pins=pins)
        found.append(WhatIf("round", len(stage.tables), stage.rounds - 1, plan(shorter, budget=budget)))
    return found


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
    """The least number of tables, at most `most` more, at which nobody meets anybody twice; 0 if none is known."""
    if len(problem.stages) != 1 or problem.past:
        return 0
    now = len(problem.stages[0].tables)
    for tables in range(now + 1, now + most + 1):
        found = plan(with_tables(problem, tables), budget=QUICK // 4)
        if not (found.repeats or found.score.hard or found.score.questions or found.score.revisits):
            return tables
    return 0
