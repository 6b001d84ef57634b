"""The README's picture of a phone in a round: `python -m tests.browser.pictures`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from cafe.cli.demo import _moment, example
from cafe.cli.held import Wish, held
from cafe.file import CafeFile
from cafe.phones import Phones
from tests.browser.phones import CHROMIUM

HERE = Path(__file__).parent / "pictures"


async def main() -> None:
    plan, text, book = example()
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wish = Wish(plan=plan, text=text, host="127.0.0.1", at=_moment(plan, 11 * 60 + 14), speed=1)
        async with held(CafeFile(Path(folder) / "lab.cafe"), wish) as cafe, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="ro-RO", is_mobile=True)
            page = await context.new_page()
            await page.goto(cafe.join)
            await page.click("button.main")
            await page.wait_for_url("**/c")
            phones = Phones(cafe.join, book, ideas=(0, 0))
            phones.arrive(5, within=0)
            while phones.joined < 5:
                await asyncio.sleep(0.05)
            for _ in range(3):
                await cafe.room.do("next", step=cafe.room.state.step)
            await page.locator("#text").fill(book[next(iter(book))][2])
            await page.locator("form button.main").first.click()
            await page.get_by_text(book[next(iter(book))][2]).first.wait_for()
            await page.locator("#text").fill("Un atelier deschis și duminica,")
            await page.screenshot(path=str(HERE / "readme_phone.png"))
            await phones.leave()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
