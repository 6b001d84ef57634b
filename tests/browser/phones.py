"""Real browsers as phones, on an origin as insecure as the venue's: a name that Chromium maps to this machine."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from cafe.plan import Plan
from tests.patience import PATIENCE
from tests.server.running import CODE, PLAN, Cafe, running

CHROMIUM = os.environ.get("CAFE_CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
NAME = "cafe.test"
if not CHROMIUM and os.environ.get("CI"):
    raise RuntimeError("CI runs the tests of the phone in a real browser: Chromium must be there")
SOON = 30_000
"""Milliseconds that a page is given. After 40 s it would find out by itself that its stream is dead."""
expect.set_options(timeout=SOON)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")


class Hall:
    """A café in a phase, and a browser that can be many phones."""

    def __init__(self, cafe: Cafe, browser: Browser) -> None:
        self.cafe, self.browser = cafe, browser
        self.base = f"http://{NAME}:{cafe.served.port}"
        """Where phones are told to go; a test may put something in between."""
        self.faults: list[str] = []

    async def context(self, *, script: bool = True, wide: bool = False) -> BrowserContext:
        """A phone of its own: cookies, storage, a small screen, or a wide one."""
        context = await self.browser.new_context(
            viewport={"width": 480 if wide else 360, "height": 960 if wide else 740},
            locale="ro-RO",
            java_script_enabled=script,
            is_mobile=True,
            has_touch=True,
        )
        context.set_default_timeout(SOON)
        return context

    async def page(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda said: self.faults.append(said.text) if "Refused to" in said.text else None)
        return page

    async def join(self, *, script: bool = True) -> Page:
        """A phone that scanned the code and pressed the one button."""
        page = await self.page(await self.context(script=script))
        await page.goto(f"{self.base}/{CODE}")
        await page.click("button.main")
        await page.wait_for_url("**/c")
        return page

    async def deafen(self, page: Page) -> None:
        """Lets a phone hear nothing any more but the answers to what it sends."""
        for live in ("events", "state", "poll"):
            await page.route(f"**/c/{live}*", lambda route: route.abort())
        await self.cafe.served.close()
        await self.cafe.open(self.cafe.served.port, public_url=f"http://{NAME}")

    async def until(self, true: Callable[[], Any]) -> None:
        """Waits for something that happens in the café."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.02)

    @property
    def texts(self) -> list[str]:
        """The ideas that the café has, in the order of arrival."""
        state = self.cafe.room.state
        return [state.ideas[id].text for _, id in sorted(state.order.items()) if not state.ideas[id].gone]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser that finds this machine under a name, which it does not trust as it would trust 127.0.0.1."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=[f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--no-sandbox"]
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def hall(folder: Path, phase: str = "round", plan: Plan = PLAN) -> AsyncIterator[Hall]:
    """A café in a phase, at an address that a browser does not trust; at the end no script may have failed.

    The phase begins when the browser is there: how long that took is not taken from a round.
    """
    async with running(folder, plan=plan, public_url=f"http://{NAME}") as cafe, chromium() as browser:
        await cafe.until(phase)
        made = Hall(cafe, browser)
        yield made
        assert not made.faults
