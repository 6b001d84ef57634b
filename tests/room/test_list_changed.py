"""A list that was changed after the café began: told at the next start, taken in when asked; nobody loses a seat."""

import asyncio
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from cafe.cli.changed import changes, take_in
from cafe.cli.people import expected
from cafe.i18n import LANGUAGES, translator
from cafe.people import Person, hashed
from cafe.room import Room
from cafe.seating.people_csv import read_people
from tests.core.test_seating import hall
from tests.room.rooms import held, rebuilt, rows

PLAN = msgspec.structs.replace(hall(4, 3, 6), list="people.csv")
BEFORE = "name,sector,apart,stays\nAna,city,,\nIon,city,,\nEva,firms,,\nLia,,,\n"
AFTER = (
    "name,sector,apart,together,stays,languages\nDan,city,Ana,,,\nAna,city,,,2,ro\nIon,culture,,,,\n"
    "Eva,firms,,,3,\nZoe,,,Lia,,\nLia,,,,,\n"
)


@asynccontextmanager
async def day(folder: Path, text: str) -> AsyncIterator[Room]:
    """A café whose list is this now; it begins with the one that it had at first, and Ana has come with a phone."""
    if not (folder / "a.cafe").exists():
        (folder / "people.csv").write_text(BEFORE, "utf-8")
        async with held(folder / "a.cafe", PLAN, expected=expected(PLAN, str(folder / "plan.toml"))) as room:
            card = next(each.card for who, each in room.state.expected.items() if room.name(who) == "Ana")
            await room.do(
                "join", who="phone", language="ro", card=card, person=Person(hashed("token-a"), sector="theatre")
            )
    (folder / "people.csv").write_text(text, "utf-8")
    async with held(folder / "a.cafe", PLAN) as room:
        yield room


def said(room: Room) -> dict[str, tuple[int, int, str]]:
    """Card, table and sector of everybody who is expected, by name."""
    found = {room.name(who): (each.card, each.table, each) for who, each in room.state.expected.items()}
    return {name: (card, table, room.people.get(each.who).sector) for name, (card, table, each) in found.items()}


def answer(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{word}\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_changed_list_is_told_and_not_taken_in_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """Without somebody to ask, the names that are new or different are said, and the café goes on as it was."""

    async def story() -> None:
        async with day(tmp_path, AFTER) as room:
            before = said(room)
            await take_in(room, str(tmp_path / "plan.toml"), translator(language), asks=False)
            told = capsys.readouterr().err.splitlines()
            assert "Dan, Zoe" in told[0]
            assert "Ana, Ion, Eva, Lia" in told[1]
            assert told[-1] == translator(language)("The café goes on with the list as it was.")
            assert said(room) == before

    asyncio.run(story())


def test_what_the_list_says_now_is_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newcomers get the next cards, companions one, other facts hold; who has come keeps card, seats, phone and what
    they said; the same list again is no news, also after a restart.
    """

    async def story() -> None:
        async with day(tmp_path, AFTER) as room:
            before, seats = said(room), room.state.seats
            answer(monkeypatch, "y")
            await take_in(room, str(tmp_path / "plan.toml"), translator("en"), asks=True)
            now = said(room)
            assert now["Ana"] == (*before["Ana"][:2], "theatre")
            assert room.state.seats == seats
            assert room.people.recognise("token-a") == next(iter(room.state.participants))
            assert now["Ion"] == (*before["Ion"][:2], "culture")
            assert now["Eva"] == (0, 3, "firms")
            assert now["Zoe"][0] == now["Lia"][0] == before["Lia"][0]
            assert now["Dan"][0] not in {card for card, _, _ in before.values()}
            assert f"Dan: Card {now['Dan'][0]}" in capsys.readouterr().err
            assert rebuilt(room) == rows(room)
        async with day(tmp_path, AFTER) as room:
            assert said(room) == now
            assert room.people.recognise("token-a")
            await take_in(room, str(tmp_path / "plan.toml"), translator("en"), asks=True)
            assert "new" not in capsys.readouterr().err

    asyncio.run(story())


def test_a_list_takes_nobody_s_phone_from_them(tmp_path: Path) -> None:
    """What the list said of somebody is noted just after they came by phone: the phone is known, also later."""

    async def story() -> None:
        async with day(tmp_path, BEFORE) as room:
            ion = next(who for who in room.state.expected if room.name(who) == "Ion")
            await room.do("join", who=ion, language="ro", person=Person(hashed("token-i"), notice="n"))
            await room.do("expect", who=ion, person=Person(name="Ion", sector="culture"))
            assert room.people.recognise("token-i") == ion
        async with day(tmp_path, BEFORE) as room:
            assert room.people.recognise("token-i") == ion
            assert room.people.get(ion) == Person(hashed("token-i"), "Ion", "", "culture", "n")

    asyncio.run(story())


def test_phones_are_answered_while_the_question_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes before the facilitator has answered keeps what they said, and who is forgotten does not come back."""

    async def story() -> None:
        async with day(tmp_path, AFTER) as room:
            ids = {room.name(who): who for who in room.state.expected}
            asked, reply = os.pipe()
            with os.fdopen(asked) as stdin, os.fdopen(reply, "w") as hand:
                monkeypatch.setattr("sys.stdin", stdin)
                question = asyncio.create_task(take_in(room, str(tmp_path / "plan.toml"), translator("en"), asks=True))
                await asyncio.sleep(0)
                card = room.state.expected[ids["Ion"]].card
                await room.do("join", who="ion", language="ro", card=card, person=Person(hashed("token-i")))
                await room.do("forget", who=ids["Eva"])
                hand.write("y\n")
                hand.flush()
                await question
            assert room.people.recognise("token-i") in room.state.participants
            assert {"Dan", "Zoe"} <= set(said(room))
            assert "Eva" not in said(room)

    asyncio.run(story())


def test_a_list_with_mistakes_holds_nobody_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When the café goes on, a slip in the list is told with its line, and nothing is taken in."""

    async def story() -> None:
        async with day(tmp_path, "name,stays\nAna,\nDan,9\n") as room:
            before = said(room)
            await take_in(room, str(tmp_path / "plan.toml"), translator("en"), asks=True)
            mistake, then = capsys.readouterr().err.splitlines()
            assert mistake.endswith("people.csv:3: Dan is to stay at table 9, which there is not.")
            assert then == "The café goes on with the list as it was."
            assert said(room) == before

    asyncio.run(story())


def test_who_asked_to_be_forgotten_does_not_come_back_by_a_slip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing tells a forgotten name from a newcomer's: it is said, and Enter alone takes nothing in. Names that were
    removed because their time was over are never asked about.
    """

    async def story() -> None:
        async with day(tmp_path, BEFORE) as room:
            await room.do("forget", who=next(who for who in room.state.expected if room.name(who) == "Ion"))
            assert [change.name for change in changes(room.state, room.people, read_people(BEFORE))] == ["Ion"]
            answer(monkeypatch, "")
            await take_in(room, str(tmp_path / "plan.toml"), translator("en"), asks=True)
            assert "asked to be forgotten" in capsys.readouterr().err
            assert "Ion" not in said(room)
            await room.do("purge", people=len(room.people))
            await take_in(room, str(tmp_path / "plan.toml"), translator("en"), asks=True)
            assert capsys.readouterr().err == ""

    asyncio.run(story())
