"""The live channel: server-sent events, and the same events by long poll where a stream does not come through.

Every stream begins with `hello`, then what its phone missed, then the state; from there on news as it comes. Nothing
is queued: a slow phone gets the newest state when it can take it, and one that takes nothing is let go.
"""

import asyncio
import contextlib
from collections.abc import Iterator

import msgspec
from aiohttp import web

from server import seen, snapshot
from server.desk import Desk, desk, participant
from server.feed import Bell

HEARTBEAT = 15.0
CROWD = 2.0
"""Seconds between two states of which only the number of people differs: three hundred come in at once."""
PATIENCE = 30.0
"""Seconds after which a phone that takes nothing is let go."""
LONGEST_POLL = 25.0
LINGER = 5.0
"""Seconds for which somebody who polls still counts as connected."""

HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}


def event(name: str, data: object, id: str = "") -> bytes:
    """An event in the stream's own form."""
    head = f"id: {id}\n" if id else ""
    return b"%sevent: %s\ndata: %s\n\n" % (head.encode(), name.encode(), msgspec.json.encode(data))


def hello(at: Desk) -> dict[str, object]:
    return {
        "v": snapshot.VERSION,
        "epoch": at.room.state.epoch,
        "now": at.room.now(),
        "rate": at.room.speed,
        "hb": int(HEARTBEAT * 1000),
    }


def cursor(request: web.Request, at: Desk) -> int:
    """Where a phone stands in this café's log; -1 for nowhere: another café, or a cursor that is not ours."""
    since = request.headers.get("Last-Event-ID") or request.query.get("since", "")
    epoch, _, seq = since.rpartition(".")
    if epoch != at.room.state.epoch or not (seq.isascii() and seq.isdigit() and len(seq) < 16):
        return -1
    return int(seq) if int(seq) <= at.room.last else -1


def missed(at: Desk, who: str, seq: int) -> Iterator[seen.Shown]:
    """The ideas after a cursor; all that can be seen when there is none."""
    yield from at.feed.visible(who) if seq < 0 else at.feed.since(who, seq)


def ending(at: Desk, who: str, bell: Bell) -> str:
    """Why a phone must be let go now; '' as long as it may listen. Who was forgotten can join anew."""
    return bell.ending or ("" if who in at.room.state.participants else "rejoin")


# ------------------------------------------------------------------------------------------------- the stream


async def events(request: web.Request) -> web.StreamResponse:
    """A stream of events until the phone leaves, the café stops, or a newer stream of the same phone takes over."""
    who, at = participant(request), desk(request)
    response = web.StreamResponse(headers=HEADERS)
    bell = at.feed.hang(who)
    at.room.live.came(who)
    try:
        await response.prepare(request)
        await write(response, b"retry: 1500\n\n" + event("hello", hello(at)))
        await _serve(response, at, who, bell, cursor(request, at))
    except (ConnectionError, TimeoutError):
        pass  # The phone went away or takes nothing: it will come again by itself.
    finally:
        at.feed.take_down(bell)
        at.room.live.went(who)
    return response


async def _serve(response: web.StreamResponse, at: Desk, who: str, bell: Bell, seq: int) -> None:
    """Writes what there is, waits for the bell, and again."""
    loop = asyncio.get_running_loop()
    told: snapshot.View | None = None
    told_at = beat = loop.time()
    waits, looked = False, -1
    while True:
        bell.clear()
        if reason := ending(at, who, bell):
            await write(response, event("bye", {"reason": reason, "retry_ms": 3000}))
            return
        state, last = at.room.state, at.room.last
        bell.place = state.place(who)
        frames = [at.feed.frame(idea) for idea in missed(at, who, seq)]
        seq = last
        view = told
        if view is None or looked < at.feed.news(who) or waits:  # ideas alone change nothing of it
            view, looked = snapshot.view(state, who, at.room.now()), at.feed.news(who)
        waits = told is not None and view.people != told.people
        if told is None or not snapshot.alike(view, told) or (waits and loop.time() >= told_at + CROWD):
            if view.harvest and (told is None or view.harvest != told.harvest):
                frames.append(event("harvest", snapshot.harvest(state, view)))
            frames.append(event("state", view, f"{state.epoch}.{last}"))
            told, told_at, waits = view, loop.time(), False
        if loop.time() >= beat + HEARTBEAT:
            frames.append(event("ping", {"now": at.room.now()}))
        if frames:
            await write(response, b"".join(frames))
            beat = loop.time()
        if state.closed:
            bell.end("closed")
            continue
        until = min(beat + HEARTBEAT, told_at + CROWD if waits else float("inf"))
        try:
            async with asyncio.timeout_at(until):
                await bell.wait()
        except TimeoutError:
            continue


async def write(response: web.StreamResponse, data: bytes) -> None:
    """Sends, and waits while more than 64 KiB lie unsent; not for ever."""
    async with asyncio.timeout(PATIENCE):
        await response.write(data)


# --------------------------------------------------------------------------------------------------- the poll


async def poll(request: web.Request) -> web.Response:
    """The same events, as a list: at once when there are some, else when the first comes or the wait is over."""
    who, at = participant(request), desk(request)
    loop = asyncio.get_running_loop()
    seq = cursor(request, at)
    wait = min(_number(request.query.get("wait", "20")), LONGEST_POLL)
    until = loop.time() + wait
    bell = at.feed.hang(who)
    bell.place = at.room.state.place(who)
    at.room.live.came(who)
    try:
        while not (found := _news(at, who, seq)) and not ending(at, who, bell) and loop.time() < until:
            bell.clear()
            with contextlib.suppress(TimeoutError):  # What came in the last moment, before any bell, is told as well.
                async with asyncio.timeout_at(until):
                    await bell.wait()
        if reason := ending(at, who, bell):
            found.append({"event": "bye", "data": {"reason": reason, "retry_ms": 3000}})
    finally:
        at.feed.take_down(bell)
        loop.call_later(LINGER, at.room.live.went, who)
    last = f"{at.room.state.epoch}.{at.room.last}"
    said = {"v": snapshot.VERSION, "now": at.room.now(), "since": last, "events": found, "next_ms": 0}
    headers = {"Cache-Control": "no-store"}
    return web.Response(body=msgspec.json.encode(said), content_type="application/json", headers=headers)


def _news(at: Desk, who: str, seq: int) -> list[dict[str, object]]:
    """What a poller has not heard."""
    state = at.room.state
    if who not in state.participants:
        return []
    found: list[dict[str, object]] = [{"event": "hello", "data": hello(at)}] if seq < 0 else []
    for idea in missed(at, who, seq):
        found.append({"event": "idea", "id": f"{state.epoch}.{idea.seq}", "data": idea})
    if at.feed.news(who) > seq:
        view = snapshot.view(state, who, at.room.now())
        if view.harvest:
            found.append({"event": "harvest", "id": "", "data": snapshot.harvest(state, view)})
        found.append({"event": "state", "id": f"{state.epoch}.{at.room.last}", "data": view})
    return found


def _number(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 20.0
