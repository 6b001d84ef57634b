"""Phones of people who stand on the list: the number of their card or their name makes them that person."""

import asyncio
import re
from pathlib import Path

import msgspec

from cafe import events as e
from cafe.people import Person
from tests.server.running import CODE, PLAN, Cafe, run, running

LIST = ((e.Expected("ana", "", 3), "Ana Șerban"), (e.Expected("eva", "", table=2, host=True), "Eva Nagy"))
ASKS = msgspec.structs.replace(PLAN, ask=("name",))


async def expect(cafe: Cafe) -> None:
    """The list comes into a room that runs already."""
    for coming, name in LIST:
        await cafe.room._ask(lambda *_, coming=coming: (coming,), Person(name=name))  # type: ignore[misc]


def test_the_number_of_the_card_is_enough(tmp_path: Path) -> None:
    """A phone that gives the number of a printed card is the person of the list; a second tap changes nothing."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone, cafe.phone(joined=False) as other:
            await expect(cafe)
            page = await phone.get(f"/{CODE}")
            found = re.search(r'name="key" value="([^"]+)"', page.text)
            assert found
            form = {"key": found[1], "card": "3"}
            cookies: dict[str, str] = {}
            twice = [phone.post(f"/{CODE}", form, cookies=cookies) for _ in range(2)]
            assert [answer.status for answer in await asyncio.gather(*twice)] == [303, 303]
            assert set(cafe.room.state.participants) == {"ana"}
            assert phone.who == "ana"
            assert (await phone.state())["card"] == 3
            taken = await other.post(f"/{CODE}", {"card": "3"})
            assert taken.status == 409
            assert "Ana" not in taken.text
            assert set(cafe.room.state.participants) == {"ana"}

    run(test())


def test_a_name_of_the_list_is_that_person(tmp_path: Path) -> None:
    """Where the page asks for names, who writes theirs, however spelt, has the seat of the list; a host hosts."""

    async def test() -> None:
        async with running(tmp_path, plan=ASKS) as cafe:
            await expect(cafe)
            await cafe.room.do("arrive", who="ana")
            async with (
                cafe.phone(joined=False) as ana,
                cafe.phone(joined=False) as eva,
                cafe.phone(joined=False) as same,
            ):
                for phone, name in ((ana, "ana serban"), (eva, "Eva Nagy"), (same, "Eva Nagy")):
                    assert (await phone.post(f"/{CODE}", {"name": name})).status == 303
                assert (ana.who, eva.who) == ("ana", "eva")
                assert same.who not in ("ana", "eva")
                assert dict(cafe.room.state.hosts) == {2: "eva"}
                await cafe.until("round")
                assert (await eva.state())["host"]
                assert (await eva.state())["table"] == 2

    run(test())
