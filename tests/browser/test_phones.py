"""What people do with their phones, in a real browser on plain HTTP: nothing is lost and nothing is there twice."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from server.assets import assets
from tests.browser.phones import hall, needs_chromium
from tests.server.running import CODE, run

pytestmark = [pytest.mark.browser, needs_chromium]


def test_an_idea_goes_from_one_phone_to_the_next(tmp_path: Path) -> None:
    """Somebody joins, sees the question, sends an idea and is told beside the button that it is saved; a neighbour sees
    it come, on an origin that is not secure.
    """

    async def test() -> None:
        async with hall(tmp_path) as here:
            one, _, three = await here.join(), await here.join(), await here.join()
            assert await one.evaluate("isSecureContext") is False
            await expect(one.locator("#question")).to_have_text("Cum aducem firmele mici în program?")
            await expect(one.locator("#time")).to_have_text(re.compile(r"1[23]:\d\d"))
            await one.fill("#text", "Un fond <b>mic</b> 👍")
            await one.click("#write button.main")
            await expect(three.locator("#others .text")).to_have_text("Un fond <b>mic</b> 👍")
            await expect(one.locator("#mine .idea:not(.sending) .text")).to_have_text("Un fond <b>mic</b> 👍")
            await expect(one.locator("#text")).to_have_value("")
            await expect(one.locator("#thanks")).to_have_text("Vă mulțumim, s-a salvat.")
            assert here.texts == ["Un fond <b>mic</b> 👍"]

    run(test())


def test_everything_works_without_a_script(tmp_path: Path) -> None:
    """With scripts switched off one joins, sends, changes, takes back and follows the programme by reloading."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join(script=False)
            await page.fill("#text", "Fără script")
            await page.click("#write button.main")
            await expect(page.locator("#mine .text")).to_have_text("Fără script")
            await page.reload()
            assert here.texts == ["Fără script"]
            await page.click("#mine summary")
            await page.fill("#mine textarea", "Tot fără script")
            await page.click("#mine form[action$=edit] button")
            await expect(page.locator("#mine .text")).to_have_text("Tot fără script")
            await here.cafe.until("move")
            await page.click("#refresh a")
            await expect(page.locator("#go")).to_have_text("Mergeți la masa 2")
            await page.click("#mine summary")
            await page.click("#mine form[action$=back] button")
            await expect(page.locator("#mine .text")).to_have_count(0)
            assert here.texts == []
            await page.click("details:has(#erase) summary")
            await page.click("#erase button")
            await expect(page.locator("#erase")).to_have_count(0)
            assert not here.cafe.room.state.participants

    run(test())


def test_an_answer_that_is_lost_twice_makes_one_idea(tmp_path: Path) -> None:
    """The phone asks again until it hears that its idea is saved; the café has it once."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page, asked = await here.join(), []

            async def lose(route: Route) -> None:
                asked.append(route.request.url)
                local = here.cafe.base
                headers = {**route.request.headers, "origin": local}
                answer = await route.fetch(url=f"{local}/c/ideas", headers=headers)
                assert answer.status == (201 if len(asked) == 1 else 200)
                await (route.abort() if len(asked) < 3 else route.fulfill(response=answer))

            await expect(page.locator("#refresh")).to_be_hidden()
            await here.deafen(page)  # or it hears from the stream that its idea is saved
            await page.route("**/c/ideas", lose)
            await page.fill("#text", "O singură dată")
            await page.click("#write button.main")
            await here.until(lambda: len(asked) == 3)
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
            assert here.texts == ["O singură dată"]

    run(test())


def test_a_triple_tap_makes_one_idea(tmp_path: Path) -> None:
    """An impatient finger sends once."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await page.fill("#text", "Nerăbdare")
            await page.click("#write button.main", click_count=3)
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
            assert here.texts == ["Nerăbdare"]

    run(test())


def test_what_was_written_offline_arrives_once_after_the_tab_was_closed(tmp_path: Path) -> None:
    """Without a connection an idea waits on the phone, outlives its tab, and arrives once with the next one."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#question")).to_be_visible()
            await page.context.set_offline(True)
            await page.fill("#text", "Scrisă fără rețea")
            await page.click("#write button.main")
            await expect(page.locator("#mine .sending .text")).to_have_text("Scrisă fără rețea")
            await page.fill("#text", "Începută doar")
            await page.close()
            assert here.texts == []
            await page.context.set_offline(False)
            again = await here.page(page.context)
            await again.goto(f"{here.base}/c")
            await here.until(lambda: here.texts == ["Scrisă fără rețea"])
            await expect(again.locator("#mine .idea:not(.sending)")).to_have_count(1)
            await expect(again.locator("#text")).to_have_value("Începută doar")

    run(test())


def test_an_idea_is_mended_and_taken_back_on_every_phone(tmp_path: Path) -> None:
    """A change is seen by the neighbour; what was taken back is gone from both phones."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            one, _, three = await here.join(), await here.join(), await here.join()
            await one.fill("#text", "Prima formă")
            await one.click("#write button.main")
            await expect(three.locator("#others .text")).to_have_text("Prima formă")
            await one.click("#mine summary")
            await one.fill("#mine textarea", "A doua formă")
            await one.click("#mine form[action$=edit] button")
            await expect(three.locator("#others .text")).to_have_text("A doua formă")
            await one.click("#mine summary")
            await one.click("#mine form[action$=back] button")
            await expect(three.locator("#others .text")).to_have_count(0)
            await expect(one.locator("#mine")).to_be_hidden()

    run(test())


def test_a_round_that_ends_while_somebody_writes_takes_no_word_away(tmp_path: Path) -> None:
    """What was begun stays through the move, can still be sent to its question, and goes nowhere by itself."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#question")).to_be_visible()
            await page.type("#text", "Jumătate de")
            await here.cafe.until("move")
            await expect(page.locator("#go")).to_have_text("Mergeți la masa 2")
            await expect(page.locator("#text")).to_have_value("Jumătate de")
            await page.type("#text", " gând")
            await here.cafe.room.do("next", step=here.cafe.room.state.step)
            await expect(page.locator("#question")).to_have_text("Cine mai trebuie să fie la masă?")
            await expect(page.locator("#text")).to_have_value("")
            await expect(page.locator("#unsent-text")).to_have_text("Jumătate de gând")
            await page.click("#unsent-send")
            await here.until(lambda: here.texts == ["Jumătate de gând"])
            idea = next(iter(here.cafe.room.state.ideas.values()))
            assert (idea.question, idea.place.round, idea.late) == ("s1.1", 1, True)
            await expect(page.locator("#unsent")).to_be_hidden()

    run(test())


def test_a_stream_that_is_held_back_is_replaced_by_the_poll(tmp_path: Path) -> None:
    """Behind a proxy that keeps the stream to itself a phone still hears the neighbours."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            await here.join()
            await here.join()
            page = await here.page(await here.context())
            await page.route("**/c/events*", lambda _: None)
            await page.goto(f"{here.base}/{CODE}")
            await page.click("button.main")
            async with page.expect_request("**/c/poll*"):
                pass
            who = min(here.cafe.room.state.participants.values(), key=lambda person: person.joined).id
            await here.cafe.room.do("send", who=who, id="idea-0001", text="Prin sondaj")
            await expect(page.locator("#others .text")).to_have_text("Prin sondaj")

    run(test())


def test_many_tabs_of_one_phone_all_load(tmp_path: Path) -> None:
    """Each scan opens a new tab; hidden ones hold no stream, so that the eighth still loads and hears."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            first = await here.join()
            hide = "Object.defineProperty(document, 'visibilityState', {get: () => 'hidden', configurable: true})"
            tab = first
            for _ in range(8):
                await tab.evaluate(hide + "; document.dispatchEvent(new Event('visibilitychange'))")
                tab = await here.page(first.context)
                await tab.goto(f"{here.base}/c")
                await expect(tab.locator("#time")).to_be_visible()
            who = next(iter(here.cafe.room.state.participants))
            await here.until(lambda: here.cafe.room.live.streams[who] == 1)
            await here.cafe.room.do("pause")
            await expect(tab.locator("#pause")).to_be_visible()

    run(test())


def test_the_page_fits_a_small_phone_and_its_targets_a_thumb(tmp_path: Path) -> None:
    """Nothing is wider than 320 pixels, and whatever can be touched is at least 44 pixels high, in every phase."""

    async def test() -> None:
        async with hall(tmp_path, "lobby") as here:
            page = await here.join()
            await page.set_viewport_size({"width": 320, "height": 568})
            while True:
                assert await page.evaluate("document.documentElement.scrollWidth") <= 320
                small = await page.evaluate(
                    "[...document.querySelectorAll('button, a, summary, textarea, input:not([type=hidden])')]"
                    ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"
                )
                assert small == []
                if here.cafe.room.state.closed:
                    break
                before = here.cafe.room.state.phase
                await here.cafe.room.do("next", step=here.cafe.room.state.step)
                if here.cafe.room.state.phase != before:
                    await expect(page.locator(f"#cafe[data-parts~={here.cafe.room.state.phase}]")).to_have_count(1)

    run(test())


def test_the_script_asks_for_nothing_that_plain_http_does_not_have() -> None:
    """No script uses a feature of secure origins or makes words markup; a phone's is small."""
    script = b"".join(data for name, data in assets().items() if name.endswith(".js")).decode()
    forbidden = (
        r"randomUUID|subtle|wakeLock|clipboard|serviceWorker|navigator\.locks|innerHTML|outerHTML|eval|Function\("
    )
    assert not re.search(forbidden + r"|Math\.random\(\)\.toString|insertAdjacent|document\.write|\.style\b", script)
    assert sum(len(gzip.compress(data)) for name, data in assets().items() if name.startswith("cafe.")) <= 10 * 1024
