"""What a first visit costs a phone: few requests, few bytes, and nothing from anywhere else."""

from pathlib import Path
from random import Random
from string import ascii_lowercase, digits
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.async_api import CDPSession, Page, Request, expect

from cafe.cli.demo import example
from server.assets import links
from tests.browser.phones import Hall, hall, needs_chromium
from tests.server.running import CODE, run

pytestmark = [pytest.mark.browser, needs_chromium]

IDEAS = 50
MOST = 15 * 1024
SPARE = 300
DIGITS = digits + ascii_lowercase


class Visit:
    """What a page asks for and what comes over the wire, as the browser's own debugger counts it.

    What lies in the browser's cache is no request. The stream stays open: it is asked for, but has no end and no size.
    """

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.page, self.done = page, list[Request]()
        self.asked: dict[str, list[str]] = {}
        self.cached: set[str] = set()
        page.on("requestfinished", lambda request: self.done.append(request))  # playwright wants a function of Python
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.requestServedFromCache", lambda told: self.cached.add(told["requestId"]))
        session.on("Network.responseReceived", self._answer)

    def _ask(self, told: dict[str, Any]) -> None:
        if not told["request"]["url"].startswith("data:"):
            self.asked.setdefault(told["requestId"], []).append(told["request"]["url"])

    def _answer(self, told: dict[str, Any]) -> None:
        if told["response"].get("fromDiskCache"):
            self.cached.add(told["requestId"])

    @property
    def wire(self) -> list[str]:
        """The addresses that were asked for over the wire; both ways of a redirect count."""
        return [url for id, urls in self.asked.items() if id not in self.cached for url in urls]

    async def bytes(self) -> tuple[int, int]:
        """Of the bodies, gzipped, and of the heads of the answers."""
        bodies = heads = 0
        for request in self.done:
            sizes = await request.sizes()
            if sizes["responseBodySize"] >= 0:  # Of what the cache gave, the head is taken off again.
                bodies, heads = bodies + sizes["responseBodySize"], heads + sizes["responseHeadersSize"]
        return bodies, heads


async def fifty(here: Hall) -> None:
    """Ideas as people write them, at the first table."""
    _, _, book = example()
    texts = list(dict.fromkeys(text for texts in book.values() for text in texts))
    assert len(texts) >= 10
    chance = Random(50)  # Ids as phones make them, and the same each time: how well they pack is no matter of luck.
    async with here.cafe.phone() as other, here.cafe.phone():
        for number in range(IDEAS):
            text = texts[number % len(texts)] + (f" ({number})" if number >= len(texts) else "")
            await here.cafe.room.do("send", who=other.who, id="".join(chance.choices(DIGITS, k=13)), text=text)


class Cost(NamedTuple):
    """Of a first visit: requests over the wire, bytes of the answers' bodies, gzipped, and of their heads."""

    requests: int
    bodies: int
    heads: int


async def cost(here: Hall, begins: str) -> tuple[Cost, Visit]:
    """What a browser that has kept nothing costs from the scan on, or from the café's page on when it is in."""
    page = await here.join() if begins == "page" else await here.page(await here.context())
    await page.goto("about:blank")
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.clearBrowserCache")
    seen = Visit(page, session)
    await page.goto(f"{here.base}/{CODE if begins == 'scan' else 'c'}")
    if begins == "scan":
        await page.click("button.main")
    await expect(page.locator("#refresh")).to_be_hidden()
    await expect(page.locator("#others .idea")).to_have_count(IDEAS)
    return Cost(len(seen.wire), *await seen.bytes()), seen


@pytest.mark.parametrize("begins", ["scan", "page"])
def test_a_first_visit_is_small_and_stays_at_home(tmp_path: Path, begins: str) -> None:
    """With fifty ideas the café's page, heads and all, is four requests and 14.7 KB at most; the whole way from the
    scan is six (join page, style, script, joining, café's page, stream) and 15 KB of bodies: the script comes while
    the join page is read.
    """

    async def test() -> None:
        async with hall(tmp_path) as here:
            await fifty(here)
            found, seen = await cost(here, begins)
            assert found.requests == (6 if begins == "scan" else 4)
            assert found.bodies + (0 if begins == "scan" else found.heads + SPARE) <= MOST
            assert found.heads <= 2048
            if begins == "scan":
                assert seen.wire.index(f"{here.base}{links('cafe')['js']}") < seen.wire.index(f"{here.base}/c")
            assert {urlsplit(url).netloc for url in seen.wire} == {here.base[7:]}
            assert len(await seen.page.context.cookies()) == 1

    run(test())
