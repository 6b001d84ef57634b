"""How good a seating is, in words: what it reaches, what is proved about it, what could not be avoided and why.

Sentences are templates with values, said in any language by a translator. Names of people stand only in the parts that
are private: `repeated` and `alone`; the sentences of `again` name people, those of `sentences` do not.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import msgspec

from cafe.i18n import N_
from cafe.seating.certificate import certificate, unavoidable
from cafe.seating.problem import Person, Plan, Problem
from cafe.seating.sentence import Sentence, counted, so_many_people, so_many_rounds, so_many_tables
from cafe.seating.whatif import WhatIf

SHOWN: Final = 6
"""So many tables without a sector are told; the figure stands before."""
PAIRS: Final = 12
"""So many pairs who meet again are named."""


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
        unavoidable(problem, plan),
        certificate(plan),
    )


def sentences(report: Report) -> list[Sentence]:
    """The report line by line, without a name."""
    share = 100 * report.distinct // report.encounters if report.encounters else 100
    counts: dict[str, str | int | Sentence] = {
        "people": so_many_people(report.people),
        "tables": so_many_tables(report.tables),
        "rounds": so_many_rounds(report.rounds),
        "encounters": _encounters(report.encounters),
    }
    if report.encounters:
        message = N_("{people} · {tables} · {rounds} · {encounters}, new ones: {share} %")
        said = [Sentence(message, {**counts, "share": share}), report.certificate]
    else:
        said = [Sentence(N_("{people} · {tables} · {rounds}"), counts), report.certificate]
    if report.repeats and report.most_meetings == 2:
        said.append(Sentence(N_("No two people meet more than twice.")))
    elif report.repeats:
        said.append(Sentence(N_("No two people meet more than {most} times."), {"most": report.most_meetings}))
    if report.questions:
        said.append(
            counted(
                "{n} time somebody has a question again.",
                "{n} times somebody has a question again.",
                report.questions,
            )
        )
    if report.revisits:
        said.append(
            counted("{n} time somebody returns to a table.", "{n} times somebody returns to a table.", report.revisits)
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


def ideas(found: Sequence[WhatIf]) -> list[Sentence]:
    """What another room would do better, in one sentence where that is all to be said."""
    perfect = [other for other in found if not other.plan.repeats]
    said = []
    if len(perfect) == 2:
        args = {"tables": so_many_tables(perfect[0].tables), "rounds": so_many_rounds(perfect[1].rounds)}
        said.append(Sentence(N_("With {tables} nobody would meet anybody twice; with {rounds} neither."), args))
    elif perfect:
        said.append(Sentence(N_("With {what} nobody would meet anybody twice."), {"what": _changed(perfect[0])}))
    for other in found:
        if other.plan.repeats:
            said.append(
                counted(
                    "With {what} {n} encounter would be repeated.",
                    "With {what} {n} encounters would be repeated.",
                    other.plan.repeats,
                    what=_changed(other),
                )
            )
    return said


def _changed(other: WhatIf) -> Sentence:
    return so_many_tables(other.tables) if other.change == "table" else so_many_rounds(other.rounds)


def _encounters(n: int) -> Sentence:
    return counted("{n} encounter", "{n} encounters", n)


def again(report: Report, names: Mapping[str, str], *, most: int = PAIRS) -> list[Sentence]:
    """Who meets whom again and in which rounds, who meets most often first; at most so many pairs, then how many more.

    Private: `names` are what people are called, those without one are called by their id.
    """
    pairs = sorted(report.repeated, key=lambda each: -len(each.rounds))
    said = [
        Sentence(
            N_("{one} and {two}: rounds {rounds}"),
            {
                "one": names.get(each.one, each.one),
                "two": names.get(each.two, each.two),
                "rounds": ", ".join(map(str, each.rounds)),
            },
        )
        for each in pairs[:most]
    ]
    if len(pairs) > most:
        said.append(counted("and {n} more", "and {n} more", len(pairs) - most))
    return said


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
