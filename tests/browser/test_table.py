"""What a table leaves, and a table's own device, in a real browser."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from cafe import photos
from cafe.i18n import translator
from tests.browser.phones import Hall, hall, needs_chromium
from tests.room.test_photos import from_a_camera
from tests.server.running import CODE, run
from tests.server.test_seats import last_minutes

pytestmark = [pytest.mark.browser, needs_chromium]

WORDS = "Am vorbit despre costuri."
TABLE = f"/t/{CODE}/2"


async def asked(here: Hall, page: Page, *, script: bool) -> None:
    """The last minutes have begun, and somebody opens what their phone asks."""
    await last_minutes(here.cafe)
    await here.cafe.room.do("add", minutes=-1)
    if not script:
        await page.click("#refresh a")
    await page.click("#hand summary")


async def next_round(here: Hall, page: Page, *, script: bool) -> None:
    await here.cafe.until("move")
    await here.cafe.room.do("next", step=here.cafe.room.state.step)
    if not script:
        await page.click("#refresh a")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_word_is_left_for_the_next_people(tmp_path: Path, script: bool) -> None:
    """It is asked in the last minutes; the next person at that table reads it above the box, its author not."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            author, other = await here.join(script=script), await here.join(script=script)
            await expect(author.locator("#table")).to_have_text("Masa 1")
            if script:
                await expect(author.locator("#leave")).to_be_hidden()
            await asked(here, author, script=script)
            await author.fill("#leave", "Început")
            if script:
                await author.reload()
                await author.click("#hand summary")
                await expect(author.locator("#leave")).to_have_value("Început")
            await author.fill("#leave", f" {WORDS} ")
            await author.click("#leave ~ button")
            await here.until(lambda: [said.text for said in here.cafe.room.state.handovers.values()] == [WORDS])
            await next_round(here, other, script=script)
            await expect(other.locator("#table")).to_have_text("Masa 1")
            await expect(other.locator("#handed")).to_have_text(WORDS)
            if not script:
                await author.click("#refresh a")
            await expect(author.locator("#table")).to_have_text("Masa 2")
            await expect(author.locator("#handed")).to_be_hidden()
            if script:
                await expect(author.locator("#leave")).to_have_value("")

    run(test())


def test_a_word_that_is_half_typed_outlives_its_round(tmp_path: Path) -> None:
    """Whoever was overtaken by the next round finds the words in the same box, and can still leave them."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await asked(here, page, script=True)
            await page.fill("#leave", "Am vorbit despre")
            await next_round(here, page, script=True)
            await expect(page.locator("#table")).to_have_text("Masa 2")
            await expect(page.locator("#leave")).to_have_value("Am vorbit despre")
            await page.reload()
            await last_minutes(here.cafe)
            await here.cafe.room.do("add", minutes=-1)
            await page.click("#hand summary")
            await expect(page.locator("#leave")).to_have_value("Am vorbit despre")
            await page.click("#leave ~ button")
            await here.until(lambda: here.cafe.room.state.handovers)
            assert [(at.table, said.text) for at, said in here.cafe.room.state.handovers.items()] == [
                (2, "Am vorbit despre")
            ]

    run(test())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_photograph_of_the_tablecloth_is_sent(tmp_path: Path, script: bool) -> None:
    """A camera's large photograph arrives small and bare: the phone makes it so, or the laptop; it can be undone."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join(script=script)
            await asked(here, page, script=script)
            raw = from_a_camera(width=2400, height=1800)
            await page.set_input_files("#photo", {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": raw})
            async with page.expect_request("**/c/photo") as sending:
                await page.click('form[action="/c/photo"] button')
            await here.until(lambda: here.cafe.room.state.photos)
            await expect(page.locator("#photos")).to_have_text("S-a păstrat 1 fotografie de la dumneavoastră.")
            await expect(page.locator("#photos")).to_be_visible()
            if script:
                length = await (await sending.value).header_value("Content-Length")
                assert 1000 < int(length or 0) < len(raw) / 2
            [kept] = photos.read(here.cafe.room.file).values()
            assert b"ecret" not in kept
            with Image.open(io.BytesIO(kept)) as seen:
                assert max(seen.size) == photos.LARGEST
                assert seen.width < seen.height  # It was turned as the camera was held.
            await page.click('form[action="/c/photo/back"] button')
            await here.until(lambda: not here.cafe.room.state.photos)

    run(test())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_tables_device_takes_ideas_and_forgets_them(tmp_path: Path, script: bool) -> None:
    """The device shows its table's question and clock, thanks for an idea, and then has an empty box and no ideas."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.page(await here.context(script=script))
            await page.goto(f"{here.base}/{CODE}?t=2")
            await page.click(f'a[href="{TABLE}"]')
            await expect(page.locator("#question")).to_have_text("Cine mai trebuie să fie la masă?")
            await expect(page.locator("#time")).to_be_visible()
            for text in ("Prima", "A doua"):
                await page.fill("#text", text)
                await page.click("#write button.main")
                await expect(page.locator("#thanks")).to_have_text("Vă mulțumim, ideea a fost salvată.")
                await expect(page.locator("#text")).to_have_value("")
            assert here.texts == ["Prima", "A doua"]
            assert {idea.source for idea in here.cafe.room.state.ideas.values()} == {"table"}
            await expect(page.locator("li.idea")).to_have_count(0)
            await expect(page.locator("#erase")).to_have_count(0)
            await expect(page.locator("#hand")).to_be_hidden()
            assert await page.context.cookies() == []

    run(test())


def test_a_tables_device_outlives_a_lost_network(tmp_path: Path) -> None:
    """Ideas typed without a connection wait on the device, come to the round in which they were written, and once."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.page(await here.context())
            await page.goto(here.base + TABLE)
            await expect(page.locator("#refresh")).to_be_hidden()
            await page.context.set_offline(True)
            for text in ("Una", "Două"):
                await page.fill("#text", text)
                await page.click("#write button.main")
                await expect(page.locator("#text")).to_have_value("")
            await expect(page.locator("#banner")).to_contain_text("2 idei așteaptă")
            await here.cafe.until("move")
            await here.cafe.room.do("next", step=here.cafe.room.state.step)
            await page.context.set_offline(False)
            await here.until(lambda: len(here.texts) == 2)
            assert sorted(here.texts) == ["Două", "Una"]
            assert {idea.place.round for idea in here.cafe.room.state.ideas.values()} == {1}
            await expect(page.locator("#round")).to_have_text("Runda 2 din 2")

    run(test())


def test_a_tables_device_follows_the_cafe(tmp_path: Path) -> None:
    """Nobody touches it: within seconds the device says that tables change, and shows the next round's question."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.page(await here.context())
            await page.goto(here.base + TABLE)
            await expect(page.locator("#round")).to_have_text("Runda 1 din 2")
            await page.fill("#text", "Încă scriem")
            await here.cafe.until("move")
            await expect(page.locator("#go")).to_have_text("Schimbăm mesele")
            await expect(page.locator("#text")).to_have_value("Încă scriem")
            await here.cafe.room.do("next", step=here.cafe.room.state.step)
            await expect(page.locator("#round")).to_have_text("Runda 2 din 2")
            await page.click("#unsent-send")
            await here.until(lambda: here.texts == ["Încă scriem"])
            assert next(iter(here.cafe.room.state.ideas.values())).place.round == 1

    run(test())


def test_a_tables_device_keeps_its_language(tmp_path: Path) -> None:
    """A device that was opened in Finnish goes on in Finnish, whatever its browser prefers."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.page(await here.context())
            await page.goto(f"{here.base}{TABLE}?lang=fi")
            await here.cafe.until("move")
            await expect(page.locator("#go")).to_have_text(translator("fi")("We change tables"))

    run(test())
