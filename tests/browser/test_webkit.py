"""The main path on a second engine: WebKitGTK by its driver, at an address that is not this machine's own loopback."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import ifaddr
import pytest

from tests.patience import PATIENCE
from tests.ports import free_port
from tests.proxy import proxy
from tests.server.running import CODE, run, running

BROWSER = next((str(p) for p in Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")), "")
DRIVER = shutil.which("WebKitWebDriver")
THERE = bool(BROWSER and DRIVER and shutil.which("xvfb-run"))
if not THERE and os.environ.get("CI"):
    raise RuntimeError("CI runs the main path on a second engine: webkit2gtk-driver and xvfb must be there")
ADDRESS = next(
    (str(ip.ip) for card in ifaddr.get_adapters() for ip in card.ips if ip.is_IPv4 and not ip.ip.startswith("127.")), ""
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not THERE, reason="no WebKitGTK with its driver is installed"),
    pytest.mark.skipif(not ADDRESS, reason="this machine has no address beside loopback, which a browser trusts"),
]


class WebKit:
    """A browser that does what its driver is told, in the words of the W3C's WebDriver."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session, self.path = session, "/session"

    async def tell(self, path: str, **said: Any) -> Any:
        async with self.session.post(self.path + path, json=said) as answer:
            told = await answer.json()
            assert answer.status == 200, told
            return told["value"]

    async def script(self, script: str) -> Any:
        return await self.tell("/execute/sync", script=f"return {script}", args=[])

    async def find(self, css: str) -> str:
        """The path of an element."""
        found = await self.tell("/element", using="css selector", value=css)
        return f"/element/{next(iter(found.values()))}"

    async def click(self, css: str) -> None:
        await self.tell(await self.find(css) + "/click")

    async def until(self, script: str, value: object) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.script(script) != value:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def webkit() -> AsyncIterator[WebKit]:
    """The browser on a screen that nobody sees."""
    port = free_port()
    assert DRIVER
    driver = await asyncio.create_subprocess_exec(
        *("xvfb-run", "-a", DRIVER, f"--port={port}"), stderr=asyncio.subprocess.DEVNULL, start_new_session=True
    )
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            browser = WebKit(session)
            wish = {"webkitgtk:browserOptions": {"binary": BROWSER, "args": ["--automation"]}}
            async with asyncio.timeout(PATIENCE):
                while browser.path == "/session":
                    try:
                        made = await browser.tell("", capabilities={"alwaysMatch": wish})
                        browser.path += f"/{made['sessionId']}"
                    except aiohttp.ClientConnectionError:
                        await asyncio.sleep(0.1)
            yield browser
            async with session.delete(browser.path) as gone:  # An answer that is not read keeps its connection open.
                await gone.read()
    finally:
        os.killpg(driver.pid, signal.SIGTERM)
        await driver.wait()


def test_on_webkit_somebody_joins_sends_and_sees(tmp_path: Path) -> None:
    """On another engine than Chromium a phone comes in, sends an idea once, and sees a neighbour's come by itself."""

    async def test() -> None:
        async with (
            running(tmp_path, "round", public_url=f"http://{ADDRESS}") as cafe,
            cafe.phone() as other,
            cafe.phone(),
            proxy(cafe.served.port, lambda _: "", host=ADDRESS) as between,
            webkit() as page,
        ):
            await page.tell("/url", url=f"http://{ADDRESS}:{between.port}/{CODE}")
            await page.click("button.main")
            await page.until("location.pathname", "/c")
            await page.until("Boolean(document.querySelector('#refresh')?.hidden)", True)
            assert await page.script("isSecureContext") is False
            await page.tell(await page.find("#text") + "/value", text="De pe alt telefon")
            await page.click("#write button.main")
            await page.until(
                "document.querySelector('#mine .idea:not(.sending) .text')?.textContent", "De pe alt telefon"
            )
            assert await page.script("document.querySelector('#text').value") == ""
            await other.send("idea-0001", "De la vecin")
            await page.until("document.querySelector('#others .text')?.textContent", "De la vecin")
            ideas = [idea.text for idea in cafe.room.state.ideas.values()]
            assert sorted(ideas) == ["De la vecin", "De pe alt telefon"]

    run(test())
