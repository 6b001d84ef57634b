"""What a first visit costs a phone, with fifty ideas on its page: `python -m tests.bench.visit`.

Chromium, which has kept nothing, comes from the scan, or opens the café's page as somebody who is in. Its own debugger
counts what comes over the wire, gzipped; the stream, which stays open, is a request and no bytes.
"""

import asyncio
import json
import tempfile
from pathlib import Path

from tests.browser.phones import hall
from tests.browser.test_first_visit import MOST, Cost, cost, fifty


async def figures(begins: str) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        async with hall(Path(name)) as here:
            await fifty(here)
            found, _ = await cost(here, begins)
            return found


def main() -> None:
    for begins in ("page", "scan"):
        print(json.dumps({"from the": begins} | asyncio.run(figures(begins))._asdict()))
    print(f"to be reached: {MOST} bytes at most, of the page with its heads and of all bodies from the scan on")


if __name__ == "__main__":
    main()
