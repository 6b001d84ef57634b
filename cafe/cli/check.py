"""`cafe check`: what is wrong with a plan, or how the day will go; and how every command reads its plan's file."""

import contextlib
from pathlib import Path
from typing import NoReturn

import click

from cafe.cli.chosen import chosen, place, slips
from cafe.cli.speech import speech
from cafe.plan import Plan, Reading, clock, parse
from cafe.plan.values import KIND_NAMES, MINUTE
from cafe.wall.words import lasting

SQLITE = b"SQLite format 3\0"


@click.command("check")
@click.argument("plan")
def command(plan: str) -> None:
    """Check a plan: tell its mistakes, or show the day that it makes. Or a café's file: is it as it was written?"""
    if is_cafe(plan):
        from cafe.cli.sound import sound

        raise SystemExit(sound(Path(plan), speech()))
    click.echo(day(load(plan)))
    if place().exists():
        for each in slips(chosen()):
            click.echo(each.say(speech()), err=True)


def is_cafe(path: str) -> bool:
    """Whether a file is that of a café, or of something else that SQLite wrote."""
    with contextlib.suppress(OSError, ValueError), Path(path).open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE
    return False


def load(path: str) -> Plan:
    """The plan in the file `path`. Its mistakes or warnings are told; with mistakes the program ends with code 2."""
    tr = speech()
    reading = read(path)
    for each in (*reading.mistakes, *reading.warnings):
        click.echo(each.say(tr), err=True)
    if reading.plan is None:
        raise SystemExit(2)
    return reading.plan


def read(path: str) -> Reading:
    """Read the file `path` as a plan; a file that cannot be read ends the program with one sentence and code 2."""
    tr = speech()
    file = Path(path)
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        _refuse(tr("There is no file {file}; `cafe new {file}` writes a plan.", file=path))
    except IsADirectoryError:
        _refuse(tr("{file} is a folder; name the plan in it.", file=path))
    except (OSError, ValueError) as error:
        if file.is_dir():  # Windows calls a folder a file that may not be opened
            _refuse(tr("{file} is a folder; name the plan in it.", file=path))
        _refuse(tr("{file} cannot be read: {reason}.", file=path, reason=getattr(error, "strerror", "") or str(error)))
    if raw.startswith(SQLITE):
        _refuse(tr("{file} is a café that has been held, not a plan; a plan ends in .toml.", file=path))
    return parse(raw, path)


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)


def day(plan: Plan) -> str:
    """The plan as an organiser reads it: when, what, at which tables, and the questions."""
    tr = speech()
    date = tr.date(plan.date) if plan.date else ""
    rows = [" · ".join(part for part in (plan.title, date, plan.place) if part)]
    if plan.theme:
        rows.append(plan.theme)
    rows.append("")
    kinds = {block.kind: tr(KIND_NAMES[block.kind]) for block in plan.programme}
    wide = max(map(len, kinds.values()))
    for block in plan.programme:
        rows.append(f"{clock(block.at)}  {kinds[block.kind]:<{wide}}  {block.title}".rstrip())
        for name, groups in block.tracks():
            session = plan.sessions[name]
            length = f"{session.sum()} = {lasting(tr, session.planned() / MINUTE)}"
            who = " + ".join(group for group in groups if group)
            rows.append(f"{'':{wide + 9}}" + " · ".join(part for part in (who, session.title, length) if part))
    if plan.tables:
        rows += ["", *_tables(plan)]
    for session, question in plan.questions():
        if question.id == session.questions[0].id:
            rows += ["", session.title]
        rows.append(f"  {question.id}  {question.text(plan.language)[0]}")
    return "\n".join(rows)


def _tables(plan: Plan) -> list[str]:
    tr = speech()
    rows = []
    for group in plan.groups:
        tables = plan.tables_of(group.id)
        seats = sum(table.seats for table in tables)
        first, last = tables[0].number, tables[-1].number
        numbers = str(first) if first == last else f"{first}–{last}"
        tables_and_seats = tr("tables {numbers}, seats {seats}", numbers=numbers, seats=seats)
        rows.append(f"{group.id}: {tables_and_seats}" if group.id else tables_and_seats)
    if plan.people:
        rows.append(tr("People expected: {people}", people=plan.people))
    return rows
