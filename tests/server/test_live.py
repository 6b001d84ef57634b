"""The live channel: what phones hear, in which order, and what happens when they were away."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from server import feed, stream
from server.desk import DESK
from tests.patience import LONG, PATIENCE
from tests.server.running import CODE, Cafe, Phone, run, running


class Stream:
    """An open stream of events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self) -> tuple[str, Any, str]:
        """The next event: its name, its data and its id; ('', None, '') at the end."""
        fields: dict[str, str] = {}
        async for raw in self.response.content:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "event" in fields:
                return fields["event"], json.loads(fields["data"]), fields.get("id", "")
        return "", None, ""

    async def wait_for(self, name: str) -> Any:
        """The data of the next event of that name."""
        while (heard := await self.next())[0] != name:
            assert heard[0], f"the stream ended before {name}"
        return heard[1]


@asynccontextmanager
async def listening(phone: Phone, since: str = "", **headers: str) -> AsyncIterator[Stream]:
    path = f"{phone.cafe.base}/c/events" + (f"?since={since}" if since else "")
    async with phone.session.get(path, headers=headers) as response:
        assert response.status == 200
        assert response.content_type == "text/event-stream"
        yield Stream(response)


def test_a_stream_says_hello_first_and_then_the_state(tmp_path: Path) -> None:
    """A stream begins at once with hello and the state, which has the same fields as the snapshot."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, listening(phone) as stream:
            snapshot = await phone.state()
            name, hello, _ = await stream.next()
            assert name == "hello"
            assert hello["v"] == 1
            assert hello["epoch"] == cafe.room.state.epoch
            assert hello["rate"] == 1
            assert hello["hb"] == 15000
            assert cafe.room.saved <= hello["now"] <= cafe.room.now()
            name, state, _ = await stream.next()
            assert name == "state"
            assert set(state) < set(snapshot)
            assert {"v", "epoch", "now", "rate", "seq", "ideas"} <= set(snapshot)
            assert state["q"] == {"id": "s1.1", "text": "Cum aducem firmele mici în program?", "lang": "ro"}
            assert (state["phase"], state["round"], state["rounds"], state["table"]) == ("round", 1, 2, 1)
            assert state["clock"]["mode"] == "run"
            assert 0 < state["clock"]["left"] <= 13 * 60_000

    run(test())


def test_an_idea_reaches_the_table_and_nobody_else(tmp_path: Path) -> None:
    """An idea arrives at the phones of its table; its author is told that it is theirs; another table hears nothing."""

    async def test() -> None:
        async with (
            running(tmp_path, "round") as cafe,
            cafe.phone() as one,
            cafe.phone() as two,
            cafe.phone() as three,
            listening(one) as own,
            listening(two) as far,
            listening(three) as near,
        ):
            for stream in (own, far, near):
                await stream.wait_for("state")
            await one.send("idea-0001", "Prima")
            assert (await own.wait_for("idea"))["mine"] is True
            heard = await near.wait_for("idea")
            assert (heard["text"], heard["mine"], heard["table"]) == ("Prima", False, 1)
            await two.send("idea-0002", "De la masa 2")
            assert (await far.wait_for("idea"))["id"] == "idea-0002"

    run(test())


def test_a_phone_that_was_away_hears_what_it_missed_and_nothing_twice(tmp_path: Path) -> None:
    """After a cursor come the ideas touched since, each as it stands now; Last-Event-ID wins over the address."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as one, cafe.phone(), cafe.phone() as three:
            await one.send("idea-0001", "Prima")
            before = await three.state()
            cursor = f"{before['epoch']}.{before['seq']}"
            await one.send("idea-0002", "A doua")
            await one.ask("PUT", "/c/ideas/idea-0001", json={"text": "Prima, altfel"})
            await one.send("idea-0003", "A treia")
            await one.ask("DELETE", "/c/ideas/idea-0003")
            async with listening(three, f"{before['epoch']}.0", **{"Last-Event-ID": cursor}) as stream:
                heard = [await stream.next() for _ in range(5)]
            ideas = {data["id"]: (data["text"], data["st"]) for name, data, _ in heard if name == "idea"}
            assert [name for name, _, _ in heard] == ["hello", "idea", "idea", "idea", "state"]
            assert ideas == {
                "idea-0001": ("Prima, altfel", "ok"),
                "idea-0002": ("A doua", "ok"),
                "idea-0003": ("", "gone"),
            }
            last = heard[-1][2]
            assert last == f"{before['epoch']}.{cafe.room.last}"
            async with listening(three, last) as stream:
                assert [(await stream.next())[0] for _ in range(2)] == ["hello", "state"]

    run(test())


def test_a_cursor_of_another_cafe_gives_the_full_list(tmp_path: Path) -> None:
    """A phone that knows another café's numbers, or none, is told everything that it may see."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            await phone.send("idea-0001", "Prima")
            epoch, last = cafe.room.state.epoch, cafe.room.last
            for since in ("", f"deadbeef.{last}", "nonsense", *(f"{epoch}.{n}" for n in (999999, -1, "x", "9" * 20))):
                async with listening(phone, since) as stream:
                    heard = [(await stream.next())[0] for _ in range(3)]
                assert heard == ["hello", "idea", "state"], since

    run(test())


def test_what_the_facilitator_does_is_on_the_phones_at_once(tmp_path: Path) -> None:
    """Hiding takes an idea from the others' phones, forgetting too; the next step arrives as a state."""

    async def test() -> None:
        async with (
            running(tmp_path, "round") as cafe,
            cafe.phone() as one,
            cafe.phone(),
            cafe.phone() as three,
            listening(three) as stream,
        ):
            await stream.wait_for("state")
            await one.send("idea-0001", "Prima")
            assert (await stream.wait_for("idea"))["st"] == "ok"
            await cafe.room.do("stand", id="idea-0001", standing="hidden")
            assert (await stream.wait_for("idea"))["st"] == "gone"
            await cafe.room.do("undo")
            assert (await stream.wait_for("idea"))["st"] == "ok"
            await one.post("/c/erase")
            gone = await stream.wait_for("idea")
            assert (gone["st"], gone["text"]) == ("gone", "")
            await stream.wait_for("state")
            await cafe.room.do("next", step=cafe.room.state.step)
            moving = await stream.wait_for("state")
            assert (moving["phase"], moving["table"], moving["to"], moving["q"]["id"]) == ("move", 1, 2, "s1.1")

    run(test())


def test_phones_hear_nothing_of_what_fails_on_the_wall(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Something goes wrong while the wall counts who is connected: it is noted, and the phone's stream begins."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            unwatch = cafe.room.live.watch(lambda: 1 / 0)
            async with listening(phone) as stream:
                await stream.wait_for("state")
            while cafe.room.live.connected:
                await asyncio.sleep(0)
            unwatch()
        assert "ZeroDivisionError" in caplog.text

    run(test())


def test_a_poll_that_ends_with_an_idea_on_its_way_leaps_over_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An idea that comes when a poll's time is just over, before its bell rang, is in this answer or the next."""

    async def test() -> None:
        monkeypatch.setattr(feed, "ANSWERS_FIRST", 600)
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            since = f"{cafe.room.state.epoch}.{cafe.room.last}"
            waiting = asyncio.create_task(phone.get(f"/c/poll?since={since}&wait=1"))
            while not cafe.room.live.connected:
                await asyncio.sleep(0)
            assert (await phone.send("idea-0001", "O idee")).status == 201
            first = (await waiting).data
            then = (await phone.get(f"/c/poll?since={first['since']}&wait=0")).data
            told = [one["data"]["id"] for one in first["events"] + then["events"] if one["event"] == "idea"]
            assert told == ["idea-0001"]

    run(test())


def test_the_poll_tells_the_same_as_the_stream(tmp_path: Path) -> None:
    """Where a stream does not come through, the poll answers at once when there is news, and when news comes."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            answer = await phone.get("/c/poll?wait=20")
            assert answer.headers["Content-Type"].startswith("application/json")
            first = answer.data
            assert [event["event"] for event in first["events"]] == ["hello", "state"]
            assert (first["v"], first["next_ms"]) == (1, 0)
            waiting = asyncio.create_task(phone.get(f"/c/poll?since={first['since']}&wait=20"))
            await phone.send("idea-0001", "Prima")
            second = (await waiting).data
            assert [event["event"] for event in second["events"]] == ["idea"]
            assert second["events"][0]["data"]["text"] == "Prima"
            quiet = (await phone.get(f"/c/poll?since={second['since']}&wait=0")).data
            assert quiet["events"] == []
            await cafe.room.do("pause")
            third = (await phone.get(f"/c/poll?since={quiet['since']}&wait=20")).data
            assert [event["event"] for event in third["events"]] == ["state"]
            assert third["events"][0]["data"]["clock"]["mode"] == "pause"

    run(test())


def test_a_third_stream_of_a_phone_replaces_the_first(tmp_path: Path) -> None:
    """A phone has two streams at most; the oldest is told goodbye, and the count of connected people stays true."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as phone, listening(phone) as first:
            async with listening(phone) as second, listening(phone) as third:
                assert (await first.wait_for("bye"))["reason"] == "replaced"
                assert (await first.next())[0] == ""
                await second.wait_for("state")
                await third.wait_for("state")
                assert cafe.room.live.connected == 1
            while cafe.room.live.connected:
                await asyncio.sleep(0)

    run(test())


def test_stopping_ends_every_stream_at_once(tmp_path: Path) -> None:
    """The program waits for none of the phones that listen when it stops; each is told to come back."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as phone, listening(phone) as stream:
            await stream.wait_for("state")
            waiting = asyncio.create_task(phone.get(f"/c/poll?since={cafe.room.state.epoch}.{cafe.room.last}&wait=20"))
            while cafe.room.live.streams[phone.who] < 2:
                await asyncio.sleep(0)
            cafe.served.runner._shutdown_timeout = LONG  # instead of a second: so long it would wait for one
            async with asyncio.timeout(15):  # and so much is less than what a poll waits
                await cafe.served.close()
            assert (await stream.wait_for("bye"))["reason"] == "shutdown"
            assert (await waiting).data["events"][-1]["data"]["reason"] == "shutdown"

    run(test())


def test_every_phone_of_a_full_hall_is_woken(tmp_path: Path) -> None:
    """Phones are woken a few at a time, so that the laptop has time for who writes; none is left out."""

    async def test() -> None:
        async with running(tmp_path) as cafe:
            told = cafe.served.runner.app[DESK].feed
            bells = [told.hang(f"p{number}") for number in range(2 * feed.AT_A_TIME + 3)]
            await cafe.until("welcome")
            async with asyncio.timeout(PATIENCE):
                for bell in bells:
                    await bell.wait()

    run(test())


def test_who_is_forgotten_is_told_to_come_in_anew(tmp_path: Path) -> None:
    """An open stream of somebody who was forgotten ends with a word, and so does a poll that waits."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as phone, listening(phone) as stream:
            await stream.wait_for("state")
            waiting = asyncio.create_task(phone.get(f"/c/poll?since={cafe.room.state.epoch}.{cafe.room.last}&wait=20"))
            while cafe.room.live.streams[phone.who] < 2:
                await asyncio.sleep(0)
            await cafe.room.do("forget", who=phone.who)
            async with asyncio.timeout(15):  # so much is less than what a poll waits
                assert (await stream.wait_for("bye"))["reason"] == "rejoin"
                assert [event["data"]["reason"] for event in (await waiting).data["events"]] == ["rejoin"]

    run(test())


def test_a_closed_cafe_says_so_and_lets_go(tmp_path: Path) -> None:
    """After closing, a stream tells the last state and ends for good."""

    async def test() -> None:
        async with running(tmp_path, "closing") as cafe, cafe.phone() as phone, listening(phone) as stream:
            await stream.wait_for("state")
            await cafe.until("closed")
            assert (await stream.wait_for("state"))["phase"] == "closed"
            assert (await stream.wait_for("bye"))["reason"] == "closed"

    run(test())


def test_the_snapshot_is_not_sent_again_when_nothing_happened(tmp_path: Path) -> None:
    """With the tag of the last snapshot the answer is 304 until something changes."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            tag = (await phone.get("/c/state")).headers["ETag"]
            same = await phone.get("/c/state", headers={"If-None-Match": tag})
            assert (same.status, same.body) == (304, b"")
            await phone.send("idea-0001", "Prima")
            assert (await phone.get("/c/state", headers={"If-None-Match": tag})).status == 200
            assert cafe.room.state.shown == 1

    run(test())


def test_a_burst_is_gathered_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    """A hundred ideas at once all arrive, in the order of the log."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, listening(phone) as stream:
            await stream.wait_for("state")
            ideas = [cafe.room.do("send", who=phone.who, id=f"burst-{n:04}", text=f"Ideea {n}") for n in range(100)]
            await asyncio.gather(*ideas)
            heard = [await stream.wait_for("idea") for _ in range(100)]
            assert [idea["seq"] for idea in heard] == sorted(idea["seq"] for idea in heard)
            assert len({idea["id"] for idea in heard}) == 100

    run(test())


def test_an_idea_is_written_out_once_for_all_who_see_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many phones listen, an idea is written out twice: for its author, and for everybody else."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, AsyncExitStack() as stack:
            phones = [await stack.enter_async_context(cafe.phone()) for _ in range(40)]
            streams = [await stack.enter_async_context(listening(phone)) for phone in phones]
            for heard in streams:
                await heard.wait_for("state")
            built: list[bytes] = []

            def encode(data: object) -> bytes:
                built.append(msgspec.json.encode(data))
                return built[-1]

            monkeypatch.setattr(feed, "encode", encode)
            await phones[0].send("idea-0001", "Prima")
            near = [heard for heard, phone in zip(streams, phones, strict=True) if (await phone.state())["table"] == 1]
            assert len(near) == 20
            assert [(await heard.wait_for("idea"))["id"] for heard in near] == ["idea-0001"] * 20
            assert len(built) == 2

    run(test())


def test_a_phone_that_takes_nothing_is_let_go_and_costs_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a phone that reads nothing no pile grows on the laptop: it is dropped, and the others hear all the while."""
    monkeypatch.setattr(stream, "PATIENCE", 0.3)
    piles: list[int] = []

    async def test() -> None:
        async with (
            running(tmp_path, "round") as cafe,
            cafe.phone() as author,
            cafe.phone(),
            cafe.phone() as slow,
            cafe.phone(),
            cafe.phone() as quick,
            listening(quick) as heard,
        ):
            line = await deaf(cafe, slow)
            while not cafe.room.live.streams[slow.who]:
                await asyncio.sleep(0)
            (pile,) = (t for t in transports(cafe) if t.get_extra_info("peername") == line.getsockname())
            number, ideas = 0, set[str]()
            async with asyncio.timeout(PATIENCE):
                while cafe.room.live.streams[slow.who]:
                    texts = [(f"burst-{n:06}", f"{n} " + "x" * 480) for n in range(number, number + 50)]
                    sent = (cafe.room.do("send", who=author.who, id=id, text=text) for id, text in texts)
                    await asyncio.gather(*sent)
                    number += 50
                    piles.append(pile.get_write_buffer_size())
                    ideas |= {(await heard.wait_for("idea"))["id"] for _ in texts}
            line.close()
            assert len(ideas) == number

    run(test())
    assert max(piles) < 512 * 1024


async def deaf(cafe: Cafe, phone: Phone) -> socket.socket:
    """A stream of a phone whose receiving end is small and never read."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", cafe.served.port))
    cookie = next(iter(phone.session.cookie_jar))
    head = f"GET /c/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie.key}={cookie.value}\r\n\r\n"
    await asyncio.get_running_loop().sock_sendall(line, head.encode())
    return line


def transports(cafe: Cafe) -> list[asyncio.Transport]:
    server = cafe.served.runner.server
    assert server
    return [handler.transport for handler in server.connections if isinstance(handler.transport, asyncio.Transport)]


def test_a_hall_of_a_thousand_comes_in_behind_one_address(tmp_path: Path) -> None:
    """A thousand people who scan in the same moment all get in; a machine that goes on joining is slowed down."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(joined=False) as phone:
            limits = cafe.served.runner.app[DESK].limits
            for _ in range(999):
                limits.join("")
            assert (await phone.post(f"/{CODE}")).status == 303
            for _ in range(200):
                limits.join("")
            phone.session.cookie_jar.clear()
            more = await phone.post(f"/{CODE}", headers={"Accept": "application/json"})
            assert (more.status, more.code) == (429, "crowded")
            cafe.clock += 1
            assert (await phone.post(f"/{CODE}")).status == 303

    run(test())
