"""The other ways through the tables: together (a table's people travel as one), home (the last round returns to the
first), and two groups that swap halls over two sessions.
"""

from collections.abc import Callable, Iterable

import msgspec

from cafe.seating.frame import FREE, Frame
from cafe.seating.goals import meetings, score, sizes
from cafe.seating.planner import plan, replaced
from cafe.seating.problem import Bound, Person, Plan, Problem, Stage, Table
from cafe.seating.search import Stop

HOME = "back home"
TOGETHER = "together"


def plan_mode(
    problem: Problem,
    *,
    seed: int,
    budget: int,
    on_improve: Callable[[Plan], None] | None = None,
    stop: Stop | None = None,
) -> Plan:
    """A seating in the mode `together` or `home`; arguments as of `plan`."""
    if problem.rules.mode == "home":
        return _home(problem, seed, budget, on_improve, stop)
    return _together(problem, seed, budget, on_improve, stop)


def _home(
    problem: Problem, seed: int, budget: int, on_improve: Callable[[Plan], None] | None, stop: Stop | None
) -> Plan:
    """All rounds but the last as in a mix; then everybody goes where they sat first. That return is meant, so that it
    is not judged: score and bound are those of the rounds before.
    """
    mix = msgspec.structs.replace(problem.rules, mode="mix")
    if problem.rounds < 2 or len(problem.past) >= problem.rounds:
        return plan(replaced(problem, rules=mix), seed=seed, budget=budget, on_improve=on_improve, stop=stop)
    *before, last = problem.stages
    stages = (*before, Stage(last.tables, last.rounds - 1)) if last.rounds > 1 else tuple(before)
    way = plan(replaced(problem, rules=mix, stages=stages), seed=seed, budget=budget, on_improve=on_improve, stop=stop)
    home: dict[str, str] = {}
    for seated in way.seats:
        for person, table in seated.items():
            home.setdefault(person, table)
    names = {table.id for table in last.tables}
    staying = {person.id: person.stays for person in problem.people if person.stays in names}
    leaving = {person.id for person in problem.people if 0 < person.leaves <= problem.rounds}
    back = {p: staying.get(p, t) for p, t in home.items() if p not in leaving and t in names}
    late = [p.id for p in problem.people if p.arrives == problem.rounds]
    for person in late:  # who comes for the last round alone sits where there is most room
        count = dict.fromkeys(names, 0) | {t: list(back.values()).count(t) for t in back.values()}
        back[person] = staying.get(person) or min(count, key=lambda t: (count[t], t))
    return msgspec.structs.replace(way, seats=(*way.seats, back), algebra=way.algebra)


def _together(
    problem: Problem, seed: int, budget: int, on_improve: Callable[[Plan], None] | None, stop: Stop | None
) -> Plan:
    """People are spread once; then each table's people go on to the next table, and hosts stay."""
    mix = msgspec.structs.replace(problem.rules, mode="mix")
    here = tuple(msgspec.structs.replace(person, arrives=1, leaves=0) for person in problem.people)
    first = plan(Problem(here, (Stage(problem.stages[0].tables, 1),), mix), seed=seed, budget=budget, stop=stop)
    start = first.seats[0]
    staying = {person.id for person in problem.people if person.stays}
    bands: dict[str, set[str]] = {}
    for person, table in start.items():
        if person not in staying:
            bands.setdefault(table, set()).add(person)
    bound_by = (*problem.rules.together, *(frozenset(band) for band in bands.values() if len(band) > 1))
    frame = Frame(replaced(problem, rules=msgspec.structs.replace(mix, together=bound_by)))
    where = []
    for u, unit in enumerate(frame.units):
        path = []
        for r, fixed in enumerate(frame.fixed[u]):
            open_tables = [t for t, cap in enumerate(frame.caps[r]) if cap]
            at = frame.index[0].get(start[problem.people[unit[0]].id], 0)
            path.append(open_tables[(at + r) % len(open_tables)] if fixed == FREE else fixed)
        where.append(path)
    judged, met = score(frame, where), meetings(frame, where)
    found = [size for r in range(frame.rounds) for size in sizes(frame, where, r)]
    result = Plan(
        frame.seats(where),
        judged[0],
        Bound(judged[0].questions, judged[0].revisits, judged[0].uneven),
        met.repeats,
        met.coincidences,
        met.distinct + met.repeats,
        (min(found), max(found)),
        TOGETHER,
        seed,
        problem.rules.repeats,
    )
    if on_improve is not None:
        on_improve(result)
    return result


def swap(
    first: tuple[Iterable[Person], Iterable[Table]],
    second: tuple[Iterable[Person], Iterable[Table]],
    rounds: tuple[int, int],
    problem: Problem,
    *,
    questions: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
) -> tuple[Problem, Problem]:
    """Two groups that swap after a session, as a problem for each, so that nobody meets twice over both sessions.

    Each group is its people and its tables; `rounds` are those of the two sessions. They walk to the other's tables, or
    with `questions` they stay and their tables take up these (in turn) instead. A host (who `stays` at a table of
    either) serves both groups: is in both problems, each time for the rounds in which the group is there. What else
    holds (rules) comes from `problem`.
    """
    a, b = (tuple(people) for people, _ in (first, second))
    tables_a, tables_b = (tuple(tables) for _, tables in (first, second))
    one, two = rounds
    if questions is not None:
        plans = []
        for people, tables, asked in ((a, tables_a, questions[0]), (b, tables_b, questions[1])):
            then = tuple(
                msgspec.structs.replace(table, question=asked[t % len(asked)]) for t, table in enumerate(tables)
            )
            plans.append(replaced(problem, people=people, stages=(Stage(tables, one), Stage(then, two))))
        return plans[0], plans[1]
    hosts_a = {p.id: p for p in (*a, *b) if p.stays in {t.id for t in tables_a}}
    hosts_b = {p.id: p for p in (*a, *b) if p.stays in {t.id for t in tables_b}}

    def half(people: Iterable[Person], early: dict[str, Person], late: dict[str, Person]) -> tuple[Person, ...]:
        moving = [person for person in people if person.id not in early and person.id not in late]
        now = [msgspec.structs.replace(host, arrives=1, leaves=one + 1) for host in early.values()]
        then = [msgspec.structs.replace(host, arrives=one + 1, leaves=0) for host in late.values()]
        return (*now, *then, *moving)

    return (
        replaced(problem, people=half(a, hosts_a, hosts_b), stages=(Stage(tables_a, one), Stage(tables_b, two))),
        replaced(problem, people=half(b, hosts_b, hosts_a), stages=(Stage(tables_b, one), Stage(tables_a, two))),
    )
