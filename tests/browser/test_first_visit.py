"""What a first visit costs a phone: few requests, few bytes, and nothing from anywhere else."""

from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Request, expect

from cafe.cli.demo import example
from tests.browser.phones import Hall, hall, needs_chromium
from tests.server.running import CODE, run

pytestmark = [pytest.mark.browser, needs_chromium]

IDEAS = 50
KB = 1024


class Visit:
    """The requests of a page, and what came over the wire, gzipped; the stream stays open and is not in it."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.done: list[Request] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfinished", lambda request: self.done.append(request))

    async def bytes(self) -> tuple[int, int]:
        """Of the bodies, and of the heads of the answers."""
        sizes = [await request.sizes() for request in self.done]
        return sum(each["responseBodySize"] for each in sizes), sum(each["responseHeadersSize"] for each in sizes)


async def fifty(here: Hall) -> None:
    """Ideas as people write them, at the first table."""
    _, _, book = example()
    texts = list(dict.fromkeys(text for texts in book.values() for text in texts))
    assert len(texts) >= 10
    chance = Random(50)  # The same ids each time: how well they pack is no matter of luck.
    async with here.cafe.phone() as other, here.cafe.phone():
        for number in range(IDEAS):
            text = texts[number % len(texts)] + (f" ({number})" if number >= len(texts) else "")
            await here.cafe.room.do("send", who=other.who, id=chance.randbytes(12).hex(), text=text)


@pytest.mark.parametrize("begins", ["scan", "page"])
def test_a_first_visit_is_small_and_stays_at_home(tmp_path: Path, begins: str) -> None:
    """With fifty ideas the page comes in four requests and fifteen kilobytes; joining adds its own page and no more."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            await fifty(here)
            page = await here.page(await here.context())
            visit = Visit(page)
            if begins == "page":
                first = await here.join()
                page = await here.page(first.context)
                await first.close()
                await (await page.context.new_cdp_session(page)).send("Network.clearBrowserCache")
                visit = Visit(page)
            await page.goto(f"{here.base}/{CODE if begins == 'scan' else 'c'}")
            if begins == "scan":
                await page.click("button.main")
            await expect(page.locator("#refresh")).to_be_hidden()
            await expect(page.locator("#others .idea")).to_have_count(IDEAS)
            assert len(visit.asked) <= (4 if begins == "page" else 7)
            bodies, heads = await visit.bytes()
            assert bodies <= (15 if begins == "page" else 17) * KB
            assert heads <= 3 * KB
            assert {urlsplit(url).netloc for url in visit.asked if not url.startswith("data:")} == {here.base[7:]}
            assert len(await page.context.cookies()) == 1

    run(test())
