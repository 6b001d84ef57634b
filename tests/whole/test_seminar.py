"""The online seminar of 2021: talks, two of them at the same time, people in seven languages, no room and no tables."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path

import aiohttp
from aiohttp import web

from cafe.exports import write_all
from cafe.phones import Phones
from cafe.plan import Plan, parse
from tests.patience import LONG, PATIENCE
from tests.server.running import CODE, Cafe, Phone, running

LANGUAGES = ("ro", "en", "nl", "it", "hr", "lt", "fi")
PEOPLE = 60
PUBLIC = "cafe.seminar.example"
HERE = ("127.0.0.1",)
"""The proxy that is trusted."""
TABLES = re.compile(
    r"\b(tables?|seats?|masa|mese|mesei|mesele|scaun\w*|tafels?|tavol[oi]|stol\w*|stal\w*|pöyt\w*|pöydä\w*)\b",
    re.IGNORECASE,
)
"""Words for tables in the seven languages."""


def seminar() -> Plan:
    """The example, as it is shipped."""
    reading = parse((files("cafe.examples") / "seminar2021.toml").read_text("utf-8"))
    assert reading.plan, reading.mistakes
    assert not reading.warnings
    return reading.plan


@asynccontextmanager
async def proxy(port: int) -> AsyncIterator[int]:
    """A reverse proxy as stands before a public address: it names the public host and passes streams on at once."""

    async def forward(request: web.Request) -> web.StreamResponse:
        headers = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "content-length", "origin")}
        headers |= {"Host": PUBLIC, "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
        if "Origin" in request.headers:
            headers["Origin"] = f"https://{PUBLIC}"
        url = f"http://127.0.0.1:{port}{request.raw_path}"
        async with session.request(
            request.method, url, headers=headers, data=await request.read(), allow_redirects=False
        ) as answer:
            kept = {k: v for k, v in answer.headers.items() if k.lower() not in ("transfer-encoding", "content-length")}
            response = web.StreamResponse(status=answer.status, headers=kept)
            for cookie in answer.headers.getall("Set-Cookie", []):
                response.headers.popall("Set-Cookie", None)
                assert "Secure" in cookie
                response.headers.add("Set-Cookie", cookie.replace("; Secure", ""))  # the phones here speak plain HTTP
            await response.prepare(request)
            async for part in answer.content.iter_any():
                await response.write(part)
            return response

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", forward)
    timeout, every = aiohttp.ClientTimeout(total=None), aiohttp.TCPConnector(limit=0)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    async with aiohttp.ClientSession(auto_decompress=False, timeout=timeout, connector=every) as session:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server
        try:
            yield site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        finally:
            await runner.cleanup()


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not met():
            await asyncio.sleep(0.02)


def asked(phones: Phones, questions: int) -> bool:
    return len(phones.told) == questions


def speaks_of_tables(text: str) -> list[str]:
    """The words for tables in a page or a snapshot; names of parts and classes are not read by anybody."""
    read = re.sub(r'\b(class|data-\w+|id|for|href|src|name)="[^"]*"', "", text)
    return TABLES.findall(re.sub(r'"(tables?|seats?)":', "", read))


async def read_everywhere(cafe: Cafe, readers: list[Phone]) -> None:
    """In this phase nobody's page, snapshot or join page has a word about tables, in whichever language."""
    for phone in readers:
        page, state = (await phone.get("/c")).text, (await phone.get("/c/state")).text
        for text in (page, state):
            assert speaks_of_tables(text) == [], (cafe.room.state.phase, speaks_of_tables(text))


def test_the_seminar_of_2021_runs_from_end_to_end(tmp_path: Path) -> None:
    """Sixty people behind a public address hear three talks, choose one of two, ask the speakers and say what they
    take with them; every question that a phone was told is saved is in the export, and nobody reads of a table.
    """
    plan = seminar()
    talks = [block.title for block in plan.programme if block.kind == "talk" and not block.talks]
    several = next(block.talks for block in plan.programme if block.talks)
    book = {title: [f"{title}: {n}?" for n in range(PEOPLE)] for title in [*talks, *(talk.title for talk in several)]}

    async def test() -> None:
        async with running(tmp_path, plan=plan, public_url=f"https://{PUBLIC}", proxies=HERE) as cafe:
            readers: list[Phone] = []
            async with proxy(cafe.served.port) as port:
                phones = Phones(f"http://127.0.0.1:{port}/{CODE}", book, languages=LANGUAGES)
                phones.arrive(PEOPLE, within=0.5)
                await until(lambda: phones.joined == PEOPLE)
                async with asyncio.TaskGroup() as inside:
                    inside.create_task(day(cafe, phones, readers, len(talks)))
                await phones.leave()
            state = cafe.room.state
            assert len(state.participants) == PEOPLE + len(LANGUAGES)
            heard = state.talks[next(n for n, block in enumerate(plan.programme) if block.talks)]
            assert set(heard.values()) == {1, 2}
            assert len(heard) == PEOPLE + len(LANGUAGES)
            assert len(phones.told) == PEOPLE * (len(talks) + 1)
            write_all(state, list(cafe.room.log.read()), tmp_path / "out")
            ideas = (tmp_path / "out" / "ideas.csv").read_text("utf-8-sig")
            assert all(told.id in ideas and told.text in ideas for told in phones.told.values())
            assert "I take away" in (tmp_path / "out" / "feedback.csv").read_text("utf-8-sig")
            report = (tmp_path / "out" / "report.md").read_text("utf-8")
            assert "Questions to the speakers" in report
            assert "I take away" in report
            assert not phones.refused

    async def day(cafe: Cafe, phones: Phones, readers: list[Phone], talks: int) -> None:
        """The programme, and in each language a reader who looks at every page."""
        async with aiohttp.ClientSession() as session:
            outside = await Phone(cafe, session).get(f"/{CODE}", headers={"Accept-Language": "en", "Host": PUBLIC})
            assert speaks_of_tables(outside.text) == []
        async with AsyncExitStack() as stack:
            for language in LANGUAGES:
                readers.append(await stack.enter_async_context(cafe.phone(language=language)))
            heard = 0
            while True:
                await read_everywhere(cafe, readers)
                state = cafe.room.state
                if state.closed:
                    return
                if state.phase == "talk":
                    several = state.plan.programme[state.position.block].talks
                    for number, reader in enumerate(readers):
                        if several:
                            assert (await reader.get("/c/meeting")).headers["Location"] == "/c"
                            await reader.ask("PUT", "/c/here", json={"talk": 1 + number % 2})
                        link = (await reader.get("/c/meeting")).headers["Location"]
                        wanted = (
                            several[number % 2].link if several else state.plan.programme[state.position.block].link
                        )
                        assert link == wanted
                    heard += 1
                    await until(partial(asked, phones, PEOPLE * heard))
                    await read_everywhere(cafe, readers)
                if state.phase == "closing":
                    said = await readers[0].post("/c/feedback", {"took": "I take away a friend", "next": ""})
                    assert said.status == 303
                await cafe.room.do("next", step=cafe.room.state.step)

    asyncio.run(asyncio.wait_for(test(), LONG))
