"""An independent judge of seatings: plain loops over names, no code shared with the planner and none of its types used.

It reads the problem's fields and the seats, and says what it finds. Slow on purpose: every pair, every round.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import msgspec


@dataclass
class Judgement:
    """What a seating really is."""

    broken: list[str] = field(default_factory=list)
    questions: int = 0
    revisits: int = 0
    unevenness: int = 0
    repeats: int = 0
    coincidences: int = 0
    encounters: int = 0
    alone: int = 0
    met: Counter[frozenset[str]] = field(default_factory=Counter)
    sizes: list[list[int]] = field(default_factory=list)


def judge(problem: Any, seats: Any) -> Judgement:
    """Judge `seats`, one dictionary of person → table per round, against a problem."""
    found = Judgement()
    people = {person.id: person for person in problem.people}
    if len(seats) != sum(stage.rounds for stage in problem.stages):
        found.broken.append("wrong number of rounds")
    sessions = [stage for stage in problem.stages for _ in range(stage.rounds)]
    bound_to = {p.id for p in people.values() if p.stays}
    for group in problem.rules.together:  # who travels with somebody who stays, stays
        bound_to |= set(group) if bound_to & set(group) else set()
    travellers = {frozenset(pair) for group in problem.rules.together for pair in combinations(group, 2)}
    for number, (stage, seated) in enumerate(zip(sessions, seats, strict=False), 1):
        tables = {table.id: table for table in stage.tables if table.opens <= number < (table.closes or 10**9)}
        there = {p.id for p in people.values() if p.arrives <= number < (p.leaves or 10**9)}
        if number <= len(problem.past):
            if seated != problem.past[number - 1]:
                found.broken.append(f"round {number}: what has happened was changed")
        else:
            _rules(problem, number, seated, there, tables, people, found)
        groups: dict[str, list[str]] = {name: [] for name in tables}
        for name, table in seated.items():
            groups.setdefault(table, []).append(name)
        if number > len(problem.past):
            found.sizes.append([len(group) for group in groups.values()])
            found.unevenness = max(found.unevenness, max(found.sizes[-1]) - min(found.sizes[-1]))
            for group in groups.values():
                found.alone += sum(_lonely(people[name], [people[o] for o in group if o != name]) for name in group)
        for group in groups.values():
            for pair in combinations(group, 2):
                both = frozenset(pair)
                if both in travellers or set(pair) <= bound_to:
                    continue
                found.met[both] += 1
    found.repeats = sum(times - 1 for times in found.met.values())
    found.coincidences = sum(times * (times - 1) // 2 for times in found.met.values())
    found.encounters = sum(found.met.values())
    _returns(problem, sessions, seats, [name for name in people if name not in bound_to], found)
    return found


def _rules(problem: Any, number: int, seated: Any, there: Any, tables: Any, people: Any, found: Judgement) -> None:
    say = found.broken.append
    if set(seated) != there:
        say(f"round {number}: wrong people are seated: {sorted(set(seated) ^ there)}")
    for name, table in seated.items():
        if table not in tables:
            say(f"round {number}: {name} sits at {table}, which is not open")
        if name in people and people[name].stays in tables and people[name].stays != table:
            say(f"round {number}: {name} stays at {people[name].stays}, not at {table}")
        pinned = problem.pins.get((number, name))
        if pinned is not None and pinned != table and people[name].stays not in tables:
            say(f"round {number}: {name} is pinned to {pinned}, not {table}")
    count = Counter(seated.values())
    for name, table in tables.items():
        if table.seats and count[name] > table.seats:
            say(f"round {number}: {count[name]} people at table {name} of {table.seats}")
    for pair in problem.rules.apart:
        if len({seated.get(each, each) for each in pair}) == 1:
            say(f"round {number}: {sorted(pair)} sit together")
    for group in problem.rules.together:
        if len({seated[each] for each in group if each in seated}) > 1:
            say(f"round {number}: {sorted(group)} are parted")


def _lonely(person: Any, others: list[Any]) -> bool:
    if not person.languages or not others:
        return False
    return not any(not other.languages or other.languages & person.languages for other in others)


def _returns(problem: Any, sessions: Any, seats: Any, moving: list[str], found: Judgement) -> None:
    several = any(
        len({table.question for table in stage.tables}) < len(stage.tables) and any(t.question for t in stage.tables)
        for stage in problem.stages
    )
    for name in moving:
        visited: Counter[Any] = Counter()
        asked: Counter[Any] = Counter()
        for stage, seated in zip(sessions, seats, strict=True):
            if name in seated:
                at = problem.stages.index(stage)
                table = next(table for table in stage.tables if table.id == seated[name])
                visited[at, table.id] += 1
                asked[at, table.question or ("table", table.id)] += 1
        found.revisits += sum(n - 1 for n in visited.values())
        if several:
            found.questions += sum(n - 1 for n in asked.values())


def happened(before: Any, after: Any, round: int, arrivals: Any = ()) -> list[str]:
    """What is not the same to the byte in the rounds up to `round`, in a sentence each; nothing when all is. Whoever
    arrives sits in the running round besides, and nobody moves for them.
    """
    wrong = []
    late = {person.id for person in arrivals}
    for number, (was, seated) in enumerate(zip(before[:round], after[:round], strict=True), 1):
        come = late - set(was) if number == round else set()
        kept = {name: table for name, table in seated.items() if name not in come}
        if msgspec.json.encode(kept) != msgspec.json.encode(was):
            wrong.append(f"round {number}: what has happened was changed")
        if not come <= set(seated):
            wrong.append(f"round {number}: who came has no seat")
    return wrong
