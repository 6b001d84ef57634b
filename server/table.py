"""A table's own device: a phone or tablet that lies there for everybody and is nobody's.

It shows the question and the clock, takes ideas, and forgets each as soon as it is sent. It has no cookie, sees no
other ideas, and is let in by the café's code alone.
"""

import secrets

import msgspec
from aiohttp import web
from immutables import Map

from cafe.rules.entry import group_at, places
from cafe.state import Participant, RoundKey, State
from server import pages, seen, sentences, snapshot
from server.api import JSON, IdeaSaid, answer, body
from server.desk import FIELDS, desk, language, words
from server.refusals import No, status

NOBODY = ""
"""The participant id of a device: no person has it."""

PERSONAL = (
    "all",
    "answered",
    "arrived",
    "arriving",
    "choose",
    "elsewhere",
    "hand",
    "hosted",
    "hosting",
    "linked",
    "photos",
    "seated",
    "stay",
    "talks",
    "unseated",
    "vote",
)
"""Parts of the page that speak to somebody of one's own."""


def home(request: web.Request) -> str:
    """The address of the device's page."""
    return f"/t/{desk(request).room.state.code}/{request.match_info['table']}"


async def _table(request: web.Request) -> int:
    """The table of the address. Refused when the code is wrong or no table has that number."""
    await pages.check_code(request)
    number = int(request.match_info["table"])
    if not 0 < number <= len(desk(request).room.state.plan.tables):
        raise No("no_such_table")
    return number


def kept_at(state: State, table: int, language: str, who: str = NOBODY) -> State:
    """The café as somebody would see it who was at this table in every round until now, and goes nowhere."""
    begun = [at for at in places(state, table) if state.was_open(at)]
    block = state.position.block
    running = 0 <= block < len(state.plan.programme)
    group = group_at(state.plan, block, table) if running else ""
    group = group or (group_at(state.plan, begun[0].block, table) if begun else "")
    seats = state.seats
    for at in begun:
        key = RoundKey(*at[:3])
        seats = seats.set(key, seats.get(key, Map()).set(who, table))
    device = Participant(who, group, language, 0)
    return msgspec.structs.replace(state, participants=state.participants.set(who, device), seats=seats)


def shown(request: web.Request, table: int) -> snapshot.Snapshot:
    """What a device is told: the view of somebody at its table, without all that is somebody's own."""
    at = desk(request)
    room, state = at.room, at.room.state
    told = snapshot.snapshot(
        kept_at(state, table, language(request)), NOBODY, (), now=room.now(), rate=room.speed, seq=room.last
    )
    parts = tuple(part for part in told.parts if part not in PERSONAL)
    people = len(state.participants)
    return msgspec.structs.replace(
        told,
        people=people,
        texts=told.texts | {"people": sentences.people(words(request), people)},
        table=table,
        stay=False,
        choices=(),
        choose=(),
        talks=(),
        link="",
        harvest=None,
        ballot={},
        q=None if told.phase == "talk" else told.q,  # A talk is heard by people, not by a table.
        soon=None,
        hand=None,
        parts=parts,
    )


async def page(request: web.Request) -> web.Response:
    """The device's page, which works without a script too."""
    return device_page(request, await _table(request))


def device_page(request: web.Request, table: int, code: int = 200, error: str = "", kept: str = "") -> web.Response:
    """The page; with an error it comes back with what was written."""
    id = secrets.token_hex(12)
    return pages.whole_page(
        request,
        shown(request, table),
        code,
        error=error,
        kept=kept,
        id=id,
        home=home(request),
        sent="sent" in request.query,
    )


def asks(request: web.Request) -> bool:
    """Whether a device of one of the café's tables asks, with the right code."""
    tables = range(1, len(desk(request).room.state.plan.tables) + 1)
    return pages.knows_the_code(request) and int(request.match_info.get("table", "0")) in tables


def refusal(request: web.Request, no: str, message: str) -> web.Response:
    """A no on the device's own page, with what was written."""
    form: dict[str, str] = request.get(FIELDS, {})
    return device_page(request, int(request.match_info["table"]), status(no), message, form.get("text", ""))


async def state(request: web.Request) -> web.StreamResponse:
    """What the device's page is made from, for its script."""
    told = shown(request, await _table(request))
    return web.Response(body=msgspec.json.encode(told), content_type=JSON, headers={"Cache-Control": "no-store"})


async def send(request: web.Request) -> web.StreamResponse:
    """Takes an idea of somebody at the table: 201 when it is new and on the disk, 200 when it was there already."""
    table, at = await _table(request), desk(request)
    said = await body(request, IdeaSaid)
    if said.id not in at.room.state.ideas:
        at.limits.table(table)
    outcome = await at.room.do(
        "tell",
        id=said.id,
        text=said.text,
        table=table,
        question=said.q or "",
        place=said.place or "",
        language=said.lang or "",
    )
    told = seen.shown(at.room.state.ideas[said.id], NOBODY, at.feed.seqs.get(said.id, 0))
    return answer(request, told, 201 if outcome.records else 200, f"{home(request)}?sent=1")
