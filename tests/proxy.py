"""A Wi-Fi as venues have it: a TCP proxy that drops, cuts, doubles, delays and swallows what goes through it."""

import asyncio
import contextlib
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Literal

Fault = Literal["", "before", "half", "after", "torn", "double", "late", "swallow"]
"""What happens to a request and its answer.

Nothing; the request never arrives; half of it does; the answer is lost; half of it comes; the request arrives twice; it
arrives when its sender has long given up and asked again; the answer is kept back although the line stays open.
"""

FAULTS: tuple[Fault, ...] = ("before", "half", "after", "torn", "double", "late")
"""Those after which a phone must ask again, or the café must not count twice."""

Chooser = Callable[[bytes], Fault]


class Proxy:
    """Passes requests on to a port of this machine, one a connection; `choose` says what happens to each."""

    def __init__(self, to: int, choose: Chooser, late: float = 0.3) -> None:
        self.to, self.choose, self.late = to, choose, late
        self.port = 0
        self.faults: Counter[str] = Counter()
        self._late: set[asyncio.Task[None]] = set()
        self._lines: set[asyncio.Task[None]] = set()

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = _keep(self._line(reader, writer), self._lines)
        line.add_done_callback(lambda _: writer.close())  # also of a line that is cut before it begins

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = await _read(reader)
            fault = self.choose(request)
            self.faults[fault] += 1
            await self._pass(request, fault, writer)

    async def _pass(self, request: bytes, fault: Fault, writer: asyncio.StreamWriter) -> None:
        match fault:
            case "before":
                return
            case "half":
                await self._ask(request[: -max(1, len(request) // 4)], patience=0.02)
            case "after":
                await self._ask(request)
            case "torn":
                answer = await self._ask(request)
                writer.write(answer[: len(answer) // 2])
            case "double":
                answers = await asyncio.gather(self._ask(request), self._ask(request))
                writer.write(answers[0])
            case "late":
                _keep(self._later(request), self._late)
            case "swallow":
                await self._ask(request)
            case _:
                await self._through(request, writer)

    async def _later(self, request: bytes) -> None:
        await asyncio.sleep(self.late)
        with contextlib.suppress(OSError):
            await self._ask(request)

    async def _ask(self, request: bytes, patience: float | None = None) -> bytes:
        """A whole answer; nothing when there is none within `patience`."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.to)
        try:
            writer.write(request)
            async with asyncio.timeout(patience):
                return await reader.read()
        except TimeoutError:
            return b""
        finally:
            writer.close()

    async def _through(self, request: bytes, phone: asyncio.StreamWriter) -> None:
        """Passes an answer on as it comes: it may be a stream that never ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.to)
        try:
            writer.write(request)
            while (part := await reader.read(65536)) and not phone.is_closing():
                phone.write(part)
                await phone.drain()
        finally:
            writer.close()

    async def settle(self) -> None:
        """Waits until what was held back has arrived."""
        await asyncio.gather(*self._late)

    async def close(self) -> None:
        """Cuts every line, after what was held back has arrived."""
        await self.settle()
        for line in self._lines:
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)


def _keep(work: Coroutine[object, object, None], among: set[asyncio.Task[None]]) -> asyncio.Task[None]:
    task = asyncio.create_task(work)
    among.add(task)
    task.add_done_callback(among.discard)
    return task


async def _read(reader: asyncio.StreamReader) -> bytes:
    """One request; its connection is to be closed after the answer, so that an answer ends where the line does."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    body = await reader.readexactly(int(length[1])) if length else b""
    head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head)
    return head[:-2] + b"Connection: close\r\n\r\n" + body


@asynccontextmanager
async def proxy(to: int, choose: Chooser, host: str = "127.0.0.1", late: float = 0.3) -> AsyncIterator[Proxy]:
    """A proxy at work on a free port."""
    made = Proxy(to, choose, late)
    server = await asyncio.start_server(made.serve, host, 0, backlog=1024)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await made.close()
