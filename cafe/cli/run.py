"""`cafe run`: holds a café from its plan, on the wall or without a picture."""

import asyncio
import contextlib
import json
import shlex
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from cafe.cli import ways
from cafe.cli.check import load
from cafe.cli.chosen import look, taste, tell
from cafe.cli.control import known_as
from cafe.cli.held import Held, Wish, fixed_port, held
from cafe.cli.keep import Report, whole
from cafe.cli.speech import speech
from cafe.cli.which import trouble, which
from cafe.events import Expected
from cafe.file import TROUBLES, CafeFile, FileTrouble, NotSaved, unlocked
from cafe.i18n import N_, Translator
from cafe.people import Person
from cafe.plan import Plan
from cafe.rules import REFUSALS, Refused
from cafe.rules.revision import revision
from cafe.stage import Turn
from cafe.state import State

if TYPE_CHECKING:
    from screens.taste import Taste

DAY = 86_400_000
MOST_HEADS = 100_000
PRINTED = N_(
    "Port {port} stands in the plan, and cards may be printed with it, but another program has it. "
    "End that program, or choose another port with --port."
)


@click.command("run")
@click.argument("plan")
@click.option("--file", "file", help="The café's file; the plan's name with .cafe if not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port that phones use; the first free one from 8080.")
@click.option("--host", default="", callback=ways.plain_host, help="The address that phones are told.")
@click.option(
    "--public-url",
    default="",
    callback=ways.public_url,
    help="The address on the internet that leads here, with https.",
)
@click.option(
    "--trust-proxy",
    "proxies",
    multiple=True,
    metavar="ADDR",
    callback=ways.proxies,
    help="With --public-url: the address of the proxy ahead, believed when it says whence a request comes.",
)
@click.option("--new-code", is_flag=True, help="Another code for joining; the old one lets nobody in any more.")
@click.option("--try", "trial", is_flag=True, help="A café to try things with: it is marked, and thrown away.")
@click.option("--auto", is_flag=True, help="Let the clock lead: begin at once and go on by itself.")
@click.option("--headless", is_flag=True, help="Without a picture: prints one line of JSON when it is ready.")
@click.option("--speed", type=click.FloatRange(0.01, 10_000), default=1.0, help="How fast the café's time runs.")
@look
def command(
    plan: str,
    file: str | None,
    port: int | None,
    trial: bool,
    headless: bool,
    theme: str | None,
    sound: bool | None,
    flash: bool | None,
    **told: object,
) -> None:
    """Hold a café: the wall on this terminal, the phones' server beside it."""
    tr = speech()
    read = load(plan)
    if not headless and not sys.stdout.isatty():
        _leave(tr("This is not a terminal. Use --headless to hold a café without a picture."), 2)
    liked = None if headless else taste(theme=theme, sound=sound, flash=flash)
    if liked:
        tell(liked, tr)
    with contextlib.ExitStack() as stack:
        state, revise = State(), False
        if trial:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cafe-", ignore_cleanup_errors=True))
            path = Path(folder) / f"{Path(plan).stem}.cafe"
            told["known_as"] = known_as(Path(plan).with_name(f"{Path(plan).stem}-try.cafe"))
        else:
            path, state, revise = _choose(plan, file, read, not headless and sys.stdin.isatty(), tr)
        wish = Wish(
            plan=read,
            text=_text(plan),
            source=plan,
            port=port or 0,
            trial=trial,
            revise=revise,
            expected=() if state.epoch else _expected(read, plan),
            code=state.code,
            **told,  # type: ignore[arg-type]
        )
        code = hold(path, wish, liked, tr=tr, left=lambda: _goes_on(plan, file and path, tr))
        raise SystemExit(code)


def _expected(plan: Plan, path: str) -> Sequence[tuple[Expected, Person]]:
    """Who is on the list or named as a host; a café without them loads no planner."""
    if not plan.list and not plan.named_hosts:
        return ()
    from cafe.cli.people import expected

    return expected(plan, path)


def _choose(plan: str, file: str | None, read: Plan, asks: bool, tr: Translator) -> tuple[Path, State, bool]:
    """The file to use, the café that is in it, and whether to take in a plan that was changed. Nothing is asked
    about one that is open.
    """
    named = Path(file) if file else Path(plan).with_suffix(".cafe")
    try:
        path, state = which(named, alone=bool(file), asks=asks, tr=tr)
        unlocked(path)
    except FileTrouble as no:
        _leave(trouble(no, tr), 1)
    return path, state, _takes_in(state, read, asks, tr)


def _takes_in(state: State, plan: Plan, asks: bool, tr: Translator) -> bool:
    """Whether to take in a plan that was changed since the café began; nobody does that unasked."""
    if plan in (state.plan, state.file) or state.closed or not state.epoch:
        return False
    click.echo(tr("The plan has changed since; the café goes on with the one that it began with."), err=True)
    try:
        revision(state, plan)
    except Refused as no:
        click.echo(tr(REFUSALS[no.code]), err=True)
        return False
    return asks and click.confirm(tr("Take in the changes, as far as they leave the past alone?"), default=False)


def _goes_on(plan: str, file: Path | str | None, tr: Translator) -> str:
    line = shlex.join(["cafe", "run", plan, *(["--file", str(file)] if file else [])])
    return tr("{command} goes on where it stopped.", command=line)


def hold(
    path: Path, wish: Wish, liked: "Taste | None", *, tr: Translator, left: Callable[[], str] | None = None
) -> int:
    """Holds a café until it ends. Gives the exit code; what went wrong is told in one sentence.

    `liked` is how the wall is to be; None holds the café without a picture. `left` makes the sentence that is said when
    the café was left open.
    """
    from server.serve import TAKEN, PortTaken

    headless = liked is None
    try:
        with contextlib.ExitStack() as stack:
            file = CafeFile(path)
            stack.callback(file.close)
            wish = ways.settle(wish, headless, tr)
            stack.pop_all()  # From here on the room closes it.
            code, closed = asyncio.run(_hold(file, wish, liked, tr))
        if left and not closed and not wish.trial:
            with contextlib.suppress(OSError):  # The terminal itself may be what was closed.
                click.echo(left(), err=headless)
        return code
    except FileTrouble as no:
        click.echo(trouble(no, tr), err=True)
    except NotSaved as no:
        told = TROUBLES["disk_full" if no.full else "cannot_write"]
        click.echo(tr(told, file=path.name, reason=str(no)), err=True)
    except PortTaken as no:
        printed = not wish.port and fixed_port(wish.plan) == no.port
        told = PRINTED if printed else TAKEN
        click.echo(tr(told, port=no.port), err=True)
    return 1


async def _hold(file: CafeFile, wish: Wish, liked: "Taste | None", tr: Translator) -> tuple[int, bool]:
    """Gives the exit code, and whether the café is closed."""
    headless = liked is None
    async with held(file, wish) as cafe:
        _tell_port(cafe, tr)
        _tell_differing(cafe, tr)
        await _purge(cafe, headless, tr)
        await _take_list(cafe, wish, headless, tr)
        report = Report(cafe, tr)
        if cafe.room.state.closed and not wish.trial and not whole(cafe.folder):
            report.write()  # The program was stopped right after the closing, or somebody moved it.
        unwatch = cafe.room.watch(lambda turn: report.write() if _reports(turn) and not wish.trial else None)
        if liked is None:
            await ready(cafe)
            await _until_over(cafe)
            code = 0
        else:
            code = await wall(cafe, liked)
        unwatch()
        _tell_copies(await cafe.copier.finish(), tr)
        if cafe.room.state.closed and not headless and await _count_heads(cafe, tr) and not wish.trial:
            report.write()
        if cafe.room.state.closed and not wish.trial:
            report.tell(err=headless)
        return code, bool(cafe.room.state.closed)


def _reports(turn: Turn) -> bool:
    """Whether the report is to be written: at the closing, and when a photograph is removed after it."""
    return bool(turn.after.closed) and (not turn.before.closed or turn.before.photos != turn.after.photos)


async def ready(cafe: Held) -> None:
    """Prints the ready line."""
    line = {"ready": True, "join": cafe.join, "file": str(cafe.room.file.path), "port": cafe.port}
    click.echo(json.dumps(line, ensure_ascii=False))


async def wall(cafe: Held, liked: "Taste") -> int:
    """Shows the wall until the facilitator leaves it. Gives the exit code."""
    from screens.wall import WallApp

    app = WallApp(cafe.room, liked, live=cafe.room.live)
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


async def _count_heads(cafe: Held, tr: Translator) -> bool:
    """Asks how many people were there: phones are not people. Gives whether somebody said."""
    joined = sum(one.phone for one in cafe.room.state.participants.values())
    if cafe.room.state.head_count or not sys.stdin.isatty():
        return False
    question = tr("How many people were there? (Enter: not counted; {joined} phones joined)", joined=joined)
    while said := (await asyncio.to_thread(click.prompt, question, default="", show_default=False)).strip():
        if said.isdecimal() and 0 < int(said) <= MOST_HEADS:
            await cafe.room.do("heads", people=int(said))
            return True
        click.echo(tr("That is not a number of people."))
    return False


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
    asks = not headless and sys.stdin.isatty()
    if not asks or await asyncio.to_thread(click.confirm, tr("Remove it?"), default=True):
        await room.do("purge", people=len(room.people))


async def _take_list(cafe: Held, wish: Wish, headless: bool, tr: Translator) -> None:
    """Takes in what the list says since the café began; a café that only begins has read it just now."""
    if wish.code and cafe.room.state.plan.list and not cafe.room.state.closed:
        from cafe.cli.changed import take_in

        await take_in(cafe.room, wish.source, tr, asks=not headless and sys.stdin.isatty())


def _tell_port(cafe: Held, tr: Translator) -> None:
    if cafe.earlier:
        told = {"before": cafe.earlier, "port": cafe.port}
        click.echo(
            tr(
                "Port {before} is taken by another program: the address is on port {port} now, phones join again.",
                **told,
            ),
            err=True,
        )


def _tell_copies(stale: Sequence[str], tr: Translator) -> None:
    """Which copies somebody has to delete by hand."""
    if stale:
        said = tr("Words that were to be forgotten still stand in these copies; please delete them by hand:")
        click.echo("\n".join((said, *stale)), err=True)


def _tell_differing(cafe: Held, tr: Translator) -> None:
    if cafe.differing:
        from cafe.cli.sound import differs

        click.echo(differs(cafe.differing, cafe.room.file.path.name, tr), err=True)


def _text(plan: str) -> str:
    return Path(plan).read_bytes().decode("utf-8", errors="replace")


def _leave(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(code)
