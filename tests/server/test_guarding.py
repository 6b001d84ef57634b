"""Who may speak to the server: names, origins, limits, and what is told to nobody."""

import asyncio
import logging
import re
import socket
from pathlib import Path

import aiohttp
import ifaddr
import pytest
from aiohttp import web

from server.app import PAGES, SECURITY, make
from server.desk import DESK
from server.guard import Bucket
from server.refusals import SENTENCES, STATUS
from server.routes import ROUTES
from server.serve import PortTaken, serve
from tests.server.running import CODE, cafe_room, run, running


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        (f"{socket.gethostname().lower().removesuffix('.local')}.local", 200),
        ("cafe.example.org", 200),
        ("CAFE.example.org.", 200),
        ("192.168.7.7:{port}", 200),
        ("192.168.7.8", 421),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("cafe.example.org.evil.example", 421),
        ("evil.example:{port}", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_only_our_own_names_are_answered(tmp_path: Path, host: str, status: int) -> None:
    """A foreign name that was bound to the laptop's address gets nothing, not even by reading."""

    async def test() -> None:
        async with running(tmp_path, public_url="https://cafe.example.org") as cafe, cafe.phone() as phone:
            await cafe.room.address("http://192.168.7.7:8080/K7QF")
            named = {"Host": host.format(port=cafe.served.port)}
            for path in ("/health", "/c/state"):
                assert (await phone.get(path, headers=named)).status == status

    run(test())


ADDRESSES = [str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
OWN = next((ip for ip in ADDRESSES if not ip.startswith("127.")), "")
"""An address of this machine in a network, if it is in one."""


@pytest.mark.skipif(not OWN, reason="this machine is in no network")
def test_a_phone_is_let_in_at_whichever_address_it_found(tmp_path: Path) -> None:
    """A laptop in two networks is told to phones by one address and may be reached by the other; no other name is."""

    async def test() -> None:
        async with cafe_room(tmp_path) as room, aiohttp.ClientSession() as session:
            await room.address("http://192.0.2.7:8080/K7QF")
            served = await serve(make(room), OWN, 0)
            try:
                for host, status in ((OWN, 200), ("192.0.2.7", 200), ("192.0.2.8", 421)):
                    async with session.get(f"http://{OWN}:{served.port}/health", headers={"Host": host}) as answer:
                        assert answer.status == status
            finally:
                await served.close()

    run(test())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://127.0.0.1:{port}"}, 303),
        ({"Origin": "https://cafe.example.org"}, 303),
        ({"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://[evil]"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "ftp://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_another_page_can_do_nothing_in_somebodys_name(tmp_path: Path, headers: dict[str, str], status: int) -> None:
    """A form that another site sends is refused; our own page, and what is no browser, may."""

    async def test() -> None:
        async with running(tmp_path, "round", public_url="https://cafe.example.org") as cafe, cafe.phone() as phone:
            told = {name: value.format(port=cafe.served.port) for name, value in headers.items()}
            sent = await phone.post("/c/ideas", {"id": "idea-0001", "text": "Ideea"}, headers=told)
            assert sent.status == status
            assert len(cafe.room.state.ideas) == (status == 303)

    run(test())


def test_every_answer_has_the_security_headers_and_names_no_software(tmp_path: Path) -> None:
    """Whatever is answered is taken for what it says it is; every page, a refusal too, carries the strict policy."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone() as phone:
            for path in ("/", "/c", "/c/state", "/health", "/nothing/here", f"/{CODE}", "/c/poll?wait=0"):
                answer = await phone.get(path)
                assert SECURITY.items() <= dict(answer.headers).items(), path
                assert "Server" not in answer.headers, path
                if "html" in answer.headers["Content-Type"]:
                    assert PAGES.items() <= dict(answer.headers).items(), path
            page = (await phone.get("/c")).text
            assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|javascript:|https?://", page)
            for asset in re.findall(r'"(/static/[^"]+)"', page):
                kept = await phone.get(asset)
                assert kept.status == 200
                assert "immutable" in kept.headers["Cache-Control"]

    run(test())


def test_the_server_has_the_routes_of_its_page_and_no_control(tmp_path: Path) -> None:
    """A crawl finds no route of the facilitator's, and a stranger gets nothing out of the café's."""

    async def test() -> None:
        paths = {route.path for route in ROUTES}
        assert not [
            path for path in paths if re.search("follow|/do|control|admin|next|pause|stand|people|export", path)
        ]
        async with running(tmp_path, "round") as cafe, cafe.phone(joined=False) as phone:
            for command in ("next", "pause", "do", "follow", "control", "admin", "remote", "stand", "forget", "undo"):
                for path in (f"/{command}/", f"/c/{command}", f"/c/../{command}", f"/static/{command}.py"):
                    for method in ("GET", "POST", "PUT", "DELETE"):
                        answer = await phone.ask(method, path, data=b"" if method != "GET" else None)
                        assert answer.status in (404, 405), (method, path)
            step = cafe.room.state.step
            for path in ("/c", "/c/state", "/c/events", "/c/poll"):
                assert (await phone.get(path)).status == 401
            for method, path in (
                ("POST", "/c/ideas"),
                ("PUT", "/c/ideas/idea-0001"),
                ("DELETE", "/c/ideas/idea-0001"),
                ("POST", "/c/ideas/idea-0001/edit"),
                ("POST", "/c/ideas/idea-0001/back"),
                ("POST", "/c/ideas/idea-0001/vote"),
                ("PUT", "/c/here"),
                ("POST", "/c/here"),
                ("PUT", "/c/ballot"),
                ("POST", "/c/ballot"),
                ("POST", "/c/erase"),
            ):
                body = {"json": {"id": "idea-0001", "text": "x"}} if method == "PUT" else {"data": {"text": "x"}}
                assert (await phone.ask(method, path, **body)).status == 401, path
            assert cafe.room.state.step == step

    run(test())


def test_half_a_body_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone that vanishes in the middle of sending holds nothing: it is answered 408 in time."""

    async def test() -> None:
        monkeypatch.setattr("server.app.BODY_TIME", 0.05)
        async with running(tmp_path) as cafe:
            reader, writer = await asyncio.open_connection("127.0.0.1", cafe.served.port)
            writer.write(b"POST /c/ideas HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
            assert b" 408 " in await reader.readline()
            writer.close()

    run(test())


def test_a_cookie_that_is_no_text_is_a_strangers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever sends a cookie of broken bytes is asked to join, as every stranger is, and no fault is noted."""

    async def test() -> None:
        async with running(tmp_path) as cafe:
            port = cafe.served.port
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            asked = f"GET /c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: cafe_{port}=".encode()
            writer.write(asked + b"\xff\xfe\r\n\r\n")
            assert b" 401 " in await reader.readline()
            await reader.read()
            writer.close()
            assert not caplog.records

    run(test())


def test_no_address_of_a_phone_is_in_any_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Good requests, broken ones and faults of our own leave no address in the log."""

    async def test() -> None:
        caplog.set_level(logging.DEBUG)
        logging.getLogger("asyncio").setLevel(logging.WARNING)
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            for raw in (
                b"GARBAGE\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                b"GET / HTTP/9\r\n\x00\r\n\r\n",
            ):
                reader, writer = await asyncio.open_connection("127.0.0.1", cafe.served.port)
                writer.write(raw)
                writer.write_eof()
                await reader.read()
                writer.close()
            with pytest.MonkeyPatch.context() as broken:
                broken.setattr("server.snapshot.view", lambda *_: 1 / 0)
                failed = await phone.get("/c/state")
                assert (failed.status, failed.code) == (500, "fault")
                assert "Ceva nu a mers" in (await phone.get("/c")).text
            assert "ZeroDivisionError" in caplog.text
            assert "127.0.0.1" not in caplog.text
            assert phone.who not in caplog.text

    run(test())


def test_another_device_is_counted_without_keeping_its_address(tmp_path: Path) -> None:
    """The proof that a phone got through counts no request of the laptop itself."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone():
            assert cafe.room.live.pulse.reached == 0
            assert cafe.room.live.port == cafe.served.port

    run(test())


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    """Starting on a port that another program uses says just that."""

    async def test() -> None:
        async with running(tmp_path) as cafe:
            with pytest.raises(PortTaken, match=str(cafe.served.port)):
                await serve(web.Application(), "127.0.0.1", cafe.served.port)

    run(test())


def test_people_correct_where_they_sit(tmp_path: Path) -> None:
    """Sitting elsewhere moves somebody's present seat, by the script and by a plain form; a table that is not there is
    refused.
    """

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            assert (await phone.ask("PUT", "/c/here", json={"table": 2})).data["table"] == 2
            assert (await phone.post("/c/here", {"table": "1"})).status == 303
            assert (await phone.state())["table"] == 1
            assert (await phone.ask("PUT", "/c/here", json={"table": 9})).status == 422
            assert (await phone.ask("PUT", "/c/here", json={"seated": True})).status == 200
            assert (await phone.ask("PUT", "/c/here", json={"lang": "en"})).status == 200
            assert cafe.room.state.participants[phone.who].language == "en"
            assert (await phone.ask("PUT", "/c/here", json={"lang": "xx"})).status == 400

    run(test())


def test_a_ballot_is_told_that_no_vote_is_open(tmp_path: Path) -> None:
    """Dots that arrive while there is nothing to vote on get a polite no in the person's language."""

    async def test() -> None:
        async with running(tmp_path, "harvest") as cafe, cafe.phone() as phone:
            answer = await phone.ask("PUT", "/c/ballot", json={"rev": 1, "dots": {}})
            assert (answer.status, answer.code) == (409, "no_vote")
            assert answer.data["error"]["message"] == "Acum nu este deschis niciun vot."
            assert cafe.room.state.phase == "harvest"

    run(test())


def test_forget_me_takes_everything_away(tmp_path: Path) -> None:
    """After being forgotten the phone is a stranger, its cookie is gone and its ideas are nowhere."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, cafe.phone() as other:
            await phone.send("idea-0001", "De uitat")
            erased = await phone.post("/c/erase")
            assert erased.status == 200
            assert "Max-Age=0" in erased.headers["Set-Cookie"]
            assert (await phone.get("/c")).status == 401
            assert "De uitat" not in (await other.get("/c")).text
            assert not cafe.room.state.ideas

    run(test())


def test_a_page_comes_in_every_phase(tmp_path: Path) -> None:
    """From the lobby to the end somebody with nothing but a browser sees where the café is."""

    async def test() -> None:
        shown = []
        async with running(tmp_path) as cafe, cafe.phone(language="en") as phone:
            while True:
                page = await phone.get("/c")
                assert page.status == 200
                whole = re.sub(r"<template.*?</template>|<(\w+)[^>]*\shidden>.*?</\1>", "", page.text, flags=re.S)
                shown.append(re.sub(r"<[^>]+>", "", (re.search(r"<h1.*?</h1>", whole, re.S) or [""])[0]).strip())
                if cafe.room.state.closed:
                    break
                await cafe.room.do("next", step=cafe.room.state.step)
        assert shown == [
            "You are in.",
            "Primire",
            "Cum aducem firmele mici în program?",
            "Go to table 2",
            "Cine mai trebuie să fie la masă?",
            "Break",
            "Our ideas",
            "Conclusions",
            "Thank you!",
        ]

    run(test())


def test_a_language_is_not_switched_without_end(tmp_path: Path) -> None:
    """Each switch is written to the disk: a phone that goes to and fro for ever is asked to wait, on its own page."""

    async def test() -> None:
        async with running(tmp_path) as cafe, cafe.phone(language="ro") as phone:
            answers = [(await phone.get(f"/c?lang={each}")).status for each in ("en", "ro") * 20]
            assert answers == [303] * 30 + [429] * 10
            cafe.clock += 60
            assert (await phone.get("/c?lang=en")).status == 303

    run(test())


def test_buckets_fill_again_with_time() -> None:
    """A limit lets a burst through, then one per interval, and says how long to wait."""
    bucket = Bucket(5, 2)
    assert [bucket.take(0) for _ in range(5)] == [0] * 5
    assert bucket.take(0) == 2
    assert bucket.take(1) == 1
    assert bucket.take(2) == 0
    assert bucket.take(2) == 2
    assert [bucket.take(1000) for _ in range(5)] == [0] * 5
    assert bucket.take(1000) > 0


def test_every_refusal_has_a_sentence_and_a_status() -> None:
    """What the server refuses has words for people and a place in the table of statuses."""
    assert set(STATUS) <= set(SENTENCES)
    assert DESK is not None
