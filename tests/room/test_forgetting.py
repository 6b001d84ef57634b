"""Forgetting: when somebody is forgotten or the names' time is over, no byte of it is left in any of the files."""

import asyncio
import shutil
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from cafe.file import CafeFile
from cafe.people import Person
from cafe.room import Room
from tests.afternoon import difference, short
from tests.patience import PATIENCE
from tests.room.rooms import bodies, held, rebuilt, rows, until, where

NAME = "Ana-Maria Popescu"
WORDS = "A very private thought about the mayor"
OTHERS = "Somebody else's thought"


async def told(room: Room) -> None:
    """Ana is in, has said something and mended it; somebody else has said something too."""
    await room.do("join", who="ana", language="ro", person=Person("token-a", NAME, "Town hall", "public"))
    await room.do("join", who="ion", language="ro", person=Person("token-i", "Ion"))
    await until(room, "round")
    await room.do("send", who="ana", id="idea-ana-1", text=WORDS)
    await room.do("send", who="ion", id="idea-ion-1", text=OTHERS, on="idea-ana-1")
    await room.do("change", who="ana", id="idea-ana-1", text=f"{WORDS}!")
    await room.do("stand", id="idea-ana-1", standing="hidden")


def left(folder: Path) -> list[str]:
    return where(folder, WORDS) + where(folder, NAME)


def test_who_is_forgotten_leaves_no_byte(tmp_path: Path) -> None:
    """When "forget me" is answered, neither the words nor the name stand in the file, its journal or a copy."""
    copy = tmp_path / "a.cafe-before-format-1"

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            copy.write_bytes((tmp_path / "a.cafe").read_bytes() + WORDS.encode())
            assert "a.cafe-wal" in left(tmp_path)
            await room.do("forget", who="ana")
            assert left(tmp_path) == []
            assert not copy.exists()
            assert "a.cafe" in where(tmp_path, OTHERS)
            assert rebuilt(room) == rows(room)
            await room.do("undo")
            assert set(room.state.ideas) == {"idea-ion-1"}
            state = room.state
        assert left(tmp_path) == []
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        assert again.people.get("ana") == Person()
        assert again.people.recognise("token-i") == ""
        await again.stop()

    asyncio.run(story())


def test_one_who_comes_and_goes_in_one_breath_is_forgotten_right(tmp_path: Path) -> None:
    """Sending, being forgotten and coming back within one turn leaves in the file what it leaves in the room."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            await asyncio.gather(
                room.do("send", who="ana", id="idea-ana-2", text=f"{WORDS}, once more"),
                room.do("forget", who="ana"),
                room.do("join", who="ana", language="ro"),
                room.do("send", who="ana", id="idea-ana-3", text="A new beginning"),
            )
            state = room.state
            assert set(state.ideas) == {"idea-ion-1", "idea-ana-3"}
            assert left(tmp_path) == []
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()

    asyncio.run(story())


def test_what_a_host_wrote_down_for_others_stays(tmp_path: Path) -> None:
    """A host who is forgotten takes their own words along, not what people without a phone said; nothing in any file
    says any more who typed it.
    """
    said, mended, back = "Mrs Radu wants a bench", "Mr Ene wants two benches", "A slip of the host's thumb"
    link = '"by":"ana"'

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            await room.do("host", who="ana", table=1)
            await room.do("send", who="ana", id="idea-radu", text=said, other=True)
            await room.do("send", who="ana", id="idea-ene", text="Mr Ene", other=True)
            await room.do("change", who="ana", id="idea-ene", text=mended)
            await room.do("send", who="ana", id="idea-slip", text=back, other=True)
            await room.do("take_back", who="ana", id="idea-slip")
            assert where(tmp_path, link) == ["a.cafe-wal"]
            await room.do("forget", who="ana")
            assert left(tmp_path) == where(tmp_path, back) == where(tmp_path, link) == []
            assert [idea.text for idea in room.state.newest()] == [mended, said, OTHERS]
            assert not any(idea.by == "ana" for idea in room.state.ideas.values())
            assert rebuilt(room) == rows(room)
            state = room.state
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()
        assert not any('"ana"' in body for kind, body in bodies(tmp_path / "a.cafe") if kind.startswith("idea"))

    asyncio.run(story())


def reading(path: Path) -> sqlite3.Connection:
    """Another program that looks at the file and does not let go."""
    other = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM events").fetchone()
    return other


def test_a_journal_that_is_being_read_is_emptied_later(tmp_path: Path) -> None:
    """While another program looks at the file the words may wait in its journal, and not a moment longer."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            other = reading(tmp_path / "a.cafe")
            await room.do("forget", who="ana")
            assert left(tmp_path) != []
            other.close()
            async with asyncio.timeout(PATIENCE):
                while left(tmp_path):
                    await asyncio.sleep(0.1)
            await room.do("heads", people=1)

    asyncio.run(story())


def test_the_end_of_the_program_empties_the_journal(tmp_path: Path) -> None:
    """What was still being read is gone when the program has ended."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            other = reading(tmp_path / "a.cafe")
            await room.do("forget", who="ana")
            assert left(tmp_path) != []
            other.close()
        assert left(tmp_path) == []

    asyncio.run(story())


def test_the_next_start_finishes_a_forgetting(tmp_path: Path) -> None:
    """If the program dies between forgetting and tidying up, nothing is left when it has started again."""
    died = tmp_path / "died"
    died.mkdir()

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            other = reading(tmp_path / "a.cafe")
            await room.do("forget", who="ana")
            for name in ("a.cafe", "a.cafe-wal"):
                shutil.copy(tmp_path / name, died / name)
            other.close()
        assert left(died) != []
        async with held(died / "a.cafe") as room:
            assert left(died) == []
            assert set(room.state.ideas) == {"idea-ion-1"}

    asyncio.run(story())


def test_the_purge_takes_every_name_and_no_idea(tmp_path: Path) -> None:
    """When the names' time is over they are nowhere, and every idea is still there."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            await room.do("purge", people=2)
            assert where(tmp_path, NAME) == where(tmp_path, "Town hall") == []
            assert len(room.people) == 0
            assert len(room.state.ideas) == 2
        assert "a.cafe" in where(tmp_path, OTHERS)

    asyncio.run(story())


@pytest.mark.parametrize("by", ["ana", "ion"])
def test_a_closed_cafe_says_of_no_idea_who_sent_it(tmp_path: Path, by: str) -> None:
    """After the end no idea's record names a participant; being forgotten then takes the name and leaves the ideas."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await told(room)
            await until(room, "closed")
            await room.do("forget", who=by)
            assert len(room.state.ideas) == 2
            assert by not in room.state.participants
            state = room.state
        assert not any('"by"' in body for kind, body in bodies(tmp_path / "a.cafe") if kind == "idea_sent")
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()

    asyncio.run(story())
