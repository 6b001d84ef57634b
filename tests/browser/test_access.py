"""Whoever sees little, hears the page, uses no finger or another language: every state of the page is for them too."""

import asyncio
from pathlib import Path

import pytest

from cafe.i18n import AVAILABLE
from tests.browser.audit import audit, limits
from tests.browser.phones import needs_chromium
from tests.browser.states import STATES, walk
from tests.browser.trees import TREES, trees
from tests.pseudo import pseudo

pytestmark = [pytest.mark.browser, needs_chromium]

SCHEMES = ("light", "dark")
WIDTHS = (320, 414)


@pytest.mark.slow
def test_axe_finds_nothing_in_any_state(tmp_path: Path) -> None:
    """Every state in every language, light and dark, on a narrow and a wide phone: no fault and no open question."""

    async def test() -> None:
        runs, found = 0, []
        async with walk(tmp_path) as day:
            for state in STATES:
                await state.arrive(day)
                for language in AVAILABLE:
                    page = await day.show(state, language)
                    for scheme in SCHEMES:
                        await page.emulate_media(color_scheme=scheme)
                        for width in WIDTHS:
                            await page.set_viewport_size({"width": width, "height": 740})
                            found += [f"{state.name}, {language}, {scheme}, {width}: {it}" for it in await audit(page)]
                            runs += 1
        print(f"{runs} runs: {len(STATES)} states × {len(AVAILABLE)} languages × {len(SCHEMES)} × {len(WIDTHS)}")
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
        async for file, said in trees(tmp_path):
            seen.add(file)
            assert file.is_file(), f"{file.name} is not there: python -m tests.browser.trees"
            assert said == file.read_text(encoding="utf-8"), f"{file.name} reads otherwise"
        assert seen == set(TREES.glob("*.txt"))

    asyncio.run(test())
