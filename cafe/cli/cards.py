"""`cafe cards`: personal cards and table cards as one page to print, for a plan that is ready."""

from pathlib import Path

import click

from cafe.cli.check import load
from cafe.cli.export import refuse
from cafe.cli.speech import speech
from cafe.plan import Plan
from cafe.seating.handout import Handout, listed, numbered
from cafe.seating.people_csv import People, read_people
from cafe.seating.places import group_of, staying

MOST = 2000
"""People; more than any hall, and a slip of the finger is told."""
PAGE = b"<!doctype html>"


@click.command("cards")
@click.argument("plan")
@click.option("--to", "file", required=True, type=click.Path(path_type=Path), help="The page to write (HTML).")
@click.option("--people", type=click.IntRange(1, MOST), metavar="N", help="Cards without names for so many people.")
def command(plan: str, file: Path, people: int | None) -> None:
    """Write the cards of a day as a page to print: a numbered card for everybody, and one for each table."""
    from cafe.exports import write
    from cafe.exports.cards import cards

    tr = speech()
    read = load(plan)
    handout = _handout(read, plan, people)
    text = cards(read, handout)
    try:
        with file.open("rb") as there:  # a café or a plan is not to be lost by a slip of the finger
            if there.read(len(PAGE)).lower() != PAGE:
                refuse(tr("{file} is there already and is no page of cards; give another name.", file=str(file)), 2)
    except FileNotFoundError:
        pass
    except IsADirectoryError:
        refuse(tr("{file} is a folder; name the page in it.", file=str(file)), 2)
    except (OSError, ValueError) as no:
        refuse(tr("{file} cannot be written: {reason}.", file=str(file), reason=_reason(no)), 1)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, text.encode())
    except OSError as no:
        refuse(tr("{file} cannot be written: {reason}.", file=str(file), reason=_reason(no)), 1)
    click.echo(file)
    if handout.broken:
        said = tr.n(
            "One wish of the list cannot be kept with these cards.",
            "{n} wishes of the list cannot be kept with these cards.",
            handout.broken,
        )
        click.echo(said, err=True)


def _reason(no: Exception) -> str:
    return getattr(no, "strerror", "") or str(no)


def _handout(plan: Plan, path: str, people: int | None) -> Handout:
    """The cards for so many people, for the plan's list, or for those that the plan expects. What contradicts ends the
    program with code 2.
    """
    tr = speech()
    if not any(plan.tables_for(at, group) for at, block in enumerate(plan.programme) for group in block.sessions):
        refuse(tr("The plan has no session at tables, so there are no cards to print."), 2)
    if people is None and plan.list:
        handout = listed(plan, _people(plan, str(Path(path).parent / plan.list)))
    elif people or plan.people:
        count = people or plan.people
        if count > MOST:
            refuse(tr("People: a number from 1 to {most}, or the name of a list.", most=MOST), 2)
        handout = numbered(plan, count)
    else:
        refuse(tr("For how many people? Say it with --people 24, or write people = 24 into the plan."), 2)
    for conflict in handout.conflicts:
        click.echo(conflict.say(tr), err=True)
    if handout.conflicts:
        raise SystemExit(2)
    return handout


def named_cards(plan: Plan, path: str) -> tuple[int, ...]:
    """The numbers of the cards that carry a name: those of the list that stands beside the plan in `path`.

    On the day a list that is not there holds nobody up: then no card is kept for anybody.
    """
    file = Path(path).parent / plan.list
    if not plan.list or not file.is_file():
        return ()
    return tuple(each.number for each in listed(plan, _people(plan, str(file))).cards if each.name and each.number)


def _people(plan: Plan, file: str) -> People:
    """The plan's list of people; every mistake in it is told with its line."""
    tr = speech()
    try:
        raw = Path(file).read_bytes()
    except FileNotFoundError:
        refuse(tr("There is no list {file}, which the plan names.", file=file), 2)
    except (OSError, ValueError) as no:
        refuse(tr("{file} cannot be read: {reason}.", file=file, reason=_reason(no)), 2)
    read = read_people(raw)
    wrong = [
        (mistake.line, tr(mistake.message, **{n: tr(str(v)) if n == "why" else v for n, v in mistake.args.items()}))
        for mistake in read.mistakes
    ]
    tables = staying(plan, read.guests)
    for guest in read.guests:
        if tables.get(guest.name) == 0:
            table = guest.stays if guest.host in ("", "?") else guest.host
            said = tr("{name} is to stay at table {table}, which there is not.", name=guest.name, table=table)
            wrong.append((guest.line, said))
        if guest.group and len(plan.groups) > 1 and group_of(plan, guest) is None:
            wrong.append(
                (guest.line, tr("{name} is in group {group}, which there is not.", name=guest.name, group=guest.group))
            )
    for line, sentence in wrong:
        click.echo(f"{file}:{line}: {sentence}", err=True)
    if wrong:
        raise SystemExit(2)
    for column in read.unknown:
        click.echo(tr("{file}: the column «{column}» is not used.", file=file, column=column), err=True)
    return read
