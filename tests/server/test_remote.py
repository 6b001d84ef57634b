"""The phone remote over real HTTP: who may hold it, what its buttons do, and that nothing happens twice or late."""

import asyncio
import re
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from cafe import events as e
from cafe.plan import MINUTE, Plan
from screens.actions import Desk
from server.pairing import LASTS
from server.routes import ROUTES
from tests.server.remotes import JSON, Handset, Led, led
from tests.server.running import PLAN, QUESTIONS, run
from tests.server.test_dots import VOTE

SHORT = msgspec.structs.replace(PLAN, programme=(msgspec.structs.replace(PLAN.programme[0], at=0), *PLAN.programme[1:]))


def kinds(cafe: Led) -> list[str]:
    """The facts of the café so far, by kind."""
    return [record.event.kind for record in cafe.room.log.read()]


def sentence(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found, page
    return found[1]


def test_a_phone_becomes_the_remote_by_a_code_that_works_once(tmp_path: Path) -> None:
    """Looking at the code spends nothing; the first phone that says yes is the remote; the next one is told why not."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset(paired=False) as first, cafe.handset(paired=False) as second:
            _, key = await cafe.key()
            assert len(key.removeprefix("/R/")) >= 26  # 128 bits
            for phone in (second, first):
                page = await phone.ask("GET", key)
                assert page.status == 200
                assert "<button" in page.text
            assert cafe.room.live.pulse.pairing
            answer = await first.ask("POST", key)
            assert (answer.status, answer.headers["Location"]) == (303, "/r")
            cookie = answer.headers["Set-Cookie"]
            assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
            assert (await first.ask("GET", "/r")).status == 200
            pulse = cafe.room.live.pulse
            assert (pulse.remotes, pulse.pairing) == (1, False)
            for method in ("GET", "POST"):
                no = await second.ask(method, key)
                assert no.status == 403
                assert "un singur telefon" in sentence(no.text)
            for method, path in (("GET", "/r"), ("GET", "/r/state"), ("POST", "/r/do")):
                assert (await second.ask(method, path)).status == 403

    run(test())


def test_two_private_views_that_ask_at_once_get_one_remote(tmp_path: Path) -> None:
    """Two codes that are asked for in the same moment lead to the same port; the newer one is good."""

    async def test() -> None:
        async with led(tmp_path) as cafe:
            (one, _), (other, key) = await asyncio.gather(cafe.key(), cafe.key())
            assert one == other
            async with aiohttp.ClientSession() as session:
                assert (await Handset(other, session).ask("POST", key)).status == 303

    run(test())


def test_old_stolen_and_guessed_keys_are_refused(tmp_path: Path) -> None:
    """A code is gone after two minutes, with its box, and when a newer one is shown; who guesses has to wait."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote, cafe.handset(paired=False) as other:
            _, old = await cafe.key()
            _, new = await cafe.key()
            assert (await other.ask("POST", old)).status == 403
            await cafe.room.wish("shut")
            assert (await other.ask("POST", new)).status == 403
            _, late = await cafe.key()
            cafe.clock += LASTS + 1
            assert (await other.ask("POST", late)).status == 403
            stolen = {
                "Cookie": "; ".join(f"remote_{n}=AAAAAAAAAAAAAAAAAAAAAA" for n in [other.base.rpartition(":")[2]])
            }
            answers = [await other.ask("GET", "/r", headers=stolen) for _ in range(20)]
            assert {answer.status for answer in answers[:5]} == {403}
            assert answers[-1].status == 429
            assert int(answers[-1].headers["Retry-After"]) > 0
            assert (await remote.ask("GET", "/r")).status == 200  # Guessing costs the remote itself nothing.

    run(test())


def test_the_private_view_ends_every_remote(tmp_path: Path) -> None:
    """After that a page that waits is told at once, and each button says that the phone is no remote."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote:
            seen = await remote.state()
            waits = asyncio.create_task(remote.ask("GET", f"/r/state?since={seen['tag']}", headers=JSON))
            await asyncio.sleep(0)
            await cafe.room.wish("unpair")
            assert (await waits).status == 403
            answer = await remote.press("pause", seen)
            assert (answer.status, answer.data["error"]) == (403, "no_remote_phone")
            assert "paused" not in kinds(cafe)
            assert cafe.room.live.pulse.remotes == 0

    run(test())


def test_the_remote_ends_with_the_cafe(tmp_path: Path) -> None:
    """When the café is closed the phone leads nothing any more, and no new remote is made."""

    async def test() -> None:
        async with led(tmp_path, "closing") as cafe, cafe.handset() as remote:
            assert (await remote.press("next")).status == 200
            assert cafe.room.state.closed
            assert (await remote.ask("GET", "/r")).status == 410
            assert cafe.room.live.pulse.remotes == 0

    run(test())


def test_no_address_of_the_remote_answers_on_the_phones_port(tmp_path: Path) -> None:
    """Whoever tries the remote's addresses on the participants' port finds nothing, and the reverse."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote, cafe.phone() as guest:
            app = cafe.remotes.app()
            paths = {route.resource.canonical for route in app.router.routes() if route.resource}
            tried = {path.replace("{key}", "A" * 26) for path in paths if "{name}" not in path}
            tried |= set(re.findall(r"/r/static/[\w.]+", (await remote.ask("GET", "/r")).text))
            assert len(tried) >= 6
            for path in tried:
                for method in ("GET", "POST", "PUT", "DELETE"):
                    assert (await guest.ask(method, path)).status == 404, (method, path)
            for route in ROUTES:
                path = re.sub(r"\{(\w+)[^/]*\}(/|$)", r"K7QF\2", route.path)
                assert (await remote.ask(route.method, path)).status == 404, path

    run(test())


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:8080"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_pages_cannot_press_a_button(tmp_path: Path, headers: dict[str, str]) -> None:
    """A page elsewhere, the participants' own port too, presses nothing in the facilitator's name."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote:
            seen = await remote.state()
            form = {"action": "pause", "id": "x1", "step": seen["step"], "sure": "1"}
            answer = await remote.ask("POST", "/r/do", data=form, headers=headers)
            assert answer.status in (403, 421)
            async with remote.session.post(f"{remote.base}/r/do", data=form) as bare:
                assert bare.status == 403
            assert "paused" not in kinds(cafe)

    run(test())


def test_every_button_does_what_it_says(tmp_path: Path) -> None:
    """Pause, go on, a minute more or less, dark and light, the newest idea off, undo, next: each is done and told."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote, cafe.phone() as guest:
            room = cafe.room
            assert (await guest.send("idea-0001", "Bună ziua")).status == 201

            async def pressed(action: str) -> dict[str, Any]:
                answer = await remote.press(action)
                assert answer.status == 200, answer.text
                assert answer.data["texts"]["said"]
                return dict(answer.data)

            def ends() -> int:
                return room.state.position.tracks[0].clock.ends

            seen = await remote.state()
            assert QUESTIONS[0] in seen["texts"]["questions"]
            assert seen["texts"]["newest"] == "Bună ziua"
            assert set(seen["parts"]) >= {"pause", "next", "add", "take", "dark", "hide"}
            assert (await pressed("pause"))["clock"]["mode"] == "pause"
            assert (await pressed("resume"))["clock"]["mode"] == "run"
            before = ends()
            await pressed("add")
            assert ends() == before + MINUTE
            await pressed("take")
            assert ends() == before
            assert "light" in (await pressed("dark"))["parts"]
            assert room.live.pulse.dark
            await pressed("light")
            assert not room.live.pulse.dark
            await pressed("hide")
            assert room.state.ideas["idea-0001"].standing == "hidden"
            await pressed("undo")
            assert room.state.ideas["idea-0001"].standing == "shown"
            await pressed("next")
            assert room.state.phase == "move"
            assert (await remote.press("dance")).status == 400

    run(test())


def test_the_price_of_fitting_stands_on_its_button(tmp_path: Path) -> None:
    """What fitting would cost is read before it is pressed, and is what comes of it."""

    async def test() -> None:
        plan = late(PLAN)
        async with led(tmp_path, "round", plan) as cafe, cafe.handset() as remote:
            seen = await remote.state()
            assert "fit" in seen["parts"]
            assert seen["texts"]["fitted"]
            answer = await remote.press("fit", seen)
            assert answer.status == 200
            assert seen["texts"]["fitted"] in answer.data["texts"]["said"]
            assert "fitted" in kinds(cafe)

    run(test())


def late(plan: Plan) -> Plan:
    """The same day, planned so that the session ended long ago: whatever the hour is."""
    return msgspec.structs.replace(
        plan, programme=tuple(msgspec.structs.replace(block, at=n) for n, block in enumerate(plan.programme))
    )


def test_without_a_script_next_asks_first(tmp_path: Path) -> None:
    """A tap on next shows what would come, with a button; the second tap goes on and shows the page again."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote:
            page = await remote.ask("GET", "/r")
            form = dict(re.findall(r'name="(id|step|trail|idea)" value="([^"]*)"', page.text))
            asked = await remote.ask("POST", "/r/do", data={**form, "action": "next"})
            assert asked.status == 200
            assert cafe.room.state.phase == "round"
            again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
            assert again["action"] == "next"
            done = await remote.ask("POST", "/r/do", data=again)
            assert (done.status, done.headers["Location"]) == (303, "/r")
            assert cafe.room.state.phase == "move"
            assert "Sesiunea 1" in (await remote.ask("GET", "/r")).text

    run(test())


def test_what_is_sent_twice_is_done_once(tmp_path: Path) -> None:
    """When an answer gets lost and the phone asks again, even at the same moment, one minute is given and not two."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote:
            seen = await remote.state()
            answers = await asyncio.gather(*(remote.press("add", seen, id="the-same") for _ in range(5)))
            answers.append(await remote.press("add", seen, id="the-same"))
            assert {answer.status for answer in answers} == {200}
            assert len({answer.data["texts"]["said"] for answer in answers}) == 1
            assert kinds(cafe).count(e.TimeChanged.kind) == 1

    run(test())


def test_half_of_what_was_pressed_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A remote that goes out of reach while it sends is told so, and no fault is noted."""

    async def test() -> None:
        monkeypatch.setattr("server.remote.BODY_TIME", 0.05)
        async with led(tmp_path) as cafe, cafe.handset() as phone:
            host, [cookie] = phone.base.removeprefix("http://"), phone.session.cookie_jar
            told = {"Host": host, "Origin": phone.base, "Cookie": f"{cookie.key}={cookie.value}", "Content-Length": 99}
            head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
            reader, writer = await asyncio.open_connection(*host.split(":"))
            writer.write(f"POST /r/do HTTP/1.1\r\n{head}\r\naction=".encode())
            assert b" 408 " in await reader.readline()
            writer.close()

    run(test())
    assert not caplog.records


def test_nothing_is_done_late_or_on_an_old_picture(tmp_path: Path) -> None:
    """A next that was pressed without a connection, or before somebody else went on, is refused and says so."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote:
            seen = await remote.state()
            cafe.clock += 9
            no = await remote.press("next", seen, stamp=str(seen["stamp"]))
            assert (no.status, no.data["error"]) == (409, "too_late")
            assert cafe.room.state.phase == "round"
            await cafe.room.do("next", step=cafe.room.state.step)
            for action in ("next", "pause", "fit", "add"):
                no = await remote.press(action, seen)
                assert (no.status, no.data["error"]) == (409, "room_changed")
                assert no.data["step"] == cafe.room.state.step  # The page is right again at once.
            assert cafe.room.state.phase == "move"

    run(test())


@pytest.mark.parametrize("action", ["next", "undo", "pause"])
def test_two_remotes_and_the_terminal_pressed_at_once_do_one_thing(tmp_path: Path, action: str) -> None:
    """Whoever is first is obeyed, the others are told; the café is one step on, not three."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as first, cafe.handset() as second:
            for _ in range(3):
                await cafe.room.do("add", minutes=1)
            seen, deep, before = await first.state(), len(cafe.room.state.undo), kinds(cafe)
            answers = await asyncio.gather(
                first.press(action, seen), second.press(action, seen), at_the_terminal(cafe, action)
            )
            told = [answer.status for answer in answers if answer]
            assert sorted(told) in ([200, 400], [400, 400], [200, 409], [409, 409])
            happened = kinds(cafe)[len(before) :]
            assert len(happened) == 1, happened
            assert cafe.room.state.phase == ("move" if action == "next" else "round")
            assert len(cafe.room.state.undo) == (deep - 1 if action == "undo" else deep + 1)
            states = [await phone.state() for phone in (first, second)]
            assert len({state["tag"] for state in states}) == 1

    run(test())


async def at_the_terminal(cafe: Led, action: str) -> None:
    """The same key on the wall, for the second time."""
    desk = Desk(cafe.room)
    if action == "next":
        await desk.press("next", 1.0)
    await desk.press({"pause": "start"}.get(action, action), 1.5)


def test_the_page_shows_the_facilitators_words_and_keeps_ideas_words(tmp_path: Path) -> None:
    """The page speaks the wall's language, and what a phone sent is text there and never markup."""

    async def test() -> None:
        async with led(tmp_path) as cafe, cafe.handset() as remote, cafe.phone() as guest:
            assert (await guest.send("idea-0001", "<script>alert(1)</script>")).status == 201
            page = await remote.ask("GET", "/r")
            assert 'lang="ro"' in page.text
            assert "&lt;script&gt;alert(1)" in page.text
            assert "<script>alert" not in page.text
            await cafe.room.do("speak", language="en")
            assert "Undo" in (await remote.ask("GET", "/r")).text
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]

    run(test())


def test_the_remotes_script_is_small(tmp_path: Path) -> None:
    """The participants' page has at most 400 lines of script; the remote's own has at most 60, the wall's 40."""
    folder = Path(__file__).parents[2] / "server" / "static"
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in folder.glob("*.js")}
    assert lines.pop("remote.js") <= 60
    assert lines.pop("wall.js") <= 40
    assert sum(lines.values()) <= 400


def test_the_remote_shows_the_dots_and_lets_tables_report(tmp_path: Path) -> None:
    """In the harvest it closes and opens the vote, begins the row of tables, goes to the next, and ends it."""

    async def test() -> None:
        async with led(tmp_path, "round", VOTE) as cafe, cafe.phone() as guest, cafe.handset() as remote:
            room = cafe.room
            assert (await guest.send("idea-0001", "Bună ziua")).status == 201
            assert not {"reveal", "collect", "report", "reported"} & set((await remote.state())["parts"])
            await cafe.until("harvest")
            seen = await remote.state()
            assert {"reveal", "report"} <= set(seen["parts"])
            answer = await remote.press("reveal", seen)
            assert room.state.revealed
            assert "collect" in answer.data["parts"]
            await remote.press("collect")
            assert not room.state.revealed
            answer = await remote.press("report")
            assert answer.data["clock"]["mode"] == "run"
            assert {"reported", "add", "take", "pause", "next"} <= set(answer.data["parts"])
            first = answer.data
            await remote.press("add")
            await remote.press("next", first)
            again = await remote.press("next", first)
            assert again.data["error"] == "room_changed"
            await remote.press("undo")
            assert (await remote.press("reported")).data["clock"]["mode"] == "none"
            assert room.state.position.report is None
            assert room.state.phase == "harvest"

    run(test())
