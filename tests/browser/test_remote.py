"""The phone remote in a real browser: held buttons, its own clock, and what becomes of a press without a connection."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import BrowserContext, Page, async_playwright, expect

from tests.browser.phones import CHROMIUM, SOON, needs_chromium
from tests.server.remotes import Led, led
from tests.server.running import run

pytestmark = needs_chromium


@asynccontextmanager
async def remote(cafe: Led, *, script: bool = True) -> AsyncIterator[tuple[BrowserContext, Page]]:
    """The facilitator's phone, which has scanned the code and pressed the one button."""
    base, key = await cafe.key()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=script, is_mobile=True, has_touch=True
        )
        context.set_default_timeout(SOON)
        page = await context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if "Refused to" in said.text else None)
        await page.goto(base + key)
        await page.click("button.main")
        await page.wait_for_url("**/r")
        yield context, page
        assert not faults
        await browser.close()


async def hold(page: Page, name: str) -> None:
    """Presses a button and keeps it pressed for a second of the page's time, which stands still otherwise."""
    await page.hover(f"button[value={name}]")
    await page.mouse.down()
    async with page.expect_response(lambda answer: answer.request.method == "POST"):
        await page.clock.run_for(1000)
    await page.mouse.up()


def test_next_is_held_for_a_second(tmp_path: Path) -> None:
    """A short tap on next moves nothing and says how; held, the café goes on and the page shows where it is."""

    async def test() -> None:
        async with led(tmp_path) as cafe, remote(cafe) as (_, page):
            await page.clock.install()
            await page.reload()
            await expect(page.locator("#where")).to_contain_text("Sesiunea 1")
            await page.clock.pause_at(await page.evaluate("Date.now() / 1000 + 1"))
            await page.click("button[value=next]")
            await expect(page.locator("#said")).to_have_text("Țineți apăsat o secundă.")
            await page.clock.run_for(2000)
            assert cafe.room.state.phase == "round"
            await page.evaluate("document.getElementById('said').textContent = ''")
            await hold(page, "next")
            assert cafe.room.state.phase == "move"
            await page.clock.resume()
            cafe.clock += 9
            await cafe.room.do("next", step=cafe.room.state.step)
            await expect(page.locator("#where")).to_contain_text("2")
            small = await page.evaluate(
                "[...document.querySelectorAll('#remote button')]"
                ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 64).map(e => e.value)"
            )
            assert small == []
            await expect(page.locator("#said")).to_be_empty()
            if folder := os.environ.get("CAFE_PICTURES"):
                await page.screenshot(path=f"{folder}/remote.png", full_page=True)

    run(test())


def test_a_keyboard_presses_next_twice(tmp_path: Path) -> None:
    """Who cannot hold a button is asked on a page of its own what would come, and says yes there."""

    async def test() -> None:
        async with led(tmp_path) as cafe, remote(cafe) as (_, page):
            await page.focus("button[value=next]")
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/r/do")
            assert cafe.room.state.phase == "round"
            await page.focus("button.main")
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/r")
            assert cafe.room.state.phase == "move"

    run(test())


def test_the_clock_runs_on_the_phone_itself(tmp_path: Path) -> None:
    """The countdown goes on while nothing comes over the wire, and stands when somebody pauses at the laptop."""

    async def test() -> None:
        async with led(tmp_path) as cafe, remote(cafe) as (context, page):
            await expect(page.locator("button[value=pause]")).to_be_visible()
            await context.set_offline(True)
            seen = await page.inner_text("#time")
            await expect(page.locator("#time")).not_to_have_text(seen)
            await context.set_offline(False)
            await cafe.room.do("pause")
            await expect(page.locator("button[value=resume]")).to_be_visible()
            await expect(page.locator("button[value=pause]")).to_be_hidden()

    run(test())


def test_what_is_pressed_without_a_connection_never_happens(tmp_path: Path) -> None:
    """The phone says that no answer came, and when it is back nothing of what was pressed is done."""

    async def test() -> None:
        async with led(tmp_path) as cafe, remote(cafe) as (context, page):
            await expect(page.locator("button[value=pause]")).to_be_visible()
            before = cafe.room.last
            await context.set_offline(True)
            await page.click("button[value=add]")
            await expect(page.locator("#said")).to_contain_text("niciun răspuns")
            await expect(page.locator("#lost")).to_be_visible()
            await context.set_offline(False)
            await expect(page.locator("#lost")).to_be_hidden()
            await page.click("button[value=dark]")
            await expect(page.locator("#wall")).to_have_text("Ecranul este stins")
            assert cafe.room.last == before
            assert cafe.room.live.pulse.dark

    run(test())


def test_a_remote_that_is_ended_says_so(tmp_path: Path) -> None:
    """When the private view ends it the page becomes a sentence, with nothing left to press."""

    async def test() -> None:
        async with led(tmp_path) as cafe, remote(cafe) as (_, page):
            await expect(page.locator("button[value=pause]")).to_be_visible()
            await cafe.room.wish("unpair")
            await expect(page.locator("h1")).to_contain_text("nu este telecomanda")
            assert await page.locator("button").count() == 0

    run(test())


def test_the_remote_works_without_a_script(tmp_path: Path) -> None:
    """Plain taps do: a minute more at once, next after a second tap."""

    async def test() -> None:
        async with led(tmp_path) as cafe, remote(cafe, script=False) as (_, page):
            await page.click("button[value=add]")
            await expect(page.locator("#said")).to_contain_text("Încă un minut")
            await page.click("button[value=next]")
            await page.click("button.main")
            await page.wait_for_url("**/r")
            await expect(page.locator("button[value=next]")).to_be_visible()
            assert cafe.room.state.phase == "move"

    run(test())
