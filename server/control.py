"""The facilitator's controls: a second application with a port of its own, on loopback, behind a key.

It streams the same events that the log holds, without the link from what people sent to whoever sent it, and takes the
commands of the facilitator. The participants' application has no route of it.
"""

import asyncio
import contextlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from cafe import events as e
from cafe.file import NotSaved
from cafe.remote import Door, Message, door_of
from cafe.room import Room
from cafe.rules import COMMANDS, Refused
from cafe.stage import Turn, Wish
from server.photographs import ROUTE, Photographs

HEARTBEAT = 5.0
AT_ONCE = 5_000
"""Records in one line of the past."""


class Control:
    """The control port of one room. Its door stands beside the café's file, and beside `also` where that is given."""

    def __init__(self, room: Room, also: Path | None = None) -> None:
        self.room, self.key = room, secrets.token_urlsafe(16)
        self._doors = [door_of(room.file.path)]
        self._also = door_of(also) if also else None
        self._runner: web.AppRunner | None = None
        self._photographs = Photographs(room)
        self._queues: set[asyncio.Queue[Message | None]] = set()
        self._unwatch = [room.watch(self._turn), room.live.watch(self._pulse)]

    async def open(self) -> None:
        """Listens on loopback and writes the door's file, which only its owner can read."""
        app = web.Application(middlewares=[self._guard], client_max_size=64 * 1024)
        app.add_routes([web.get("/follow", self._follow), web.post("/do", self._do), web.post("/wish", self._wish)])
        app.add_routes([web.get(ROUTE + "{address}", self._photographs.whole, allow_head=False)])
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        url = f"http://127.0.0.1:{port}"
        self._photographs.offer(url)
        door = msgspec.json.encode(Door(url, self.key))
        _write_private(self._doors[0], door)
        if self._also:
            with contextlib.suppress(OSError):  # A folder that may only be read: the café is found by its file's name.
                _write_private(self._also, door)
                self._doors.append(self._also)

    async def close(self) -> None:
        """Ends the streams at once and takes the door's file away."""
        for unwatch in self._unwatch:
            unwatch()
        for queue in self._queues:
            queue.put_nowait(None)
        for door in self._doors:
            with contextlib.suppress(OSError):
                door.unlink(missing_ok=True)
        if self._runner:
            await self._runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        told = request.headers.get("Authorization", "").removeprefix("Bearer ")
        local = request.host.rpartition(":")[0] == "127.0.0.1" and "Origin" not in request.headers
        known = hmac.compare_digest(told.encode(errors="surrogateescape"), self.key.encode())
        if not local or not (known or request.path.startswith(ROUTE)):  # A photograph's address is a key of its own.
            raise web.HTTPForbidden
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _do(self, request: web.Request) -> web.Response:
        try:
            asked = await request.json()
            name, given = asked["command"], dict(asked["given"])
            known = COMMANDS[name]
            if not known.facilitator:
                raise KeyError(name)
            outcome = await self.room.do(name, **known.check(given))
        except Refused as no:
            return web.json_response({"refused": no.code})
        except NotSaved as no:
            return web.json_response({"not_saved": str(no), "full": no.full})
        except (KeyError, TypeError, ValueError, msgspec.ValidationError):
            return web.json_response({"refused": "unknown_command"})
        return web.json_response({"last": outcome.records[-1].n if outcome.records else 0})

    async def _wish(self, request: web.Request) -> web.Response:
        try:
            asked = await request.json()
            wish, about = msgspec.convert(asked["wish"], Wish), msgspec.convert(asked.get("about", ""), str)
            return web.json_response({"last": await self.room.wish(wish, about)})
        except Refused as no:
            return web.json_response({"refused": no.code})
        except (KeyError, TypeError, ValueError):
            return web.json_response({"refused": "unknown_command"})

    async def _follow(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/x-ndjson", "Cache-Control": "no-store"})
        await answer.prepare(request)
        queue: asyncio.Queue[Message | None] = asyncio.Queue()
        known = request.query.get("epoch") == self.room.state.epoch
        after = int(request.query.get("after", 0)) if known else 0
        for message in self._past(after):
            queue.put_nowait(message)
        self._queues.add(queue)
        try:
            while True:
                told: Message | None
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        told = await queue.get()
                except TimeoutError:
                    told = self._beat()  # What is true now, not when the waiting began.
                if told is None:
                    return answer
                await answer.write(msgspec.json.encode(told) + b"\n")
        except ConnectionError:
            return answer  # The view was closed.
        finally:
            self._queues.discard(queue)

    def _past(self, after: int) -> list[Message]:
        """Everything so far, in few lines; the last one says what is true now.

        Without authors a forgotten one's ideas cannot be told: where somebody was, all is read afresh.
        """
        records = [_public(record) for record in self.room.log.read(after) if record.n <= self.room.last]
        if after and any(map(_forgets, records)):
            return self._past(0)
        parts = [records[i : i + AT_ONCE] for i in range(0, len(records), AT_ONCE)]
        names = self._names((*self.room.state.participants, *self.room.state.expected))
        lines = [Message(records=tuple(map(e.pack, part)), again=not after and not i) for i, part in enumerate(parts)]
        beat = self._beat()
        return [*lines, msgspec.structs.replace(beat, names=names)]

    def _names(self, people: Iterable[str]) -> dict[str, str]:
        return {who: name for who in people if (name := self.room.name(who))}

    def _beat(self) -> Message:
        return Message(pulse=self.room.live.pulse, now=self.room.now(), rate=self.room.speed)

    def _turn(self, turn: Turn) -> None:
        if any(map(_forgets, turn.records)):
            past = self._past(0)
            for queue in self._queues:
                for message in past:
                    queue.put_nowait(message)
            return
        known = (e.Expected, e.Joined, e.Paired)
        names = self._names(record.event.who for record in turn.records if isinstance(record.event, known))
        message = Message(records=tuple(e.pack(_public(r)) for r in turn.records), names=names)
        for queue in self._queues:
            queue.put_nowait(message)

    def _pulse(self) -> None:
        for queue in self._queues:
            queue.put_nowait(Message(pulse=self.room.live.pulse))


def _forgets(record: e.Record) -> bool:
    return isinstance(record.event, e.Forgot | e.NamesPurged)


def _public(record: e.Record) -> e.Record:
    """A record without the link from what people sent to whoever sent it: no view asks for that."""
    match record.event:
        case e.IdeaSent() | e.HandedOver() | e.PhotoTaken() | e.FeedbackGiven() | e.DotsGiven() if record.event.by:
            return msgspec.structs.replace(record, event=msgspec.structs.replace(record.event, by=""))
    return record


def _write_private(path: Path, content: bytes) -> None:
    """Writes a file that only its owner can read from the first moment on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
