"""The reception desk: everything that a handler of the participants' server may reach for, in one value."""

import secrets
from typing import NamedTuple

from aiohttp import web

from cafe.i18n import AVAILABLE, Translator, negotiate, translator
from cafe.room import Room
from server.feed import Feed
from server.guard import Limits
from server.guests import Guests
from server.refusals import No
from server.whence import Proxies, device, hashed, is_secure, through_proxy


class Desk(NamedTuple):
    """The room and what stands around it. `salt` hides the addresses of devices that are only counted."""

    room: Room
    feed: Feed
    guests: Guests
    limits: Limits
    public_url: str | None
    proxies: Proxies = ()
    salt: bytes = secrets.token_bytes(16)


DESK = web.AppKey("desk", Desk)
FIELDS = web.RequestKey("fields", dict[str, str])
"""What a form said, kept so that a refusal can give the words back."""


def desk(request: web.Request) -> Desk:
    return request.app[DESK]


def whence(request: web.Request) -> str:
    """A hash of the address that a told proxy says a request comes from; '' in a hall, where addresses say little."""
    at = desk(request)
    return hashed(device(request, at.proxies), at.salt) if through_proxy(request, at.proxies) else ""


def secure(request: web.Request) -> bool:
    """Whether the phone spoke HTTPS."""
    at = desk(request)
    return is_secure(request, at.proxies, at.public_url)


def guest(request: web.Request) -> str:
    """The participant who asks; '' for a stranger."""
    at = desk(request)
    who = at.guests.recognise(request)
    return who if who in at.room.state.participants else ""


def participant(request: web.Request) -> str:
    """The participant who asks. A stranger is refused."""
    if who := guest(request):
        return who
    raise No("not_joined")


def chosen_language(request: web.Request) -> str:
    """The language that the address or a form asks for, if it is one that we have; else ''."""
    asked = request.query.get("lang") or request.get(FIELDS, {}).get("lang", "")
    return asked if asked in AVAILABLE else ""


def language(request: web.Request) -> str:
    """The reader's language: what the address says, else what they chose, the browser asks for, the wall speaks."""
    if chosen := chosen_language(request):
        return chosen
    state = desk(request).room.state
    person = state.participants.get(guest(request))
    if person and person.language in AVAILABLE:
        return person.language
    return negotiate(request.headers.get("Accept-Language", ""), default=state.plan.language)


def words(request: web.Request) -> Translator:
    return translator(language(request))
