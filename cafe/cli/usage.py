"""What is wrong with the words of a command, in one sentence of the computer's language: click has them in English
alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError

from cafe.i18n import N_, Translator


class Misused(click.ClickException):
    """A command that cannot be understood; nothing else is said than the sentence."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


class Left(Misused):
    """Somebody left at a question."""

    exit_code = 1


@contextmanager
def understood(group: click.Context | None = None) -> Iterator[None]:
    """Says what is not understood in the computer's language; of a `group` its command that was called."""
    from cafe.cli.speech import speech

    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.Abort:  # Ctrl+C or the end of what is typed, at a question.
        tr = speech()
        raise Left("\n" + tr("Left at the question; nothing more was done.")) from None
    except click.UsageError as no:
        tr, whose = speech(), no.ctx or _called(group)
        told = said(no, whose, tr), tr("`{command} --help` tells the options.", command=whose.command_path)
        raise Misused("\n".join(told)) from None


def _called(group: click.Context | None) -> click.Context:
    """Whose words they were, where click does not say it."""
    if group and isinstance(group.command, click.Group) and (name := group.invoked_subcommand):
        command = group.command.get_command(group, name)
        return click.Context(command, group, name) if command else group
    return group or click.Context(click.Command("cafe"), info_name="cafe")


def no_such_command(word: str, commands: tuple[str, ...]) -> Misused:
    """A command that there is not, and the one that was probably meant."""
    from cafe.cli.speech import speech

    tr = speech()
    return Misused(tr("There is no command {word}.", word=word) + _meant(get_close_matches(word, commands, 1), tr))


def said(no: click.UsageError, whose: click.Context, tr: Translator) -> str:
    """What is wrong, in one sentence."""
    match no:
        case click.NoSuchOption(option_name=option, possibilities=near):
            return tr("There is no option {option}.", option=option) + _meant(near or (), tr)
        case click.MissingParameter(param=click.Parameter() as param):
            return tr("{option} is missing.", option=_name(param))
        case click.BadParameter(param=click.Parameter() as param):
            return _wanted(_name(param), param.type, tr) or f"{_name(param)}: {no.message}"
        case click.BadOptionUsage(option_name=option):
            flag = any(option in each.opts and getattr(each, "is_flag", False) for each in whose.command.params)
            return tr(N_("{option} takes no value.") if flag else N_("{option} wants a value."), option=option)
        case _:  # That is all that is left: click's own commands refuse nothing else.
            return tr("There are more words than `{command}` understands.", command=whose.command_path)


def _name(param: click.Parameter) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _meant(near: Any, tr: Translator) -> str:
    return " " + tr("Did you mean '{word}'?", word=near[0]) if near else ""


def _wanted(option: str, kind: "click.ParamType[Any]", tr: Translator) -> str:
    """What an option takes; '' where what was wrong with its value is said by ourselves already."""
    match kind:
        case click.IntRange():
            return tr("{option}: a whole number from {least} to {most}.", option=option, **_range(kind))
        case click.FloatRange():
            return tr("{option}: a number from {least} to {most}.", option=option, **_range(kind))
        case click.types.IntParamType():
            return tr("{option}: a whole number.", option=option)
        case click.Choice(choices=choices):
            return tr("{option}: one of {choices}.", option=option, choices=", ".join(map(str, choices)))
        case click.Path(file_okay=False):
            return tr("{option}: the name of a folder; a file has it.", option=option)
        case _:
            return ""


def _range(kind: click.IntRange | click.FloatRange) -> dict[str, str]:
    return {"least": f"{kind.min:.10g}", "most": f"{kind.max:.10g}"}
