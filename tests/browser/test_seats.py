"""How people find their seat in a real browser: by their card, as a host who stays, at a table that they pick."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.phones import hall, needs_chromium
from tests.server.running import CODE, run
from tests.server.test_seats import VOLUNTEER, choosing, last_minutes

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_somebody_joins_with_a_printed_card(tmp_path: Path, script: bool) -> None:
    """A wrong number is said and kept to be mended; with the right one the phone shows the card and its table."""

    async def test() -> None:
        async with hall(tmp_path, "lobby") as here:
            await here.join()
            page = await here.page(await here.context(script=script))
            await page.goto(f"{here.base}/{CODE}")
            await page.fill("#card", "1")
            await page.click("button.main")
            await expect(page.locator("#error")).to_have_text("Cardul acesta este deja al cuiva.")
            await expect(page.locator("#card")).to_have_value("1")
            await page.fill("#card", "4")
            await page.click("button.main")
            await page.wait_for_url("**/c")
            await expect(page.locator("#card")).to_have_text("Cardul 4")
            await expect(page.locator("#number")).to_have_text("2")
            await here.cafe.until("round")
            if not script:
                await page.click("#refresh a")
            await expect(page.locator("#table")).to_have_text("Masa 2")
            await expect(page.locator("#card")).to_be_visible()

    run(test())


def test_somebody_stays_at_their_table(tmp_path: Path) -> None:
    """The button comes with the last minutes, the first tap holds, and a neighbour's button goes away; of who goes on
    again nothing counts any more as said by others.
    """

    async def test() -> None:
        async with hall(tmp_path, plan=VOLUNTEER) as here:
            one, _, three = await here.join(), await here.join(), await here.join()
            stay = "button[name=stay]"
            await expect(one.locator("#time")).to_be_visible()
            await expect(one.locator(stay)).to_be_hidden()
            await last_minutes(here.cafe)
            await here.cafe.room.do("add", minutes=-1)
            await expect(three.locator(stay)).to_be_visible()
            await one.click(stay)
            await expect(one.locator("#hosting")).to_have_text("Rămâneți la masa 1 ca gazdă; vă mulțumim.")
            await expect(one.locator(stay)).to_be_hidden()
            await expect(three.locator(stay)).to_be_hidden()
            await here.cafe.until("move")
            await expect(one.locator("#go")).to_have_text("Rămâneți la masa 1")
            await expect(three.locator("#go")).to_have_text("Mergeți la masa 2")
            await one.check("[name=other]")
            await here.cafe.room.do("unhost", table=1)
            await expect(one.locator("[name=other]")).to_be_hidden()
            await one.fill("#text", "A mea")
            await one.click("#write button.main")
            await here.until(lambda: here.texts == ["A mea"])
            assert next(iter(here.cafe.room.state.ideas.values())).source == "phone"

    run(test())


def test_what_is_for_the_last_minutes_does_not_flash_up(tmp_path: Path) -> None:
    """With a script the part for the last minutes is not seen before they come, not even until the page is alive."""

    async def test() -> None:
        async with hall(tmp_path, plan=VOLUNTEER) as here:
            page = await here.join()
            for live in ("events", "state", "poll"):
                await page.route(f"**/c/{live}**", lambda _: None)
            await page.reload()
            await expect(page.locator("#refresh")).to_be_visible()
            await expect(page.locator("#soon:not([hidden])")).to_be_hidden()
            await here.cafe.room.do("add", minutes=-11)
            await page.reload()
            await expect(page.locator("#refresh")).to_be_visible()
            await expect(page.locator("#soon")).to_be_visible()

    run(test())


def test_somebody_stays_without_a_script(tmp_path: Path) -> None:
    """Without a script the button is there all round, and the page thanks after it was pressed."""

    async def test() -> None:
        async with hall(tmp_path, plan=VOLUNTEER) as here:
            page = await here.join(script=False)
            await page.click("button[name=stay]")
            await expect(page.locator("#hosting")).to_be_visible()
            await expect(page.locator("button[name=stay]")).to_be_hidden()
            assert list(here.cafe.room.state.hosts) == [1]

    run(test())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_somebody_picks_a_table(tmp_path: Path, script: bool) -> None:
    """In the move the phone shows the tables; a tap takes a free one, which is then full on the other phones."""

    async def test() -> None:
        async with hall(tmp_path, "move", choosing(1)) as here:
            page, other = await here.join(script=script), await here.join()
            tables = page.locator("#choose button")
            await expect(tables).to_have_count(3)
            if script:
                await expect(page.locator("#choose button:disabled")).to_have_count(1)
            free = page.locator("#choose button:not(:disabled, [aria-current=true])").first
            number = int(await free.get_attribute("value") or 0)
            await free.click()
            await expect(page.locator("#go")).to_have_text(f"Mergeți la masa {number}")
            await expect(other.locator(f"#choose button[value='{number}']")).to_be_disabled()

    run(test())
