"""The private view over the control port: it shows what the room shows, and nothing of whom the room has forgotten."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import msgspec
import pytest

from cafe.cli.control import answers
from cafe.people import Person
from cafe.plan import Plan
from cafe.remote import Door, Remote, door_of, read_door
from cafe.room import Room
from cafe.rules import Refused
from server.control import Control
from tests.afternoon import difference, short
from tests.patience import PATIENCE
from tests.room.rooms import held, until


@contextlib.asynccontextmanager
async def controlled(path: Path, plan: Plan | None = None) -> AsyncIterator[Room]:
    """A room with its control port."""
    async with held(path, plan) as room:
        control = Control(room)
        await control.open()
        try:
            yield room
        finally:
            await control.close()


@contextlib.asynccontextmanager
async def private(path: Path) -> AsyncIterator[Remote]:
    """A private view that is open."""
    view = Remote(lambda: read_door(path))
    await view.open()
    try:
        yield view
    finally:
        await view.close()


async def true(condition: Callable[[], bool]) -> None:
    """Waits for something to be true."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


async def told(room: Room) -> None:
    await room.do("join", who="ana", language="ro", person=Person("t1", "Ana"))
    await room.do("join", who="ion", language="ro", person=Person("t2", "Ion"))
    await until(room, "round")
    await room.do("send", who="ana", id="idea-ana-1", text="A private thought")
    await room.do("send", who="ion", id="idea-ion-1", text="Another one")


def test_the_private_view_sees_what_the_room_sees(tmp_path: Path) -> None:
    """The same café, all but who sent, left, answered or voted what; names for the facilitator; and café time."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with controlled(path, short()) as room, private(path) as view:
            opened = room.saved
            await told(room)
            await room.do("hand_over", who="ana", text="What we leave")
            await room.do("feed_back", who="ion", id="feedback-1", words={"took": "Much"})
            await true(lambda: bool(view.state.feedback))
            assert set(difference(view.state, room.state)) <= {"ideas", "handovers", "feedback", "room"}
            sent = (view.state.ideas, view.state.handovers, view.state.feedback)
            assert [len(each) for each in sent] == [2, 1, 1]
            assert not any(one.by for each in sent for one in each.values())
            assert (view.name("ana"), view.name("nobody")) == ("Ana", "")
            assert opened - 1 <= view.now() <= room.now() + 1

    asyncio.run(story())


def test_a_key_in_the_private_view_does_what_it_does_at_the_wall(tmp_path: Path) -> None:
    """A command is done, or refused with the same reason; a participant's command is not the facilitator's."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with controlled(path, short()) as room, private(path) as view:
            step = view.state.step
            outcome = await view.do("next", step=step)
            assert outcome.state.phase == room.state.phase == "welcome"
            for name, given, code in (
                ("next", {"step": step}, "already_left"),
                ("join", {"who": "p1", "language": "ro"}, "unknown_command"),
                ("dance", {}, "unknown_command"),
                ("add", {"minutes": "many"}, "unknown_command"),
            ):
                with pytest.raises(Refused) as no:
                    await view.do(name, **given)
                assert no.value.code == code

    asyncio.run(story())


def test_a_view_that_fails_once_hears_what_comes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Something goes wrong while the private view draws: it is noted, and the view goes on with the café."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with controlled(path, short()) as room, private(path) as view:
            unwatch = [view.watch(lambda _: 1 / 0), view.live.watch(lambda: 1 / 0)]
            await told(room)
            await true(lambda: view.state.numbers == 2)
            for each in unwatch:
                each()
            await view.do("pause")
            assert view.connected

    asyncio.run(story())
    assert "ZeroDivisionError" in caplog.text


def test_who_is_forgotten_is_forgotten_in_the_private_view(tmp_path: Path) -> None:
    """Words and name are gone there too, whether it was looking at that moment or comes back afterwards."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with held(path, short()) as room:
            control = Control(room)
            await control.open()
            async with private(path) as view:
                await told(room)
                await true(lambda: len(view.state.ideas) == 2)
                await room.do("forget", who="ana")
                await true(lambda: "idea-ana-1" not in view.state.ideas)
                assert view.name("ana") == ""
                assert view.state.shown == 1
                await control.close()
                await true(lambda: not view.connected)
                await room.do("forget", who="ion")
                control = Control(room)
                await control.open()
                await true(lambda: view.connected and not view.state.ideas)
                assert view.name("ion") == ""
                await room.do("purge", people=0)
                await control.close()

    asyncio.run(story())


def test_the_private_view_finds_a_cafe_that_was_started_again(tmp_path: Path) -> None:
    """When the program is started again, on the same file or on a new one, the view shows what is true now."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with controlled(path, short()) as room:
            await told(room)
            view = Remote(lambda: read_door(path))
            await view.open()
        async with controlled(path) as room:
            await room.do("heads", people=9)
            await true(lambda: view.state.head_count == 9)
        path.unlink()
        async with controlled(path, short()) as room:
            await true(lambda: view.state.epoch == room.state.epoch)
            assert not view.state.ideas
        await view.close()

    asyncio.run(story())


@pytest.mark.parametrize("url", ["http://192.0.2.1:80", "http://127.0.0.1:80@192.0.2.1", "http://[", "file:///etc"])
def test_a_door_that_leads_elsewhere_is_none(tmp_path: Path, url: str) -> None:
    """A folder that came from somebody else cannot lead the private view, and what is done in it, to their machine."""
    path = tmp_path / "a.cafe"
    door_of(path).write_bytes(msgspec.json.encode(Door(url, "key")))
    with pytest.raises(ValueError, match=r"leads|Invalid"):
        read_door(path)
    assert not answers(path)


def test_a_cafe_that_says_nothing_any_more_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A café that stands still, though its line is open, counts as out of reach."""
    monkeypatch.setattr("cafe.remote.SILENCE", 0.2)
    left = asyncio.Event()

    async def play() -> None:
        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            server.close()
            await reader.read()
            left.set()
            writer.close()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        view = Remote(lambda: Door(url, "key"))
        opening = asyncio.create_task(view.open())
        async with asyncio.timeout(PATIENCE):
            await left.wait()
        await true(lambda: not view.connected)
        opening.cancel()
        with contextlib.suppress(asyncio.CancelledError, TimeoutError):
            await opening
        await view.close()
        await server.wait_closed()

    asyncio.run(play())


def test_the_door_opens_to_its_key_alone(tmp_path: Path) -> None:
    """Without the key, with a wrong one, or from a web page the control port says no; its file is the facilitator's."""
    path = tmp_path / "a.cafe"

    async def story() -> None:
        async with controlled(path, short()), aiohttp.ClientSession() as session:
            door = read_door(path)
            if os.name == "posix":
                assert door_of(path).stat().st_mode & 0o077 == 0
            key = {"Authorization": f"Bearer {door.key}"}
            for headers in (
                {},
                {"Authorization": "Bearer x"},
                key | {"Origin": door.url},
                key | {"Host": "evil.example"},
            ):
                async with session.get(f"{door.url}/follow", headers=headers) as answer:
                    assert answer.status == 403
        assert not door_of(path).exists()

    asyncio.run(story())
