"""The people of a list in a real room: kept in one place, there again after a restart, forgotten to the last byte."""

import asyncio
from pathlib import Path

from cafe import events as e
from cafe.file import CafeFile
from cafe.people import Person
from cafe.room import Room
from tests.afternoon import difference, short
from tests.core.test_seating import hall
from tests.room.rooms import bodies, held, rebuilt, rows, where

NAME = "Ana-Maria Popescu"
LIST = (
    (e.Expected("ana", "A", 1), Person(name=NAME, organisation="Casa Artelor", sector="culture")),
    (e.Expected("ion", "A", 2), Person(name="Ion Ursu", sector="city")),
    (e.Expected("eva", "A", table=3, host=True), Person(name="Eva Nagy")),
)


def test_names_of_a_list_stand_in_one_place(tmp_path: Path) -> None:
    """No fact of the café holds a name, an organisation or a sector of the list; the tables of people has them."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            await room.do("arrive", who="ana")
            assert room.name("ana") == NAME
            assert rebuilt(room) == rows(room)
        said = " ".join(body for _, body in bodies(tmp_path / "a.cafe"))
        assert not any(word in said for word in (NAME, "Casa Artelor", "Ion Ursu", "culture", "Eva"))

    asyncio.run(story())


def test_who_has_come_is_still_here_after_a_restart(tmp_path: Path) -> None:
    """Stopped and started again, the café knows who of the list has come, who is expected, and all their names."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            await room.do("arrive", who="ana")
            await room.do("arrive", who="eva")
            await room.do("arrive", who="ion")
            await room.do("undo")
            state = room.state
            assert rebuilt(room) == rows(room)
            assert room.file.db.execute("SELECT participant FROM people WHERE joined = 0").fetchall() == [("ion",)]
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            assert set(difference(room.state, state)) <= {"offsets", "rev"}
            assert [each.who for each in room.state.to_come] == ["ion"]
            assert (room.name("ana"), room.name("ion")) == (NAME, "Ion Ursu")
            assert dict(room.state.hosts) == {3: "eva"}

    asyncio.run(story())


def test_a_phone_with_the_card_is_the_person_of_the_list(tmp_path: Path) -> None:
    """What the list says of somebody stays when their phone says less, and the phone is known again later."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            await room.do("arrive", who="ana")
            await room.do("join", who="phone-1", language="ro", card=1, person=Person("token-a"))
            await room.do("join", who="phone-2", language="ro", card=2, person=Person("token-i", name="Ionel"))
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert again.people.recognise("no such") == ""
        assert again.people.get("ana") == Person("token-a", NAME, "Casa Artelor", "culture")
        assert again.people.get("ion") == Person("token-i", "Ionel", "", "city")
        assert set(again.state.participants) == {"ana", "ion"}
        await again.stop()

    asyncio.run(story())


def test_somebody_of_the_list_is_forgotten_to_the_last_byte(tmp_path: Path) -> None:
    """Whether they have come or not, nothing of a forgotten person of the list is left in any file."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            await room.do("arrive", who="ion")
            assert where(tmp_path, NAME)
            await room.do("erase", who="ana")
            await room.do("erase", who="ion")
            assert where(tmp_path, NAME) == where(tmp_path, "Ion Ursu") == where(tmp_path, "Casa Artelor") == []
            assert [each.who for each in room.state.to_come] == ["eva"]
            assert rebuilt(room) == rows(room)

    asyncio.run(story())


def test_the_purge_takes_the_names_of_who_never_came(tmp_path: Path) -> None:
    """When the time for names is over those of the list go too, and the next start does not bring them back."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            await room.do("purge", people=3)
            assert where(tmp_path, NAME) == []
        async with held(tmp_path / "a.cafe", hall(4, 3), expected=LIST) as room:
            assert len(room.people) == 0
        assert where(tmp_path, NAME) == []

    asyncio.run(story())


def test_a_crowd_that_comes_at_once_is_mixed(tmp_path: Path) -> None:
    """Sectors are told apart however they are written, also among people who join in the same breath."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", hall(4, 1)) as room:
            sectors = ["Primărie", "primarie", "PRIMĂRIE", "firme", "firme", "Firme", "școli", "școli"]
            await asyncio.gather(
                *(
                    room.do("join", who=f"p{n}", language="ro", person=Person(f"token-{n}", sector=sector))
                    for n, sector in enumerate(sectors)
                )
            )
            (taken,) = room.state.seats.values()
            tables = [
                {sectors[int(who[1:])].casefold()[:5] for who, at in taken.items() if at == t} for t in range(1, 5)
            ]
            assert [len(found) for found in tables] == [2, 2, 2, 2]

    asyncio.run(story())


def test_an_earlier_file_takes_people_without_phones(tmp_path: Path) -> None:
    """A café that was begun before there were lists knows its phones still."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await room.do("join", who="ion", language="ro", person=Person("token-i", "Ion"))
            with room.file.turn() as db:
                db.execute("ALTER TABLE people RENAME TO later")
                db.execute(
                    "CREATE TABLE people (participant TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
                    " organisation TEXT NOT NULL, sector TEXT NOT NULL, notice TEXT NOT NULL, joined INTEGER NOT NULL)"
                )
                db.execute("INSERT INTO people SELECT * FROM later")
                db.execute("DROP TABLE later")
                db.execute("DELETE FROM _sqlite_migrations WHERE name = 'people_without_phones'")
        async with held(tmp_path / "a.cafe") as room:
            assert room.people.get("ion").name == "Ion"
            await room.do("join", who="ana", language="ro", person=Person(name="Ana"))
            await room.do("join", who="eva", language="ro", person=Person(name="Eva"))

    asyncio.run(story())
