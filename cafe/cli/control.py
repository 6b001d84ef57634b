"""`cafe control`: the facilitator's private view of a café that runs, in a second terminal."""

import asyncio
import sys
from pathlib import Path

import click

from cafe.cli.speech import speech
from cafe.remote import Remote, door_of, read_door


@click.command("control")
@click.argument("file", required=False)
def command(file: str | None) -> None:
    """Open the private view of a running café. Do not project it."""
    tr = speech()
    cafe = Path(file) if file else _only_one()
    if cafe is None or not door_of(cafe).exists():
        click.echo(tr("No café runs here. Start one with `cafe run`, or name its file."), err=True)
        raise SystemExit(1)
    if not sys.stdout.isatty():
        click.echo(tr("This is not a terminal."), err=True)
        raise SystemExit(2)
    raise SystemExit(asyncio.run(_view(cafe)))


def _only_one() -> Path | None:
    """The café that runs in this folder, if there is just one."""
    doors = sorted(Path().glob("*-control"))
    return doors[0].with_name(doors[0].name.removesuffix("-control")) if len(doors) == 1 else None


async def _view(cafe: Path) -> int:
    from screens.private import PrivateApp

    remote = Remote(lambda: read_door(cafe))
    try:
        await remote.open()
        app = PrivateApp(remote)
        await app.run_async()
        return app.return_code or 0
    except TimeoutError:
        tr = speech()
        click.echo(tr("The café does not answer."), err=True)
        return 1
    finally:
        await remote.close()
