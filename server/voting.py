"""Dots from phones: a whole ballot from the script, or from a plain form how many dots one idea shall have.

Both say how it shall be and never "one more", so that what was sent twice counts once.
"""

import secrets

import msgspec
from aiohttp import web

from server import api, snapshot
from server.desk import desk, participant


class BallotSaid(msgspec.Struct, frozen=True):
    """Somebody's dots by idea, and the revision of their ballot that they know."""

    dots: dict[str, int] = {}
    rev: int | None = None


class DotsSaid(msgspec.Struct, frozen=True):
    """How many dots an idea shall have from somebody."""

    n: int = 0


async def ballot(request: web.Request) -> web.StreamResponse:
    """Takes a whole ballot; a plain form has a field for each idea, named by its id."""
    who = participant(request)
    if request.content_type == api.JSON:
        said = await api.body(request, BallotSaid)
    else:
        fields = api.form(request, await request.read())
        said = BallotSaid({id: int(n) for id, n in fields.items() if n.isascii() and n.isdigit() and len(n) < 4})
    at = desk(request)
    at.limits.act(who)
    await at.room.do("ballot", who=who, id=secrets.token_hex(12), dots=said.dots, rev=said.rev)
    return api.answer(request, snapshot.view(at.room.state, who, at.room.now()))


async def dot(request: web.Request) -> web.StreamResponse:
    """Lets an idea have so many of somebody's dots."""
    who, said = participant(request), await api.body(request, DotsSaid)
    at, idea = desk(request), request.match_info["id"]
    at.limits.act(who)
    await at.room.do("dot", who=who, id=secrets.token_hex(12), idea=idea, n=said.n)
    return api.answer(request, snapshot.view(at.room.state, who, at.room.now()), where=f"/c#at-{idea}")
