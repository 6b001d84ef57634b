"""What cannot be, named before anything is planned: which rules contradict one another, and which wishes cannot be
granted to the full; what clashes, and what would help.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from cafe.i18n import N_, translator
from cafe.seating.bounds import bound
from cafe.seating.frame import NO_LIMIT, Frame, there
from cafe.seating.problem import Person, Problem, Table
from cafe.seating.sentence import (
    Sentence,
    Words,
    so_many_people,
    so_many_questions,
    so_many_rounds,
    so_many_tables,
)
from cafe.seating.whatif import TALK, enough, suiting


class Conflict(msgspec.Struct, frozen=True):
    """One sentence. A `rule` makes a seating impossible without breaking something; a `wish` is granted as far as can
    be. `message` and `help` are templates for a translator, `args` their values.
    """

    kind: Literal["rule", "wish"]
    message: str
    help: str = ""
    args: Mapping[str, str | int | Sentence] = {}

    def say(self, tr: Words) -> str:
        """What clashes and what would help, in a language."""
        return " ".join(Sentence(part, self.args).say(tr) for part in (self.message, self.help) if part)

    def __str__(self) -> str:
        return self.say(translator("en"))


def diagnose(problem: Problem) -> list[Conflict]:
    """All that clashes, the rules before the wishes; nothing when everything can be had as far as is known."""
    if _unclear(problem):
        return contradictions(problem)
    return [*contradictions(problem), *_wishes(problem)]


def contradictions(problem: Problem) -> list[Conflict]:
    """The rules alone that clash, without what is costly to find out: whether all wishes can be granted."""
    # Nothing else can be said about people and tables that cannot be told apart.
    return _unclear(problem) or [*_seats(problem), *_travel(problem), *_apart(problem), *_pins(problem)]


def _unclear(problem: Problem) -> list[Conflict]:
    return [*_doubled(problem), *_places(problem)]


def _rule(message: str, help: str = "", **args: str | int) -> Conflict:
    return Conflict("rule", message, help, args)


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({name for name in names if name in seen or seen.add(name)})  # type: ignore[func-returns-value]


def _doubled(problem: Problem) -> Iterable[Conflict]:
    for name in _twice(person.id for person in problem.people):
        yield _rule(N_("{name} is in the list twice."), N_("Give one of them another name."), name=name)
    for stage in problem.stages:
        for name in _twice(table.id for table in stage.tables):
            yield _rule(N_("There are two tables {table}."), N_("Give one of them another number."), table=name)
    if not problem.rounds:
        yield _rule(N_("There are no rounds."), N_("Plan at least one."))
    for round in range(1, problem.rounds + 1):
        if not any(there(table.opens, table.closes, round) for table in problem.tables(round)):
            yield _rule(N_("No table is open in round {round}."), N_("Open at least one."), round=round)


def _places(problem: Problem) -> Iterable[Conflict]:
    tables = {table.id for stage in problem.stages for table in stage.tables}
    for person in problem.people:
        if person.stays and person.stays not in tables:
            yield _rule(
                N_("{name} is to stay at table {table}, which there is not."),
                N_("Name one of the tables, or let {name} move."),
                name=person.id,
                table=person.stays,
            )


def _present(problem: Problem, round: int) -> list[Person]:
    return [person for person in problem.people if there(person.arrives, person.leaves, round)]


def _open(problem: Problem, round: int) -> dict[str, Table]:
    return {table.id: table for table in problem.tables(round) if there(table.opens, table.closes, round)}


def _ahead(problem: Problem) -> range:
    return range(len(problem.past) + 1, problem.rounds + 1)


def _seats(problem: Problem) -> Iterable[Conflict]:
    """Too few seats, too many who stay at one table, who stays at a table that closes."""
    told: set[tuple[str, ...]] = set()
    for round in _ahead(problem):
        tables, people = _open(problem, round), _present(problem, round)
        seats = sum(table.seats or NO_LIMIT for table in tables.values())
        if len(people) > seats and ("seats",) not in told:
            told.add(("seats",))
            yield _rule(
                N_("{people} people, but only {seats} seats in round {round}."),
                N_("Add {missing} seats, or a table."),
                people=len(people),
                seats=seats,
                round=round,
                missing=len(people) - seats,
            )
        for table in tables.values():
            staying = [person.id for person in people if person.stays == table.id]
            if table.seats and len(staying) > table.seats and ("full", table.id) not in told:
                told.add(("full", table.id))
                yield _rule(
                    N_("{people} people stay at table {table}, which has {seats} seats."),
                    N_("Let one of them stay at another table."),
                    people=len(staying),
                    table=table.id,
                    seats=table.seats,
                )
        mine = {table.id for table in problem.tables(round)}
        for person in people:
            if person.stays in mine and person.stays not in tables and ("closed", person.id) not in told:
                told.add(("closed", person.id))
                yield _rule(
                    N_("{name} stays at table {table}, which is closed in round {round}."),
                    N_("Keep it open, or name another table for {name}."),
                    name=person.id,
                    table=person.stays,
                    round=round,
                )


def _travel(problem: Problem) -> Iterable[Conflict]:
    """People who travel together and cannot."""
    by_name = {person.id: person for person in problem.people}
    limits = [table.seats for round in _ahead(problem) for table in _open(problem, round).values()]
    most = max((limit or NO_LIMIT for limit in limits), default=0)
    merged: dict[str, list[str]] = {}
    for name, band in sorted(_bands(problem).items()):  # who shares a companion travels with both
        if name in by_name:
            merged.setdefault(band, []).append(name)
    for members in merged.values():
        names = ", ".join(members)
        homes = sorted({by_name[each].stays for each in members if by_name[each].stays})
        if len(homes) > 1:
            yield _rule(
                N_("{names} are to sit together, but stay at the tables {tables}."),
                N_("Let them stay at one table, or sit apart."),
                names=names,
                tables=", ".join(homes),
            )
        if len(members) > most:
            yield _rule(
                N_("{people} people are to sit together ({names}), but no table has more than {seats} seats."),
                N_("Part them, or add seats to a table."),
                people=len(members),
                names=names,
                seats=most,
            )


def _apart(problem: Problem) -> Iterable[Conflict]:
    """Pairs that must not meet and yet must: both travel or stay together; or more of them than tables."""
    by_name = {person.id: person for person in problem.people}
    bands, homes = _bands(problem), _homes(problem)
    foes: dict[str, set[str]] = {}
    for pair in sorted(problem.rules.apart, key=sorted):
        both = sorted(each for each in pair if each in by_name)
        if len(both) < 2:
            continue
        one, two = both
        foes.setdefault(one, set()).add(two)
        foes.setdefault(two, set()).add(one)
        if bands.get(one, one) == bands.get(two, two):
            yield _rule(
                N_("{one} and {two} are to sit together and also apart."), N_("Drop one of the two."), one=one, two=two
            )
        elif (home := homes.get(bands.get(one, one), "")) and home == homes.get(bands.get(two, two)):
            yield _rule(
                N_("{one} and {two} are to sit apart, but both stay at table {table}."),
                N_("Name another table for one of them."),
                one=one,
                two=two,
                table=home,
            )
    for round in list(_ahead(problem))[:1]:
        tables = len(_open(problem, round))
        for name in sorted(foes):
            taken = {homes.get(bands.get(foe, foe), "") for foe in foes[name]}
            if bands.get(name, name) not in homes and set(_open(problem, round)) <= taken:
                yield _rule(
                    N_("{name} is to sit apart from somebody who stays at each of the tables."),
                    N_("Drop a pair, or add a table."),
                    name=name,
                )
        crowd = _crowd(foes)
        if len(crowd) > tables:
            yield _rule(
                N_("{people} people are all to sit apart from one another ({names}), but there are {tables} tables."),
                N_("Drop a pair, or add tables."),
                people=len(crowd),
                names=", ".join(crowd),
                tables=tables,
            )


def _bands(problem: Problem) -> dict[str, str]:
    """For everybody who travels with others, one name for all of them."""
    leader: dict[str, str] = {}
    for group in problem.rules.together:
        names = {leader.get(each, each) for each in group}
        first = min(names, default="")
        leader |= dict.fromkeys((*group, *(n for n, lead in leader.items() if lead in names)), first)
    return leader


def _homes(problem: Problem) -> dict[str, str]:
    """The table of everybody who stays, by the name of those who travel together."""
    bands = _bands(problem)
    return {bands.get(person.id, person.id): person.stays for person in problem.people if person.stays}


def _crowd(foes: Mapping[str, set[str]]) -> list[str]:
    """A large set of people who are all to be apart, greedily from each one; the largest that is found."""
    best: list[str] = []
    for start in sorted(foes, key=lambda name: (-len(foes[name]), name)):
        crowd = [start]
        for other in sorted(foes[start], key=lambda name: (-len(foes[name]), name)):
            if all(other in foes[each] for each in crowd):
                crowd.append(other)
        best = max(best, crowd, key=len)
    return best


def _pins(problem: Problem) -> Iterable[Conflict]:
    """Seats that hold and cannot: at closed or overfull tables, two who must be apart at one."""
    count: dict[tuple[int, str], list[str]] = {}
    bands, homes = _bands(problem), _homes(problem)
    places: dict[tuple[int, str], tuple[str, str]] = {}
    for (round, name), table in sorted(problem.pins.items()):
        if round not in _ahead(problem):
            continue
        count.setdefault((round, table), []).append(name)
        band = bands.get(name, name)
        home = homes.get(band, table)
        other, elsewhere = places.setdefault((round, band), (name, table))
        if home != table:
            yield _rule(
                N_("{name} is pinned to table {table} in round {round}, but stays at table {home}."),
                N_("Take the pin out, or let {name} move."),
                name=name,
                table=table,
                round=round,
                home=home,
            )
        elif elsewhere != table:
            yield _rule(
                N_("{one} and {two} travel together, but are pinned to two tables in round {round}."),
                N_("Take a pin out."),
                one=other,
                two=name,
                round=round,
            )
        if table not in _open(problem, round):
            yield _rule(
                N_("{name} is pinned to table {table} in round {round}, but it is not open."),
                N_("Take the pin out, or open the table."),
                name=name,
                table=table,
                round=round,
            )
    for (round, table), names in count.items():
        limit = next((t.seats for t in problem.tables(round) if t.id == table), 0)
        if limit and len(names) > limit:
            yield _rule(
                N_("{people} people are pinned to table {table} in round {round}, which has {seats} seats."),
                N_("Take a pin out."),
                people=len(names),
                table=table,
                round=round,
                seats=limit,
            )
        for pair in problem.rules.apart:
            if pair <= set(names):
                yield _rule(
                    N_("{one} and {two} are to sit apart, but are pinned to table {table} in round {round}."),
                    N_("Take a pin out."),
                    one=min(pair),
                    two=max(pair),
                    table=table,
                    round=round,
                )


def _wishes(problem: Problem) -> Iterable[Conflict]:
    """What is granted only as far as can be."""
    if problem.rules.mode == "together":
        return
    frame = Frame(problem)
    least = bound(frame)
    tables = min(sum(cap > 0 for cap in caps) for caps in frame.caps)
    people, rounds = len(problem.people), problem.rounds
    if tables > 1 and people < 2 * tables:
        yield Conflict(
            "wish",
            N_("{people} at {tables}: some sit alone."),
            N_("{fewer} would do."),
            {
                "people": so_many_people(people),
                "tables": so_many_tables(tables),
                "fewer": so_many_tables(suiting(people)),
            },
        )
    if least.questions:
        questions = len({q for r in range(frame.rounds) for q in frame.question[r]})
        yield Conflict(
            "wish",
            N_("{rounds} with {questions}: somebody has a question twice."),
            N_("{fewer} or {more} would do."),
            {
                "rounds": so_many_rounds(rounds),
                "questions": so_many_questions(questions),
                "fewer": so_many_rounds(questions),
                "more": so_many_questions(rounds),
            },
        )
    elif least.revisits:
        yield Conflict(
            "wish",
            N_("{rounds} at {tables}: somebody returns to a table."),
            N_("{fewer} or {more} would do.") if people >= TALK * rounds else N_("{fewer} would do."),
            {
                "rounds": so_many_rounds(rounds),
                "tables": so_many_tables(tables),
                "fewer": so_many_rounds(tables),
                "more": so_many_tables(rounds),
            },
        )
    if least.uneven:
        yield Conflict(
            "wish",
            N_(
                "The questions lie on unequally many tables: if nobody has a question twice, sizes must differ by more."
            ),
            N_("As many tables for each question would do."),
        )
    if least.repeats:
        more = enough(problem)
        yield Conflict(
            "wish",
            N_("With {people} {tables} cannot do {rounds} without repeats."),
            N_("{more} can.") if more else N_("Fewer rounds would have fewer."),
            {
                "people": so_many_people(people),
                "tables": so_many_tables(tables),
                "rounds": so_many_rounds(rounds),
                "more": so_many_tables(more),
            },
        )
