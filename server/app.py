"""The participants' application: the routes, and what every request passes before it reaches one."""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_network

import msgspec
from aiohttp import web

from cafe.file import NotSaved
from cafe.room import Room
from cafe.rules import Refused
from server import guard, pages, table, whence
from server.api import FORM, JSON, form, wants_json
from server.desk import DESK, Desk, desk
from server.desk import secure as spoke_https
from server.feed import Feed
from server.guests import Guests
from server.leaving import PHOTO
from server.refusals import OF_HTTP, No, retry, status
from server.routes import ROUTES

logger = logging.getLogger("cafe.server")

LARGEST_BODY = 16 * 1024
BODY_TIME = 10.0
"""Seconds in which a body must have arrived."""

PAGES = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "same-origin",  # "no-referrer" would turn the Origin of plain forms into "null"
}
"""Sent with every page; on anything else they would say nothing and cost a phone a kilobyte."""
OVER_HTTPS = {"Permissions-Policy": "camera=(), geolocation=(), microphone=()"}
"""Sent with pages over HTTPS; on the venue's plain HTTP no page has any of these."""
SECURITY = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
"""Sent with every answer."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make(
    room: Room,
    *,
    public_url: str | None = None,
    proxies: Sequence[str] = (),
    clock: Callable[[], float] = time.monotonic,
) -> web.Application:
    """The application for a room. `public_url` is its address beyond the venue; `clock` is real time in seconds.

    `proxies` are the addresses or networks of those that stand ahead of us and may say whence a request comes.
    """
    app = web.Application(middlewares=[polite, guarded, whole], client_max_size=LARGEST_BODY)
    told = tuple(ip_network(proxy) for proxy in proxies)
    app[DESK] = Desk(room, Feed(room), Guests(room.people), guard.Limits(clock), public_url, told)
    app.add_routes(ROUTES)
    app.on_response_prepare.append(secure)
    app.on_shutdown.append(end_streams)
    return app


async def end_streams(app: web.Application) -> None:
    """Says goodbye to every open stream, so that stopping waits for nobody."""
    app[DESK].feed.close()


async def secure(request: web.Request, response: web.StreamResponse) -> None:
    """Puts the headers that guard pages on every answer."""
    response.headers.update(SECURITY)
    if response.content_type == "text/html":
        response.headers.update(PAGES)
        if DESK in request.app and spoke_https(request):
            response.headers.update(OVER_HTTPS)
    response.headers.popall("Server", None)


@web.middleware
async def polite(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns every no and every fault into a sentence. Nothing of the request is logged."""
    try:
        return await handler(request)
    except NotSaved as no:
        return refuse(request, No("disk_full" if no.full else "not_saved"))
    except Refused as no:
        return refuse(request, no)
    except web.HTTPException as no:
        if no.status < 400:
            raise
        return refuse(request, No(OF_HTTP.get(no.status, "bad_request")))
    except ConnectionError:
        raise
    except Exception:
        logger.exception("a request failed")
        return refuse(request, No("fault"))


def refuse(request: web.Request, no: Refused) -> web.StreamResponse:
    """A no in the reader's language: JSON for the script, a page for a person."""
    message, wait = pages.sentence(request, no.code), retry(no)
    response: web.StreamResponse
    if wants_json(request):
        error = {"code": no.code, "message": message, "retry_ms": math.ceil(wait * 1000)}
        data = msgspec.json.encode({"error": error})
        response = web.Response(body=data, status=status(no.code), content_type=JSON)
    else:
        response = (table if table.asks(request) else pages).refusal(request, no.code, message)
    if wait:
        response.headers["Retry-After"] = str(math.ceil(wait))
    response.headers["Cache-Control"] = "no-store"
    return response


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets only our own names and our own pages in, and counts devices that have reached us."""
    at = desk(request)
    told = (at.public_url, at.room.state.url, at.room.state.plan.address)
    guard.check_host(request, told)
    guard.check_origin(request, told)
    live = at.room.live
    if device := whence.proof(request, at.proxies, at.room.state.url, live.is_inside):
        live.reached(whence.hashed(device, at.salt))
    return await handler(request)


@web.middleware
async def whole(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Reads the body in time, before any handler acts; half of one is not waited for.

    Only a photograph is larger: its handler looks first who sends it, and reads it itself.
    """
    if request.method not in guard.SAFE:
        if "Content-Encoding" in request.headers:
            raise No("bad_request")
        if request.path == PHOTO:
            return await handler(request)
        try:
            async with asyncio.timeout(BODY_TIME):
                raw = await request.read()
        except TimeoutError:
            raise No("too_slow") from None
        if request.content_type == FORM:
            with contextlib.suppress(No):
                form(request, raw)  # so that every refusal can give the words back
    return await handler(request)
