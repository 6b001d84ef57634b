"""What the facilitator tells the room reaches the phones, with a script and without, and goes away by itself."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.phones import hall, needs_chromium
from tests.server.running import run, running

HOSTILE = '<img src=x onerror="alert(1)"> cafea'


def test_a_message_stands_on_the_phones_for_three_minutes(tmp_path: Path) -> None:
    """The page holds the words literally, in a polite region; later they are gone, and so is one for the wall alone."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            await cafe.room.do("message", text=HOSTILE, to="both")
            told = (await phone.state())["message"]
            assert told == {"text": HOSTILE, "until": cafe.room.state.message.at + 180_000}  # type: ignore[union-attr]
            page = (await phone.get("/c")).text
            assert "&lt;img src=x" in page
            assert "<img src=x" not in page
            await cafe.room._lay(cafe.room.now() + 181_000, cafe.room.speed)
            assert "img src=x" not in (await phone.get("/c")).text
            await cafe.room.do("message", text="Doar pe perete", to="wall")
            assert (await phone.state())["message"] is None

    run(test())


@pytest.mark.browser
@needs_chromium
def test_a_phone_shows_the_message_at_once_and_lets_it_go(tmp_path: Path) -> None:
    """Nobody reloads: the line appears politely, what one is writing stays, and when it is taken down it is gone."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await page.fill("#text", "Un gând început")
            await expect(page.locator("#message")).to_be_hidden()
            await here.cafe.room.do("message", text=HOSTILE, to="both")
            await expect(page.locator("[role=status] #message")).to_have_text(HOSTILE)
            await expect(page.locator("#message")).to_be_visible()
            await expect(page.locator("#text")).to_have_value("Un gând început")
            await here.cafe.room.do("message", text="")
            await expect(page.locator("#message")).to_be_hidden()
            await here.cafe.room.do("undo")
            await expect(page.locator("#message")).to_be_visible()
            await here.cafe.room._lay(here.cafe.room.now() + 181_000, here.cafe.room.speed)
            await page.reload()
            await expect(page.locator("#time")).not_to_be_empty()
            await expect(page.locator("#message")).to_be_hidden()

    run(test())
