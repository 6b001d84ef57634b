"""The wall as a page: for a second room, a yard, a projector that died, people who join from home. It only shows.

Whoever knows the café's code may look: it says what everybody in the room can read. It works without a script, then it
is made anew every quarter of a minute; with one it is told when there is something new.
"""

import asyncio
import secrets
from functools import lru_cache
from hashlib import sha256

import msgspec
from aiohttp import web

from cafe.exports.cards import qr
from cafe.i18n import AVAILABLE, LANGUAGES, translator
from cafe.plan.shapes import shape
from server import assets, face, pages
from server.desk import Desk, desk, language
from server.feed import Bell
from server.refusals import No
from server.stream import HEADERS, HEARTBEAT, event, write

MOST = 60
"""Walls that are told at once; further ones look by themselves, so that the phones of a hall are never kept waiting."""

CALM = 1.0
"""Seconds between two new pages: ideas may come in a shower."""

THEMES = ("night", "day", "contrast")
"""What `?theme=` may ask for; else the page is light or dark as its reader's screen is."""


async def home(request: web.Request) -> web.StreamResponse:
    """Asks for the code: short enough to be typed in another room."""
    if typed := request.query.get("code", "").strip():
        raise web.HTTPSeeOther(f"/wall/{typed}" if typed.isascii() and typed.isalnum() else "/wall")
    return pages.render(request, "home.html", error="", kept="", action="/wall")


def look(at: Desk, language: str) -> face.Face:
    """What stands on the wall now, in a reader's language where it is there in it."""
    room = at.room
    state = msgspec.structs.replace(room.state, language=language)
    return face.face(translator(language), state, room.now(), room.live.pulse)


@lru_cache(maxsize=64)
def name(shown: face.Face) -> str:
    """A face's own name: another one is to be fetched when it is another."""
    return sha256(msgspec.json.encode(shown)).hexdigest()[:16]


@lru_cache(maxsize=32)
def drawn(shown: face.Face, time: str, language: str, theme: str, code: str) -> str:
    """The page of a face: made once for all walls that show the same."""
    tr = translator(language)
    return (
        pages.environment()
        .get_template("wall.html")
        .render(
            **assets.links("wall"),
            tr=tr,
            face=shown,
            name=name(shown),
            time=time,
            theme=theme,
            code=code,
            shape=shape,
            qr=qr,
            languages={tag: LANGUAGES[tag] for tag in AVAILABLE},
        )
    )


async def page(request: web.Request) -> web.Response:
    """The wall."""
    await pages.check_code(request)
    at, reads = desk(request), language(request)
    shown, asked = look(at, reads), request.query.get("theme", "")
    time = face.time(translator(reads), shown, at.room.now())
    text = drawn(shown, time, reads, asked if asked in THEMES else "", at.room.state.code)
    headers = {"Cache-Control": "no-store"}
    response = web.Response(text=text, content_type="text/html", headers=headers)
    response.enable_compression()
    return response


async def events(request: web.Request) -> web.StreamResponse:
    """Tells the name of the face whenever it is another one, and the time: a wall fetches what it does not show."""
    await pages.check_code(request)
    at = desk(request)
    if at.feed.walls >= MOST:
        raise No("crowded", HEARTBEAT)
    response = web.StreamResponse(headers=HEADERS)
    bell = at.feed.hang(f"wall {secrets.token_hex(8)}")
    bell.everything = True
    unwatch = at.room.live.watch(bell.set)  # that the wall is dark is no turn of the café
    try:
        await response.prepare(request)
        await write(response, b"retry: 3000\n\n")
        await _serve(response, at, bell, language(request))
    except (ConnectionError, TimeoutError):
        pass  # It went away, or takes nothing: it will come again by itself.
    finally:
        unwatch()
        at.feed.take_down(bell)
    return response


async def _serve(response: web.StreamResponse, at: Desk, bell: Bell, reads: str) -> None:
    """Says what stands on the wall, waits until something happened, and again; not more than once a second."""
    told, beat = "", 0.0
    loop = asyncio.get_running_loop()
    while not bell.ending:
        bell.clear()
        now = name(look(at, reads))
        if now != told or loop.time() >= beat + HEARTBEAT:
            told, beat = now, loop.time()
            await write(response, event("wall", {"face": now, "now": at.room.now(), "rate": at.room.speed}))
        try:
            async with asyncio.timeout_at(beat + HEARTBEAT):
                await bell.wait()
        except TimeoutError:
            continue
        await asyncio.sleep(CALM)
