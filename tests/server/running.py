"""A small café that runs with a real file and a real server, and phones that speak plain HTTP to it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from cafe.file import CafeFile
from cafe.plan import Block, Group, Plan, Question, Session, Table
from cafe.room import Room
from server.app import make
from server.serve import Served, serve
from tests.patience import LONG

QUESTIONS = ("Cum aducem firmele mici în program?", "Cine mai trebuie să fie la masă?")
PLAN = Plan(
    title="Laborator de probă",
    language="ro",
    organiser="Primăria",
    contact="lab@example.org",
    keep_days=90,
    groups=(Group("", 2, 6),),
    tables=(Table(1, "", 0, 6), Table(2, "", 1, 6)),
    sessions={
        "s1": Session(
            "s1", "Sesiunea 1", tuple(Question(f"s1.{i}", {"ro": q}) for i, q in enumerate(QUESTIONS, 1)), 2, (13, 13)
        )
    },
    programme=(
        Block(630, "welcome", "Primire"),
        Block(675, "session", "", {"": "s1"}),
        Block(720, "break"),
        Block(795, "harvest"),
        Block(810, "closing"),
    ),
)
CODE = "K7QF"


@asynccontextmanager
async def cafe_room(folder: Path, plan: Plan = PLAN) -> AsyncIterator[Room]:
    """A room of a small plan, alive, on a file of its own."""
    room = Room(CafeFile(folder / "test.cafe"))
    await room.start(plan, "", code=CODE)
    try:
        yield room
    finally:
        await room.stop()


class Cafe:
    """A café with its server. `tick` moves the real time that its limits go by."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.clock = 1000.0
        self.served: Served

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"

    async def open(self, port: int = 0, **given: Any) -> None:
        self.served = await serve(make(self.room, clock=lambda: self.clock, **given), "127.0.0.1", port)

    async def until(self, phase: str) -> None:
        """Goes on until the café is in a phase."""
        while self.room.state.phase != phase:
            await self.room.do("next", step=self.room.state.step)

    @asynccontextmanager
    async def phone(self, *, joined: bool = True, language: str = "ro") -> AsyncIterator["Phone"]:
        """A phone with its own cookies, already in unless told otherwise."""
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept-Language": language}) as session:
            phone = Phone(self, session)
            if joined:
                assert (await phone.post(f"/{CODE}")).status == 303
            yield phone


class Answer:
    """An answer that is fully there."""

    def __init__(self, response: aiohttp.ClientResponse, body: bytes) -> None:
        self.status, self.headers, self.body = response.status, response.headers, body
        self.text = body.decode()

    @property
    def data(self) -> Any:
        import json

        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.data["error"]["code"])


class Phone:
    """Speaks to the café as a browser would; redirects are shown, not followed."""

    def __init__(self, cafe: Cafe, session: aiohttp.ClientSession) -> None:
        self.cafe, self.session = cafe, session

    async def ask(self, method: str, path: str, **given: Any) -> Answer:
        given.setdefault("allow_redirects", False)
        async with self.session.request(method, self.cafe.base + path, **given) as response:
            return Answer(response, await response.read())

    async def get(self, path: str, **given: Any) -> Answer:
        return await self.ask("GET", path, **given)

    async def post(self, path: str, form: dict[str, str] | None = None, **given: Any) -> Answer:
        return await self.ask("POST", path, data=form or {}, **given)

    async def send(self, id: str, text: str, **more: Any) -> Answer:
        """Sends an idea as the script does."""
        return await self.ask("POST", "/c/ideas", json={"id": id, "text": text, **more})

    async def state(self) -> Any:
        return (await self.get("/c/state")).data

    @property
    def who(self) -> str:
        """The participant id behind this phone's cookie."""
        cookie = next(iter(self.session.cookie_jar))
        return self.cafe.room.people.recognise(cookie.value)


@asynccontextmanager
async def running(folder: Path, phase: str = "lobby", plan: Plan = PLAN, **given: Any) -> AsyncIterator[Cafe]:
    """A café with its server, in a phase."""
    async with cafe_room(folder, plan) as room:
        cafe = Cafe(room)
        await cafe.open(**given)
        try:
            await cafe.until(phase)
            yield cafe
        finally:
            await cafe.served.close()


def run(test: Coroutine[Any, Any, None]) -> None:
    """Runs a test's coroutine; it may not hang."""

    async def in_time() -> None:
        async with asyncio.timeout(LONG):
            await test

    asyncio.run(in_time())
