"""What a screen reader finds in each state of the page, as text: `python -m tests.browser.trees` writes it anew."""

import asyncio
import re
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from tests.browser.states import STATES, walk
from tests.server.running import CODE

TREES: Final = Path(__file__).parent / "trees"
LANGUAGE: Final = "en"


def path(name: str) -> Path:
    """Where the tree of a state is kept."""
    return TREES / f"{'_'.join(re.findall('[a-z]+', name))}.txt"


async def tree(page: Page) -> str:
    """The accessibility tree of a page, without what the time of day makes of it and the names of the languages."""
    said = f"{await page.title()}\n{await page.locator('body').aria_snapshot()}\n"
    said = re.sub(r"^( *)(- navigation \"Language\"):\n(\1 .*\n)+", r"\1\2\n", said, flags=re.MULTILINE)
    said = re.sub(rf"\d\d:\d\d(?= {CODE})", "…", said)
    said = re.sub(r"(paragraph: NOW) \d\d:\d\d", r"\1 …", said)
    said = re.sub(r"^ *- paragraph: (We continue at|in) \d.*\n", "", said, flags=re.MULTILINE)
    return re.sub(r"(- timer:.*?)\+?\d+:\d\d\b", r"\1…", said)


async def trees(folder: Path) -> AsyncGenerator[tuple[Path, str]]:
    """Every state's tree and where it is kept."""
    async with walk(folder) as day:
        for state in STATES:
            await state.arrive(day)
            yield path(state.name), await tree(await day.show(state, LANGUAGE))


async def main() -> None:
    TREES.mkdir(exist_ok=True)
    for old in TREES.glob("*.txt"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        async for file, said in trees(Path(folder)):
            file.write_text(said, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
