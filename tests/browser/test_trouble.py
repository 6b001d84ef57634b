"""What phones live through in a venue, in a real browser on plain HTTP: no word is lost and none is there twice."""

import re
import signal
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from tests.bench.kills import Campaign
from tests.browser.phones import NAME, SOON, chromium, hall, needs_chromium
from tests.proxy import Fault, proxy
from tests.server.running import CODE, run

pytestmark = [pytest.mark.browser, needs_chromium]

SEND = "#write button.main"


async def write(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.click(SEND)


def test_two_tabs_of_one_phone_send_what_waits_in_both(tmp_path: Path) -> None:
    """Words written in two tabs without a connection all arrive once, and neither tab takes the other's away."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            one = await here.join()
            two = await here.page(one.context)
            await two.goto(f"{here.base}/c")
            for page in (one, two):
                await expect(page.locator("#refresh")).to_be_hidden()
            await one.context.set_offline(True)
            for number in range(2):
                await write(one, f"Din prima {number}")
                await write(two, f"Din a doua {number}")
            await expect(two.locator("#mine .sending")).to_have_count(2)
            await one.close()
            await two.context.set_offline(False)
            await two.reload()
            await here.until(lambda: len(here.texts) == 4)
            await expect(two.locator("#mine .idea:not(.sending)")).to_have_count(4)
            assert sorted(here.texts) == ["Din a doua 0", "Din a doua 1", "Din prima 0", "Din prima 1"]
            assert await two.evaluate("Object.keys(localStorage).filter(k => k.includes(':out:')).length") == 0

    run(test())


def test_a_browser_that_keeps_nothing_says_so_and_still_sends(tmp_path: Path) -> None:
    """Where storage throws, words wait in the open page, the page asks to be left open, and they arrive once."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            context = await here.context()
            await context.add_init_script(
                "for (const name of ['setItem', 'getItem', 'removeItem'])"
                " Storage.prototype[name] = () => { throw new DOMException('no', 'QuotaExceededError'); };"
            )
            page = await here.page(context)
            await page.goto(f"{here.base}/{CODE}")
            await page.click("button.main")
            await expect(page.locator("#refresh")).to_be_hidden()
            await context.set_offline(True)
            await write(page, "Numai în memorie")
            await expect(page.locator("#banner")).to_contain_text("lăsați pagina")
            await expect(page.locator("#mine .sending .text")).to_have_text("Numai în memorie")
            await context.set_offline(False)
            await here.until(lambda: here.texts == ["Numai în memorie"])
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)

    run(test())


def test_a_phone_that_was_frozen_shows_what_it_missed(tmp_path: Path) -> None:
    """A phone that slept in a pocket shows, soon after it wakes, the round's ideas and that the café is paused."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()
            await page.type("#text", "Început")
            session = await page.context.new_cdp_session(page)
            await session.send("Page.setWebLifecycleState", {"state": "frozen"})
            async with here.cafe.phone() as other:
                await here.cafe.room.do("sit", who=other.who, table=1)
                assert (await other.send("idea-0001", "Între timp")).status == 201
            await here.cafe.room.do("pause")
            await session.send("Page.setWebLifecycleState", {"state": "active"})
            await expect(page.locator("#others .text")).to_have_text("Între timp")
            await expect(page.locator("#pause")).to_be_visible()
            await expect(page.locator("#text")).to_have_value("Început")

    run(test())


def test_a_server_that_is_killed_and_started_again_gets_every_word_once(tmp_path: Path) -> None:
    """While the laptop's program is dead the phone says so and keeps what is written; then it arrives, once."""

    class Named(Campaign):
        host = NAME

    async def test() -> None:
        campaign = Named(tmp_path, 1)
        program = await campaign.start()
        async with chromium() as browser:
            page = await browser.new_page(locale="ro-RO")
            page.set_default_timeout(SOON)
            await page.goto(f"http://{NAME}:{campaign.port}/K7QF")
            await page.click("button.main")
            await expect(page.locator("#refresh")).to_be_hidden()
            await write(page, "Înainte")
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
            program.send_signal(signal.SIGKILL)
            await program.wait()
            await write(page, "În timpul")
            await page.fill("#text", "Neterminat")
            await expect(page.locator("#banner")).to_be_visible()
            program = await campaign.start()
            try:
                await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(2)
                await expect(page.locator("#banner")).to_be_hidden()
                await expect(page.locator("#text")).to_have_value("Neterminat")
            finally:
                program.terminate()
                await program.wait()
        campaign.told = {"1": "Înainte", "2": "În timpul"}
        campaign.look()
        assert (campaign.figures.lost, campaign.figures.doubled, campaign.figures.ghosts) == (0, 0, 0)

    run(test())


def test_a_proxy_that_swallows_the_stream_is_noticed_in_time(tmp_path: Path) -> None:
    """Behind a proxy that keeps the stream to itself a phone asks by itself within three and a half seconds of its own
    time, and hears its neighbours again.
    """

    def choose(request: bytes) -> Fault:
        return "swallow" if request.startswith(b"GET /c/events") else ""

    async def test() -> None:
        async with hall(tmp_path) as here, proxy(here.cafe.served.port, choose) as between:
            here.base = f"http://{NAME}:{between.port}"
            asked: set[str] = set()
            page = await here.page(await here.context())
            await page.clock.install()
            page.on("request", lambda request: asked.add(request.url.split("/")[-1].split("?")[0]))
            await page.goto(f"{here.base}/{CODE}")
            await page.click("button.main")
            await here.until(lambda: "events" in asked)
            await page.clock.pause_at(await page.evaluate("Date.now() / 1000 + 0.1"))
            await page.clock.run_for(3400)
            await here.until(lambda: "poll" in asked)
            await page.clock.resume()
            async with here.cafe.phone() as other:
                await here.cafe.room.do("sit", who=other.who, table=1)
                await other.send("idea-0001", "Prin sondaj")
            at_once = 15_000  # A poll that told nothing before its end would wait for twenty seconds.
            await expect(page.locator("#others .text")).to_have_text("Prin sondaj", timeout=at_once)
            await write(page, "Și înapoi")
            await here.until(lambda: here.texts == ["Prin sondaj", "Și înapoi"])

    run(test())


def test_another_language_keeps_what_was_begun(tmp_path: Path) -> None:
    """Who switches the page's language finds their words in the box again, and no idea was made of them."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()
            await page.type("#text", "Jumătate de gând")
            await page.click("nav.languages a[lang=en]")
            await expect(page.locator(SEND)).to_have_text("Send")
            await expect(page.locator("#text")).to_have_value("Jumătate de gând")
            assert here.texts == []

    run(test())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_words_that_come_after_the_end_can_be_copied(tmp_path: Path, script: bool) -> None:
    """Who sends something when the café has closed reads that it is closed, and has every word before them to copy."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join(script=script)
            await page.fill("#text", "Prea târziu")
            if script:
                await expect(page.locator("#refresh")).to_be_hidden()
                await page.context.set_offline(True)
                await page.click(SEND)
                await page.fill("#text", "Început doar")
            await here.cafe.until("closed")
            await page.context.set_offline(False)
            if not script:
                await page.click(SEND)
            await expect(page.locator("#error")).to_have_text("Acest atelier s-a încheiat.")
            await expect(page.locator("#box")).to_have_text("Textul scris, de copiat:")
            await expect(page.locator("#text")).to_have_value("Prea târziu")
            await expect(page.locator("#text")).to_be_visible()
            await expect(page.locator(SEND)).to_be_hidden()
            if script:
                await page.reload()
                await expect(page.locator("#unsent-text")).to_have_text("Început doar")
                await expect(page.locator("#unsent-send")).to_be_hidden()
                await page.click("#unsent-here")
                await expect(page.locator("#text")).to_have_value("Prea târziu\nÎnceput doar")
            assert here.texts == []

    run(test())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_of_what_is_pasted_nothing_is_cut_off(tmp_path: Path, script: bool) -> None:
    """Too long a text comes back whole with the reason; nobody loses the end of it without a word."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page, pasted = await here.join(script=script), "Un fond mic. " * 60
            await page.focus("#text")
            await page.keyboard.insert_text(pasted)
            await page.click(SEND)
            await expect(page.locator("#error")).to_contain_text("cel mult 500 de caractere")
            await expect(page.locator("#text")).to_have_value(pasted)
            await expect(page.locator("#thanks")).to_have_text("")

    run(test())


def test_on_a_slow_network_the_phone_learns_to_wait(tmp_path: Path) -> None:
    """Where an answer takes longer than the phone's patience the next is waited for longer, and the idea is saved."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page, held = await here.page(await here.context()), list[Route]()
            await page.clock.install()
            await page.goto(f"{here.base}/{CODE}")
            await page.click("button.main")
            await expect(page.locator("#refresh")).to_be_hidden()
            await here.deafen(page)
            await page.route("**/c/ideas", lambda route: held.append(route))
            await write(page, "Cu răbdare")
            await here.until(lambda: len(held) == 1)
            async with page.expect_event("requestfailed"):
                await page.clock.fast_forward(8000)
            await page.clock.fast_forward(2000)
            await here.until(lambda: len(held) == 2)
            await page.clock.fast_forward(12000)
            await held[1].continue_()
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
            assert here.texts == ["Cu răbdare"]

    run(test())


def test_an_idea_is_saved_when_the_laptop_shows_it(tmp_path: Path) -> None:
    """When every answer is lost, the phone still hears from the stream that its idea is there, and sends it no more."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()

            async def lose(route: Route) -> None:
                local = here.cafe.base
                await route.fetch(url=f"{local}/c/ideas", headers={**route.request.headers, "origin": local})
                await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
                await route.abort()

            await page.route("**/c/ideas", lose)
            await write(page, "Auzită înapoi")
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
            waits = "Object.keys(localStorage).filter(k => k.includes(':out:')).length"
            assert (await page.evaluate(waits), here.texts) == (0, ["Auzită înapoi"])
            await expect(page.locator("#thanks")).to_have_text("Vă mulțumim, s-a salvat.")

    run(test())


def test_a_tap_without_a_connection_is_not_promised_for_later(tmp_path: Path) -> None:
    """Who taps a button without a connection is asked to try again: only ideas are sent later by themselves."""

    async def test() -> None:
        async with hall(tmp_path, "move") as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()
            await page.context.set_offline(True)
            await page.click("button[name=seated]")
            await expect(page.locator("#error")).to_contain_text("încercați din nou")
            await page.context.set_offline(False)
            await page.click("button[name=seated]")
            await here.until(lambda: here.cafe.room.state.settled)
            await expect(page.locator("#error")).to_have_text("")

    run(test())


def test_the_same_words_twice_are_asked_about(tmp_path: Path) -> None:
    """Who sends the same words again reads a polite question, and finds both ideas on the page to take one back."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            page = await here.join()
            await expect(page.locator("#refresh")).to_be_hidden()
            await write(page, "Mai multe bănci")
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(1)
            await expect(page.locator("#error")).to_have_text("")
            await write(page, "Mai multe bănci")
            await expect(page.locator("#error")).to_contain_text("Ați mai trimis")
            await expect(page.locator("#mine .idea:not(.sending)")).to_have_count(2)

    run(test())


@pytest.mark.parametrize("wide", [False, True], ids=["small", "large"])
def test_after_a_changed_address_the_words_can_be_copied(tmp_path: Path, wide: bool) -> None:
    """When the laptop cannot be reached any more the page says so, and everything unsent can be selected and copied."""

    async def test() -> None:
        async with hall(tmp_path) as here:
            context = await here.context(wide=wide)
            page = await here.page(context)
            await page.clock.install()
            await page.goto(f"{here.base}/{CODE}")
            await page.click("button.main")
            await expect(page.locator("#refresh")).to_be_hidden()
            await here.cafe.served.close()
            await write(page, "Netrimis")
            await page.fill("#text", "Început")
            await expect(page.locator("#mine .sending .text")).to_have_text("Netrimis")
            await page.clock.fast_forward(4000)
            await expect(page.locator("#banner-text")).to_contain_text("Legătura s-a întrerupt")
            await page.clock.fast_forward(21000)
            await expect(page.locator("#banner-text")).to_contain_text("Scanați din nou")
            await page.click("#mine .sending .text", click_count=3)
            assert (await page.evaluate("getSelection().toString()")).strip() == "Netrimis"
            await expect(page.locator("#text")).to_have_value("Început")
            await expect(page.locator("#text")).to_be_editable()

    run(test())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("wide", [False, True], ids=["small", "large"])
def test_every_state_of_the_cafe_is_shown(tmp_path: Path, script: bool, wide: bool) -> None:
    """From the lobby to the end a phone of either size shows the state that the café is in, within its width."""

    async def test() -> None:
        async with hall(tmp_path, "lobby") as here:
            page = await here.page(await here.context(script=script, wide=wide))
            await page.goto(f"{here.base}/{CODE}")
            await page.click("button.main")
            seen = []
            while True:
                phase = here.cafe.room.state.phase
                if not script:
                    await page.goto(f"{here.base}/c")
                await expect(page.locator(f"#cafe[data-parts~={phase}]")).to_have_count(1)
                if phase == "round":
                    await here.cafe.room.do("pause")
                    await page.goto(f"{here.base}/c") if not script else None
                    await expect(page.locator("#pause")).to_be_visible()
                    await here.cafe.room.do("resume")
                if script:
                    root = "document.documentElement"
                    assert await page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
                seen.append(phase)
                if here.cafe.room.state.closed:
                    break
                await here.cafe.room.do("next", step=here.cafe.room.state.step)
            assert re.sub(r"(round move )*round", "rounds", " ".join(seen)).split() == [
                *("lobby", "welcome", "rounds", "break", "harvest", "closing", "closed"),
            ]

    run(test())
