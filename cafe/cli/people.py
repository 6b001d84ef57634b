"""Reading a list of people from the disk: for planning a seating, for printing the cards, and for the day itself."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from cafe import events as e
from cafe.cli.export import refuse
from cafe.cli.speech import speech
from cafe.i18n import Translator
from cafe.people import Person
from cafe.plan import Plan
from cafe.seating.handout import Handout, listed
from cafe.seating.people_csv import Guest, People, read_people
from cafe.seating.places import group_of, staying
from cafe.sheet import Mistake


def read_list(file: str, missing: str, plan: Plan | None = None) -> People:
    """The people of a list, which has to fit the plan where there is one. Every mistake is told with its line and ends
    the program with code 2, as the sentence `missing` does when there is no such file.
    """
    tr = speech()
    try:
        raw = Path(file).read_bytes()
    except FileNotFoundError:
        refuse(missing, 2)
    except (OSError, ValueError) as no:
        refuse(tr("{file} cannot be read: {reason}.", file=file, reason=getattr(no, "strerror", "") or str(no)), 2)
    read, wrong = understood(file, raw, plan)
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise SystemExit(2)
    for column in read.unknown:
        click.echo(tr("{file}: the column «{column}» is not used.", file=file, column=column), err=True)
    return read


def understood(file: str, raw: bytes, plan: Plan | None) -> tuple[People, list[str]]:
    """The people of a list, and each of its mistakes in a sentence with its line."""
    tr, read = speech(), read_people(raw)
    wrong = [(mistake.line, _said(tr, mistake)) for mistake in read.mistakes] + (_unfit(tr, plan, read) if plan else [])
    return read, [f"{file}:{line}: {sentence}" for line, sentence in wrong]


def _said(tr: Translator, mistake: Mistake) -> str:
    args = {name: tr(str(value)) if name == "why" else value for name, value in mistake.args.items()}
    return tr(mistake.message, **args)


def _unfit(tr: Translator, plan: Plan, read: People) -> list[tuple[int, str]]:
    """The tables and groups that the list names and the plan does not have."""
    wrong = []
    tables = staying(plan, read.guests)
    for guest in read.guests:
        if tables.get(guest.name) == 0:
            table = guest.stays if guest.host in ("", "?") else guest.host
            said = tr("{name} is to stay at table {table}, which there is not.", name=guest.name, table=table)
            wrong.append((guest.line, said))
        if guest.group and len(plan.groups) > 1 and group_of(plan, guest) is None:
            said = tr("{name} is in group {group}, which there is not.", name=guest.name, group=guest.group)
            wrong.append((guest.line, said))
    for band in read.together():
        apart = {group: guest for guest in read.guests if guest.name in band and (group := group_of(plan, guest))}
        if len(apart) > 1:
            one, other, *_ = apart.values()
            said = tr("{name} and {other} go together, but are in two groups.", name=one.name, other=other.name)
            wrong.append((other.line, said))
    return wrong


def beside(plan: Plan, path: str) -> Path:
    """Where the list of a plan lies: beside it."""
    return Path(path).parent / plan.list


def list_of(plan: Plan, path: str) -> People:
    """The list that the plan in `path` names."""
    file = str(beside(plan, path))
    return read_list(file, speech()("There is no list {file}, which the plan names.", file=file), plan)


def clashes(handout: Handout) -> None:
    """Tells what of a list's wishes contradicts itself, which ends the program with code 2."""
    tr = speech()
    for conflict in handout.conflicts:
        click.echo(conflict.say(tr), err=True)
    if handout.conflicts:
        raise SystemExit(2)


def expected(plan: Plan, path: str) -> Sequence[tuple[e.Expected, Person]]:
    """Who is expected on the day, each with what is kept about them: the people of the list with the cards that are
    printed for them, and the hosts whom the plan names.

    A list that is not there holds nobody up on the day; one with mistakes does, before anybody has come.
    """
    there = bool(plan.list) and beside(plan, path).is_file()
    people = list_of(plan, path) if there else People()
    handout = listed(plan, people)
    clashes(handout)
    ways = {card.name: (card.group, card.number, card.stays, card.host) for card in handout.cards if card.name}
    guests = {guest.name: guest for guest in people.guests}
    ids = {name: secrets.token_hex(8) for name in {**ways, **guests}}
    bands = {name: band for band in people.together() for name in band}
    return [
        _coming(plan, guests.get(name, Guest(name)), ways.get(name), ids, bands.get(name, frozenset())) for name in ids
    ]


def _coming(
    plan: Plan, guest: Guest, way: tuple[str, int, int, bool] | None, ids: Mapping[str, str], band: frozenset[str]
) -> tuple[e.Expected, Person]:
    """One of them; where there are no tables nobody has a card."""
    group, card, table, host = way or (group_of(plan, guest) or next((g.id for g in plan.groups), ""), 0, 0, False)
    languages, apart = tuple(sorted(guest.languages)), tuple(ids[other] for other in guest.apart)
    together = tuple(ids[other] for other in sorted(band - {guest.name}))
    return (
        e.Expected(ids[guest.name], group, card, table, host, languages, apart, together),
        Person(name=guest.name, organisation=guest.organisation, sector=guest.sector),
    )
