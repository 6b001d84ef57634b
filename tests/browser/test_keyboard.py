"""No finger, no mouse: the whole of a participant's way by keys alone, and a focus that nobody takes away."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.phones import Hall, hall, needs_chromium
from tests.server.running import CODE, run

pytestmark = [pytest.mark.browser, needs_chromium]

FOCUS = """() => {
  const it = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const { left, top, width, height } = it.getBoundingClientRect();
  const at = (part) => document.elementFromPoint(left + width / 2, top + height * part);
  const seen = [0.1, 0.5, 0.9].some((part) => it.contains(at(part)));
  return { what: it.outerHTML.slice(0, 120), ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 3, seen };
}"""


async def reach(page: Page, target: str) -> None:
    """Presses Tab until the target has the focus; each stop on the way is on the screen and has its ring."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement === document.body"):
            continue  # The end of the page: the next key begins at its top.
        stop = await page.evaluate(FOCUS)
        assert stop["ringed"], stop
        assert stop["seen"], stop
        if await page.evaluate("(target) => document.activeElement.matches(target)", target):
            return
    raise AssertionError(f"no key leads to {target}")


async def press(page: Page, target: str) -> None:
    await reach(page, target)
    await page.keyboard.press("Enter")


async def follow(page: Page, target: str) -> None:
    """Presses what leads to another page, and waits for that."""
    async with page.expect_navigation():
        await press(page, target)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_keys_alone_lead_from_joining_to_being_forgotten(tmp_path: Path, script: bool) -> None:
    """Join, send an idea, build on another's, change one, take one back, be forgotten: without a mouse, at 400 %."""

    async def test() -> None:
        send = press if script else follow
        async with hall(tmp_path) as here, here.cafe.phone() as other:
            page = await here.page(await here.context(script=script))
            await page.set_viewport_size({"width": 320, "height": 256})
            await page.goto(f"{here.base}/{CODE}?t=1")
            await follow(page, "button.main")
            if script:  # From here on it hides what is not for now.
                await expect(page.locator("#refresh")).to_be_hidden()
            await here.cafe.room.do("sit", who=other.who, table=1)
            await reach(page, "#text")
            await page.keyboard.type("Prima")
            await send(page, "#write button.main")
            await here.until(lambda: here.texts == ["Prima"])
            await other.send("idea-0001", "A altcuiva")
            await fresh(page, script)
            await expect(page.locator("#others .idea")).to_have_count(1)
            await send(page, ".build")
            await expect(page.locator("#on")).to_be_visible()
            await reach(page, "#text") if not script else await expect(page.locator("#text")).to_be_focused()
            await page.keyboard.type("Continuarea")
            await send(page, "#write button.main")
            await here.until(lambda: "Continuarea" in here.texts)
            await fresh(page, script)
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(2)
            await press(page, "#mine summary")
            await reach(page, "#mine textarea")
            await page.keyboard.press("Control+A")
            await page.keyboard.type("Continuarea, mai bine")
            await send(page, "form[action$='/edit'] button")
            await here.until(lambda: "Continuarea, mai bine" in here.texts)
            await fresh(page, script)
            await press(page, "#mine summary")
            await send(page, "form[action$='/back'] button")
            await here.until(lambda: len(here.texts) == 2)
            await fresh(page, script)
            await press(page, "details.fold:has(#erase) summary")
            await follow(page, "#erase button")
            await expect(page.locator("h1")).to_be_visible()
            assert here.texts == ["A altcuiva"]

    run(test())


async def fresh(page: Page, script: bool) -> None:
    """Without a script somebody asks for the page again, by keys too."""
    if not script:
        await follow(page, "#refresh a")


async def happen(here: Hall, what: str) -> None:
    """Something that changes the page of everybody."""
    if what == "idea":
        async with here.cafe.phone() as other:
            await here.cafe.room.do("sit", who=other.who, table=1)
            await other.send("idea-0001", "Între timp")
    elif what == "minute":
        await here.cafe.room.do("add", minutes=1)
    elif what == "next":
        await here.cafe.room.do("next", step=here.cafe.room.state.step)
    else:
        await here.cafe.room.do(what)


def test_nobody_loses_the_focus_while_they_type(tmp_path: Path) -> None:
    """Ideas, a pause, minutes, the move and the next round arrive: the cursor stays in the box, and so do the words."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()
            await page.focus("#text")
            typed = ""
            shown = {
                "idea": "#others .idea",
                "pause": "#pause:visible",
                "resume": "#pause:not(:visible)",
                "minute": "#time",
                "next": "#go:visible",
            }
            for what, sign in shown.items():
                await page.keyboard.type(f"{what} ")
                typed += f"{what} "
                await happen(here, what)
                await expect(page.locator(sign).first).to_have_count(1)
                await expect(page.locator("#text")).to_be_focused()
                await expect(page.locator("#text")).to_have_value(typed)
            await happen(here, "next")
            await expect(page.locator("#unsent-text")).to_have_text(typed)
            await expect(page.locator("#text")).to_be_focused()

    run(test())
