"""A table's photograph for the facilitator: small for the private view, and whole for a window of this laptop.

Behind the control port alone. A window has no key: it gets an address made of chance, which works for a minute and
until the next one is asked for. Nothing is written anywhere, so that what is forgotten is gone.
"""

import asyncio
import secrets
import time
from base64 import b64encode

from aiohttp import web

from cafe import photos
from cafe.room import Room
from cafe.rules import Refused

LASTS = 60.0
"""Seconds in which an address works: a browser that starts takes its time."""

ROUTE = "/photograph/"

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Photographs:
    """The photographs of one room, for whoever holds the control port's key."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._address, self._of, self._until = "", "", 0.0

    def offer(self, url: str) -> None:
        """Lets the private view ask; `url` is where the control port listens."""

        async def small(id: str) -> str:
            return b64encode(await asyncio.to_thread(photos.picture, self._picture(id), photos.SMALL)).decode()

        async def window(id: str) -> str:
            self._picture(id)
            self._address, self._of, self._until = secrets.token_urlsafe(16), id, time.monotonic() + LASTS
            return f"{url}{ROUTE}{self._address}"

        self.room.grants |= {"photograph": small, "window": window}

    async def whole(self, request: web.Request) -> web.Response:
        """The picture as it is kept, for the one address that works now."""
        asked = request.match_info["address"]
        if not self._address or time.monotonic() > self._until or not secrets.compare_digest(asked, self._address):
            raise web.HTTPNotFound
        try:
            return web.Response(body=self._picture(self._of), content_type="image/jpeg", headers=HEADERS)
        except Refused as no:
            raise web.HTTPNotFound from no

    def _picture(self, id: str) -> bytes:
        """Raises `Refused`: one that was taken back, or a café made from its JSON, which has none."""
        found = photos.one(self.room.file, id) if id in self.room.state.photos else None
        if found is None:
            raise Refused("no_such_photo")
        return found
