"""`cafe paper`: ideas from paper cards into a café, while it runs or long after it closed."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cafe.cli.export import read as read_file
from cafe.cli.export import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cafe.i18n import Translator
    from cafe.rules.paper import Card
    from cafe.stage import Stage


@click.command("paper")
@click.argument("cards", metavar="CSV", type=click.Path(path_type=Path))
@click.option("--to", "file", required=True, type=click.Path(path_type=Path), help="The café's file.")
@click.option("--empty", is_flag=True, help="Write an empty sheet to fill in, in the café's language.")
def command(cards: Path, file: Path, empty: bool) -> None:
    """Add ideas from paper cards, a spreadsheet with table, question and text; twice is the same as once."""
    from cafe.cli.control import answers
    from cafe.cli.speech import speech
    from cafe.file import FileTrouble, NotSaved
    from cafe.rules.paper import read_cards

    tr = speech()
    state = read_file(file, tr).state
    if empty:
        _write(cards, state.plan.language, tr)
        return
    try:
        raw = cards.read_bytes()
    except FileNotFoundError:
        refuse(tr("There is no file {file}.", file=str(cards)), 2)
    except OSError as no:
        refuse(tr("{file} cannot be read: {reason}.", file=str(cards), reason=no.strerror or str(no)), 2)
    found = read_cards(raw, state)
    for mistake in found.mistakes:
        click.echo(f"{cards}:{mistake.line}: {tr(mistake.message, **mistake.args)}", err=True)
    if found.mistakes:
        refuse(tr("No card was added. Mend the sheet and try again."), 2)
    new = sum(card.id not in state.ideas for card in found.cards)
    try:
        asyncio.run((_running if answers(file) else _resting)(file, found.cards))
    except FileTrouble as no:
        from cafe.cli.which import trouble

        refuse(trouble(no, tr), 1)
    except (NotSaved, TimeoutError):
        refuse(tr("It could not be saved just now. Please try again."), 1)
    _tell(tr, new, len(found.cards) - new)


def _write(cards: Path, language: str, tr: "Translator") -> None:
    from cafe.rules.paper import empty

    try:
        with cards.open("x", encoding="utf-8", newline="") as sheet:
            sheet.write(empty(language))
    except FileExistsError:
        refuse(tr("{file} is already there; name another file.", file=str(cards)), 2)
    except OSError as no:
        refuse(tr("{file} cannot be written: {reason}.", file=str(cards), reason=no.strerror or str(no)), 1)
    click.echo(cards)


def _tell(tr: "Translator", new: int, known: int) -> None:
    click.echo(tr.n("{n} idea was added.", "{n} ideas were added.", new))
    if known:
        click.echo(tr.n("{n} was there already.", "{n} were there already.", known))
    if new:
        click.echo(tr("The report does not have them yet: `cafe export` writes it again."))


async def _running(file: Path, cards: "Sequence[Card]") -> None:
    """Through the control port of the program that holds the café."""
    from cafe.remote import Remote, read_door

    remote = Remote(lambda: read_door(file))
    try:
        await remote.open()
        await _enter(remote, cards)
    finally:
        await remote.close()


async def _resting(file: Path, cards: "Sequence[Card]") -> None:
    """Into the file itself, which no other program holds."""
    from cafe.file import CafeFile
    from cafe.room import Room

    room = Room(CafeFile(file))
    try:
        await room.start()
        await _enter(room, cards)
    finally:
        await room.stop()


async def _enter(stage: "Stage", cards: "Sequence[Card]") -> None:
    for card in cards:
        given = {"place": card.place.word, "source": "paper", "language": card.language}
        await stage.do("enter", id=card.id, text=card.text, **given)
