"""Which participant a phone is: a cookie with a random word, of which the café keeps only the hash."""

import asyncio
import re
import secrets
from collections import OrderedDict
from weakref import WeakValueDictionary

from aiohttp import web

from cafe.people import People

HOURS = 12
_WORD = re.compile(r"[A-Za-z0-9_-]{22}")
MOST_JOINING = 10_000


def new_token() -> str:
    """128 random bits, as a phone keeps them."""
    return secrets.token_urlsafe(16)


class Guests:
    """Recognises phones. A join that is sent twice (a double tap) finds the participant id of the first time."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._joining: OrderedDict[str, str] = OrderedDict()
        self._alone: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def recognise(self, request: web.Request) -> str:
        """The participant id of the phone that asks; '' for a stranger."""
        return self._people.recognise(request.cookies.get(cookie_name(request), ""))

    def joining(self, token: str) -> tuple[str, str]:
        """The token and the participant id to join with: `token` if a page of ours made it, else a new one."""
        token = token if _WORD.fullmatch(token) else new_token()
        who = self._people.recognise(token) or self._joining.get(token) or secrets.token_hex(8)
        self._joining[token] = who
        if len(self._joining) > MOST_JOINING:
            self._joining.popitem(last=False)
        return token, who

    def alone(self, token: str) -> asyncio.Lock:
        """For a phone's joins one after the other: the second of a double tap finds what the first one did."""
        return self._alone.setdefault(token, asyncio.Lock())

    def forget(self, who: str) -> None:
        """Somebody was forgotten: a page that they still have open makes a new participant."""
        for token in [token for token, joining in self._joining.items() if joining == who]:
            del self._joining[token]


def cookie_name(request: web.Request) -> str:
    """The cookie's name holds the port, because cookies do not tell ports apart."""
    transport = request.transport
    port = transport.get_extra_info("sockname")[1] if transport else 0
    return f"cafe_{port}"


def give(response: web.StreamResponse, request: web.Request, token: str, *, secure: bool) -> None:
    """Sends the cookie along; marked Secure where the phone spoke HTTPS, which the venue's Wi-Fi does not have."""
    response.set_cookie(
        cookie_name(request), token, max_age=HOURS * 3600, httponly=True, samesite="Lax", path="/", secure=secure
    )


def take(response: web.StreamResponse, request: web.Request) -> None:
    """Removes the cookie from the phone."""
    response.del_cookie(cookie_name(request), httponly=True, samesite="Lax", path="/")
