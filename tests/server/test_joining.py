"""How people come in: by the code on the wall, with nothing asked that they must answer."""

import re
from pathlib import Path

import msgspec

from cafe.plan import Group, Table
from tests.server.running import CODE, PLAN, run, running


def test_the_front_page_asks_for_the_code(tmp_path: Path) -> None:
    """Who types only the address is asked for the code, and the code leads to the join page."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            front = await phone.get("/")
            assert front.status == 200
            assert 'name="code"' in front.text
            led = await phone.get(f"/?code={CODE.lower()}")
            assert (led.status, led.headers["Location"]) == (303, f"/{CODE.lower()}")

    run(test())


def test_one_button_is_enough_and_the_code_may_be_typed_in_any_case(tmp_path: Path) -> None:
    """Joining needs no field, works with the code in small letters, and leads to the café's page."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            page = await phone.get(f"/{CODE.lower()}")
            assert page.status == 200
            form = re.search(r"<form.*?</form>", page.text, re.S)
            assert form
            assert 'method="post"' in form[0]
            assert "required" not in form[0]
            joined = await phone.post(f"/{CODE.lower()}")
            assert (joined.status, joined.headers["Location"]) == (303, "/c")
            cookie = joined.headers["Set-Cookie"]
            assert cookie.startswith(f"cafe_{cafe.served.port}=")
            assert {"HttpOnly", "SameSite=Lax", "Max-Age=43200"} <= set(cookie.split("; "))
            assert (await phone.get("/c")).status == 200
            assert (await phone.get("/")).headers["Location"] == "/c"
            assert len(cafe.room.state.participants) == 1

    run(test())


def test_a_double_tap_on_join_makes_one_participant(tmp_path: Path) -> None:
    """The same join form sent twice, before the first answer came, is one person."""

    async def test() -> None:
        import asyncio

        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            page = await phone.get(f"/{CODE}")
            found = re.search(r'name="key" value="([^"]+)"', page.text)
            assert found
            cookies: dict[str, str] = {}
            twice = [phone.post(f"/{CODE}", {"key": found[1]}, cookies=cookies) for _ in range(2)]
            assert [answer.status for answer in await asyncio.gather(*twice)] == [303, 303]
            assert len(cafe.room.state.participants) == 1

    run(test())


def test_a_join_page_that_is_still_open_does_not_bring_a_forgotten_person_back(tmp_path: Path) -> None:
    """Who was forgotten and joins again by the back button is somebody new."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            found = re.search(r'name="key" value="([^"]+)"', (await phone.get(f"/{CODE}")).text)
            assert found
            await phone.post(f"/{CODE}", {"key": found[1]})
            first = phone.who
            await phone.post("/c/erase")
            await phone.post(f"/{CODE}", {"key": found[1]})
            assert phone.who != first
            assert set(cafe.room.state.participants) == {phone.who}

    run(test())


def test_the_join_page_says_what_is_kept_by_whom_and_for_how_long(tmp_path: Path) -> None:
    """The notice names the organiser, the contact and the days, and asks only what the plan asks."""

    async def test() -> None:
        plan = msgspec.structs.replace(PLAN, ask=("name",), keep_days=45)
        async with running(tmp_path, plan=plan) as cafe, cafe.phone(joined=False) as phone:
            page = (await phone.get(f"/{CODE}")).text
            assert "Primăria" in page
            assert "lab@example.org" in page
            assert "45 de zile" in page
            assert 'name="name"' in page
            assert 'name="organisation"' not in page
            await phone.post(f"/{CODE}", {"name": "Ana \u202e Pop", "organisation": "never asked"})
            person = cafe.room.people.get(phone.who)
            assert (person.name, person.organisation) == ("Ana Pop", "")
            assert person.token not in str(phone.session.cookie_jar)

    run(test())


def test_without_organiser_and_contact_nobody_can_join(tmp_path: Path) -> None:
    """Joining does not open while the plan does not say who keeps what people write."""

    async def test() -> None:
        plan = msgspec.structs.replace(PLAN, contact="")
        async with running(tmp_path, plan=plan) as cafe, cafe.phone(joined=False) as phone:
            assert "<form" not in (await phone.get(f"/{CODE}")).text
            assert (await phone.post(f"/{CODE}")).status == 403
            assert not cafe.room.state.participants

    run(test())


def test_people_choose_their_group_where_the_plan_lets_them(tmp_path: Path) -> None:
    """With groups to choose from, the chosen group is the one that somebody sits with."""

    async def test() -> None:
        session = msgspec.structs.replace(PLAN.programme[1], sessions={"A": "s1", "B": "s1"})
        plan = msgspec.structs.replace(
            PLAN,
            groups=(Group("A", 1, 6), Group("B", 1, 6)),
            groups_by="choose",
            tables=(Table(1, "A", 0, 6), Table(2, "B", 0, 6)),
            programme=(PLAN.programme[0], session, *PLAN.programme[2:]),
        )
        async with running(tmp_path, plan=plan) as cafe, cafe.phone(joined=False) as phone:
            assert 'type="radio" name="group" value="B"' in (await phone.get(f"/{CODE}")).text
            wrong = await phone.post(f"/{CODE}", {"group": "C"})
            assert wrong.status == 422
            assert 'name="group"' in wrong.text
            await phone.post(f"/{CODE}", {"group": "B"})
            assert cafe.room.state.participants[phone.who].group == "B"

    run(test())


def test_the_language_follows_the_phone_and_can_be_switched(tmp_path: Path) -> None:
    """A page comes in the phone's language; a link switches it, before joining and after."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False, language="en-GB") as phone:
            assert '<html lang="en">' in (await phone.get(f"/{CODE}")).text
            assert '<html lang="ro">' in (await phone.get(f"/{CODE}?lang=ro")).text
            await phone.post(f"/{CODE}", {"lang": "ro"})
            assert '<html lang="ro">' in (await phone.get("/c")).text
            assert (await phone.get("/c?lang=en")).status == 303
            assert '<html lang="en">' in (await phone.get("/c")).text
            assert cafe.room.state.participants[phone.who].language == "en"

    run(test())


def test_a_hall_of_three_hundred_comes_in_at_once(tmp_path: Path) -> None:
    """Three hundred people behind one address all get in within one moment."""

    async def test() -> None:
        import asyncio

        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            answers = await asyncio.gather(*(phone.post(f"/{CODE}", cookies={"x": str(i)}) for i in range(300)))
            assert {answer.status for answer in answers} == {303}

    run(test())


def test_guessing_the_code_is_slowed_down_for_the_whole_cafe(tmp_path: Path) -> None:
    """After twenty wrong codes in a minute more of them are refused, while the right one still leads in."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            wrong = [(await phone.get(f"/ZZ{n:02}")) for n in range(22, 44)]
            assert {answer.status for answer in wrong[:20]} == {404}
            assert {answer.status for answer in wrong[20:]} == {429}
            assert int(wrong[-1].headers["Retry-After"]) >= 1
            assert (await phone.post(f"/{CODE}")).status == 303
            cafe.clock += 60
            assert (await phone.get("/ZZZZ")).status == 404

    run(test())


def test_asking_for_an_icon_is_no_guess(tmp_path: Path) -> None:
    """What browsers ask for by themselves never counts as a wrong code."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            for _ in range(30):
                assert (await phone.get("/favicon.ico")).status == 404
            assert (await phone.get("/generate_204")).status == 404
            assert (await phone.get("/ZZZZ")).status == 404

    run(test())


def test_a_new_code_locks_nobody_out_who_is_in(tmp_path: Path) -> None:
    """Whoever is in stays in when the café gets another code; the old one is told as wrong, the new one opens."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as phone, cafe.phone(joined=False) as late:
            await cafe.room.address("https://cafe.example.org", "LANGERCODE")
            assert cafe.room.state.code == "LANGERCODE"
            assert (await phone.get("/c")).status == 200
            assert (await late.get(f"/{CODE}")).status == 404
            assert (await late.post("/LANGERCODE")).status == 303
            [row] = cafe.room.file.db.execute("SELECT code FROM cafe").fetchall()
            assert row == ("LANGERCODE",)

    run(test())
