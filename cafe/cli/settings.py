"""`cafe settings`: where the settings file is and what is wrong with it; on request it is written, with comments."""

from collections.abc import Iterator
from pathlib import Path

import click

from cafe.cli.chosen import chosen, place, slips
from cafe.cli.speech import speech
from cafe.i18n import Translator, translator
from cafe.settings import SETTINGS


@click.command("settings")
@click.option("--new", is_flag=True, help="Write a settings file in which everything is explained; never over one.")
def command(new: bool) -> None:
    """Show where your own settings are, keys too, and what is wrong with them."""
    tr, path = speech(), place()
    if new and path.exists():
        click.echo(tr("There is a settings file already: {file}", file=str(path)), err=True)
        raise SystemExit(1)
    if new:
        write(path, tr)
    if not path.exists():
        click.echo(tr("No settings file; `cafe settings --new` writes one: {file}", file=str(path)))
        return
    click.echo(str(path))
    wrong = slips(chosen())
    for each in wrong:
        click.echo(each.say(tr), err=True)
    raise SystemExit(2 if wrong else 0)


def write(path: Path, tr: Translator) -> None:
    """Writes the file; one sentence where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(explained(tr), "utf-8")
    except OSError as no:
        reason = no.strerror or str(no)
        click.echo(tr("{file} cannot be written: {reason}.", file=str(path), reason=reason), err=True)
        raise SystemExit(1) from None


def explained(tr: Translator) -> str:
    """A settings file in which every line is a remark: what can be set, and how it is now."""
    return "\n".join(_lines(tr)) + "\n"


def _lines(tr: Translator) -> Iterator[str]:
    from screens.keyboard import USUAL, called

    yield f"# {tr('Take away the # before a line to set it. The command line wins over this file.')}"
    for setting in SETTINGS:
        yield f"\n# {tr(setting.told)}"
        yield f"# {setting.name} = {setting.example}"
    yield f"\n[keys]\n# {tr('An action and its keys, in quotes; Ctrl+Q always leaves as well.')}"
    for key in USUAL.keys:
        if not key.fixed:
            names = ", ".join(f'"{called(translator("en"), name)}"' for name in key.keys)
            yield f"\n# {tr(key.told)}"
            yield f"# {key.action} = [{names}]"
