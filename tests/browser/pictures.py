"""Pictures of the phone's page: the README's, and every state of a day in two languages, light and dark.

`python -m tests.browser.pictures` takes all of them anew, to be looked at.
"""

import asyncio
import io
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright

from cafe.cli.demo import _moment, example
from cafe.cli.held import Wish, held
from cafe.file import CafeFile
from cafe.phones import Phones
from tests.browser.phones import CHROMIUM
from tests.browser.states import STATES, walk

HERE = Path(__file__).parent / "pictures"
LANGUAGES = ("ro", "fi")
"""That of the workshops, and the one with the longest words."""
COLOURS = 32
"""Enough for a page of few colours and its letters' edges; the files stay small."""


async def take(page: Page, name: str) -> None:
    """A picture of what the window shows."""
    taken = Image.open(io.BytesIO(await page.screenshot()))
    taken.convert("RGB").quantize(COLOURS).save(HERE / f"{name}.png", optimize=True)


async def states() -> None:
    """Every state of the phone's page, with nothing unfolded."""
    for old in HERE.glob("[0-9]*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        async with walk(Path(folder)) as day:
            for number, state in enumerate(STATES, 1):
                await state.arrive(day)
                name = state.name.replace(",", "").replace(" ", "_")
                for language, scheme in product(LANGUAGES, ("light", "dark")):
                    for page in (day.mine, day.nobody):
                        await page.emulate_media(color_scheme=scheme)
                    page = await day.show(state, language)
                    await page.evaluate("for (const one of document.querySelectorAll('details.fold')) one.open = false")
                    await page.evaluate("scrollTo(0, 0)")
                    await take(page, f"{number:02}_{name}_{language}_{scheme}")


async def readme() -> None:
    """Somebody who writes in a round of the demonstration."""
    plan, text, book = example()
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
            await page.locator("#write button.main").click()
            await page.get_by_text(book[next(iter(book))][2]).first.wait_for()
            await page.locator("#text").fill("Un atelier deschis și duminica,")
            await page.screenshot(path=str(HERE / "readme_phone.png"))
            await phones.leave()
            await browser.close()


async def main() -> None:
    HERE.mkdir(exist_ok=True)
    await readme()
    await states()


if __name__ == "__main__":
    asyncio.run(main())
