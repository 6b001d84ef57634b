"""What a screen reader says by itself: little, and each thing once."""

import re
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Page, expect

from tests.browser.phones import hall, needs_chromium
from tests.server.running import PLAN, run

pytestmark = [pytest.mark.browser, needs_chromium]

# Rounds from which whole minutes can be taken until each mark is passed: 6:00 - 1 - 4 = 1:00, and 2:10 - 2 = 0:10. What
# is said of a minute may be said for half a minute from its mark on.
SHORT = msgspec.structs.replace(
    PLAN, sessions={"s1": msgspec.structs.replace(PLAN.sessions["s1"], minutes=(6, 2 + 10.9 / 60))}
)
LISTEN = """() => {
  globalThis.heard = [];
  const live = "[role=status], [role=alert], [aria-live]";
  new MutationObserver((changes) => {
    const places = changes.map(({ target }) => (target.closest ? target : target.parentElement).closest(live));
    for (const region of new Set(places)) {
      const text = region?.checkVisibility() && region.textContent.trim();
      if (text) heard.push(`${region.getAttribute("role")}: ${text}`);
    }
  }).observe(document.body, { childList: true, characterData: true, attributes: true, subtree: true });
}"""


async def heard(page: Page) -> list[str]:
    """What was said so far."""
    return list(await page.evaluate("heard"))


def test_the_clock_is_silent_but_for_three_moments(tmp_path: Path) -> None:
    """Nothing ticks aloud: five minutes, one minute and ten seconds are said once each; a move is one alert."""

    async def test() -> None:
        async with hall(tmp_path, "welcome", SHORT) as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()
            await here.cafe.until("round")
            await expect(page.locator("#question")).to_be_visible()
            assert await page.locator("#clock").get_attribute("role") == "timer"
            assert await page.locator(":is([role=status], [role=alert], [aria-live]) #time").count() == 0
            await page.evaluate(LISTEN)
            spoken = page.locator("#spoken")
            await here.cafe.room.do("add", minutes=-1)
            await expect(spoken).to_have_text("Au mai rămas 5 minute")
            await here.cafe.room.do("add", minutes=-4)
            await expect(spoken).to_have_text("A mai rămas 1 minut")
            await here.cafe.room.do("next", step=here.cafe.room.state.step)
            await expect(page.locator("#go")).to_be_visible()
            await here.cafe.room.do("next", step=here.cafe.room.state.step)
            await expect(page.locator("#go")).to_be_hidden()
            await here.cafe.room.do("add", minutes=-2)
            await expect(page.locator("#time")).to_have_text(re.compile(r"^(0:0[0-8]|\+.*)$"))
            assert await heard(page) == [
                "status: Au mai rămas 5 minute",
                "status: A mai rămas 1 minut",
                "alert: Mergeți la masa 2",
                "status: Au mai rămas zece secunde",
            ]

    run(test())
