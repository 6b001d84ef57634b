"""A window of the laptop's own, in whatever program shows addresses there; quietly, for a terminal is drawn on."""

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL


async def opened(address: str) -> bool:
    """Whether something was there to open it with."""
    if sys.platform == "win32":
        await asyncio.to_thread(os.startfile, address)
        return True
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not program or not screen:  # Without a screen of its own a browser would draw on the terminal.
        return False
    opening = await asyncio.create_subprocess_exec(
        program, address, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
    )
    try:
        async with asyncio.timeout(5):
            return await opening.wait() == 0
    except TimeoutError:
        return True  # It is the browser itself, and goes on until it is closed.
