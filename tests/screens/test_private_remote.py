"""The private view shows the code with which a phone becomes the remote, and how to end that; the wall never does."""

import asyncio
from pathlib import Path

import aiohttp
import cv2
import pytest
from textual.pilot import Pilot

from cafe.remote import Remote
from cafe.room import Room
from screens.pairing import Pairing
from screens.private import PrivateApp
from screens.remote import Buttons
from server.remote import Remotes
from tests.screens import raster
from tests.screens.room import wall
from tests.screens.test_private import until, view


def scanned(pilot: Pilot[None]) -> str:
    """What a camera reads from the terminal; nothing, as long as nothing is drawn there."""
    if not any(raster.cells(pilot.app)):
        return ""
    return str(cv2.QRCodeDetector().detectAndDecode(raster.pixels(pilot.app))[0])


async def handed(room: Room) -> Remotes:
    """The room with somebody who pairs phones, and an address of this machine."""
    await room.address("http://127.0.0.1:8080")
    return Remotes(room, lambda: Buttons(room))


def asking(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, Pairing)


def told(pilot: Pilot[None]) -> str:
    """What stands below the pages."""
    app = pilot.app
    assert isinstance(app, PrivateApp)
    return app._said


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
def test_the_code_for_the_remote_is_scanned_from_the_private_view(tmp_path: Path, size: tuple[int, int]) -> None:
    """Z shows a code that a camera reads; when a phone has taken it the box closes and says so; x ends that."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        remotes = await handed(room)
        await pilot.press("0")
        await until(pilot, lambda: asking(pilot) and scanned(pilot))
        url = scanned(pilot)
        assert url.startswith("http://127.0.0.1:81")
        async with (
            aiohttp.ClientSession() as phone,
            phone.post(url, headers={"Origin": url.partition("/R/")[0]}) as got,
        ):
            assert got.status in (200, 403)  # The cookie of an address without a name is not kept by this client.
        tr = pilot.app.tr  # type: ignore[attr-defined]
        await until(pilot, lambda: not asking(pilot))
        assert told(pilot) == tr("The phone is the remote now")
        await until(pilot, lambda: remote.live.pulse.remotes == 1)
        await pilot.press("0")
        await until(pilot, lambda: asking(pilot))
        assert not scanned(pilot)  # Ending it shows no code to a mirrored screen.
        await pilot.press("x")
        await until(pilot, lambda: not asking(pilot) and remote.live.pulse.remotes == 0)
        assert told(pilot) == tr("No phone is a remote any more")
        await remotes.close()

    view(tmp_path, script, size=size)


def test_the_code_goes_with_its_box(tmp_path: Path) -> None:
    """Esc closes the box, and what was on it makes nobody the remote afterwards."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        remotes = await handed(room)
        await pilot.press("0")
        await until(pilot, lambda: asking(pilot) and remotes.pairing.open)
        await pilot.press("escape")
        await until(pilot, lambda: not asking(pilot) and not remotes.pairing.open)
        await remotes.close()

    view(tmp_path, script)


def test_where_no_phone_could_come_the_box_says_so(tmp_path: Path) -> None:
    """A café on an address that is none of a network's has no remote, and says that in a sentence."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("0")
        tr = pilot.app.tr  # type: ignore[attr-defined]
        said = tr("No phone can reach a remote here: this laptop has no address in a network.")[:20]
        await until(pilot, lambda: asking(pilot) and any(said in row for row in raster.words(pilot.app)))
        await pilot.press("escape")
        await until(pilot, lambda: not asking(pilot))

    view(tmp_path, script)


def test_the_wall_goes_dark_from_the_private_view_too(tmp_path: Path) -> None:
    """The key b in the private view darkens the wall and lights it again; both know."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("b")
        await until(pilot, lambda: room.live.pulse.dark and remote.live.pulse.dark)
        await pilot.press("b")
        await until(pilot, lambda: not room.live.pulse.dark and not remote.live.pulse.dark)

    view(tmp_path, script)


def test_the_wall_shows_nothing_of_the_remote(tmp_path: Path) -> None:
    """While a code is open, and when a phone is the remote, the wall is letter by letter what it was."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.room.address("http://127.0.0.1:8080")
            remotes = Remotes(held.room, lambda: Buttons(held.room))
            await held.room.do("pause")
            await held.settle()
            before = raster.cells(held.app)[1:]
            key = await held.room.wish("pair")
            await held.settle()
            assert raster.cells(held.app)[1:] == before
            remotes.pairing.take(key.rpartition("/")[2])
            remotes._tell()
            assert held.room.live.pulse.remotes == 1
            await held.settle()
            assert raster.cells(held.app)[1:] == before
            await held.room.wish("dark")
            await held.settle()
            assert held.text == ""
            await held.press("b")
            assert held.app.current_mode == "round"
            assert not held.room.live.pulse.dark
            await remotes.close()

    asyncio.run(look())
