"""What the owner of this laptop chose: the settings file, and the options of a command, which win over it.

Wrong settings stop nothing: the usual ones hold, and a sentence says so.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from platformdirs import user_config_path

from cafe.i18n import AVAILABLE, N_, Translator
from cafe.plan.mistakes import Mistake
from cafe.settings import LOOKS, Read, read

if TYPE_CHECKING:
    from screens.taste import Taste

TROUBLE = N_("Mistakes in the settings: the usual ones hold. See `cafe settings`.")
MOST = 100_000
"""Bytes that are read of a settings file; no honest one has more."""

Command = TypeVar("Command", bound=Callable[..., Any])


def place() -> Path:
    """Where the settings file stands, or would."""
    return user_config_path("worldcafe", appauthor=False) / "settings.toml"


def chosen() -> Read:
    """What stands in the settings file; nothing where there is none that can be read."""
    try:
        with place().open("rb") as file:
            return read(file.read(MOST), str(place()))
    except (OSError, ValueError):
        return Read()


def slips(found: Read) -> list[Mistake]:
    """Everything that is wrong with the settings, in the order of the lines."""
    from screens.keyboard import wished

    _, wrong = wished(found.settings.keys)
    file = str(place())
    own = [Mistake(file, found.lines[slip.action], slip.message, slip.args) for slip in wrong]
    return sorted([*found.mistakes, *own], key=lambda mistake: mistake.line)


def taste(*, theme: str | None = None, sound: bool | None = None, flash: bool | None = None) -> "Taste":
    """How the wall is to be; an option that was not given leaves it to the file."""
    from screens.keyboard import USUAL, wished
    from screens.taste import Taste

    found = chosen()
    settings = found.settings
    keyboard, wrong = wished(settings.keys)
    return Taste(
        keyboard if found.keys_stand else USUAL,
        theme or settings.theme,
        bool(settings.sound if sound is None else sound),
        bool(settings.flash if flash is None else flash),
        TROUBLE if wrong or found.mistakes else "",
    )


def tell(of: "Taste", tr: Translator) -> None:
    """Says on the command line that something is wrong with the settings, before the wall covers it."""
    if of.trouble:
        click.echo(tr(of.trouble), err=True)


def look(command: Command) -> Command:
    """The options of a command that shows the wall."""
    for option in (
        click.option("--flash/--no-flash", default=None, help="Let the clock flash slowly when time is up."),
        click.option("--sound/--no-sound", default=None, help="Play a soft tone when time is up."),
        click.option("--language", type=click.Choice(AVAILABLE), help="The language that the wall begins in."),
        click.option("--theme", type=click.Choice(LOOKS), help="How the wall looks."),
    ):
        command = option(command)
    return command
