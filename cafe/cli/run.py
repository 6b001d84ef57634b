"""`cafe run`: holds a café from its plan, on the wall or without a picture."""

import asyncio
import contextlib
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from cafe.cli.check import load
from cafe.cli.held import Held, Wish, held
from cafe.cli.speech import speech
from cafe.file import CafeFile, FileTrouble
from cafe.fold import fold
from cafe.i18n import Translator
from cafe.log import SqliteLog
from cafe.plan import Plan
from cafe.state import State

DAY = 86_400_000


@click.command("run")
@click.argument("plan")
@click.option("--file", "file", help="The café's file; the plan's name with .cafe if not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port that phones use; the first free one from 8080.")
@click.option("--host", default="", help="The address that phones are told.")
@click.option("--public-url", default="", help="The address on the internet that leads here, with https.")
@click.option("--try", "trial", is_flag=True, help="A café to try things with: it is marked, and thrown away.")
@click.option("--auto", is_flag=True, help="Let the clock lead: begin at once and go on by itself.")
@click.option("--headless", is_flag=True, help="Without a picture: prints one line of JSON when it is ready.")
@click.option("--speed", type=click.FloatRange(0.01, 10_000), default=1.0, help="How fast the café's time runs.")
def command(plan: str, file: str | None, port: int | None, trial: bool, headless: bool, **told: object) -> None:
    """Hold a café: the wall on this terminal, the phones' server beside it."""
    tr = speech()
    read = load(plan)
    if not headless and not sys.stdout.isatty():
        _leave(tr("This is not a terminal. Use --headless to hold a café without a picture."), 2)
    with contextlib.ExitStack() as stack:
        revise = False
        if trial:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cafe-", ignore_cleanup_errors=True))
            path = Path(folder) / f"{Path(plan).stem}.cafe"
        else:
            path = Path(file) if file else Path(plan).with_suffix(".cafe")
            path, revise = _which(path, read, headless, tr)
        wish = Wish(plan=read, text=_text(plan), port=port or 0, trial=trial, revise=revise, **told)  # type: ignore[arg-type]
        raise SystemExit(hold(path, wish, headless=headless, tr=tr))


def hold(path: Path, wish: Wish, *, headless: bool, tr: Translator) -> int:
    """Holds a café until it ends. Gives the exit code; what went wrong is told in one sentence."""
    from server.serve import TAKEN, PortTaken

    try:
        return asyncio.run(_hold(CafeFile(path), wish, headless, tr))
    except FileTrouble as no:
        click.echo(trouble(no, tr), err=True)
    except PortTaken as no:
        click.echo(tr(TAKEN, port=no.port), err=True)
    return 1


def trouble(no: FileTrouble, tr: Translator) -> str:
    """What is wrong with a file, in words."""
    from cafe.file import TROUBLES

    return tr(TROUBLES[no.code], file=no.path.name, reason=no.reason)


async def _hold(file: CafeFile, wish: Wish, headless: bool, tr: Translator) -> int:
    async with held(file, wish) as cafe:
        _tell_network(cafe, tr)
        await _purge(cafe, headless, tr)
        unwatch = cafe.room.watch(
            lambda turn: _report(cafe, tr) if turn.after.closed and not turn.before.closed else None
        )
        if headless:
            await ready(cafe)
            await _until_over(cafe)
            code = 0
        else:
            code = await wall(cafe)
        unwatch()
        if cafe.room.state.closed and not headless:
            await _count_heads(cafe, tr)
        if cafe.room.state.closed and not wish.trial:
            click.echo(tr("The report is in {folder}.", folder=str(cafe.folder)), err=headless)
        return code


async def ready(cafe: Held) -> None:
    """Prints the ready line."""
    line = {"ready": True, "join": cafe.join, "file": str(cafe.room.file.path), "port": cafe.port}
    click.echo(json.dumps(line, ensure_ascii=False))


async def wall(cafe: Held) -> int:
    """Shows the wall until the facilitator leaves it. Gives the exit code."""
    from screens.wall import WallApp

    app = WallApp(cafe.room)
    stop = asyncio.create_task(cafe.ended.wait())
    stop.add_done_callback(lambda task: None if task.cancelled() else app.exit())
    try:
        await app.run_async()
    finally:
        stop.cancel()
    return app.return_code or 0


async def _until_over(cafe: Held) -> None:
    """Waits for a closed café that leads itself, or for somebody to stop the program."""
    over = cafe.ended
    unwatch = cafe.room.watch(lambda turn: over.set() if turn.after.closed else None)
    if cafe.room.state.closed:
        over.set()
    await over.wait()
    unwatch()


def _report(cafe: Held, tr: Translator) -> None:
    """Writes the exports beside the file."""
    from cafe.exports import write_all

    try:
        write_all(cafe.room.state, list(cafe.room.log.read()), cafe.folder)
    except OSError as no:
        click.echo(tr("The report could not be written: {reason}.", reason=str(no)), err=True)


async def _count_heads(cafe: Held, tr: Translator) -> None:
    """Asks once how many people were there: phones are not people."""
    joined = len(cafe.room.state.participants)
    if cafe.room.state.head_count or not sys.stdin.isatty():
        return
    question = tr("How many people were there? (Enter: not counted; {joined} phones joined)", joined=joined)
    said = click.prompt(question, default="", show_default=False)
    if said.strip().isdigit():
        await cafe.room.do("heads", people=int(said))
        _report(cafe, tr)


async def _purge(cafe: Held, headless: bool, tr: Translator) -> None:
    """Removes names that were kept as long as people were told; never silently."""
    room = cafe.room
    kept = (room.now() - room.state.opened) // DAY
    if not len(room.people) or kept < room.state.plan.keep_days:
        return
    told = tr.n(
        "{n} person's data is older than the {days} days that were promised and is removed now; the ideas stay.",
        "The data of {n} people is older than the {days} days that were promised and is removed now; the ideas stay.",
        len(room.people),
        days=room.state.plan.keep_days,
    )
    click.echo(told, err=True)
    if headless or not sys.stdin.isatty() or click.confirm(tr("Remove it?"), default=True):
        await room.do("purge", people=len(room.people))


def _tell_network(cafe: Held, tr: Translator) -> None:
    if "//127." in cafe.url:
        click.echo(
            tr("No network: phones cannot reach this laptop. Join a Wi-Fi or open a hotspot, then start again."),
            err=True,
        )


def _text(plan: str) -> str:
    return Path(plan).read_bytes().decode("utf-8", errors="replace")


def _leave(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(code)


# --------------------------------------------------------------------------------------------- an earlier café


def _which(path: Path, plan: Plan, headless: bool, tr: Translator) -> tuple[Path, bool]:
    """The file to use, and whether to take in a plan that was changed. Nothing can destroy an earlier café."""
    if not path.exists():
        return path, False
    try:
        state = _peek(path)
    except FileTrouble as no:
        _leave(trouble(no, tr), 1)
    asks = not headless and sys.stdin.isatty()
    if asks and _begins_new(path, state, tr):
        return _new_name(path), False
    if state.plan == plan or state.closed or not state.epoch:
        return path, False
    click.echo(tr("The plan has changed since; the café goes on with the one that it began with."), err=True)
    return path, asks and click.confirm(tr("Take in the changes, as far as they leave the past alone?"), default=False)


def _begins_new(path: Path, state: State, tr: Translator) -> bool:
    """Asks about an earlier café that is closed or of another day; without an answer it is continued."""
    began = state.local(state.opened).date()
    if state.closed:
        question = tr("{file} holds a café that is closed. Look at it, or begin a new one? (look/new)", file=path.name)
    elif began != date.today():
        told = {"file": path.name, "date": tr.date(began)}
        question = tr("{file} holds a café of {date}. Continue it, or begin a new one? (continue/new)", **told)
    else:
        return False
    answer = str(click.prompt(question, default="", show_default=False)).strip().casefold()
    return answer in (tr("new").casefold(), "new", "n")


def _new_name(path: Path) -> Path:
    """A name beside the earlier file, which is kept."""
    stem = f"{path.stem}-{date.today().isoformat()}"
    names = [
        path.with_name(f"{stem}{path.suffix}"),
        *(path.with_name(f"{stem}-{n}{path.suffix}") for n in range(2, 99)),
    ]
    return next(name for name in names if not name.exists())


def _peek(path: Path) -> State:
    file = CafeFile(path, readonly=True)
    try:
        rooms = fold(SqliteLog(file).read())
        return next(iter(rooms.values()), State())
    finally:
        file.close()
