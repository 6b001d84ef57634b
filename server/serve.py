"""Where the application meets the network: the socket, aiohttp's own limits, and stopping at once."""

import contextlib
import errno
import logging
import sys
from typing import NamedTuple

from aiohttp import web

from cafe.i18n import N_
from server.app import end_streams
from server.desk import DESK

MOST_OPEN = 10_000
"""Connections and files that the program may have open, where the system lets it: macOS allows no more."""

TAKEN = N_("Port {port} is taken by another program. Choose another one with --port.")


class PortTaken(Exception):
    """Another program listens on this port."""

    def __init__(self, port: int) -> None:
        super().__init__(TAKEN.format(port=port))
        self.port = port


class _Discreet(logging.LoggerAdapter[logging.Logger]):
    """aiohttp's own complaints without what they complain about: they would name the phone's address."""

    def log(self, level: int, *_: object, **__: object) -> None:
        self.logger.log(min(level, logging.WARNING), "a request could not be read")


class Served(NamedTuple):
    """A running server."""

    runner: web.AppRunner
    port: int

    async def close(self) -> None:
        """Ends the streams, then everything else: nobody is waited for."""
        if DESK in self.runner.app:
            await end_streams(self.runner.app)
        await self.runner.cleanup()


async def serve(app: web.Application, host: str | None, port: int) -> Served:
    """Listens on `host` (None: all addresses) and `port` (0: a free one). Raises `PortTaken`."""
    room_for_a_hall()
    runner = web.AppRunner(
        app,
        handle_signals=False,
        access_log=None,
        logger=_Discreet(logging.getLogger("cafe.server"), {}),
        keepalive_timeout=15,
        shutdown_timeout=1,
        handler_cancellation=True,
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port, backlog=1024)
    try:
        await site.start()
    except OSError as no:
        await runner.cleanup()
        if no.errno == errno.EADDRINUSE:
            raise PortTaken(port) from None
        raise
    taken = int(runner.addresses[0][1])
    if DESK in app:
        app[DESK].room.live.port = taken
    return Served(runner, taken)


def room_for_a_hall() -> None:
    """Lets the program hold a connection for each phone: of itself macOS allows 256 and Linux 1,024, the café's own
    file among them. Windows has no such limit.
    """
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_OPEN if hard == resource.RLIM_INFINITY else min(MOST_OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(ValueError, OSError):  # The system may know better.
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
