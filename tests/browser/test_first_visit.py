"""What a first visit costs a phone: few requests, few bytes, and nothing from anywhere else."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from cafe.cli.demo import example
from tests.browser.phones import Hall, hall, needs_chromium
from tests.server.running import CODE, run

pytestmark = [pytest.mark.browser, needs_chromium]

IDEAS = 50
KB = 1024


class Visit:
    """The requests of a page and the bytes that came over the wire, headers included."""

    def __init__(self, page: Page) -> None:
        self.page, self.asked, self.bytes = page, list[str](), 0
        self.each: list[int] = []
        page.on("request", lambda request: self.asked.append(request.url))

    async def count(self) -> None:
        session = await self.page.context.new_cdp_session(self.page)
        await session.send("Network.enable")
        session.on("Network.loadingFinished", lambda told: self._add(told["encodedDataLength"]))
        session.on("Network.dataReceived", lambda told: self._add(told["encodedDataLength"] if self._streams else 0))

    def _add(self, count: float) -> None:
        self.bytes += int(count)
        self.each.append(int(count))

    @property
    def _streams(self) -> bool:
        return any("/c/events" in url for url in self.asked)


async def fifty(here: Hall) -> None:
    """Ideas as people write them, at the first table."""
    _, _, book = example()
    texts = list(dict.fromkeys(text for texts in book.values() for text in texts))
    assert len(texts) >= 10
    async with here.cafe.phone() as other, here.cafe.phone():
        for number in range(IDEAS):
            text = texts[number % len(texts)] + (f" ({number})" if number >= len(texts) else "")
            await here.cafe.room.do("send", who=other.who, id=secrets.token_hex(12), text=text)


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
            await visit.count()
            await page.goto(f"{here.base}/{CODE if begins == 'scan' else 'c'}")
            if begins == "scan":
                await page.click("button.main")
            await expect(page.locator("#refresh")).to_be_hidden()
            await expect(page.locator("#others .idea")).to_have_count(IDEAS)
            print(begins, len(visit.asked), visit.bytes, visit.each)
            assert len(visit.asked) <= (4 if begins == "page" else 7)
            assert visit.bytes <= (15 if begins == "page" else 20) * KB
            assert {urlsplit(url).netloc for url in visit.asked if not url.startswith("data:")} == {here.base[7:]}
            assert len(await page.context.cookies()) == 1

    run(test())
