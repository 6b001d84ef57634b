"""What phones say: each handler takes JSON from the script or a plain form, and answers in kind."""

import json
import secrets
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from cafe.i18n import AVAILABLE
from cafe.people import MAY_ASK, Person, hashed
from cafe.room import Room
from cafe.text import Unclean, clean_line, key
from server import guests, pages, seen, snapshot
from server.desk import FIELDS, Desk, desk, language, participant, secure, whence, words
from server.refusals import No

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class IdeaSaid(msgspec.Struct, frozen=True):
    """An idea as a phone sends it; `t` is the phone's own time and is not used.

    `other` says that a host writes it for somebody without a phone.
    """

    id: str
    text: str
    q: str | None = None
    on: str | None = None
    lang: str | None = None
    t: float | None = None
    place: str | None = msgspec.field(name="in", default=None)
    other: bool = False


class TextSaid(msgspec.Struct, frozen=True):
    """New words for an idea."""

    text: str


class HereSaid(msgspec.Struct, frozen=True):
    """Where somebody sits and reads. `seated` tells the facilitator, in a move, that they have found their table.

    `stay` makes them the host of their table, `choose` is the table that they pick for the next round, `talk` the one
    that they hear of several at the same time.
    """

    seated: bool | None = None
    table: int | None = None
    stay: bool = False
    choose: int | None = None
    talk: int | None = None
    lang: str | None = None


class FeedbackSaid(msgspec.Struct, frozen=True):
    """Answers to the questions about the day; an empty one is none."""

    took: str = ""
    next: str = ""
    lang: str | None = None


def wants_json(request: web.Request) -> bool:
    """Whether the script asks, not a person's browser."""
    accept = request.headers.get("Accept", "")
    return (
        request.method in ("PUT", "DELETE")
        or request.content_type == JSON
        or request.path in ("/c/events", "/c/poll", "/health")
        or request.path.endswith("/state")
        or ("application/json" in accept and "text/html" not in accept)
    )


async def body(request: web.Request, kind: Any) -> Any:
    """The request's body as `kind`, from JSON or from a form. Refused when it is neither."""
    raw = await request.read()
    if request.content_type == JSON:
        try:
            return msgspec.json.decode(raw, type=kind)
        except (ValueError, RecursionError):
            raise No("not_text") from None
    fields = form(request, raw)
    filled = {name: value for name, value in fields.items() if value != ""}
    try:
        return msgspec.convert({"text": "", **filled}, kind, strict=False)
    except ValueError:
        raise No("bad_id") from None


def form(request: web.Request, raw: bytes) -> dict[str, str]:
    """A form's fields; kept with the request so that a refusal can give the text back."""
    if raw and request.content_type != FORM:
        raise No("bad_request")
    try:
        fields = dict(parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=40))
    except ValueError:
        raise No("not_text") from None
    request[FIELDS] = fields
    return fields


def answer(request: web.Request, data: Any, status: int = 200, where: str = "/c") -> web.StreamResponse:
    """Data for the script; for a form the page again, by a redirect so that reloading sends nothing twice."""
    if wants_json(request):
        headers = {"Cache-Control": "no-store"}
        return web.Response(body=msgspec.json.encode(data), status=status, content_type=JSON, headers=headers)
    raise web.HTTPSeeOther(where)


# --------------------------------------------------------------------------------------------------- people


async def health(_: web.Request) -> web.Response:
    """Says that the server lives, and nothing else."""
    return web.json_response({"ok": True})


async def join(request: web.Request) -> web.StreamResponse:
    """Lets somebody in. No field is required; the same form twice is the same participant."""
    await pages.check_code(request)
    at = desk(request)
    fields = form(request, await request.read())
    token = request.cookies.get(guests.cookie_name(request), "")
    if not at.guests.recognise(request):
        at.limits.join(whence(request))
        token, who = at.guests.joining(fields.get("key", ""))
        async with at.guests.alone(token):
            if not at.room.people.recognise(token):
                await _let_in(request, fields, token, who)
    response = web.HTTPSeeOther("/c")
    guests.give(response, request, token, secure=secure(request))
    raise response


async def _let_in(request: web.Request, fields: dict[str, str], token: str, who: str) -> None:
    """A phone joins as somebody new, or as the person of the list whose card or name it gives."""
    at, chosen = desk(request), fields.get("lang", "")
    said = {name: _line(fields.get(name, "")) for name in MAY_ASK if name in at.room.state.plan.ask}
    card = _number(fields.get("card", ""), "no_such_card")
    await at.room.do(
        "join",
        person=Person(token=hashed(token), **said, notice=at.room.state.plan.organiser),
        who=who if card else _expected(at.room, said.get("name", "")) or who,
        language=chosen if chosen in AVAILABLE else language(request),
        group=fields.get("group", ""),
        card=card,
        table=_number(fields.get("table", ""), "no_such_table"),
    )


def _expected(room: Room, name: str) -> str:
    """Who of the list has this name and no phone yet; '' for nobody."""
    state = room.state
    named = (who for who in room.people.circles.named(name) if who in state.expected)
    return next((w for w in named if w not in state.participants or not state.participants[w].phone), "")


def _number(text: str, no: str) -> int:
    """A number as people type it, 0 for none. Refused with `no` when it is another word."""
    typed = text.strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7 and int(typed)):
        raise No(no)
    return int(typed)


def _line(text: str) -> str:
    """A name as it will be kept; what cannot be kept is as if it were not given, because nothing is required."""
    try:
        return clean_line(text)
    except Unclean:
        return ""


async def here(request: web.Request) -> web.StreamResponse:
    """Somebody is seated, sits elsewhere, stays as a host, picks a table or a talk, or reads another language."""
    who, said = participant(request), await body(request, HereSaid)
    at = desk(request)
    at.limits.act(who)
    if said.lang is not None and said.lang not in AVAILABLE:
        raise No("bad_request")
    if said.lang is not None:
        await at.room.do("read_in", who=who, language=said.lang)
    if said.table is not None:
        await at.room.do("sit", who=who, table=said.table)
    if said.stay:
        await at.room.do("stay", who=who)
    if said.choose is not None:
        await at.room.do("choose", who=who, table=said.choose)
    if said.talk is not None:
        await at.room.do("attend", who=who, talk=said.talk)
    if said.seated:
        await at.room.do("settle", who=who)
    return answer(request, snapshot.view(at.room.state, who, at.room.now()))


async def feedback(request: web.Request) -> web.StreamResponse:
    """What somebody says about the day; sent again, it takes the place of what they said before."""
    who, said = participant(request), await body(request, FeedbackSaid)
    at = desk(request)
    at.limits.act(who)
    words = {"took": said.took, "next": said.next}
    await at.room.do("feed_back", who=who, id=secrets.token_hex(12), words=words, language=said.lang or "")
    return answer(request, snapshot.view(at.room.state, who, at.room.now()))


async def erase(request: web.Request) -> web.StreamResponse:
    """Forgets the person, and their ideas while the café is open."""
    who, at = participant(request), desk(request)
    await at.room.do("forget", who=who)
    at.guests.forget(who)
    for bell in at.feed.of(who):
        bell.end("rejoin")
    response: web.StreamResponse
    if wants_json(request):
        response = web.Response(body=json.dumps({"ok": True}), content_type=JSON)
    else:
        response = pages.render(request, "forgotten.html")
    guests.take(response, request)
    return response


# ---------------------------------------------------------------------------------------------------- ideas


async def state(request: web.Request) -> web.StreamResponse:
    """The snapshot; nothing but 304 when nothing has happened since the one that the phone has."""
    who, at = participant(request), desk(request)
    room = at.room
    tag = f"{room.state.epoch}.{room.last}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if any(etag.value == tag for etag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    made = snapshot.snapshot(room.state, who, at.feed.visible(who), now=room.now(), rate=room.speed, seq=room.last)
    response = web.Response(body=msgspec.json.encode(made), content_type=JSON, headers=headers)
    response.enable_compression()
    return response


async def send(request: web.Request) -> web.StreamResponse:
    """Takes an idea: 201 when it is new and on the disk, 200 when it was there already."""
    who, said = participant(request), await body(request, IdeaSaid)
    at = desk(request)
    if said.id not in at.room.state.ideas:
        at.limits.idea(who)
    again = not said.other and _said_before(at, who, said)
    outcome = await at.room.do(
        "send",
        who=who,
        id=said.id,
        text=said.text,
        question=said.q or "",
        place=said.place or "",
        on=said.on or "",
        language=said.lang or "",
        other=said.other,
        again=again,
    )
    if outcome.records and again:
        note = {"note": words(request)(pages.AGAIN)}
        return answer(request, msgspec.to_builtins(_mine(request, who, said.id)) | note, 201, "/c?again")
    return answer(request, _mine(request, who, said.id), 201 if outcome.records else 200)


def _said_before(at: Desk, who: str, said: IdeaSaid) -> bool:
    """Whether this participant has the same words to the same question already, under another id."""
    own = (at.room.state.ideas.get(id) for id in at.feed.own.get(who, ()) if id != said.id)
    asked = [idea for idea in own if idea and not idea.gone and said.q in (None, "", idea.question)]
    return bool(asked) and key(said.text) in {key(idea.text) for idea in asked}


async def change(request: web.Request) -> web.StreamResponse:
    """Mends one's own idea."""
    who, said = participant(request), await body(request, TextSaid)
    desk(request).limits.act(who)
    id = request.match_info["id"]
    await desk(request).room.do("change", who=who, id=id, text=said.text)
    return answer(request, _mine(request, who, id))


async def take_back(request: web.Request) -> web.StreamResponse:
    """Takes one's own idea back; twice is the same as once."""
    who = participant(request)
    desk(request).limits.act(who)
    id = request.match_info["id"]
    await desk(request).room.do("take_back", who=who, id=id)
    return answer(request, _mine(request, who, id))


def _mine(request: web.Request, who: str, id: str) -> seen.Shown:
    """An idea as its author sees it now."""
    at = desk(request)
    idea, seq = at.room.state.ideas.get(id), at.feed.seqs.get(id, 0)
    if idea is None or not seen.may_see(idea, who, None, False):
        return seen.gone(id, seq)
    return seen.shown(idea, who, seq)
