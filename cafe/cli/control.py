"""`cafe control`: the facilitator's private view of a café that runs, in a second terminal."""

import asyncio
import socket
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
import msgspec

from cafe.cli.chosen import taste
from cafe.cli.speech import speech
from cafe.remote import Remote, read_door
from cafe.settings import LOOKS

if TYPE_CHECKING:
    from screens.taste import Taste


@click.command("control")
@click.argument("file", required=False)
@click.option("--remote", is_flag=True, help="Begin with the code that makes your phone the remote.")
@click.option("--theme", type=click.Choice(LOOKS), help="How it looks.")
def command(file: str | None, remote: bool, theme: str | None) -> None:
    """Open the private view of a running café. Do not project it."""
    tr = speech()
    cafes = [Path(file)] if file else _beside()
    running = [cafe for cafe in cafes if answers(cafe)]
    if len(running) > 1:
        names = ", ".join(cafe.name for cafe in running)
        click.echo(tr("Several cafés run here: {files}. Name one: cafe control FILE.", files=names), err=True)
        raise SystemExit(1)
    if not running:
        click.echo(tr("No café runs here. Start one with `cafe run`, or name its file."), err=True)
        raise SystemExit(1)
    if not sys.stdout.isatty():
        click.echo(tr("This is not a terminal."), err=True)
        raise SystemExit(2)
    raise SystemExit(asyncio.run(_view(running[0], taste(theme=theme), pairing=remote)))


def _beside() -> list[Path]:
    """The cafés in this folder that run, or were stopped so suddenly that their door still stands there."""
    return [door.with_name(door.name.removesuffix("-control")) for door in sorted(Path().glob("*-control"))]


def answers(cafe: Path) -> bool:
    """Whether somebody listens behind the door of a café."""
    try:
        url = urlsplit(read_door(cafe).url)
        with socket.create_connection((url.hostname or "", url.port or 0), timeout=2):
            return True
    except (OSError, ValueError, msgspec.MsgspecError):
        return False


def known_as(wanted: Path) -> Path:
    """What a café whose file is thrown away is called here, where this command looks for it: no other one that runs has
    that name, and no café that stays.
    """
    names = (wanted.with_stem(f"{wanted.stem}{'' if number == 1 else f'-{number}'}") for number in count(1))
    return next(name for name in names if not name.exists() and not answers(name))


async def _view(cafe: Path, liked: "Taste", *, pairing: bool) -> int:
    from screens.private import PrivateApp

    remote = Remote(lambda: read_door(cafe))
    try:
        await remote.open()
        app = PrivateApp(remote, liked, pairing=pairing)
        await app.run_async()
        return app.return_code or 0
    except TimeoutError:
        tr = speech()
        click.echo(tr("The café does not answer."), err=True)
        return 1
    finally:
        await remote.close()
