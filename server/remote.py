"""The phone remote: a third application, with a port of its own on the venue's network, opened when it is asked for.

A phone becomes the remote by a key that works once. None of its addresses answers on the participants' port, and none
of theirs here. What is pressed carries the step that it means and a number of its own: nothing is done twice, nothing
late, and nothing on an old picture.
"""

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
from aiohttp import web

from cafe import address
from cafe.clock import Clock, remaining
from cafe.file import NotSaved
from cafe.i18n import N_, Translator, translator
from cafe.i18n import clock as digits
from cafe.room import Room
from cafe.rules import Refused
from cafe.stage import Glance, Hand
from server import assets, guard
from server.app import BODY_TIME, secure
from server.pages import environment
from server.pairing import LASTS, Pairing
from server.refusals import OF_HTTP, SENTENCES, No, retry, status
from server.serve import PortTaken, Served, serve

logger = logging.getLogger("cafe.remote")

HOURS = 12
PORTS = range(8100, 8120)
STATIC = "/r/static/"
WAIT = 8.0
"""Seconds after which a page that waits for news is told how things stand."""
LATE = 8.0
"""Seconds after which nothing is done any more: what was pressed without a connection must not happen a minute on."""
MOST_DONE = 200
"""Answers that are kept for who asks again."""
PHONE = web.RequestKey("phone", str)
FIELDS = ("action", "id", "step", "trail", "idea", "sure", "stamp")
LABELS = {
    "resume": N_("Start the clock"),
    "pause": N_("Stop the clock"),
    "next": N_("Go on"),
    "add": N_("+1 minute"),
    "take": N_("−1 minute"),
    "fit": N_("Fit"),
    "reveal": N_("Show the dots"),
    "collect": N_("Collect dots again"),
    "report": N_("Tables report"),
    "reported": N_("End the reports"),
    "dark": N_("Dark wall"),
    "light": N_("Light wall"),
    "hide": N_("Take the newest idea off"),
    "undo": N_("Undo"),
}
"""The buttons, in the order of the page."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Told(Glance, frozen=True, kw_only=True):
    """The wire's view: a glance, the café's time, and `stamp`, the laptop's own in ms; `tag` changes when it does."""

    now: int
    rate: float
    stamp: int
    tag: str


class Remotes:
    """The remotes of one room: nothing listens before somebody asks for one."""

    def __init__(self, room: Room, hand: Callable[[], Hand], clock: Callable[[], float] = time.monotonic) -> None:
        self.room, self._make, self._clock = room, hand, clock
        self.pairing = Pairing(clock)
        self.hand: Hand
        self._served: Served | None = None
        self._host = ""
        self._opening = asyncio.Lock()
        self._bell = asyncio.Event()
        self._done: OrderedDict[tuple[str, str], asyncio.Task[str]] = OrderedDict()
        self._said: dict[str, tuple[str, float]] = {}
        self._unwatch = [room.watch(lambda _: self._turned()), room.live.watch(self._ring)]
        self._expiry: asyncio.TimerHandle | None = None
        room.grants |= {"pair": self._offer, "shut": self._shut, "unpair": self._end}

    # -------------------------------------------------------------------------------------- for the private view

    async def _shut(self, _: str) -> str:
        """Closes the key."""
        self.pairing.shut()
        self._tell()
        return ""

    async def _end(self, _: str) -> str:
        """Ends all remotes."""
        self.pairing.end()
        self._tell()
        return ""

    async def _offer(self, _: str) -> str:
        """Opens a key and gives its address. Raises `Refused`."""
        if self.room.state.closed:
            raise Refused("closed")
        host = lan(self.room)
        async with self._opening:  # Two private views may ask in the same moment.
            if self._served is None or host != self._host:
                await self._open(host)
        assert self._served
        key = self.pairing.offer()
        if self._expiry:
            self._expiry.cancel()
        self._expiry = asyncio.get_running_loop().call_later(LASTS + 1, self._tell)
        self._tell()
        return f"http://{address.literal(host)}:{self._served.port}/R/{key}"

    async def _open(self, host: str) -> None:
        """Listens on one address of the laptop, and on no other."""
        if self._served:
            await self._served.close()
        self.hand, self._host = self._make(), host
        for port in (*PORTS, 0):
            try:
                self._served = await serve(self.app(), host, port)
                return
            except PortTaken:
                continue
            except OSError:
                break
        self._served = None
        raise Refused("no_remote")

    async def close(self) -> None:
        """Nobody is a remote any more; everything that waits is let go."""
        for unwatch in self._unwatch:
            unwatch()
        if self._expiry:
            self._expiry.cancel()
        self.pairing.end()
        self._ring()
        if self._served:
            await self._served.close()

    def _turned(self) -> None:
        if self.room.state.closed and (self.pairing.phones or self.pairing.open):
            self.pairing.end()
            self._tell()
        self._ring()

    def _tell(self) -> None:
        self.room.live.pair(self.pairing.phones, pairing=self.pairing.open)
        self._ring()

    def _ring(self) -> None:
        """Wakes the pages that wait for news."""
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    # ------------------------------------------------------------------------------------------ the application

    def app(self) -> web.Application:
        """All its addresses."""
        app = web.Application(middlewares=[self._polite, self._guarded], client_max_size=4096)
        app.add_routes(
            [
                web.get("/R/{key}", self._ask_key),
                web.post("/R/{key}", self._take_key),
                web.get("/r", self._page),
                web.get("/r/state", self._state, allow_head=False),
                web.post("/r/do", self._do),
                web.get(STATIC + assets.NAME, assets.of("remote")),
            ]
        )
        app.on_response_prepare.append(secure)
        return app

    @property
    def tr(self) -> Translator:
        """The wall's language, which is the facilitator's."""
        return translator(self.room.state.language)

    @web.middleware
    async def _polite(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns every no and every fault into a sentence."""
        try:
            return await handler(request)
        except NotSaved as no:
            return self._refuse(request, No("disk_full" if no.full else "not_saved"))
        except Refused as no:
            return self._refuse(request, no)
        except web.HTTPException as no:
            if no.status < 400:
                raise
            return self._refuse(request, No(OF_HTTP.get(no.status, "bad_request")))
        except ConnectionError:
            raise
        except Exception:
            logger.exception("the remote failed")
            return self._refuse(request, No("fault"))

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Our own names, our own pages; and, but for the way in, a phone that is the remote."""
        guard.check_host(request, ())
        guard.check_origin(request, ())
        if request.method not in guard.SAFE and not {"Origin", "Sec-Fetch-Site"} & set(request.headers):
            raise No("wrong_origin")
        if request.path in ("/r", "/r/state", "/r/do"):
            if self.room.state.closed:
                raise Refused("closed")
            request[PHONE] = self.pairing.check(request.cookies.get(_cookie(request), ""))
        return await handler(request)

    def _refuse(self, request: web.Request, no: Refused) -> web.Response:
        """A no in the facilitator's language: for the script with how things stand, for a person as a page."""
        message, wait = self.tr(SENTENCES[no.code]), retry(no)
        headers = {"Retry-After": str(round(wait + 0.5))} if wait else {}
        code = status(no.code)
        if "application/json" in request.headers.get("Accept", ""):
            told = msgspec.to_builtins(self._told(request[PHONE], message)) if PHONE in request else {}
            return _json(told | {"error": no.code, "said": message}, code, headers)
        back = "/r" if PHONE in request else ""
        return self._render("remote_says.html", code, headers, title=message, button="", fields={}, back=back)

    def _render(self, name: str, code: int = 200, headers: dict[str, str] | None = None, **given: Any) -> web.Response:
        state, tr = self.room.state, self.tr
        page = environment().get_template(name)
        given |= assets.links("remote", STATIC)
        text = page.render(tr=tr, plan=state.plan, trial=state.trial, languages={}, **given)
        told = {"Cache-Control": "no-store", **(headers or {})}
        return web.Response(text=text, status=code, content_type="text/html", headers=told)

    # ---------------------------------------------------------------------------------------------- the way in

    async def _ask_key(self, request: web.Request) -> web.Response:
        """A button and nothing else: a camera that looks ahead must not spend the key."""
        if not self.pairing.open:
            raise No("wrong_key")
        return self._render(
            "remote_says.html",
            title=self.tr("Make this phone the remote?"),
            action=f"/R/{request.match_info['key']}",
            button=self.tr("This phone is the remote"),
            fields={},
            back="",
        )

    async def _take_key(self, request: web.Request) -> web.StreamResponse:
        word = self.pairing.take(request.match_info["key"])
        answer = web.Response(status=303, headers={"Location": "/r", "Cache-Control": "no-store"})
        answer.set_cookie(_cookie(request), word, max_age=HOURS * 3600, httponly=True, samesite="Strict", path="/")
        self._tell()
        return answer

    # ---------------------------------------------------------------------------------------------- the buttons

    def _told(self, phone: str, said: str = "") -> Told:
        """How things stand; what was `said` to a phone stays on it for a few seconds."""
        glance, at = self.hand.glance(), self._clock()
        values = {name: getattr(glance, name) for name in glance.__struct_fields__}
        tag = sha256(msgspec.json.encode([values, self.tr.language])).hexdigest()[:16]
        if said:
            self._said[phone] = (said, at + LATE)
        kept, until = self._said.get(phone, ("", 0.0))
        values["texts"] = glance.texts | {"said": kept if at < until else ""}
        return Told(**values, now=self.room.now(), rate=self.room.speed, stamp=round(at * 1000), tag=tag)

    async def _page(self, request: web.Request) -> web.Response:
        told = self._told(request[PHONE])
        time = _time(told.clock, told.now)
        return self._render("remote.html", told=told, labels=LABELS, time=time, id=token_urlsafe(16))

    async def _state(self, request: web.Request) -> web.Response:
        """How things stand, as soon as they are not as the page has them."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAIT):
                while self._told(request[PHONE]).tag == request.query.get("since"):
                    await self._bell.wait()
                    self.pairing.check(request.cookies.get(_cookie(request), ""))
        if self.room.state.closed:
            raise Refused("closed")
        return _json(self._told(request[PHONE]))

    async def _do(self, request: web.Request) -> web.StreamResponse:
        """What was pressed. The same number again gets the answer of the first time."""
        try:
            async with asyncio.timeout(BODY_TIME):
                raw = await request.read()
        except TimeoutError:
            raise No("too_slow") from None
        try:
            form = dict.fromkeys(FIELDS, "") | dict(parse_qsl(raw.decode("ascii"), max_num_fields=20))
        except ValueError:
            raise No("bad_request") from None
        scripted = "application/json" in request.headers.get("Accept", "")
        if not form["sure"] and (what := self.hand.promise(form["action"])):
            kept = {name: form[name] for name in ("action", "id", "step", "trail", "idea")} | {"sure": "1"}
            label = self.tr(LABELS[form["action"]])
            return self._render(
                "remote_says.html", title=f"{label}: {what}?", action="/r/do", button=label, fields=kept, back="/r"
            )
        said = await asyncio.shield(self._once(request[PHONE], form))
        if scripted:
            return _json(self._told(request[PHONE], said))
        self._told(request[PHONE], said)
        raise web.HTTPSeeOther("/r")

    def _once(self, phone: str, form: dict[str, str]) -> "asyncio.Task[str]":
        name = (phone, form["id"])
        if not form["id"] or len(form["id"]) > 64:
            raise No("bad_request")
        if name not in self._done:
            self._done[name] = asyncio.create_task(self._press(form))
            self._done[name].add_done_callback(lambda done: done.cancelled() or done.exception())
            if len(self._done) > MOST_DONE:
                self._done.popitem(last=False)
        return self._done[name]

    async def _press(self, form: dict[str, str]) -> str:
        stamp = form["stamp"]
        if stamp and (not stamp.isdecimal() or self._clock() * 1000 - int(stamp) > LATE * 1000):
            raise No("too_late")
        return await self.hand.press(form["action"], form["step"], form["trail"], form["idea"])


def lan(room: Room) -> str:
    """The laptop's address in the venue's network. Raises `Refused` where it has none."""
    told = urlsplit(room.state.url).hostname or ""
    for ip in (told, *(ip for ip, _ in room.live.network.ways)):
        with contextlib.suppress(ValueError):
            ip_address(ip.partition("%")[0])
            return ip
    raise Refused("no_remote")


def _json(data: Any, code: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    told = {"Cache-Control": "no-store", **(headers or {})}
    return web.Response(body=msgspec.json.encode(data), status=code, content_type="application/json", headers=told)


def _cookie(request: web.Request) -> str:
    """Cookies do not tell ports apart, so the name does."""
    return f"remote_{request.transport.get_extra_info('sockname')[1] if request.transport else 0}"


def _time(clock: Clock, now: int) -> str:
    return "" if clock.mode == "none" else digits(remaining(clock, now))
