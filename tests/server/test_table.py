"""A table's own device: question, clock and box for everybody, and nobody's ideas."""

import re
from pathlib import Path

from tests.server.running import CODE, Phone, run, running

PAGE = f"/t/{CODE}/2"


async def tell(phone: Phone, id: str, text: str, **more: object) -> tuple[int, str]:
    answer = await phone.ask("POST", f"{PAGE}/ideas", json={"id": id, "text": text, **more})
    return answer.status, answer.data.get("error", {}).get("code", "")


def test_a_device_takes_ideas_and_shows_none(tmp_path: Path) -> None:
    """The page has the table's question and a box, needs no joining, and shows no idea, its own neither."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as device:
            page = await device.get(PAGE)
            assert page.status == 200
            assert "Cine mai trebuie să fie la masă?" in page.text
            assert "Set-Cookie" not in page.headers
            assert "/c/erase" not in page.text
            assert await tell(device, "device-0001", "De la tabletă") == (201, "")
            assert await tell(device, "device-0001", "De la tabletă") == (200, "")
            assert await tell(device, "device-0001", "Altele") == (422, "other_text")
            idea = cafe.room.state.ideas["device-0001"]
            assert (idea.place.table, idea.source, idea.by) == (2, "table", "")
            assert "De la tabletă" not in (await device.get(PAGE)).text
            state = (await device.get(f"{PAGE}/state")).data
            assert (state["table"], state["ideas"], state["hand"]) == (2, [], None)
            assert state["people"] == 0

    run(test())


def test_a_device_works_without_a_script(tmp_path: Path) -> None:
    """A plain form says thank you with an empty box; words that are refused come back in it."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as device:
            sent = await device.post(f"{PAGE}/ideas", {"id": "form-0001", "text": "Din formular", "lang": "ro"})
            assert (sent.status, sent.headers["Location"]) == (303, f"{PAGE}?sent=1")
            page = (await device.get(f"{PAGE}?sent=1")).text
            assert "Vă mulțumim, ideea a fost salvată." in page.split('id="thanks"')[1].split("</p>")[0]
            assert "Din formular" not in page
            refused = await device.post(f"{PAGE}/ideas", {"id": "form-0002", "text": "y" * 501})
            assert refused.status == 422
            assert "y" * 501 in refused.text
            assert f'action="{PAGE}/ideas"' in refused.text
            assert len(cafe.room.state.ideas) == 1

    run(test())


def test_a_device_is_let_in_by_the_code_alone(tmp_path: Path) -> None:
    """Without the right code, or at a table that is not there, nothing is shown and nothing taken."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as device:
            for path in ("/t/XXXX/2", f"/t/{CODE}/9", f"/t/{CODE}/0", f"/t/{CODE}/x"):
                assert (await device.get(path)).status in (404, 422)
                answer = await device.ask("POST", f"{path}/ideas", json={"id": "device-0001", "text": "x"})
                assert answer.status in (404, 422)
            assert (await device.get(f"/t/{CODE.lower()}/2")).status == 200
            foreign = {"Origin": "http://elsewhere.example"}
            answer = await device.ask("POST", f"{PAGE}/ideas", json={"id": "a" * 8, "text": "x"}, headers=foreign)
            assert answer.status == 403
            assert not cafe.room.state.ideas

    run(test())


def test_wrong_codes_are_counted_here_too(tmp_path: Path) -> None:
    """Whoever tries codes at the tables' addresses is slowed down like everywhere else."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as device:
            assert cafe
            codes = [(await device.get(f"/t/AA{n:02}/1")).status for n in range(25)]
            assert 429 in codes

    run(test())


def test_a_device_may_not_be_too_fast(tmp_path: Path) -> None:
    """A table's device has a limit of its own, generous enough for six people, whatever other tables do."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as device:
            said = [await tell(device, f"device-{n:04}", f"Ideea {n}") for n in range(12)]
            assert [status for status, _ in said] == [201] * 10 + [429] * 2
            other = await device.ask("POST", f"/t/{CODE}/1/ideas", json={"id": "other-0001", "text": "x"})
            assert other.status == 201
            cafe.clock += 2
            assert await tell(device, "device-0011", "Ideea 11") == (201, "")

    run(test())


def test_what_waited_on_a_device_goes_where_it_was_written(tmp_path: Path) -> None:
    """A device that was offline over the move delivers to the round of before, until the café is closed."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as device:
            before = (await device.get(f"{PAGE}/state")).data
            await cafe.until("move")
            moving = (await device.get(f"{PAGE}/state")).data
            assert (moving["phase"], moving["to"], moving["in"]) == ("move", None, before["in"])
            assert moving["texts"]["go"] == "Schimbăm mesele"
            await cafe.room.do("next", step=cafe.room.state.step)
            assert (await device.get(f"{PAGE}/state")).data["in"] != before["in"]
            assert await tell(device, "device-0001", "Târziu", **{"in": before["in"], "q": before["q"]["id"]}) == (
                201,
                "",
            )
            idea = cafe.room.state.ideas["device-0001"]
            assert (idea.place.word, idea.late) == (before["in"], True)
            for phase in ("break", "harvest", "closing"):
                await cafe.until(phase)
                assert (await device.get(PAGE)).status == 200
            await cafe.until("closed")
            assert (await device.get(PAGE)).status == 200
            assert await tell(device, "device-0002", "x") == (410, "closed")

    run(test())


def test_the_table_cards_code_leads_to_the_device(tmp_path: Path) -> None:
    """Whoever scans a table's card may make the device the table's; without a table no such way is offered."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as device:
            assert cafe
            assert f'href="{PAGE}"' in (await device.get(f"/{CODE}?t=2")).text
            assert "/t/" not in (await device.get(f"/{CODE}")).text

    run(test())


def test_no_plain_form_names_an_idea_as_a_spreadsheet_would_calculate(tmp_path: Path) -> None:
    """The ids that pages give to ideas are letters and digits alone: one with a minus ahead would be a formula."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            for path in ("/c", f"/t/{CODE}/1"):
                found = re.search(r'name="id" value="([^"]+)"', (await phone.get(path)).text)
                assert found
                assert re.fullmatch(r"[0-9a-f]{24}", found[1])

    run(test())
