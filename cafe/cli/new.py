"""`cafe new`: a plan from a few answers, and beside it starters that a double click runs.

The plan's comments teach the format; the answers pass the same checks as the plan, so that what is written can be run.
"""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cafe.cli.speech import speech
from cafe.i18n import N_
from cafe.plan import leaves
from cafe.plan.mistakes import Wrong
from cafe.plan.starters import starters
from cafe.plan.template import Answers, write

EXAMPLES = (N_("What is going well here?"), N_("What is in our way?"), N_("What could we begin tomorrow?"))


@click.command("new")
@click.argument("plan", default="plan.toml")
@click.option("--title", help="What the café is called.")
@click.option("--date", help="Its day, such as 2020-10-20.")
@click.option("--start", help="When people arrive, such as 10:00.")
@click.option("--language", help="The language of the wall, such as ro.")
@click.option("--people", help="How many people are expected.")
@click.option("--groups", help="How many groups work in parallel; 1 is everybody together.")
@click.option("--question", "questions", multiple=True, help="A question; give the option once for each.")
@click.option("--organiser", help="Who invites; shown to everybody who joins.")
@click.option("--contact", help="Where to ask about what was written; shown to everybody who joins.")
@click.option("--yes", is_flag=True, help="Ask nothing; what is not given gets a usual value.")
def command(plan: str, yes: bool, questions: tuple[str, ...], **given: str | None) -> None:
    """Write a commented plan by asking a few questions, and a starter for a double click beside it."""
    tr = speech()
    file = Path(plan if Path(plan).suffix else f"{plan}.toml")
    beside = starters(file.name)
    _keep_what_is_there([file, *(file.with_name(name) for name in beside)], yes)

    def ask(key: str, question: str, check: Callable[[Any], Any], usual: str) -> Any:
        answer = given[key]
        if answer is None and not yes:
            return click.prompt(question, default=usual, show_default=bool(usual), value_proc=_checked(key, check))
        return _given(key, check, usual if answer is None else answer)

    today = datetime.date.today().isoformat()
    answers = Answers(
        title=ask("title", tr("What is the café called?"), leaves.text(needed=True), tr("A café of ours")),
        date=ask("date", tr("On which day is it?"), leaves.day, today),
        start=ask("start", tr("When do people arrive?"), leaves.moment, "10:00"),
        language=ask("language", tr("In which language is the wall?"), leaves.language, tr.language),
        people=ask("people", tr("How many people do you expect?"), _number(1, 5000), "20"),
        groups=ask("groups", tr("How many groups work in parallel (1: everybody together)?"), _number(1, 26), "1"),
        questions=_questions(questions, yes),
        organiser=ask("organiser", tr("Who invites (people see it when they join)?"), leaves.text(), ""),
        contact=ask("contact", tr("Whom can they write to about it?"), leaves.text(), ""),
    )
    try:
        file.write_text(write(answers), encoding="utf-8")
        for name, (words, line_end) in beside.items():
            starter = file.with_name(name)
            starter.write_text(words, encoding="utf-8", newline=line_end)
            starter.chmod(starter.stat().st_mode | 0o111)
    except OSError as error:
        raise SystemExit(
            _tell(
                tr(
                    "{file} cannot be written: {reason}.",
                    file=str(error.filename or file),
                    reason=error.strerror or str(error),
                ),
                1,
            )
        ) from None
    click.echo(tr("{file} is written; open it in any editor, its comments explain it.", file=str(file)))
    click.echo(tr("Then: cafe check {file}", file=str(file)))
    click.echo(
        tr("On the day, double-click {starters}, or: cafe run {file}", starters=" / ".join(beside), file=str(file))
    )


def _keep_what_is_there(files: list[Path], yes: bool) -> None:
    """Never write over a file without having been told to."""
    tr = speech()
    there = ", ".join(file.name for file in files if file.exists())
    if not there:
        return
    sentence = tr("{files} is already there.", files=there)
    if yes:
        raise SystemExit(_tell(f"{sentence} {tr('Nothing was written; name another plan.')}", 2))
    if not click.confirm(f"{sentence} {tr('Write over it?')}", default=False):
        raise SystemExit(_tell(tr("Nothing was written."), 1))


def _tell(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _checked(key: str, check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A plan's check as click's prompt wants it: a wrong answer is told and asked again."""

    def value(answer: str) -> Any:
        try:
            return check(answer)
        except Wrong as wrong:
            raise click.UsageError(speech()(wrong.message, **{"key": key, **wrong.args_of_message})) from None

    return value


def _given(key: str, check: Callable[[Any], Any], answer: str) -> Any:
    """The checked value of an option; a wrong one ends the program."""
    try:
        return check(answer)
    except Wrong as wrong:
        raise SystemExit(_tell(speech()(wrong.message, **{"key": f"--{key}", **wrong.args_of_message}), 2)) from None


def _number(least: int, most: int) -> Callable[[str], int]:
    check = leaves.whole(least, most)
    return lambda answer: check(int(answer) if answer.strip().isdecimal() and len(answer) < 10 else answer)


def _questions(given: tuple[str, ...], yes: bool) -> tuple[str, ...]:
    """The questions: as options, or one after the other until an empty answer."""
    tr = speech()
    if given or yes:
        check = leaves.text(500, needed=True)
        return tuple(_given("question", check, question) for question in given) or tuple(map(tr, EXAMPLES))
    found: list[str] = []
    click.echo(tr("Which questions will people talk about? One in a line; an empty line ends them."))
    check = _checked("question", leaves.text(500))
    while question := click.prompt(f"  {len(found) + 1}", default="", show_default=False, value_proc=check):
        found.append(question)
    return tuple(found) or tuple(map(tr, EXAMPLES))
