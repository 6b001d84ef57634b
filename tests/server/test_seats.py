"""One person, one seat: by a printed card, a table's code or the wall's; who stays as a host, and who picks a table."""

import re
from pathlib import Path

import msgspec

from cafe.plan import Group, Plan, Session, Table
from tests.server.running import CODE, PLAN, Cafe, run, running

VOLUNTEER = msgspec.structs.replace(PLAN, hosts="volunteer")
WINDOW = msgspec.structs.replace(PLAN, tables=(PLAN.tables[0], Table(2, "", 1, 6, "Fereastra")))


def choosing(seats: int) -> Plan:
    """A café of three tables at which people pick where to go."""
    session: Session = msgspec.structs.replace(PLAN.sessions["s1"], seating="choose")
    tables = tuple(Table(number, "", number - 1, seats) for number in (1, 2, 3))
    return msgspec.structs.replace(PLAN, groups=(Group("", 3, seats),), tables=tables, sessions={"s1": session})


async def last_minutes(cafe: Cafe) -> None:
    """Takes ten of the round's thirteen minutes away."""
    await cafe.room.do("add", minutes=-10)


def test_a_printed_card_and_a_phone_are_one_seat(tmp_path: Path) -> None:
    """Who types the number of their card gets the card's seats, and the page says the number."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            assert 'inputmode="numeric"' in (await phone.get(f"/{CODE}")).text
            assert (await phone.post(f"/{CODE}", {"card": " 4 "})).status == 303
            assert cafe.room.state.participants[phone.who].card == 4
            assert (await phone.state())["card"] == 4
            assert (await phone.state())["table"] == 2
            assert "Cardul 4" in (await phone.get("/c")).text

    run(test())


def test_a_card_that_is_taken_or_wrong_comes_back_with_all_that_was_typed(tmp_path: Path) -> None:
    """The join page says what is wrong with the card's number, in the language it was read in, and forgets nothing."""

    async def test() -> None:
        plan = msgspec.structs.replace(PLAN, ask=("name",))
        async with running(tmp_path, plan=plan) as cafe, cafe.phone(), cafe.phone(joined=False) as phone:
            for card, code, sentence in (
                ("1", 409, "Somebody has this card already."),
                ("12345", 422, "There is no card with this number."),
                ("abc", 422, "There is no card with this number."),
                ("0", 422, "There is no card with this number."),
            ):
                form = {"card": card, "name": "Ana", "table": "2", "lang": "en"}
                back = await phone.post(f"/{CODE}", form)
                assert back.status == code
                assert sentence in back.text
                assert f'value="{card}"' in back.text
                assert 'value="Ana"' in back.text
                assert 'name="table" value="2"' in back.text
            assert len(cafe.room.state.participants) == 1

    run(test())


def test_the_code_on_a_table_seats_people_there(tmp_path: Path) -> None:
    """The page of a table's code names the table, keeps it through a change of language, and joining sits there."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as phone:
            page = (await phone.get(f"/{CODE}?t=2")).text
            assert "Masa 2" in page
            assert 'name="table" value="2"' in page
            assert 'href="?lang=en&amp;t=2"' in page
            await phone.post(f"/{CODE}", {"table": "2"})
            assert (await phone.state())["table"] == 2
            async with cafe.phone(joined=False) as other:
                assert 'name="table"' not in (await other.get(f"/{CODE}?t=9")).text
                assert (await other.post(f"/{CODE}", {"table": "9"})).status == 422

    run(test())


def test_who_is_in_already_scans_a_table_and_sits_there(tmp_path: Path) -> None:
    """The code on a table leads a phone that is in to its page with one more button; scanning alone moves nobody."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            led = await phone.get(f"/{CODE}?t=2")
            assert (led.status, led.headers["Location"]) == (303, "/c?t=2")
            button = '<button class="main" name="table" value="2">'
            assert button in (await phone.get("/c?t=2")).text
            assert (await phone.state())["table"] == 1
            await phone.post("/c/here", {"table": "2"})
            assert (await phone.state())["table"] == 2
            assert button not in (await phone.get("/c?t=2")).text

    run(test())


def test_a_cafe_without_tables_asks_for_no_card(tmp_path: Path) -> None:
    """Where the plan has no tables the join page says no word about cards, nor does the page."""

    async def test() -> None:
        blocks = tuple(block for block in PLAN.programme if block.kind != "session")
        plan = msgspec.structs.replace(PLAN, groups=(), tables=(), sessions={}, programme=blocks)
        async with running(tmp_path, plan=plan) as cafe, cafe.phone(joined=False) as phone:
            assert 'name="card"' not in (await phone.get(f"/{CODE}")).text
            assert (await phone.post(f"/{CODE}")).status == 303
            assert "Cardul" not in (await phone.get("/c")).text

    run(test())


def test_a_table_with_a_name_is_called_by_it(tmp_path: Path) -> None:
    """The lobby, the round and the move say a table's name beside its number."""

    async def test() -> None:
        async with running(tmp_path, plan=WINDOW) as cafe, cafe.phone(joined=False) as phone:
            await phone.post(f"/{CODE}", {"card": "2"})
            assert '<bdi id="name">Fereastra</bdi>' in (await phone.get("/c")).text
            await cafe.until("round")
            assert "Masa 2 · Fereastra" in (await phone.get("/c")).text
            async with cafe.phone() as other:
                await cafe.until("move")
                assert '<bdi id="to-name">Fereastra</bdi>' in (await other.get("/c")).text

    run(test())


def test_the_first_who_says_so_stays_as_host(tmp_path: Path) -> None:
    """One tap makes the host of a table; a neighbour no longer sees the button and is told so when they try."""

    async def test() -> None:
        async with (
            running(tmp_path, "round", VOLUNTEER) as cafe,
            cafe.phone() as one,
            cafe.phone() as two,
            cafe.phone() as three,
        ):
            assert "stay" in (await one.state())["parts"]
            told = await one.ask("PUT", "/c/here", json={"stay": True})
            assert (told.status, told.data["host"], told.data["stay"]) == (200, True, False)
            assert told.data["texts"]["hosting"] == "Rămâneți la masa 1 ca gazdă; vă mulțumim."
            assert (await one.ask("PUT", "/c/here", json={"stay": True})).status == 200
            neighbour = await three.state()
            assert (neighbour["table"], neighbour["stay"]) == (1, False)
            refused = await three.ask("PUT", "/c/here", json={"stay": True})
            assert (refused.status, refused.code) == (409, "host_taken")
            assert (await two.state())["stay"] is True
            await cafe.until("move")
            moving, guest = await one.state(), await two.state()
            assert (moving["to"], moving["table"], guest["to"]) == (1, 1, 1)
            assert "hosted" in guest["parts"]
            assert "hosted" not in (await three.state())["parts"]

    run(test())


def test_staying_is_offered_from_the_last_three_minutes_on(tmp_path: Path) -> None:
    """A phone learns the moment from which it asks who stays; in the move it asks at once, in the last round not."""

    async def test() -> None:
        async with running(tmp_path, "round", VOLUNTEER) as cafe, cafe.phone() as phone:
            told = await phone.state()
            assert told["clock"]["ends"] - told["soon"] == 180_000
            assert told["soon"] > told["now"]
            await cafe.room.do("pause")
            assert (await phone.state())["soon"] > told["clock"]["ends"]
            await cafe.room.do("resume")
            await last_minutes(cafe)
            told = await phone.state()
            assert told["soon"] <= told["now"] + 60_000
            await cafe.until("move")
            assert (await phone.state())["soon"] == 0
            await cafe.until("round")
            assert "stay" not in (await phone.state())["parts"]

    run(test())


def test_without_hosts_nothing_says_that_a_host_stays(tmp_path: Path) -> None:
    """No button, no word about hosts in the round or in the move, and who asks anyway is refused politely."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            told = await phone.state()
            assert (told["stay"], "stay" in told["parts"]) == (False, False)
            refused = await phone.ask("PUT", "/c/here", json={"stay": True})
            assert (refused.status, refused.code) == (409, "no_hosts")
            await cafe.until("move")
            shown = re.sub(r"<(\w+)[^>]*\shidden\b[^>]*>.*?</\1>", "", (await phone.get("/c")).text, flags=re.S)
            assert "Mergeți la masa 2" in shown
            assert "azda" not in shown

    run(test())


def test_people_pick_a_table_with_free_places(tmp_path: Path) -> None:
    """Where people choose, the phone lists the tables; a place is taken with a tap, a full table says that it is."""

    async def test() -> None:
        async with running(tmp_path, "round", choosing(1)) as cafe, cafe.phone() as one, cafe.phone() as two:
            mine = {choice["number"]: choice for choice in (await one.state())["choose"]}
            theirs = next(n for n, choice in mine.items() if choice["full"])
            free = next(n for n, choice in mine.items() if not choice["full"] and not choice["here"])
            assert mine[theirs]["text"] == f"{theirs} · plină"
            assert mine[free]["text"] == f"{free} · 1 loc liber"
            refused = await one.ask("PUT", "/c/here", json={"choose": theirs})
            assert (refused.status, refused.code) == (409, "table_full")
            page = await one.post("/c/here", {"choose": str(theirs)})
            assert page.status == 409
            assert "Masa aceasta este plină. Alegeți alta, vă rugăm." in page.text
            assert (await one.post("/c/here", {"choose": str(free)})).status == 303
            chosen = {choice["number"]: choice for choice in (await two.state())["choose"]}
            assert chosen[free]["full"]
            await cafe.until("move")
            assert (await one.state())["to"] == free

    run(test())


def test_where_seats_are_planned_nobody_picks(tmp_path: Path) -> None:
    """In a mix the phone lists no tables to go to, and who asks anyway is refused politely."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            assert (await phone.state())["choose"] == []
            refused = await phone.ask("PUT", "/c/here", json={"choose": 2})
            assert (refused.status, refused.code) == (409, "no_choice")
            assert cafe.room.state.phase == "round"

    run(test())
