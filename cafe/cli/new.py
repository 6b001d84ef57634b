"""`cafe new`: a plan from a few answers, and beside it starters that a double click runs.

The plan's comments teach the format; the answers pass the same checks as the plan, so that what is written can be run.
"""

import datetime
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec

from cafe.cli.speech import speech
from cafe.i18n import N_
from cafe.plan import leaves, parse
from cafe.plan.advice import company
from cafe.plan.mistakes import Wrong, harmless
from cafe.plan.starters import starters
from cafe.plan.template import QUESTIONS, TITLE, Answers, words, write


class Asked(msgspec.Struct, frozen=True):
    """One thing that is asked: the question, the check of its answer, and what is said when that does not pass."""

    question: str
    check: Callable[[Any], Any]
    right: str


def _number(least: int, most: int) -> Callable[[str], int]:
    check = leaves.whole(least, most)
    return lambda answer: check(int(answer) if answer.strip().isdecimal() and len(answer) < 10 else answer)


ASKED = {
    "language": Asked(
        N_("In which language is the wall?"),
        leaves.language,
        N_("A language is written as its short code, such as ro or en; not {value}."),
    ),
    "title": Asked(
        N_("What is the café called?"),
        leaves.text(needed=True),
        N_("The café needs a name of at most 200 characters."),
    ),
    "date": Asked(
        N_("On which day is it?"),
        leaves.day,
        N_("A day is written as year-month-day, such as 2020-10-20; not {value}."),
    ),
    "start": Asked(
        N_("When do people arrive?"),
        leaves.moment,
        N_("A time is written as hours and minutes, such as 10:30; not {value}."),
    ),
    "people": Asked(
        N_("How many people do you expect?"),
        _number(1, 5000),
        N_("People are a whole number from 1 to 5000; not {value}."),
    ),
    "groups": Asked(
        N_("How many groups work in parallel (1: everybody together)?"),
        _number(1, 26),
        N_("Groups are a whole number from 1 to 26; not {value}."),
    ),
    "question": Asked(
        N_("Which questions will people talk about? One in a line; an empty line ends them."),
        leaves.text(500),
        N_("A question has at most 500 characters."),
    ),
    "organiser": Asked(
        N_("Who invites (people see it when they join)?"),
        leaves.text(),
        N_("Who invites is told in at most 200 characters."),
    ),
    "contact": Asked(
        N_("Whom can they write to about it?"),
        leaves.text(),
        N_("Whom to write to is told in at most 200 characters."),
    ),
}
"""What is asked for each of a plan's keys; `{value}` in what is right becomes what was answered."""

REASONS = {
    errno.ENOENT: N_("there is no such folder"),
    errno.EACCES: N_("it is protected"),
    errno.EROFS: N_("it is protected"),
    errno.ENOSPC: N_("the disk is full"),
}
"""Why a plan cannot be written, where the computer would say it in a language of its own."""


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

    def ask(key: str, usual: str) -> Any:
        answer = given[key]
        if answer is None and not yes:
            return _prompt(tr(ASKED[key].question), key, usual)
        return _given(key, usual if answer is None else answer)

    language = ask("language", tr.language)
    there = words(language)  # what nobody says is said in the language of the wall, not in the computer's
    answers = Answers(
        language=language,
        title=ask("title", there(TITLE)),
        date=ask("date", datetime.date.today().isoformat()),
        start=ask("start", "10:00"),
        people=ask("people", "20"),
        groups=ask("groups", "1"),
        questions=_questions(questions, yes) or tuple(map(there, QUESTIONS)),
        organiser=ask("organiser", ""),
        contact=ask("contact", ""),
    )
    text = write(answers)
    try:
        file.write_text(text, encoding="utf-8")
        for name, (script, line_end) in beside.items():
            starter = file.with_name(name)
            starter.write_text(script, encoding="utf-8", newline=line_end)
            starter.chmod(starter.stat().st_mode | 0o111)
    except OSError as error:
        reason = tr(REASONS[error.errno]) if error.errno in REASONS else error.strerror or str(error)
        _refuse(tr("{file} cannot be written: {reason}.", file=str(error.filename or file), reason=reason), 1)
    click.echo(tr("{file} is written; open it in any editor, its comments explain it.", file=str(file)))
    click.echo(tr("Then: cafe check {file}", file=str(file)))
    click.echo(
        tr("On the day, double-click {starters}, or: cafe run {file}", starters=" / ".join(beside), file=str(file))
    )
    if missing := " + ".join(key for key in ("organiser", "contact") if not getattr(answers, key)):
        click.echo(
            tr(
                "Phones cannot join until {file} has {missing}: people must know who keeps their words.",
                file=str(file),
                missing=missing,
            ),
            err=True,
        )
    if plan_read := parse(text).plan:
        for _, advice, figures in company(plan_read):
            click.echo(tr(advice, **figures), err=True)


def _keep_what_is_there(files: list[Path], yes: bool) -> None:
    """Never write over a file without having been told to."""
    tr = speech()
    there = ", ".join(file.name for file in files if file.exists())
    if not there:
        return
    sentence = tr("{files} is already there.", files=there)
    if yes:
        _refuse(f"{sentence} {tr('Nothing was written; name another plan.')}", 2)
    answer = click.prompt(f"{sentence} {tr('Write over it? (yes/no)')}", default=tr("no"))
    if answer.strip().casefold() not in {agreed for word in (tr("yes"), "yes") for agreed in (word, word[0])}:
        _refuse(tr("Nothing was written."), 1)


def _refuse(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(code)


def _right(key: str, answer: str) -> str:
    """What would have been right, in place of an answer that was not."""
    tr = speech()
    return tr(ASKED[key].right, value=tr("“{words}”", words=harmless(answer)))


def _prompt(question: str, key: str, usual: str = "") -> Any:
    """The checked answer to a question; a wrong one is told and asked again."""
    while True:
        answer = click.prompt(question, default=usual, show_default=bool(usual))
        try:
            return ASKED[key].check(answer)
        except Wrong:
            click.echo(_right(key, answer))


def _given(key: str, answer: str) -> Any:
    """The checked value of an option; a wrong one ends the program."""
    try:
        return ASKED[key].check(answer)
    except Wrong:
        _refuse(f"--{key}: {_right(key, answer)}", 2)


def _questions(given: tuple[str, ...], yes: bool) -> tuple[str, ...]:
    """The questions: as options, or one after the other until an empty answer."""
    if given or yes:
        return tuple(filter(None, (_given("question", question) for question in given)))
    found: list[str] = []
    click.echo(speech()(ASKED["question"].question))
    while question := _prompt(f"  {len(found) + 1}", "question"):
        found.append(question)
    return tuple(found)
