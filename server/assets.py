"""Scripts and styles: put together from their sources, made small, sent under names that a browser keeps for ever."""

from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files

import rcssmin
import rjsmin
from aiohttp import web

from server.refusals import No

PARTS = {
    "cafe.js": ("words", "kept", "outbox", "ideas", "live", "clock", "cafe"),
    "photo.js": ("photo",),
    "cafe.css": ("cafe",),
    "wall.js": ("clock", "wall"),
    "wall.css": ("wall",),
    "remote.js": ("remote",),
    "remote.css": ("cafe", "remote"),
}
"""Of which sources a page's script and style are put together: who opens it asks for one of each."""
KINDS = {"js": ("text/javascript", rjsmin.jsmin), "css": ("text/css", rcssmin.cssmin)}
"""What a kind is called on the wire, and how what only a reader of the sources needs is left out."""
NAME = r"{name:[a-z]+\.[a-z0-9]+\.(?:js|css)}"
"""An asset's public name in a route."""


@cache
def assets() -> dict[str, bytes]:
    """Every script and style by its public name, which holds a hash of it."""
    found = {}
    for asset, parts in PARTS.items():
        page, _, kind = asset.partition(".")
        source = "\n".join((files("server") / "static" / f"{part}.{kind}").read_text("utf-8") for part in parts)
        data = KINDS[kind][1](source).encode()
        found[f"{page}.{sha256(data).hexdigest()[:12]}.{kind}"] = data
    return found


def links(page: str, at: str = "/static/") -> dict[str, str]:
    """Where a page finds its script and its style, by their kinds."""
    return {name.rpartition(".")[2]: at + name for name in assets() if name.startswith(f"{page}.")}


def of(*pages: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that gives the scripts and styles of these pages, and of no other."""

    async def static(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in assets() or name.partition(".")[0] not in pages:
            raise No("not_found")
        headers = {"Cache-Control": "max-age=31536000, immutable"}
        kind, _ = KINDS[name.rpartition(".")[2]]
        response = web.Response(body=assets()[name], content_type=kind, charset="utf-8", headers=headers)
        response.enable_compression()
        return response

    return static
