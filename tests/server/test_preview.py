"""What the facilitator is shown of a phone at a table: what a phone there shows, and nothing of anybody's own."""

from pathlib import Path

import msgspec
import pytest

from cafe.i18n import AVAILABLE, translator
from cafe.people import Person
from cafe.rules import Refused
from server.preview import at_table, offer, read, shown
from tests.server.running import Answer, Cafe, Phone, run, running


async def page(phone: Phone) -> list[tuple[str, str]]:
    """What a real phone's page says, without the number of its card."""
    state, lines = await phone.state(), read((await phone.get("/c")).text)
    card = translator("ro")("Card {number}", number=state["card"])
    return [(kind, said.replace(card, "")) for kind, said in lines if said != card]


def near(lines: list[tuple[str, str]]) -> list[str]:
    """The words, without the clock, which goes on."""
    return [said for _, said in lines if ":" not in said or not said[-2:].isdigit()]


@pytest.mark.parametrize("phase", ["lobby", "welcome", "round", "move", "break", "harvest", "closing", "closed"])
def test_it_is_what_a_phone_at_that_table_shows(tmp_path: Path, phase: str) -> None:
    """In every phase the lines are those of the page of somebody who sits there and has written nothing yet."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as one, cafe.phone() as other:
            await cafe.until("round" if phase not in ("lobby", "welcome") else phase)
            if phase not in ("lobby", "welcome"):
                await other.send("idea-00000001", "Un centru <b>nou</b>")
            await cafe.until(phase)
            table = at_table(cafe.room.state, one.who)
            assert near(shown(cafe.room, table, "ro")) == near(await page(one))

    run(test())


def test_nobody_and_nothing_held_is_in_it(tmp_path: Path) -> None:
    """No name, no card and no idea that is hidden stands in it, and being looked at changes nothing in the room."""

    async def test() -> None:
        async with running(tmp_path, "lobby") as cafe:
            for who in ("ana", "ion"):
                person = Person(f"token-{who}", f"Popescu-{who}", "Town hall", "public")
                await cafe.room.do("join", who=who, language="ro", person=person)
            await cafe.until("round")
            await cafe.room.do("send", who="ana", id="idea-00000001", text="Hidden words")
            await cafe.room.do("stand", id="idea-00000001", standing="hidden")
            before = cafe.room.state
            for table in (1, 2):
                said = str(shown(cafe.room, table, "en"))
                for private in ("Popescu", "Town hall", "Hidden", "ana", "Card"):
                    assert private not in said
            assert cafe.room.state is before

    run(test())


def test_a_crowd_is_not_larger_by_who_looks(tmp_path: Path) -> None:
    """The number of people is the room's own, for who looks in and for a table's own device."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone():
            one = translator("ro").n("{n} person is here", "{n} people are here", 1)
            assert ("text", one) in shown(cafe.room, 1, "ro")
            assert one in (await _device(cafe)).text

    run(test())


async def _device(cafe: Cafe) -> Answer:
    async with cafe.phone(joined=False) as device:
        return await device.get(f"/t/{cafe.room.state.code}/1")


def test_it_is_asked_for_by_table_and_language(tmp_path: Path) -> None:
    """Every language that the program speaks can be looked at, and a table that is not there is refused."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe:
            offer(cafe.room)
            for language in AVAILABLE:
                lines = msgspec.json.decode(await cafe.room.wish("phone", f"1 {language}"))
                assert ["button", translator(language)("Send")] in lines
            for wrong in ("3 ro", "0 ro", "1 xx", "", "-1 ro", "one ro"):
                with pytest.raises(Refused):
                    await cafe.room.wish("phone", wrong)

    run(test())


def test_what_the_style_hides_is_not_in_it(tmp_path: Path) -> None:
    """While phones rest only that is said; in overtime the clock says so; no word is asked for before the end nears."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            table, tr = at_table(cafe.room.state, phone.who), translator("ro")
            await phone.send("idea-00000001", "Un centru nou")

            def said() -> str:
                return "\n".join(words for _, words in shown(cafe.room, table, "ro"))

            assert "Un centru nou" in said()
            assert tr("Still talking") not in said()
            assert tr("Leave word for the next people") not in said()
            await cafe.room._lay(cafe.room.now() + 12 * 60_000, 1)
            assert tr("Leave word for the next people") in said()
            await cafe.room._lay(cafe.room.now() + 5 * 60_000, 1)
            assert tr("Still talking") in said()
            await cafe.room.do("phones", down=True)
            assert tr("Phones down, please") in said()
            assert "Un centru nou" not in said()
            assert ("button", tr("Send")) not in shown(cafe.room, table, "ro")
            await cafe.room.do("message", text="Cafeaua este în curte", to="both")
            assert "Cafeaua este în curte" in said()

    run(test())
