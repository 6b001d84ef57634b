"""Whoever sees little, hears the page, uses no finger or another language: every state of the page is for them too."""

import asyncio
from contextlib import aclosing
from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import Page

from cafe.i18n import AVAILABLE
from tests.browser.audit import audit, limits
from tests.browser.phones import needs_chromium
from tests.browser.states import STATES, walk
from tests.browser.test_remote import remote
from tests.browser.trees import TREES, trees
from tests.pseudo import pseudo
from tests.server.remotes import led

pytestmark = [pytest.mark.browser, needs_chromium]

SCHEMES = ("light", "dark")
WIDTHS = (320, 414)


async def looks(page: Page, name: str) -> list[str]:
    """What is wrong with a page in either scheme, on either phone."""
    found = []
    for scheme, width in product(SCHEMES, WIDTHS):
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size({"width": width, "height": 740})
        found += [f"{name}, {scheme}, {width}: {it}" for it in await audit(page)]
    return found


@pytest.mark.slow
def test_axe_finds_nothing_in_any_state(tmp_path: Path) -> None:
    """Every state in every language, light and dark, on a narrow and a wide phone: no fault and no open question."""

    async def test() -> None:
        found = []
        async with walk(tmp_path) as day:
            for state in STATES:
                await state.arrive(day)
                for language in AVAILABLE:
                    found += await looks(await day.show(state, language), f"{state.name}, {language}")
        print(f"{len(STATES)} states × {len(AVAILABLE)} languages × {len(SCHEMES)} × {len(WIDTHS)}")
        assert not found, "\n".join(found)

    asyncio.run(test())


@pytest.mark.slow
def test_axe_finds_nothing_on_the_remote(tmp_path: Path) -> None:
    """The facilitator's phone remote is held to the same: running, stopped, and where it asks whether one is sure."""

    async def test() -> None:
        found = []
        async with led(tmp_path) as cafe, remote(cafe) as (_, page):
            for command in ("pause", "resume"):
                await cafe.room.do(command)
                for language in AVAILABLE:
                    await cafe.room.do("speak", language=language)
                    await page.reload()
                    found += await looks(page, f"remote after {command}, {language}")
            await page.focus("button[value=next]")
            await page.keyboard.press("Enter")
            await page.locator("main p a.button").wait_for()
            found += await looks(page, "remote, sure?")
        assert not found, "\n".join(found)

    asyncio.run(test())


@pytest.mark.slow
def test_every_state_has_room_for_longer_words_and_larger_ones(tmp_path: Path) -> None:
    """With words 40 % longer, at 400 %, widely spaced, in forced colours, without motion: nothing goes past the edge,
    nothing moves, and what stands out still does.
    """

    async def test() -> None:
        found = []
        async with walk(tmp_path) as day:
            for state in STATES:
                await state.arrive(day)
                page = await day.show(state, "en")
                assert "[" in await page.inner_text("main"), state.name
                found += [f"{state.name}: {it}" for it in await limits(page)]
        assert not found, "\n".join(found)

    with pseudo():
        asyncio.run(test())


@pytest.mark.slow
def test_a_screen_reader_finds_in_every_state_what_is_kept_here(tmp_path: Path) -> None:
    """The accessibility tree of each state is the one in `trees/`; `python -m tests.browser.trees` writes them anew."""

    async def test() -> None:
        seen = set()
        async with aclosing(trees(tmp_path)) as found:
            async for file, said in found:
                seen.add(file)
                assert file.is_file(), f"{file.name} is not there: python -m tests.browser.trees"
                assert said == file.read_text(encoding="utf-8"), f"{file.name} reads otherwise"
        assert seen == set(TREES.glob("*.txt"))

    asyncio.run(test())
