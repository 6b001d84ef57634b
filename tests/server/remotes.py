"""A café with its phone remote: real HTTP on both ports, and phones that hold the remote."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from cafe.plan import Plan
from screens.remote import Buttons
from server.remote import Remotes
from tests.server.running import PLAN, Answer, Cafe, running

JSON = {"Accept": "application/json"}


class Handset:
    """A phone that asks the remote's port as a browser would; redirects are shown, not followed."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self.base, self.session = base, session
        self._ids = count()

    async def ask(self, method: str, path: str, **given: Any) -> Answer:
        headers = {"Origin": self.base, **given.pop("headers", {})}
        async with self.session.request(
            method, self.base + path, headers=headers, allow_redirects=False, **given
        ) as response:
            return Answer(response, await response.read())

    async def state(self) -> Any:
        return (await self.ask("GET", "/r/state", headers=JSON)).data

    async def press(self, action: str, seen: dict[str, Any] | None = None, **more: str) -> Answer:
        """Presses a button as the script does, on the picture that was seen or on the present one."""
        seen = seen or await self.state()
        kept = {name: seen[name] for name in ("step", "trail", "idea")}
        form = {"action": action, "id": f"{id(self)}-{next(self._ids)}", "sure": "1", **kept, **more}
        return await self.ask("POST", "/r/do", data=form, headers=JSON)


class Led(Cafe):
    """A café that is led from a phone too."""

    remotes: Remotes

    async def key(self) -> tuple[str, str]:
        """A new code's address: the remote's own, and the path of the key."""
        parts = urlsplit(await self.room.wish("pair"))
        return f"{parts.scheme}://{parts.netloc}", parts.path

    @asynccontextmanager
    async def handset(self, *, paired: bool = True) -> AsyncIterator[Handset]:
        """A phone that has become the remote."""
        base, key = await self.key()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            phone = Handset(base, session)
            if paired:
                assert (await phone.ask("POST", key)).status == 303
            yield phone


@asynccontextmanager
async def led(folder: Path, phase: str = "round", plan: Plan = PLAN) -> AsyncIterator[Led]:
    """A café in a phase, whose facilitator may ask for a remote."""
    async with running(folder, phase, plan) as cafe:
        await cafe.room.address("http://127.0.0.1:8080")
        made = Led(cafe.room)
        made.served = cafe.served
        made.remotes = Remotes(cafe.room, lambda: Buttons(cafe.room), clock=lambda: made.clock)
        try:
            yield made
        finally:
            await made.remotes.close()
