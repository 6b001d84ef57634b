"""Whoever sees little, hears the page, uses no finger or another language: every state of the page is for them too."""

import asyncio
from pathlib import Path

import pytest

from cafe.i18n import AVAILABLE
from tests.browser.audit import audit
from tests.browser.phones import needs_chromium
from tests.browser.states import STATES, walk

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
