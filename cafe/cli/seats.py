"""`cafe seats`: plan who sits where, print it, and say how good it is."""

import json
from typing import NoReturn

import click

from cafe.cli.people import read_list
from cafe.cli.speech import speech
from cafe.seating.certificate import proof
from cafe.seating.diagnose import diagnose
from cafe.seating.planner import cards_of, plan
from cafe.seating.problem import Person, Plan, Policy, Problem, Rules, Table, room
from cafe.seating.report import again, ideas, report, sentences
from cafe.seating.whatif import what_if

MOST = 2000
"""People and tables; more than any hall, and a slip of the finger is told."""


@click.command("seats")
@click.option("--people", required=True, metavar="N|CSV", help="How many people, or a list of them.")
@click.option("--tables", required=True, type=click.IntRange(1, MOST), metavar="T")
@click.option("--rounds", required=True, type=click.IntRange(1, 50), metavar="R")
@click.option("--hosts", is_flag=True, help="Each table has a host, who stays.")
@click.option("--seats", type=click.IntRange(0, MOST), default=0, metavar="K", help="At most so many at a table.")
@click.option(
    "--repeats",
    type=click.Choice(["spread", "max-new"]),
    default="spread",
    show_default=True,
    help="Where people must meet again: many pairs twice and hardly any thrice, or the most new encounters.",
)
@click.option("--seed", type=int, default=0, help="Another seating that is as good.")
@click.option("--json", "as_json", is_flag=True, help="Print the seating for programs.")
def command(
    people: str, tables: int, rounds: int, hosts: bool, seats: int, repeats: Policy, seed: int, as_json: bool
) -> None:
    """Plan who sits where: print every person's tables, and say how good it is and what is proved about it."""
    problem = asked(people, tables, rounds, hosts, seats, repeats)
    tr = speech()
    conflicts = diagnose(problem)
    for conflict in conflicts:
        if conflict.kind == "rule" or not as_json:
            click.echo(conflict.say(tr), err=True)
    if any(conflict.kind == "rule" for conflict in conflicts):
        raise SystemExit(2)
    found = plan(problem, seed=seed)
    click.echo(for_programs(found) if as_json else for_people(problem, found, named=not people.strip().isdecimal()))


def asked(people: str, tables: int, rounds: int, hosts: bool, seats: int, repeats: Policy) -> Problem:
    """The problem that the options describe; a list that cannot be read ends the program with code 2."""
    names = [str(number) for number in range(1, tables + 1)]
    if people.strip().isdecimal():
        count = int(people)
        if not 1 <= count <= MOST:
            _refuse(speech()("People: a number from 1 to {most}, or the name of a list.", most=MOST))
        return room(count, tables, rounds, seats=seats, hosts=hosts, rules=Rules(repeats=repeats))
    read = read_list(people, speech()("There is no list {file}; give a number, or a CSV file.", file=people))
    seated, wishes = read.seated(names), Rules(apart=read.apart(), together=read.together(), repeats=repeats)
    if hosts and not any(person.stays for person in seated):
        seated = tuple(
            Person(p.id, p.sector, p.organisation, p.languages, names[at] if at < tables else "")
            for at, p in enumerate(seated)
        )
    return room(seated, [Table(name, seats) for name in names], rounds, rules=wishes)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)


def for_programs(found: Plan) -> str:
    """The seating as one line of JSON; the fields are a contract."""
    bound = found.bound
    return json.dumps(
        {
            "rounds": list(found.seats),
            "repeats": found.repeats,
            "revisits": found.score.revisits,
            "sizes": list(found.sizes),
            "bound": {
                "repeats": bound.repeats,
                "coincidences": bound.coincidences,
                "revisits": bound.revisits,
            },
            "certificate": proof(found),
            "proved": found.proved,
            "coincidences": found.coincidences,
            "encounters": found.encounters,
            "seed": found.seed,
        },
        ensure_ascii=False,
    )


def for_people(problem: Problem, found: Plan, *, named: bool) -> str:
    """Everybody's tables, how good it is, who meets again where people are `named`, and what another room would do."""
    tr = speech()
    cards = cards_of(found)
    wide = max((len(name) for name in cards), default=0)
    rows = [f"{name:>{wide}}  " + " → ".join(table or "–" for table in path) for name, path in cards.items()]
    seen = report(problem, found)
    rows += ["", *(sentence.say(tr) for sentence in sentences(seen))]
    rows += [sentence.say(tr) for sentence in ideas(what_if(problem, found))]
    if named and seen.repeated:
        rows += ["", tr("These meet again:"), *(pair.say(tr) for pair in again(seen, {}))]
    return "\n".join(rows)
