"""A list of people that was changed after the café began: what it says now is told, and taken in when somebody says so.

Nobody who has come loses anything by it, and nobody is struck off: who is not in the list any more stays expected.
"""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from cafe import events as e
from cafe.cli.people import beside, understood
from cafe.i18n import Translator
from cafe.people import People as Known
from cafe.people import Person, together
from cafe.room import Room
from cafe.rules import Refused
from cafe.seating.people_csv import People
from cafe.seating.places import group_of, is_host, staying
from cafe.state import State
from cafe.text import key


class Change(NamedTuple):
    """What the list says now of somebody; `new` if they were not in it before. `given` is for the command `expect`."""

    name: str
    new: bool
    given: dict[str, Any]
    person: Person


async def take_in(room: Room, source: str, tr: Translator, *, asks: bool) -> None:
    """Tells what has changed in the list of the plan in `source`, and takes it in if somebody who is asked says so."""
    file = beside(room.state.plan, source)
    if not file.is_file() or not len(room.people):  # Without names nobody could be told from a newcomer.
        return
    try:
        read, wrong = understood(str(file), file.read_bytes(), room.state.plan)
    except OSError:
        return
    as_it_was = tr("The café goes on with the list as it was.")
    if wrong:
        click.echo("\n".join((*wrong, as_it_was)), err=True)
        return
    found = changes(room.state, room.people, read)
    if not found:
        return
    _tell(found, tr)
    if room.state.forgotten:
        said = tr(
            "Whoever asked to be forgotten and still stands in the list would be in it again: strike them out first."
        )
        click.echo(said, err=True)
    question = tr("Take this in? Who has come keeps their card and their seats.")
    if not asks or not await asyncio.to_thread(click.confirm, question, default=not room.state.forgotten):
        click.echo(as_it_was, err=True)
        return
    agreed = {change.name: change.new for change in found}
    for change in changes(room.state, room.people, read):  # Phones were answered meanwhile: who came, who is forgotten?
        if change.name not in agreed or change.new > agreed[change.name]:
            continue
        try:
            outcome = await room.do("expect", person=change.person, **change.given)
        except Refused:
            continue
        if change.new:
            _tell_place(change.name, [record.event for record in outcome.records], tr)


def changes(state: State, known: Known, read: People) -> Sequence[Change]:
    """What a list says that the café does not know: newcomers, and other facts of those whom it does."""
    there = {key(known.get(who).name): who for who in (*state.participants, *state.expected)}
    there.pop("", None)
    ids = {guest.name: there.get(key(guest.name)) or secrets.token_hex(8) for guest in read.guests}
    tables, bands = staying(state.plan, read.guests), {name: band for band in read.together() for name in band}
    found = []
    for guest in read.guests:
        who, band = ids[guest.name], bands.get(guest.name, frozenset())
        given = {
            "who": who,
            "group": group_of(state.plan, guest) or "",
            "table": tables.get(guest.name, 0),
            "host": guest.name in tables and is_host(state.plan, guest),
            "languages": sorted(guest.languages),
            "apart": sorted(ids[other] for other in guest.apart),
            "together": sorted(ids[other] for other in band - {guest.name}),
        }
        listed, was = Person(name=guest.name, organisation=guest.organisation, sector=guest.sector), known.get(who)
        # What somebody said who is in counts more than what the list says of them.
        person = together(was, listed) if who in state.participants else together(listed, was)
        new = key(guest.name) not in there
        if new or person != was or _differs(state, who, given):
            found.append(Change(guest.name, new, given, person))
    return found


def _differs(state: State, who: str, given: dict[str, Any]) -> bool:
    """Whether the list says of somebody whom the café knows what it did not say before."""
    was = state.expected.get(who, e.Expected(who, ""))
    if any(sorted(getattr(was, wish)) != given[wish] for wish in ("languages", "apart", "together")):
        return True
    if who in state.participants:
        return False
    moved = (given["table"], given["host"]) != (was.table, was.host)
    return moved or given["group"] not in ("", was.group)


def _tell(found: Sequence[Change], tr: Translator) -> None:
    new, other = ([each.name for each in found if each.new is new] for new in (True, False))
    if new:
        names = ", ".join(new)
        said = tr.n(
            "{n} person is new in the list: {names}.", "{n} people are new in the list: {names}.", len(new), names=names
        )
        click.echo(said, err=True)
    if other:
        names = ", ".join(other)
        said = tr.n(
            "The list says something else of {n} person: {names}.",
            "The list says something else of {n} people: {names}.",
            len(other),
            names=names,
        )
        click.echo(said, err=True)


def _tell_place(name: str, facts: Sequence[e.Event], tr: Translator) -> None:
    """The card that somebody new got: none is printed for them yet."""
    for fact in facts:
        if isinstance(fact, e.Expected):
            place = tr("Table {number}", number=fact.table) if fact.table else tr("Card {number}", number=fact.card)
            click.echo(f"{name}: {place}", err=True)
