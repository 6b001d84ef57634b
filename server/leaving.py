"""What a table leaves through somebody's phone: its hand-over in words, and photographs of its tablecloth."""

import asyncio

import aiohttp
import msgspec
from aiohttp import web
from aiohttp.http import HttpProcessingError

from cafe.photos import MOST_BYTES, NoPhoto, Picture, name, picture
from server import snapshot
from server.api import answer, body
from server.desk import desk, participant
from server.refusals import No

PHOTO = "/c/photo"
PHOTO_TIME = 60.0
"""Seconds in which a photograph must have arrived: a camera's whole picture on a bad Wi-Fi takes its time."""
_A_WORD = 200


class HandOverSaid(msgspec.Struct, frozen=True):
    """A hand-over as a phone sends it; no text takes it back. `in` is the place for which it was written."""

    text: str
    lang: str | None = None
    place: str | None = msgspec.field(name="in", default=None)


async def hand_over(request: web.Request) -> web.StreamResponse:
    """Takes the words that a table leaves for the next people, or other words."""
    who, said = participant(request), await body(request, HandOverSaid)
    at = desk(request)
    at.limits.act(who)
    await at.room.do("hand_over", who=who, text=said.text, place=said.place or "", language=said.lang or "")
    return _answer(request, who)


async def photograph(request: web.Request) -> web.StreamResponse:
    """Takes a photograph of the tablecloth, draws it anew and keeps it. The same one twice is kept once."""
    who, at = participant(request), desk(request)
    at.limits.photo(who)
    async with at.limits.uploads:
        try:
            async with asyncio.timeout(PHOTO_TIME):
                raw, place = await _parts(request)
        except TimeoutError:
            raise No("too_slow") from None
        try:
            async with at.limits.drawing:
                drawn = await asyncio.to_thread(picture, raw)
        except NoPhoto:
            raise No("no_photo") from None
    await at.room.do("photograph", picture=Picture(drawn), who=who, id=name(raw, who, place), place=place)
    return _answer(request, who)


async def photographs_back(request: web.Request) -> web.StreamResponse:
    """Takes one's photographs of the present table back."""
    who = participant(request)
    desk(request).limits.act(who)
    await desk(request).room.do("photographs_back", who=who)
    return _answer(request, who)


def _answer(request: web.Request, who: str) -> web.StreamResponse:
    room = desk(request).room
    return answer(request, snapshot.view(room.state, who, room.now()))


async def _parts(request: web.Request) -> tuple[bytes, str]:
    """The picture and the place of a form with a file. Refused when it is no such form, or too large."""
    raw, place = bytearray(), ""
    try:
        if request.content_type != "multipart/form-data":
            raise No("bad_request")
        async for part in await request.multipart():
            if not isinstance(part, aiohttp.BodyPartReader):
                raise No("bad_request")
            if part.name == "photo":
                while chunk := await part.read_chunk(64 * 1024):
                    raw += chunk
                    if len(raw) > MOST_BYTES:
                        raise No("too_large")
            elif part.name == "in":
                place = (await part.read_chunk(_A_WORD)).decode("ascii", "replace")
    except _UNREADABLE:
        raise No("bad_request") from None
    return bytes(raw), place


_UNREADABLE = (ValueError, AssertionError, RuntimeError, RuntimeWarning, HttpProcessingError)
"""What aiohttp raises, and where warnings are errors warns of, when a form is none; all of them quote it."""
