"""Watches the network while a café is held: an address that is lost is replaced, and phones are waited for."""

import asyncio
import logging
from urllib.parse import urlsplit

from cafe import address
from cafe.file import NotSaved
from cafe.live import Network
from cafe.room import Room
from cafe.rules import Refused
from cafe.stage import Turn

logger = logging.getLogger("cafe.network")

EVERY = 5.0
"""Seconds from one look at the cards to the next."""

PATIENCE = 60.0
"""Seconds after which it is told that nobody has come through."""


class Watch:
    """The look at one room's network. `given`: a person said which address it is, so it is never changed unasked."""

    def __init__(self, room: Room, *, given: bool, public: bool) -> None:
        self.room, self.given, self.public = room, given, public
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()

    async def keep(self) -> None:
        """Looks until it is cancelled."""
        unwatch = self.room.watch(self._hear)
        try:
            while True:
                try:
                    await self.look()
                except (OSError, NotSaved, Refused) as no:
                    logger.warning("the network was not seen: %s", no)
                due = self._since + PATIENCE - self._loop.time()
                await asyncio.sleep(min(EVERY, due) if due > 0 else EVERY)
        finally:
            unwatch()

    async def look(self) -> None:
        """Looks once at the cards, and says what is so."""
        cards, way_out = await asyncio.to_thread(lambda: (address.cards(), address.way_out()))
        found = address.candidates(cards, way_out)
        told = urlsplit(self.room.state.url).hostname or ""
        if not (self.given or self.public) and (better := address.moved(told, found)):
            await self.room.do("address", ip=better)
            told = better
        live = self.room.live
        live.inside = address.inside(cards, told)
        waited = self._loop.time() - self._since
        live.see(
            Network(
                ways=tuple((one.ip, one.card) for one in found),
                here=self.public or not _is_number(told) or any(card.ip == told for card in cards),
                public=self.public,
                vpn=address.vpn(cards),
                overdue=waited >= PATIENCE and not live.others and not self.room.state.closed,
            )
        )

    def _hear(self, turn: Turn) -> None:
        if turn.before.url != turn.after.url:
            self._since = self._loop.time()
            self.room.live.begin_proof()


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()
