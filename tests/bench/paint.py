"""When a cheap phone on a bad network shows its first page: `python -m tests.bench.paint`.

Chromium, slowed to a slow 3G (400 ms there and back, 400 kbit/s) and a quarter of this machine's processor, opens the
café's page with fifty ideas, cold. Other programs disturb a run; the quietest is told, and beside it the middle one.
"""

import asyncio
import json
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import expect

from tests.browser.phones import Hall, hall
from tests.browser.test_first_visit import fifty
from tests.server.running import CODE

RUNS = 7
MOST = 1500
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


async def paint(here: Hall, path: str) -> float:
    """Milliseconds until something is painted, on a phone that has kept nothing; for the join page on a stranger's."""
    page = await here.page(await here.context()) if path == f"/{CODE}" else await here.join()
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    await page.goto("about:blank")
    await session.send("Network.clearBrowserCache")
    await session.send("Network.emulateNetworkConditions", SLOW)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    await page.goto(f"{here.base}{path}", timeout=30_000)
    await expect(page.locator("h1").first).to_be_attached()
    found = 0.0
    while not found:
        entries = await page.evaluate("performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)")
        found = entries[0] if entries else 0.0
    await page.context.close()
    return found


async def figures() -> dict[str, int]:
    with tempfile.TemporaryDirectory() as name:
        async with hall(Path(name)) as here:
            await fifty(here)
            found = {}
            for what, path in (("join page", f"/{CODE}"), ("café's page", "/c")):
                times = [await paint(here, path) for _ in range(RUNS)]
                found[f"{what}, quietest ms"] = round(min(times))
                found[f"{what}, median ms"] = round(statistics.median(times))
            return found


def main() -> None:
    found = asyncio.run(figures())
    print(json.dumps(found, ensure_ascii=False))
    print(f"to be reached: {MOST} ms at most")
    raise SystemExit(max(ms for what, ms in found.items() if "quietest" in what) > MOST)


if __name__ == "__main__":
    main()
