"""Photographs of tablecloths in the private view: seen first, decided then, and never on the wall."""

import asyncio
import io
import sys
from pathlib import Path

import aiohttp
import pytest
from PIL import Image
from textual.pilot import Pilot
from textual.widgets import Static

from cafe.i18n import translator
from cafe.photos import Picture, picture
from cafe.remote import Remote
from cafe.room import Room
from screens.photograph import Photograph
from screens.widgets.cells import painted
from screens.window import opened
from tests.screens.test_private import until, view

FIRST, SECOND = "ab" * 12, "cd" * 12
RO = translator("ro")


def cloth(colour: tuple[int, int, int]) -> bytes:
    """A JPEG in one colour, twice as wide as high."""
    made = io.BytesIO()
    Image.new("RGB", (800, 400), colour).save(made, "JPEG")
    return made.getvalue()


async def taken(room: Room, id: str, table: int) -> bytes:
    """Somebody at a table sends a photograph; what is kept of it."""
    who = next(who for who in room.state.participants if (at := room.state.place(who)) and at.table == table)
    kept = Picture(picture(cloth((200, 40, 40))))
    await room.do("photograph", picture=kept, who=who, id=id)
    return kept.data


def said(pilot: Pilot[None], where: str) -> str:
    return str(pilot.app.screen.query_one(where, Static).content)


async def seen(room: Room, remote: Remote, pilot: Pilot[None]) -> bytes:
    """Tables 1 and 2 have a photograph each; that of table 1 is looked at."""
    kept = await taken(room, FIRST, 1)
    await taken(room, SECOND, 2)
    await pilot.press("3")
    await until(pilot, lambda: len(remote.state.photos) == 2)
    await pilot.press("r")
    await until(pilot, lambda: isinstance(pilot.app.screen, Photograph))
    return kept


async def ended(room: Room) -> None:
    while not room.state.closed:
        await room.do("next", step=room.state.step)


def test_a_photograph_is_seen_before_it_is_taken_out(tmp_path: Path) -> None:
    """On the tables' page r shows the table's photograph, arrows those of other tables; Enter takes the one that is
    seen out of the report, or in again, and afterwards u brings it back.
    """

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await seen(room, remote, pilot)
        await until(pilot, lambda: "▀" in pilot.app.export_screenshot())
        await until(pilot, lambda: "masa 1" in said(pilot, "#photo-where"))
        await pilot.press("enter")
        await until(pilot, lambda: room.state.photos[FIRST].hidden)
        await until(pilot, lambda: RO("taken out") in said(pilot, "#photo-where"))
        await pilot.press("enter")
        await until(pilot, lambda: not room.state.photos[FIRST].hidden)
        await until(pilot, lambda: RO("in the report") in said(pilot, "#photo-where"))
        await pilot.press("right")
        await until(pilot, lambda: "masa 2" in said(pilot, "#photo-where"))
        await pilot.press("enter")
        await until(pilot, lambda: room.state.photos[SECOND].hidden)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Photograph))
        await pilot.press("u")
        await until(pilot, lambda: not room.state.photos[SECOND].hidden)
        await pilot.press("down", "down", "r")
        told = RO("This table has no photograph; these have: {tables}", tables="1, 2")
        await until(pilot, lambda: said(pilot, "#told") == told)

    view(tmp_path, script, size=(80, 24))


def test_after_the_end_a_photograph_goes_at_the_second_press(tmp_path: Path) -> None:
    """What cannot be brought back is asked once more; then the picture is nowhere any more."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await seen(room, remote, pilot)
        await ended(room)
        await until(pilot, lambda: remote.state.closed)
        await pilot.press("enter")
        key = RO("The café is closed: it goes for good. Press {key} once more.", key="Enter")
        await until(pilot, lambda: said(pilot, "#photo-told") == key)
        assert FIRST in room.state.photos
        await pilot.press("enter")
        await until(pilot, lambda: FIRST not in room.state.photos)
        await until(pilot, lambda: said(pilot, "#photo-told") == RO("The photograph is gone for good."))

    view(tmp_path, script)


def test_a_window_gets_the_whole_photograph_by_an_address_of_its_own(tmp_path: Path) -> None:
    """The address needs no key, is the last one that was asked for, and is for this laptop's own windows alone."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        kept = await seen(room, remote, pilot)
        before, address = await remote.wish("window", SECOND), await remote.wish("window", FIRST)
        async with aiohttp.ClientSession() as browser:

            async def ask(url: str, **head: str) -> tuple[int, bytes]:
                async with browser.get(url, headers=head) as answer:
                    assert answer.status != 200 or answer.headers["Cache-Control"] == "no-store"
                    return answer.status, await answer.read()

            assert await ask(address) == (200, kept)
            assert (await ask(before))[0] == 404
            assert (await ask(address[:-1]))[0] == 404
            assert (await ask(address, Origin="https://example.org"))[0] == 403
            assert (await ask(address, Host="example.org"))[0] == 403
            await ended(room)
            await room.do("stand_photo", id=FIRST, hidden=True)
            assert (await ask(address))[0] == 404

    view(tmp_path, script)


def test_the_projector_is_thought_of_before_a_window_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first press of b warns; where there is no screen for windows the second one says so."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await seen(room, remote, pilot)
        await pilot.press("b")
        await until(pilot, lambda: "proiectorul" in said(pilot, "#photo-told"))
        await pilot.press("b")
        await until(pilot, lambda: said(pilot, "#photo-told") == RO("No window can be opened here."))

    view(tmp_path, script)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems open windows by other programs")
def test_a_window_is_opened_by_the_systems_own_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that opens addresses gets it, and what that program says does not reach the terminal."""
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/asked\necho noise >&2\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DISPLAY", ":99")
    assert asyncio.run(opened("http://127.0.0.1:1/x"))
    assert (tmp_path / "asked").read_text() == "http://127.0.0.1:1/x\n"


def test_a_photograph_keeps_its_shape_and_colours() -> None:
    """In a square of cells, which are twice as high as wide, a wide picture is as wide as the room and not as high."""
    rows = painted(picture(cloth((200, 40, 40))), 40, 40)
    assert len(rows) == 10
    assert {row.cell_length for row in rows} == {40}
    style = rows[5]._segments[20].style
    assert style
    assert style.color
    assert style.color.triplet
    assert all(abs(one - other) < 12 for one, other in zip(style.color.triplet, (200, 40, 40), strict=True))
