"""The wall's page in a real browser: alive, whole in any window, and without a script too."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.phones import hall, needs_chromium
from tests.screens.room import lab
from tests.server.running import CODE, run

pytestmark = [needs_chromium, pytest.mark.browser]

FITS = """() => {
  const [root, main] = [document.documentElement, document.querySelector("main").getBoundingClientRect()];
  const parts = document.querySelectorAll(".facts, .clock, .questions, .question, .way, .walks li, .lines, .qr");
  const cut = [...parts].filter((one) => one.scrollWidth > one.clientWidth + 1);
  const asked = document.querySelector(".questions, .walks, .lines");
  const low = root.clientWidth > 700 && asked && asked.getBoundingClientRect().bottom > main.bottom + 1;
  return { wide: root.scrollWidth > root.clientWidth, cut: cut.map((one) => one.className), low: Boolean(low) };
}"""
"""Whether the page is wider than its window, which words are cut, and whether what matters ends below the window."""

WINDOWS = [(320, 640), (360, 740), (740, 360), (1024, 768), (1280, 720), (1920, 1080), (3840, 2160)]


async def opened(page: Page, base: str, query: str = "") -> Page:
    await page.goto(f"{base}/wall/{CODE}{query}")
    return page


def test_the_wall_in_another_room_follows_by_itself(tmp_path: Path) -> None:
    """An idea stands there soon after it is saved, the next step too, the clock runs, and a hidden idea goes again."""

    async def test() -> None:
        async with hall(tmp_path, "round") as held, held.cafe.phone() as phone:
            page = await opened(await held.page(await held.context()), held.base)
            await page.evaluate("window.same = true")
            words = "<img src=x onerror=fail()> Un gând de la masă"
            await phone.send("idea-number-1", words)
            await page.get_by_text(words).wait_for()
            await held.cafe.room.do("stand", id="idea-number-1", standing="hidden")
            await page.get_by_text(words).wait_for(state="detached")
            await held.cafe.room._lay(held.cafe.room.now() + 11 * 60_000, 1.0)
            await held.cafe.room.do("pause")
            await held.cafe.room.do("resume")
            await page.locator(".clock.last").wait_for()
            before = await page.inner_text("#clock")
            await expect(page.locator("#clock")).not_to_have_text(before)
            await held.cafe.until("move")
            await page.locator("[data-phase=move] .instruction").wait_for()
            assert await page.evaluate("window.same"), "the page itself was never loaded again"

    run(test())


def test_without_a_script_the_wall_comes_again_by_itself(tmp_path: Path) -> None:
    """A browser that runs no script asks again after a quarter of a minute, and shows everything meanwhile."""

    async def test() -> None:
        async with hall(tmp_path, "round") as held:
            page = await opened(await held.page(await held.context(script=False)), held.base)
            assert await page.get_attribute("noscript meta", "content") == "15"
            assert "13" in await page.inner_text("#clock")
            assert await page.locator(".question").count() == 2
            assert await page.locator(".qr svg").count() == 0

    run(test())


@pytest.mark.parametrize("reading", ["same", "swap"])
def test_the_wall_fits_every_window(tmp_path: Path, reading: str) -> None:
    """From a small phone to a screen of 4K nothing goes beyond the window's side, and every question stands whole."""

    async def test() -> None:
        async with hall(tmp_path, "lobby", lab(reading)) as held, held.cafe.phone() as phone:
            await held.cafe.room.address("http://192.168.1.5:8080")
            page = await held.page(await held.browser.new_context())
            for phase in ("lobby", "welcome", "round", "move", "break", "harvest", "closed"):
                await held.cafe.until(phase)
                if phase == "round":
                    await phone.send("idea-number-1", "Un gând " * 50)
                await opened(page, held.base, "?lang=ro")
                for width, height in WINDOWS:
                    await page.set_viewport_size({"width": width, "height": height})
                    found = await page.evaluate(FITS)
                    assert found == {"wide": False, "cut": [], "low": False}, (phase, width, height)

    run(test())


def test_the_wall_is_light_or_dark_as_asked(tmp_path: Path) -> None:
    """A screen that likes it dark gets it dark; `?theme=` decides for a projector, whatever its laptop likes."""

    async def test() -> None:
        async with hall(tmp_path, "round") as held:
            ground = "getComputedStyle(document.documentElement).backgroundColor"
            for scheme, query, colour in (
                ("light", "", "rgb(255, 254, 248)"),
                ("dark", "", "rgb(11, 14, 20)"),
                ("dark", "?theme=day", "rgb(255, 254, 248)"),
                ("light", "?theme=night", "rgb(11, 14, 20)"),
                ("light", "?theme=contrast", "rgb(0, 0, 0)"),
            ):
                context = await held.browser.new_context(color_scheme=scheme)
                page = await opened(await held.page(context), held.base, query)
                assert await page.evaluate(ground) == colour

    run(test())
