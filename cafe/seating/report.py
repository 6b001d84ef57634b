"""How good a seating is, in words: what it reaches, what is proved about it, what could not be avoided and why.

Sentences are templates with values, said in any language by a translator. Names of people stand only in the parts that
are private: `repeated`, `returning` and `alone`.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Final, Protocol

import msgspec

from cafe.i18n import N_
from cafe.seating.problem import Person, Plan, Problem
from cafe.seating.whatif import WhatIf

SHOWN: Final = 6
"""So many tables without a sector are told; the figure stands before."""


class Words(Protocol):
    """What a translator can do (`cafe.i18n.Translator`)."""

    def __call__(self, message: str, /, **values: str | int) -> str:
        """The message in the language."""
        ...


class Sentence(msgspec.Struct, frozen=True):
    """A template and its values; with `many`, that one is said when the count `n` is not 1. Both are sentences of their
    own, worded so that a figure needs no form of its own.
    """

    message: str
    args: Mapping[str, str | int] = {}
    many: str = ""
    n: int = 0

    def say(self, tr: Words) -> str:
        """The sentence in a language."""
        if not self.many:
            return tr(self.message, **self.args)
        return tr(self.message if self.n == 1 else self.many, n=self.n, **self.args)


class Repeated(msgspec.Struct, frozen=True):
    """Two people who meet again, and in which rounds."""

    one: str
    two: str
    rounds: tuple[int, ...]


class Report(msgspec.Struct, frozen=True):
    """A seating in figures. `distinct` are pairs that meet at all; `ideal` of `mixed` tables (over all rounds) have
    each sector as evenly as can be; `missing` are (round, table, sector) where one that could be everywhere is
    not. `repeated` leaves out the pairs that nobody could avoid; `unavoidable` says which those are.
    """

    people: int
    tables: int
    rounds: int
    encounters: int
    distinct: int
    repeats: int
    most_meetings: int
    revisits: int
    questions: int
    sizes: tuple[int, int]
    ideal: int
    mixed: int
    missing: tuple[tuple[int, str, str], ...]
    known: int
    apart: int
    alone: tuple[tuple[int, str], ...]
    repeated: tuple[Repeated, ...]
    returning: tuple[str, ...]
    unavoidable: tuple[Sentence, ...]
    certificate: Sentence


def report(problem: Problem, plan: Plan) -> Report:
    """Look at a plan of a problem from every side."""
    people = {person.id: person for person in problem.people}
    met: dict[tuple[str, str], list[int]] = {}
    for round, groups in enumerate(_groups(plan), 1):
        for group in groups.values():
            for pair in combinations(group, 2):
                met.setdefault(pair if pair[0] <= pair[1] else pair[::-1], []).append(round)
    together = {frozenset(pair) for group in problem.rules.together for pair in combinations(group, 2)}

    def forced(pair: tuple[str, str]) -> bool:
        staying = all(each in people and people[each].stays for each in pair)
        return staying or frozenset(pair) in together

    repeated = tuple(
        Repeated(*pair, tuple(rounds)) for pair, rounds in sorted(met.items()) if len(rounds) > 1 and not forced(pair)
    )
    ideal, mixed, missing = _mix(problem, plan, people)
    known = {tuple(sorted(pair)) for pair in problem.rules.known}
    return Report(
        len(people),
        max(len(problem.tables(round)) for round in range(1, problem.rounds + 1)),
        len(plan.seats),
        plan.encounters,
        plan.encounters - plan.repeats,
        plan.repeats,
        max((len(each.rounds) for each in repeated), default=min(1, len(met))),
        plan.score.revisits,
        plan.score.questions,
        plan.sizes,
        ideal,
        mixed,
        missing,
        sum(pair in known for pair in met),
        sum(frozenset(pair) in problem.rules.apart for pair in met),
        _alone(plan, people),
        repeated,
        _returning(plan, people),
        _unavoidable(problem, plan),
        certificate(plan),
    )


def certificate(plan: Plan) -> Sentence:
    """What is proved about a plan, in words that a facilitator can say."""
    if not plan.repeats and not plan.proved:
        return Sentence(N_("Nobody meets anybody twice. It is the best seating that was found."))
    if not plan.repeats and not (plan.score.revisits or plan.score.questions):
        return Sentence(N_("Nobody meets anybody twice: the best possible, proved."))
    if not plan.repeats:
        return Sentence(N_("Nobody meets anybody twice, and nobody returns more often than must be: proved."))
    if plan.proved and plan.repeats <= plan.bound.repeats:
        return Sentence(
            N_("One encounter is repeated; less is impossible: the best possible, proved."),
            many=N_("{n} encounters are repeated; less is impossible: the best possible, proved."),
            n=plan.repeats,
        )
    if plan.proved:
        return Sentence(
            N_("One encounter is repeated; it cannot be spread better: proved."),
            many=N_("{n} encounters are repeated; they cannot be spread over the pairs better: proved."),
            n=plan.repeats,
        )
    return Sentence(
        N_("One encounter is repeated: the best that was found; at least {least} are proved to be needed."),
        {"least": plan.bound.repeats},
        N_("{n} encounters are repeated: the best that was found; at least {least} are proved to be needed."),
        plan.repeats,
    )


def proof(plan: Plan) -> str:
    """The certificate for `--json`, with its algebra: stable words for programs, in English."""
    if plan.algebra and not plan.repeats:
        return f"optimal: difference matrix over {plan.algebra}"
    if plan.proved:
        return "optimal: no repeats" if not plan.repeats else "optimal: meets the pigeonhole bound"
    gap = plan.coincidences - plan.bound.coincidences if plan.policy == "spread" else plan.repeats - plan.bound.repeats
    return f"best found, gap <= {gap}" + (f"; {plan.bound.impossible}" if plan.bound.impossible else "")


def sentences(report: Report) -> list[Sentence]:
    """The report line by line, without a name."""
    share = 100 * report.distinct // report.encounters if report.encounters else 100
    said = [
        Sentence(
            N_("People {people} · tables {tables} · rounds {rounds} · encounters {encounters}, new ones {share} %"),
            {
                "people": report.people,
                "tables": report.tables,
                "rounds": report.rounds,
                "encounters": report.encounters,
                "share": share,
            },
        ),
        report.certificate,
    ]
    if report.repeats:
        said.append(Sentence(N_("Nobody meets more than {most} times."), {"most": report.most_meetings}))
    if report.questions:
        said.append(
            Sentence(
                N_("One person has a question twice."),
                {},
                N_("{n} times somebody has a question twice."),
                report.questions,
            )
        )
    if report.revisits:
        said.append(
            Sentence(
                N_("One person returns to a table."), {}, N_("{n} times somebody returns to a table."), report.revisits
            )
        )
    else:
        said.append(Sentence(N_("Nobody returns to a table.")))
    least, most = report.sizes
    if least == most:
        said.append(Sentence(N_("{most} at every table."), {"most": most}))
    else:
        said.append(Sentence(N_("{least} to {most} at a table."), {"least": least, "most": most}))
    if report.mixed:
        said.append(
            Sentence(
                N_("Sectors: {ideal} of {tables} tables have the ideal mix."),
                {"ideal": report.ideal, "tables": report.mixed},
            )
        )
    said += [
        Sentence(
            N_("Table {table} in round {round} has nobody from: {sector}."),
            {"round": round, "table": table, "sector": sector},
        )
        for round, table, sector in report.missing[:SHOWN]
    ]
    if report.known:
        said.append(Sentence(N_("Pairs that know each other and meet: {known}."), {"known": report.known}))
    return [*said, *report.unavoidable]


def idea(idea: WhatIf, plan: Plan) -> Sentence | None:
    """What another room would do better than `plan`, or None where it would not."""
    if idea.plan.score.hard or (idea.plan.score.revisits, idea.plan.repeats) >= (plan.score.revisits, plan.repeats):
        return None
    args = {"tables": idea.tables, "rounds": idea.rounds, "repeats": idea.plan.repeats}
    if idea.change == "table":
        message = N_("With {tables} tables: {repeats} repeated encounters.")
    else:
        message = N_("With {rounds} rounds: {repeats} repeated encounters.")
    return Sentence(message, args)


def _groups(plan: Plan) -> list[dict[str, list[str]]]:
    found = []
    for seated in plan.seats:
        groups: dict[str, list[str]] = {}
        for name, table in seated.items():
            groups.setdefault(table, []).append(name)
        found.append(groups)
    return found


def _mix(
    problem: Problem, plan: Plan, people: Mapping[str, Person]
) -> tuple[int, int, tuple[tuple[int, str, str], ...]]:
    """Tables with each sector within floor and ceiling of its even share, all tables, and where one is missing."""
    if not any(person.sector for person in problem.people):
        return 0, 0, ()
    ideal = mixed = 0
    missing = []
    for round, groups in enumerate(_groups(plan), 1):
        here = Counter(people[name].sector for group in groups.values() for name in group if name in people)
        for table, group in groups.items():
            counts = Counter(people[name].sector for name in group if name in people)
            shares = {sector: divmod(n, len(groups)) for sector, n in here.items() if sector}
            mixed += 1
            ideal += all(least <= counts[sector] <= least + bool(more) for sector, (least, more) in shares.items())
            missing += [(round, table, sector) for sector, (least, _) in shares.items() if least and not counts[sector]]
    return ideal, mixed, tuple(missing)


def _alone(plan: Plan, people: Mapping[str, Person]) -> tuple[tuple[int, str], ...]:
    found = []
    for round, groups in enumerate(_groups(plan), 1):
        for group in groups.values():
            for name in group if len(group) > 1 else ():
                mine = people[name].languages
                others = [people[other].languages for other in group if other != name]
                if mine and all(theirs and not mine & theirs for theirs in others):
                    found.append((round, name))
    return tuple(found)


def _returning(plan: Plan, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Who is free to move and sits at a table of the same name twice."""
    found = []
    for name, person in people.items():
        tables = [seated[name] for seated in plan.seats if name in seated]
        if not person.stays and len(set(tables)) < len(tables):
            found.append(name)
    return tuple(found)


def _unavoidable(problem: Problem, plan: Plan) -> tuple[Sentence, ...]:
    said = []
    if plan.bound.repeats and not plan.bound.impossible:
        said.append(
            Sentence(
                N_("At least {n} repeats cannot be avoided: more people leave a table than there are others to go to."),
                {"n": plan.bound.repeats},
            )
        )
    if plan.bound.impossible:
        said.append(Sentence(N_("Some repeat cannot be avoided: {reason}."), {"reason": plan.bound.impossible}))
    if problem.rules.mode == "together":
        said.append(Sentence(N_("The people of a table travel together: they meet again in every round.")))
    if problem.rules.mode == "home":
        said.append(Sentence(N_("In the last round everybody is back at their first table.")))
    staying = Counter(person.stays for person in problem.people if person.stays)
    for table, count in staying.items():
        if count > 1:
            said.append(
                Sentence(
                    N_("{count} people stay at table {table} and meet in every round."),
                    {"count": count, "table": table},
                )
            )
    return tuple(said)
