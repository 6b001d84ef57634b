"""The questions of the private view: what to do about the tables, and who takes one over; none of it on the wall."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from cafe.i18n import AVAILABLE, translator
from cafe.people import Person, hashed
from cafe.remote import Remote
from cafe.room import Room
from cafe.rules import REFUSALS
from cafe.rules.evening import heirs, offers, strains
from cafe.state import RoundKey
from screens.board import Board
from screens.choice import Choice
from screens.footer import footer
from screens.private import PAGES, PrivateApp
from screens.roster import Roster
from tests.core.test_seating import hall, sizes
from tests.patience import LONG
from tests.screens.room import changed, lab, still, wall
from tests.screens.test_private import until, view
from tests.screens.test_private_view import screen, told

SECOND, THIRD = RoundKey(0, "s1", 2), RoundKey(0, "s1", 3)


def stands(pilot: Pilot[None]) -> bool:
    """Whether a question stands there with its answers."""
    options = pilot.app.screen.query(OptionList) if isinstance(pilot.app.screen, Choice) else ()
    return any(each.highlighted == 0 for each in options)


def asked(pilot: Pilot[None]) -> bool:
    """Whether it hears, too."""
    return stands(pilot) and isinstance(pilot.app.screen, Choice) and pilot.app.screen.hears


def answers(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def crowd(room: Room) -> None:
    """Three people who, all at once, cannot move from table 3, which has six seats: more than it takes later."""
    await asyncio.gather(*(room.do("pin", who=who, table=3) for who in ("p0", "p1", "p2")))


async def empty_a_table(room: Room) -> None:
    """Three who were to sit at table 1 next leave."""
    for who in [who for who, table in room.state.seats[SECOND].items() if table == 1][:3]:
        await room.do("leave", who=who)


def test_what_could_be_done_is_offered_with_its_price(tmp_path: Path) -> None:
    """On e there are two or three ways on; Esc leaves all as it is, Enter takes the chosen one, u takes it back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await empty_a_table(room)
        before = room.state
        await until(pilot, lambda: remote.state.rev == before.rev)
        await pilot.press("e")
        await until(pilot, lambda: asked(pilot))
        tr = pilot.app.tr  # type: ignore[attr-defined]
        keep, even = answers(pilot)[:2]
        assert keep.startswith("1  ")
        assert tr("no announced seat changes") in keep
        assert tr("{least} to {most} at each table", least=2, most=5) in keep
        assert tr("{least} to {most} at each table", least=4, most=5) in even
        await pilot.press("escape")
        await until(pilot, lambda: not asked(pilot))
        assert room.state == before
        await pilot.press("e")
        await until(pilot, lambda: asked(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: room.state.undo[-1].what == "seated")
        for key in (SECOND, THIRD):
            assert max(sizes(room.state, key)) - min(sizes(room.state, key)) <= 1
        await until(pilot, lambda: not asked(pilot))
        await pilot.press("u")
        await until(pilot, lambda: room.state.seats == before.seats)

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_a_broken_limit_asks_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with more people than seats brings the question up; a key pressed at that moment answers nothing."""
    monkeypatch.setattr("screens.choice.DEAF_FOR", LONG)

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await crowd(room)
        await until(pilot, lambda: stands(pilot))
        before = room.state
        await pilot.press("2")
        await pilot.pause()
        assert room.state == before
        assert stands(pilot)
        pilot.app.screen._hear()  # type: ignore[attr-defined] # The moment is over.
        tr = pilot.app.tr  # type: ignore[attr-defined]
        assert any(tr("Some tables have more people than seats") in row for row in screen(pilot))
        await pilot.press("2")
        await until(pilot, lambda: room.state.undo[-1].what == "seated")
        assert not strains(room.state)
        assert {room.state.table(who, SECOND) for who in ("p0", "p1", "p2")} == {3}
        await until(pilot, lambda: not asked(pilot))
        await pilot.press("u")
        await until(pilot, lambda: room.state.seats == before.seats)

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_the_same_question_is_not_asked_twice(tmp_path: Path) -> None:
    """After Esc the limit stays broken and nobody is asked again, until more people are over it."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await crowd(room)
        await until(pilot, lambda: stands(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.asking)  # type: ignore[attr-defined]
        await room.do("add", minutes=1)
        await until(pilot, lambda: remote.state.rev == room.state.rev)
        await pilot.pause()
        assert not pilot.app.asking  # type: ignore[attr-defined]
        await room.do("pin", who="p4", table=3)
        await until(pilot, lambda: stands(pilot))

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_nothing_is_asked_where_no_limit_breaks(tmp_path: Path) -> None:
    """People come, leave and stay put: seats are found without a question; on e nothing better is to be had."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await room.do("leave", who="p3")
        await room.do("join", who="late", language="ro")
        await until(pilot, lambda: remote.state.rev == room.state.rev)
        await pilot.press("e")
        tr = pilot.app.tr  # type: ignore[attr-defined]
        await until(pilot, lambda: told(pilot, "#told") == tr("The tables are even already."))
        assert not pilot.app.asking  # type: ignore[attr-defined]

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_too_many_people_for_the_chairs_is_told_and_not_asked(tmp_path: Path) -> None:
    """When no seating would help there is nothing to choose; the tables that are too full are named."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await room.do("join", who="late", language="ro")
        tr = pilot.app.tr  # type: ignore[attr-defined]
        start = tr("No seating helps: {what}", what="")
        await until(pilot, lambda: told(pilot, "#told").startswith(start))
        assert not pilot.app.asking  # type: ignore[attr-defined]

    view(tmp_path, script, plan=hall(4, 3, 5), people=20, blocks=1)


def test_a_proposal_for_another_room_is_refused_politely(tmp_path: Path) -> None:
    """Somebody came while the question stood: nothing is taken, and it says why."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await empty_a_table(room)
        await until(pilot, lambda: remote.state.rev == room.state.rev)
        await pilot.press("e")
        await until(pilot, lambda: asked(pilot))
        await room.do("join", who="late", language="ro")
        before = room.state
        await pilot.press("2")
        tr = pilot.app.tr  # type: ignore[attr-defined]
        await until(pilot, lambda: told(pilot, "#told") == tr(REFUSALS["room_changed"]))
        assert room.state == before

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_nothing_happens_to_somebody_whom_nobody_sees(tmp_path: Path) -> None:
    """A key for a list says on other pages where it belongs and does nothing; on its page it says whom it was about."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await until(pilot, lambda: pilot.app.query_one(Roster).chosen == "p0")
        await pilot.press("3")
        await until(pilot, lambda: pilot.app.query_one(Board).chosen == 1)
        for page, keys, where in (
            ("5", "doky", "Persoane"),
            ("5", "axv", ""),
            ("4", "k", "Persoane"),
            ("2", "v", "Mese"),
        ):
            await pilot.press(page)
            for key in keys:
                before = room.state
                await pilot.press(key)
                await until(pilot, lambda where=where: f"pagina „{where}" in told(pilot, "#told"))
                assert room.state == before
        await pilot.press("2", "d")
        await until(pilot, lambda: told(pilot, "#told") == "Name0 · Cardul 1: a plecat; u anulează.")
        assert room.state.participants["p0"].left

    view(tmp_path, script)


def test_help_tells_the_keys_of_the_page_that_is_open() -> None:
    """No key stands in the help of a page with two meanings, and none that means nothing there."""
    tr = translator("ro")
    for page in ("ideas", "people", "tables", "programme", "notes", "network", "themes", "laptop"):
        lines = str(footer(tr, page, 2000, whole=True)).split("  ")
        keys = [line.split(" ")[0] for line in lines if line]
        assert len(keys) == len(set(keys)), page
        assert ("d a plecat" in lines) == (page == "people")
        assert {"! mesaj", "u anulare", "q ieșire"} <= set(lines)


@pytest.mark.parametrize("language", AVAILABLE)
def test_the_keys_of_a_page_take_two_lines_of_a_narrow_window(language: str) -> None:
    """At 80 columns the keys of no page, in no language, take a third line from the list above them."""
    tr = translator(language)
    for page in PAGES:
        lines = str(footer(tr, page, 80 - 2, whole=False)).splitlines()
        assert len(lines) <= 2, (page, lines)


@pytest.mark.parametrize("key", ["d", "o"])
def test_a_host_who_goes_leaves_the_table_to_an_heir(tmp_path: Path, key: str) -> None:
    """The people of the table are offered by name, the first one already chosen; one u brings everything back."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await room.do("host", who="p0", table=1)
        before = room.state
        await pilot.press("2")
        await until(pilot, lambda: remote.state.rev == before.rev and pilot.app.query_one(Roster).chosen == "p0")
        await pilot.press(key)
        await until(pilot, lambda: asked(pilot))
        found = heirs(room.state, 1)
        assert [f"Name{who[1:]} " in answer for who, answer in zip(found, answers(pilot), strict=False)] == [True] * 4
        await pilot.press("escape")
        await until(pilot, lambda: not asked(pilot))
        assert room.state == before
        await pilot.press(key)
        await until(pilot, lambda: asked(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: room.state.hosts.get(1) == found[0])
        assert {room.state.table(found[0], each) for each in (SECOND, THIRD)} == {1}
        assert bool(room.state.participants["p0"].left) == (key == "d")
        await until(pilot, lambda: not asked(pilot))
        await pilot.press("u")
        await until(pilot, lambda: room.state.hosts == before.hosts)
        assert room.state.seats == before.seats
        assert room.state.participants == before.participants

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_nobody_need_take_a_table_over(tmp_path: Path) -> None:
    """The last answer is nobody: the host leaves, and the table has none."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await room.do("host", who="p0", table=1)
        await pilot.press("2")
        await until(pilot, lambda: remote.state.hosts and pilot.app.query_one(Roster).chosen == "p0")
        await pilot.press("d")
        await until(pilot, lambda: asked(pilot))
        await pilot.press("up", "enter")
        await until(pilot, lambda: room.state.participants["p0"].left)
        assert not room.state.hosts

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_a_forgotten_host_leaves_a_question(tmp_path: Path) -> None:
    """A host who asks on the phone to be forgotten is gone at once; who takes the table over is asked by itself."""

    async def script(room: Room, remote: Remote, pilot: Pilot[None]) -> None:
        await room.do("host", who="p0", table=1)
        await until(pilot, lambda: remote.state.hosts)
        await room.do("forget", who="p0")
        await until(pilot, lambda: asked(pilot))
        heir = heirs(room.state, 1)[0]
        await pilot.press("1")
        await until(pilot, lambda: room.state.hosts.get(1) == heir)
        assert "p0" not in room.state.participants

    view(tmp_path, script, plan=hall(4, 3, 6), people=20, blocks=1)


def test_no_question_and_no_name_is_on_the_wall(tmp_path: Path) -> None:
    """While the private view offers heirs by name and ways on, the wall shows what it showed before."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab("same")), (120, 34), people=24, began=3) as held:
            person = Person(token=hashed("a token"), name="Zyzyx")
            await held.room.do("join", who="seeded", language="ro", table=1, person=person)
            await held.room.do("host", who="p0", table=1)
            await held.settle()
            before = held.rows
            app = PrivateApp(held.room, clock=still)
            async with app.run_test(size=(120, 34)) as pilot:
                await pilot.press("2")
                await until(pilot, lambda: app.query_one(Roster).chosen == "p0")
                await pilot.press("d")
                await until(pilot, lambda: asked(pilot))
                assert any("Zyzyx" in row for row in screen(pilot))
                await held.settle()
                assert "Zyzyx" not in held.text
                assert held.rows[1:] == before[1:]
                await pilot.press("escape")
                for who in [who for who, table in held.room.state.seats[RoundKey(2, "s1", 2)].items() if table == 1][
                    :3
                ]:
                    await held.room.do("leave", who=who)
                assert len(offers(held.state)) > 1
                await until(pilot, lambda: not app.asking)
                await pilot.press("e")
                await until(pilot, lambda: asked(pilot))
                await held.settle()
                told_there = " ".join(answers(pilot)).split()
                assert held.tr("no announced seat changes") in " ".join(told_there)
                assert held.tr("no announced seat changes") not in held.text
                assert not any(isinstance(each, Choice) for each in held.app.screen_stack)

    asyncio.run(look())
