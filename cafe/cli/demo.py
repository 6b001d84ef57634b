"""`cafe demo`: the lab of 2020 with simulated phones that really speak HTTP; nothing is kept but what `--to` names."""

import asyncio
import contextlib
import json
import sys
import tempfile
import tomllib
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cafe.cli.autopilot import fly
from cafe.cli.chosen import look, taste, tell
from cafe.cli.control import known_as
from cafe.cli.gathering import Words, gather
from cafe.cli.held import Held, Wish, held
from cafe.cli.run import ready, wall
from cafe.cli.speech import speech
from cafe.exports import write_all
from cafe.file import CafeFile
from cafe.phones import Book, Phones
from cafe.plan import Plan, parse

if TYPE_CHECKING:
    from screens.taste import Taste

SHORTLY_BEFORE = 11 * 60 + 9
"""When the demonstration in the terminal begins, in minutes after midnight: in time to see people arrive."""

LOOK_AROUND = 8.0
"""Seconds in which the lobby can be looked at before the demonstration goes on, at the usual speed or below."""

USUAL_SPEED = 30.0


@click.command("demo")
@click.option("--phones", type=click.IntRange(0, 500), default=24, help="How many phones take part.")
@click.option("--speed", type=click.FloatRange(0.1, 10_000), default=USUAL_SPEED, help="How fast the café's time runs.")
@click.option("--headless", is_flag=True, help="Without a picture, through the whole programme.")
@click.option("--to", "to", type=click.Path(file_okay=False), help="Write the exports into this folder.")
@look
def command(
    phones: int,
    speed: float,
    headless: bool,
    to: str | None,
    language: str | None,
    theme: str | None,
    sound: bool | None,
    flash: bool | None,
) -> None:
    """Show a café that runs by itself: the Timișoara lab of 2020, with simulated phones."""
    if not headless and not sys.stdout.isatty():
        click.echo(speech()("This is not a terminal. Use --headless to hold a café without a picture."), err=True)
        raise SystemExit(2)
    with tempfile.TemporaryDirectory(prefix="cafe-", ignore_cleanup_errors=True) as place:
        file = CafeFile(Path(place) / "demo.cafe")
        folder = _made(Path(to)) if to else None
        if headless:
            raise SystemExit(asyncio.run(_headless(file, phones, speed, folder)))
        liked = taste(theme=theme, sound=sound, flash=flash)
        tell(liked, speech())
        raise SystemExit(asyncio.run(_on_the_wall(file, phones, speed, folder, language, liked)))


def _made(folder: Path) -> Path:
    """A folder that can be written into, before anybody has waited for what shall stand there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as no:
        reason = no.strerror or str(no)
        click.echo(speech()("{file} cannot be written: {reason}.", file=str(folder), reason=reason), err=True)
        raise SystemExit(1) from no
    return folder


def example() -> tuple[Plan, str, Book]:
    """The example plan, its text, and what people say to each of its questions."""
    folder = files("cafe.examples")
    text = (folder / "lab2020.toml").read_text("utf-8")
    plan = parse(text).plan
    assert plan is not None, "the example is a good plan"
    said = tomllib.loads((folder / "lab2020_ideas.toml").read_text("utf-8"))
    book = {question.text("ro")[0]: said[question.id] for _, question in plan.questions()}
    return plan, text, {**book, "": said["answers"]}


def themes() -> Words:
    """The themes of the example, with the words by which their ideas are known."""
    said = tomllib.loads((files("cafe.examples") / "lab2020_ideas.toml").read_text("utf-8"))
    return dict(said["themes"])


def _moment(plan: Plan, minutes: int) -> int:
    """Café time of a time of day on the plan's own date, where this laptop stands."""
    day = plan.date or datetime.now().date()
    return int(datetime(day.year, day.month, day.day, minutes // 60, minutes % 60).timestamp() * 1000)


async def _headless(file: CafeFile, count: int, speed: float, to: Path | None) -> int:
    """The whole programme, as fast as asked; then the proof that nothing that a phone was promised is missing."""
    plan, text, book = example()
    wish = Wish(plan=plan, text=text, trial=True, speed=speed, host="127.0.0.1", at=_moment(plan, plan.programme[0].at))
    async with held(file, wish) as cafe:
        await ready(cafe)
        phones = Phones(cafe.join, book)
        phones.arrive(count, within=2)
        await _until(cafe, lambda: phones.joined >= count)
        pilot = asyncio.create_task(fly(cafe.room))
        gathering = asyncio.create_task(gather(cafe.room, themes(), reveal=False))
        await _until(cafe, lambda: bool(cafe.room.state.closed))
        pilot.cancel()
        gathering.cancel()
        await phones.leave()
        return _prove(cafe, phones, to)


async def _until(cafe: Held, met: Callable[[], bool]) -> None:
    """Waits for a condition of the café, or for somebody to stop the program."""
    met_or_ended = asyncio.Event()

    def look(_: object = None) -> None:
        if met():
            met_or_ended.set()

    unwatch = cafe.room.watch(look)
    ended = asyncio.create_task(cafe.ended.wait())
    ended.add_done_callback(lambda _: met_or_ended.set())
    look()
    while not met_or_ended.is_set():
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                await met_or_ended.wait()
        look()
    unwatch()
    ended.cancel()


def _prove(cafe: Held, phones: Phones, to: Path | None) -> int:
    """Writes the exports and says whether every promised idea is in them. Gives the exit code."""
    state = cafe.room.state
    kept = {id: idea.text for id, idea in state.ideas.items() if not idea.gone}
    missing = [told.id for told in phones.told.values() if kept.get(told.id) != told.text]
    if to:
        write_all(state, list(cafe.room.log.read()), to)
    line = {"phones": phones.joined, "promised": len(phones.told), "kept": len(kept), "missing": len(missing)}
    click.echo(json.dumps({**line, "closed": bool(state.closed), "to": str(to) if to else ""}, ensure_ascii=False))
    return 0 if state.closed and not missing else 1


async def _on_the_wall(
    file: CafeFile, count: int, speed: float, to: Path | None, language: str | None, liked: "Taste"
) -> int:
    plan, text, book = example()
    at, name = _moment(plan, SHORTLY_BEFORE), known_as(Path("demo.cafe"))
    wish = Wish(plan=plan, text=text, trial=True, speed=speed, at=at, language=language, known_as=name)
    async with held(file, wish) as cafe:
        phones = Phones(f"http://127.0.0.1:{cafe.port}/{cafe.room.state.code}", book)
        phones.arrive(count, within=look_around(speed))
        lead = asyncio.create_task(_lead(cafe, look_around(speed)))
        gathering = asyncio.create_task(gather(cafe.room, themes(), reveal=True))
        try:
            code = await wall(cafe, liked)
        finally:
            lead.cancel()
            gathering.cancel()
            await phones.leave()
        if to:
            _prove(cafe, phones, to)
        return code


def look_around(speed: float) -> float:
    """Seconds in the lobby: never more of the café's time than at the usual speed, or the day would run away."""
    return min(LOOK_AROUND, LOOK_AROUND * USUAL_SPEED / speed)


async def _lead(cafe: Held, wait: float) -> None:
    """Opens the doors, goes on to the opening, and then lets the clock lead."""
    await asyncio.sleep(wait)
    for _ in range(2):
        if cafe.room.state.position.block < 1:
            await cafe.room.do("next", step=cafe.room.state.step)
    await fly(cafe.room)
