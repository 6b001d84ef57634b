"""Every phase on a real phone: phones down, heads up, the move, talks, the closing; with and without JavaScript."""

from functools import partial
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Page, expect

from tests.browser.phones import Hall, hall, needs_chromium
from tests.server.running import PLAN, run
from tests.server.test_phases import talking

pytestmark = [pytest.mark.browser, needs_chromium]
BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
END = msgspec.structs.replace(PLAN, writing="end")


async def fresh(page: Page, script: bool) -> None:
    """Without a script somebody asks for the page again."""
    if not script:
        await page.click("#refresh a")


def test_phones_down_hides_the_box_and_keeps_what_was_typed(tmp_path: Path) -> None:
    """While phones rest there is what the facilitator tells and no box; afterwards every letter is where it was."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await page.fill("#text", "Un început de")
            await here.cafe.room.do("phones", down=True)
            await expect(page.locator("section.down h1")).to_be_visible()
            for hidden in ("#text", "#question", "#others"):
                await expect(page.locator(hidden)).to_be_hidden()
            await here.cafe.room.do("message", text="Cafeaua este în curte", to="phones")
            await expect(page.locator("#message")).to_be_visible()
            await expect(page.locator("#message")).to_have_text("Cafeaua este în curte")
            await here.cafe.room.do("phones", down=False)
            await expect(page.locator("#text")).to_be_visible()
            await expect(page.locator("#text")).to_have_value("Un început de")
            await page.click("#write button.main")
            await here.until(lambda: here.texts == ["Un început de"])

    run(test())


def test_phones_down_without_a_script(tmp_path: Path) -> None:
    """The page that is asked for again is the calm one, from which one comes back."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join(script=False)
            await here.cafe.room.do("phones", down=True)
            await page.click("#refresh a")
            await expect(page.locator("section.down h1")).to_be_visible()
            await expect(page.locator("#text")).to_be_hidden()
            await here.cafe.room.do("phones", down=False)
            await page.click("#refresh a")
            await expect(page.locator("#text")).to_be_visible()

    run(test())


@BOTH
def test_heads_stay_up_until_the_last_minutes(tmp_path: Path, script: bool) -> None:
    """With writing at the end there are question and clock alone; in the last minutes there is the box too."""

    async def test() -> None:
        async with hall(tmp_path, plan=END) as here, here.cafe.phone(), here.cafe.phone() as neighbour:
            page = await here.join(script=script)
            table = here.cafe.room.state.place(here.cafe.room.state.here[-1].id)
            await neighbour.ask("PUT", "/c/here", json={"table": table.table if table else 0})
            await neighbour.send("idea-0001", "De la o masă")
            await fresh(page, script)
            await expect(page.locator("#question")).to_be_visible()
            await expect(page.locator("#time")).to_be_visible()
            await expect(page.locator("#wait")).to_be_visible()
            await expect(page.locator("#others .idea")).to_have_count(1)
            for hidden in ("#text", "#others", "#mine"):
                await expect(page.locator(hidden)).to_be_hidden()
            await here.cafe.room.do("add", minutes=-11)
            await fresh(page, script)
            await expect(page.locator("#text")).to_be_visible()
            await expect(page.locator("#others .idea")).to_be_visible()
            await expect(page.locator("#wait")).to_be_hidden()

    run(test())


def test_with_writing_at_the_end_a_draft_and_the_outbox_go_on(tmp_path: Path) -> None:
    """Words that were typed before minutes were added stay in their box, and what waits on the phone is sent."""

    async def test() -> None:
        async with hall(tmp_path, plan=END) as here:
            page = await here.join()
            await here.cafe.room.do("add", minutes=-11)
            await page.fill("#text", "Prima")
            await page.context.set_offline(True)
            await page.click("#write button.main")
            await page.fill("#text", "A doua, neterminată")
            await here.cafe.room.do("add", minutes=9)
            await page.context.set_offline(False)
            await here.until(lambda: here.texts == ["Prima"])
            await page.reload()
            await expect(page.locator("#wait")).to_be_visible()
            await expect(page.locator("#text")).to_have_value("A doua, neterminată")
            await expect(page.locator("#text")).to_be_visible()

    run(test())


@BOTH
def test_a_move_is_one_instruction_and_one_tap(tmp_path: Path, script: bool) -> None:
    """The phone says once where to go, counts no overtime, and thanks whoever is seated; one can sit elsewhere."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join(script=script)
            await here.cafe.until("move")
            await fresh(page, script)
            await expect(page.locator("[role=alert]:visible")).to_have_count(1)
            await expect(page.locator("#go")).to_have_text("Mergeți la masa 2")
            await here.cafe.room.do("add", minutes=-2)
            await fresh(page, script)
            await expect(page.locator("#time")).to_have_text("0:00")
            await page.click("button[name=seated]")
            await expect(page.locator("button[name=seated]")).to_be_hidden()
            assert here.cafe.room.state.seated_now(here.cafe.room.state.position.tracks[0]) == (1, 1)
            await page.click("details.fold summary >> nth=0")
            await page.click("#choices button[value='1']")
            await expect(page.locator("#go")).to_have_text("Rămâneți la masa 1")

    run(test())


async def ask(here: Hall, page: Page, words: str) -> None:
    await page.fill("#text", words)
    await page.click("#write button.main")
    await here.until(lambda: words in here.texts)


@BOTH
def test_in_talks_people_choose_and_ask(tmp_path: Path, script: bool) -> None:
    """In a talk the box is for the speaker; of two talks one is chosen first, and then it has its link and its box."""

    async def test() -> None:
        async with hall(tmp_path, "talk", talking()) as here:
            page = await here.join(script=script)
            await expect(page.locator("#box")).to_have_text("Întrebarea mea pentru vorbitor")
            await ask(here, page, "De ce?")
            await here.cafe.room.do("next", step=here.cafe.room.state.step)
            await fresh(page, script)
            await expect(page.locator("#talks button")).to_have_text(["Aici", "Acolo"])
            await expect(page.locator("#text")).to_be_hidden()
            await expect(page.locator("a[href='/c/meeting']")).to_be_hidden()
            await page.click("#talks button >> nth=1")
            await expect(page.locator("#talks [aria-current=true]")).to_have_text("Acolo")
            await expect(page.locator("a[href='/c/meeting']")).to_be_visible()
            await ask(here, page, "Și acolo?")
            await page.click("#talks button >> nth=0")
            await expect(page.locator("#talks [aria-current=true]")).to_have_text("Aici")
            await ask(here, page, "Și aici?")
            places = [here.cafe.room.state.ideas[id].place.round for id in here.cafe.room.state.order.values()]
            assert places == [0, 2, 1]

    run(test())


def said(here: Hall, words: str) -> bool:
    return [each.words for each in here.cafe.room.state.feedback.values()] == [{"took": words}]


@BOTH
def test_the_closing_takes_an_answer_and_another_one(tmp_path: Path, script: bool) -> None:
    """What somebody says about the day is thanked for, stands in its box and can be changed."""

    async def test() -> None:
        async with hall(tmp_path, "closing") as here:
            page = await here.join(script=script)
            for words in ("Un prieten", "Doi prieteni"):
                await page.fill("#took", words)
                await page.click("#feedback button")
                await expect(page.locator("#feedback [role=status]")).to_be_visible()
                await here.until(partial(said, here, words))
                await expect(page.locator("#took")).to_have_value(words)

    run(test())


def test_what_is_begun_about_the_day_is_kept(tmp_path: Path) -> None:
    """Words about the day that were not sent are there after a reload; where nothing is kept they are sent as ever."""

    async def test() -> None:
        async with hall(tmp_path, "closing") as here:
            page = await here.join()
            await page.type("#took", "Un început")
            await page.reload()
            await expect(page.locator("#took")).to_have_value("Un început")
            await page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error() } }")
            await page.fill("#took", "Un sfârșit")
            await page.click("#feedback button")
            await expect(page.locator("#feedback [role=status]")).to_be_visible()
            assert said(here, "Un sfârșit")
            await page.reload()
            await expect(page.locator("#refresh")).to_be_hidden()
            await expect(page.locator("#took")).to_have_value("Un sfârșit")
            assert not await page.evaluate("Object.keys(localStorage).length")

    run(test())
