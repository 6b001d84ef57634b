"""The front door: what `cafe` alone shows, for somebody who knows no command."""

from collections.abc import Sequence
from pathlib import Path

import click

from cafe.cli.speech import speech
from cafe.i18n import N_, Translator

CHOICES: tuple[tuple[str, str], ...] = (
    ("demo", N_("See a café run by itself, with simulated phones")),
    ("new", N_("Write a plan for a workshop")),
    ("try", N_("Try a plan: a café that is thrown away afterwards")),
    ("run", N_("Hold a café")),
    ("control", N_("Open the private view of the café that runs here")),
    ("export", N_("Write the report of a café")),
    ("replay", N_("Show a past café on the wall again")),
    ("doctor", N_("Look whether phones can reach this laptop")),
)


def open_door(context: click.Context) -> int:
    """Asks what to do and does it. Gives the exit code."""
    tr = speech()
    click.echo()
    click.echo(f"  {tr('World café')}")
    click.echo()
    for number, (_, words) in enumerate(CHOICES, 1):
        click.echo(f"  {number}  {tr(words)}")
    click.echo()
    at = _number(len(CHOICES), tr)
    return _call(context, _arguments(CHOICES[at - 1][0], tr)) if at else 0


def _number(count: int, tr: Translator) -> int:
    """Asks until the answer is one of so many numbers; 0 for nobody who wants one."""
    while said := str(click.prompt(tr("Which one? (Enter leaves)"), default="", show_default=False)).strip():
        if said.isdecimal() and 0 < int(said) <= count:
            return int(said)
        click.echo(tr("Type a number from 1 to {count}.", count=count))
    return 0


def _arguments(choice: str, tr: Translator) -> list[str]:
    """The command line of a choice; empty when there is nothing to choose from."""
    match choice:
        case "new":
            return ["new", click.prompt(tr("Name of the plan's file"), default="plan.toml")]
        case "try" | "run":
            plan = _one_of(sorted(Path().glob("*.toml")), tr("There is no plan in this folder yet."), tr)
            return ["run", plan, *(["--try"] if choice == "try" else [])] if plan else []
        case "export":
            file = _one_of(sorted(Path().glob("*.cafe")), tr("There is no café in this folder yet."), tr)
            return ["export", file, "--to", f"{Path(file).stem}-report"] if file else []
        case "replay":
            file = _one_of(sorted(Path().glob("*.cafe")), tr("There is no café in this folder yet."), tr)
            return ["replay", file] if file else []
        case _:
            return [choice]


def _one_of(files: Sequence[Path], none: str, tr: Translator) -> str:
    if not files:
        click.echo(none)
        return ""
    if len(files) == 1:
        return str(files[0])
    for number, file in enumerate(files, 1):
        click.echo(f"  {number}  {file.name}")
    at = _number(len(files), tr)
    return str(files[at - 1]) if at else ""


def _call(context: click.Context, arguments: list[str]) -> int:
    if not arguments:
        return 0
    assert isinstance(context.command, click.Group)
    _, command, rest = context.command.resolve_command(context, arguments)
    assert command
    with command.make_context(arguments[0], rest, parent=context) as inner:
        command.invoke(inner)
    return 0
