"""Dots in a real browser: given with a thumb or a keyboard, live, and never doubled by a bad network."""

import asyncio
from pathlib import Path

from playwright.async_api import Route

from tests.browser.phones import hall, needs_chromium
from tests.server.test_dots import VOTE

pytestmark = needs_chromium


def test_dots_are_given_and_taken_back_with_live_words(tmp_path: Path) -> None:
    """A tap or the enter key gives a dot and says what is left; no focus is lost; results come when they are shown."""

    async def test() -> None:
        async with hall(tmp_path, "round", VOTE) as here:
            page, other = await here.join(), await here.join()
            await other.fill("#text", "O piață deschisă seara")
            await other.click("#write button.main")
            await here.until(lambda: here.texts)
            await here.cafe.until("harvest")
            room = here.cafe.room
            give, take = page.locator(".dots button").first, page.locator(".dots button").nth(1)
            await give.wait_for()
            assert "3" in await page.inner_text("#dots-left")
            await give.focus()
            await page.keyboard.press("Enter")
            await page.locator("#dots-left", has_text="2").wait_for()
            assert await page.evaluate("document.activeElement.closest('.dots') !== null")
            assert sum(room.state.votes.values()) == 1
            await page.screenshot(path=str(tmp_path / "dots.png"))
            (voter,), (idea,) = [ballot.by for ballot in room.state.ballots.values()], room.state.votes

            async def lost(route: Route) -> None:
                """The laptop hears it, and its answer never comes."""
                await room.do("dot", who=voter, id="ballot-lost", idea=idea, n=2)
                await route.abort()

            await page.route("**/vote", lost)
            await give.click()
            await page.locator("#error", has_text="Legătura").wait_for()
            await page.unroute("**/vote")
            await page.locator("#dots-left", has_text="1").wait_for()
            assert sum(room.state.votes.values()) == 2
            await take.click()
            await page.locator("#dots-left", has_text="2").wait_for()
            assert await other.locator(".dots button").first.inner_text() == "Pun o bulină"
            await room.do("vote", shown=True)
            await other.get_by_text("● 1 bulină").wait_for()
            await other.screenshot(path=str(tmp_path / "results.png"))

    asyncio.run(test())
