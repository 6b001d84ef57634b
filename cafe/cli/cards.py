"""`cafe cards`: personal cards and table cards as one page to print, for a plan that is ready."""

from pathlib import Path

import click

from cafe.cli.check import load
from cafe.cli.export import refuse
from cafe.cli.people import clashes, list_of
from cafe.cli.speech import speech
from cafe.plan import Plan
from cafe.seating.handout import Handout, listed, numbered

MOST = 2000
"""People; more than any hall, and a slip of the finger is told."""
PAGE = b'<meta name="generator" content="cafe cards">'
"""What only a page of cards has, near its beginning."""


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
            if PAGE not in there.read(500):
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
    click.echo(_counted(read, handout), err=True)
    if handout.broken:
        said = tr.n(
            "One wish of the list cannot be kept with these cards.",
            "{n} wishes of the list cannot be kept with these cards.",
            handout.broken,
        )
        click.echo(said, err=True)


def _counted(plan: Plan, handout: Handout) -> str:
    """How many personal cards there are, and how many of them may be handed out where the tables have limits."""
    tr = speech()
    told = tr.n(
        "{n} personal card: {people} for those who are expected, {spare} in surplus.",
        "{n} personal cards: {people} for those who are expected, {spare} in surplus.",
        len(handout.cards),
        people=len(handout.expected),
        spare=handout.surplus,
    )
    limits = [table.seats for table in plan.tables]
    if all(limits) and sum(limits) < len(handout.cards):
        more = tr.n(
            "The tables have {n} seat: the cards beyond that are for when others do not come.",
            "The tables have {n} seats: the cards beyond that are for when others do not come.",
            sum(limits),
        )
        told = f"{told} {more}"
    return told


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
        handout = listed(plan, list_of(plan, path))
    elif people or plan.people:
        count = people or plan.people
        if count > MOST:
            refuse(tr("People: a number from 1 to {most}, or the name of a list.", most=MOST), 2)
        handout = numbered(plan, count)
    else:
        refuse(tr("For how many people? Say it with --people 24, or write people = 24 into the plan."), 2)
    clashes(handout)
    return handout
