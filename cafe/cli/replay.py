"""`cafe replay`: a past café on the wall again, or one that runs elsewhere as far as it has come; only read."""

import asyncio
import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cafe.cli.chosen import taste, tell
from cafe.cli.export import refuse, within
from cafe.cli.speech import speech
from cafe.file import FORMAT, TROUBLES, CafeFile
from cafe.i18n import AVAILABLE, translator
from cafe.settings import LOOKS

if TYPE_CHECKING:
    from cafe.events import Record
    from cafe.replay import Timeline
    from screens.taste import Taste


@click.command("replay")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--speed", type=click.FloatRange(0.01, 10_000), default=20.0, help="How fast it runs; 20 if not given.")
@click.option(
    "--language", "--lang", type=click.Choice(AVAILABLE), help="The wall's language; that of then if not given."
)
@click.option("--theme", type=click.Choice(LOOKS), help="How the wall looks.")
def command(file: Path, speed: float, language: str | None, theme: str | None) -> None:
    """Show a past café on the wall again, at any speed; its file is only read, and no phone can reach it."""
    tr = speech()
    records, newer = within(file, tr, _is_newer)
    try:
        timeline = _laid(records)
    except Exception:  # Each event could be read, but they do not follow from one another.
        refuse(tr(TROUBLES["damaged"], file=str(file)), 1)
    if not sys.stdout.isatty():
        refuse(tr("This is not a terminal."), 2)
    liked = taste(theme=theme, sound=False, flash=False)  # A hurried afternoon would ring all the time.
    tell(liked, tr)
    raise SystemExit(asyncio.run(_show(timeline, speed, language or "", liked, newer=newer)))


def _is_newer(cafe: CafeFile) -> bool:
    return bool(cafe.db.execute("PRAGMA user_version").fetchone()[0] > FORMAT)


def _laid(records: "list[Record]") -> "Timeline":
    from cafe.replay import Timeline
    from cafe.wall import words
    from cafe.wall.questions import columns

    timeline = Timeline(records)
    for moment in (*timeline.rounds, timeline.end):  # What no wall could tell is found now, and told in a sentence.
        state = timeline.state(timeline.known(moment))
        tr = translator(state.language)
        words.facts(state, moment), words.where(tr, state), words.next_slot(tr, state), columns(tr, state)
    gc.freeze()  # All of it stays: looking through it again and again would make a large café stutter.
    return timeline


async def _show(timeline: "Timeline", speed: float, language: str, liked: "Taste", *, newer: bool) -> int:
    from cafe.cli.held import awake, signals
    from cafe.replay import Replay
    from screens.replay import IMPORTED, NEWER, ReplayApp

    told = NEWER if newer else IMPORTED if timeline.imported else ""
    app = ReplayApp(Replay(timeline, time.monotonic, speed=speed, language=language), liked, told=told)
    ended = asyncio.Event()
    stop = asyncio.create_task(ended.wait())
    stop.add_done_callback(lambda task: None if task.cancelled() else app.exit())
    try:
        with signals(ended), awake():
            await app.run_async()
    finally:
        stop.cancel()
    return app.return_code or 0
