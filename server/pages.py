"""The pages: made on the laptop, complete without any script. Every text of people's goes through autoescape."""

import secrets
from collections import defaultdict
from functools import cache
from typing import Any

import jinja2
from aiohttp import web
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from cafe.clock import remaining
from cafe.i18n import AVAILABLE, LANGUAGES, N_, Translator, translator
from cafe.i18n import clock as digits
from cafe.people import MAY_ASK
from cafe.rules.feedback import ASKED, own
from cafe.state import State
from server import assets, guests, snapshot
from server.desk import FIELDS, chosen_language, desk, guest, participant, whence, words
from server.guard import host_of
from server.refusals import SENTENCES, No, status

HOME = "/c"
"""The address of everybody's own page."""
JOINING = ("no_such_group", "no_such_table", "no_such_card", "card_taken", "not_open", "closed", "crowded")
"""The refusals that are said on the join page."""
AGAIN = N_("You have sent these words before, and both are kept. Was it meant? If not, take one back.")
"""What somebody is asked who sends the same words to the same question again."""


@cache
def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("server"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= assets.links("cafe") | {"photo_js": assets.links("photo")["js"]}
    return made


def html(state: State, tr: Translator, name: str, **given: Any) -> str:
    """The text of a page."""
    return (
        environment()
        .get_template(name)
        .render(
            tr=tr,
            plan=state.plan,
            code=state.code,
            trial=state.trial,
            languages={tag: LANGUAGES[tag] for tag in AVAILABLE},
            **given,
        )
    )


def render(request: web.Request, name: str, code: int = 200, **given: Any) -> web.Response:
    """A page in the reader's language."""
    text = html(desk(request).room.state, words(request), name, **given)
    headers = {"Cache-Control": "no-store"}
    response = web.Response(text=text, status=code, content_type="text/html", headers=headers)
    response.enable_compression()
    return response


# ---------------------------------------------------------------------------------------------- the way in


async def home(request: web.Request) -> web.Response:
    """Asks for the code; who is in already goes on."""
    if typed := request.query.get("code", "").strip():
        raise web.HTTPSeeOther(f"/{typed}" if typed.isascii() and typed.isalnum() else "/?wrong=1")
    if guest(request):
        raise web.HTTPSeeOther("/c")
    return render(request, "home.html", error="", kept="", action="/")


async def check_code(request: web.Request) -> None:
    """Refuses a code that is not this café's."""
    at = desk(request)
    await at.limits.guess()
    if request.match_info["code"].upper() != at.room.state.code.upper():
        await at.limits.wrong_code(whence(request))
        raise No("wrong_code")


async def join(request: web.Request) -> web.Response:
    """The join page: what this is, what is kept, and one button. Who is in already goes on, to the scanned table."""
    await check_code(request)
    if guest(request):
        table = request.query.get("t", "")
        raise web.HTTPSeeOther(f"/c?t={table}" if table.isascii() and table.isdigit() else "/c")
    return join_page(request)


def join_page(request: web.Request, code: int = 200, error: str = "") -> web.Response:
    """The join page; with an error it comes back with all that was filled in."""
    state = desk(request).room.state
    kept = defaultdict(str, request.get(FIELDS, {}))
    scanned = kept["table"] or request.query.get("t", "")
    table = scanned if scanned in {str(table.number) for table in state.plan.tables} else ""
    return render(
        request,
        "join.html",
        code,
        error=error,
        kept=kept,
        table=table,
        ask=[field for field in MAY_ASK if field in state.plan.ask],
        groups=[group.id for group in state.plan.groups] if state.plan.groups_by == "choose" else [],
        opened=bool(state.plan.organiser and state.plan.contact),
        closed=bool(state.closed),
        token=guests.new_token(),
        through=host_of(desk(request).public_url or ""),
        chosen=chosen_language(request),
    )


# ------------------------------------------------------------------------------------------------ the café


async def page(request: web.Request) -> web.Response:
    """The whole page for the present state."""
    who = participant(request)
    if chosen := chosen_language(request):
        desk(request).limits.act(who)
        await desk(request).room.do("read_in", who=who, language=chosen)
        raise web.HTTPSeeOther("/c")
    return cafe_page(request, who, error=words(request)(AGAIN) if "again" in request.query else "")


def cafe_page(
    request: web.Request,
    who: str,
    code: int = 200,
    error: str = "",
    kept: str = "",
    id: str = "",
    left: str = "",
) -> web.Response:
    """The page of somebody who is in; with an error it comes back with what they wrote."""
    at = desk(request)
    room, state = at.room, at.room.state
    visible = at.feed.visible(who)
    snap = snapshot.snapshot(state, who, visible, now=room.now(), rate=room.speed, seq=room.last)
    built = state.ideas.get(request.query.get("on", ""))
    on = built if built and any(idea.id == built.id for idea in visible) else None
    scanned = [each for each in snap.choices if str(each.number) == request.query.get("t") and not each.here]
    writing = {"kept": kept, "id": id or secrets.token_hex(12), "left": left}
    said, tr = own(state, who)[1] | (request.get(FIELDS, {}) if error else {}), words(request)
    feedback = {about: (tr(asked), said.get(about, "")) for about, asked in ASKED.items()}
    return whole_page(request, snap, code, error=error, on=on, scanned=scanned, feedback=feedback, **writing)


def whole_page(
    request: web.Request, snap: snapshot.Snapshot, code: int = 200, *, home: str = HOME, **given: Any
) -> web.Response:
    """The page of a snapshot, whoever reads it; `home` is its own address."""
    return render(request, "cafe.html", code, **contents(snap, words(request), desk(request).room.now(), home, **given))


def contents(snap: snapshot.Snapshot, tr: Translator, now: int, home: str = HOME, **given: Any) -> dict[str, Any]:
    """What stands on the page of a snapshot at a café time."""
    left = max(remaining(snap.clock, now), 0 if snap.phase == "move" else -(10**9))
    nothing: dict[str, Any] = {
        "on": None,
        "scanned": [],
        "sent": False,
        "left": "",
        "feedback": {},
        "error": "",
        "kept": "",
        "id": "",
    }
    return {
        **nothing,
        **given,
        "view": snap,
        "home": home,
        "device": home != HOME,
        "time": "" if snap.clock.mode == "none" else digits(left),
        "spoken": "" if snap.clock.mode == "none" else tr.duration(left),
        "over": snap.clock.mode == "run" and left <= -1000,
        "said": words_for_script(tr.language, home != HOME),
        "waits": snap.opens is not None and now < snap.opens,
        "early": snap.soon is not None and now < snap.soon,
        "message": snap.message.text if snap.message and now < snap.message.until else "",
    }


async def meeting(request: web.Request) -> web.StreamResponse:
    """On to where the reader's talk is heard online; back to the page when there is no such place now."""
    who, room = participant(request), desk(request).room
    raise web.HTTPSeeOther(snapshot.view(room.state, who, room.now()).link or "/c")


@cache
def words_for_script(language: str, device: bool) -> Markup:
    """The few sentences that the script says by itself, as JSON for an attribute; a phone may send questions too."""
    tr = translator(language)
    said = {
        "held": tr("Only you see this one; the facilitator lets ideas through."),
        "ideas": tr.forms("{n} new idea", "{n} new ideas"),
        "sending": tr("Is being sent …"),
        "offline": tr("No connection. What you write is kept on this phone and sent later."),
        "waiting": tr.forms("{n} idea waits on this phone.", "{n} ideas wait on this phone."),
        "memory": tr("This browser keeps nothing: please leave this page open until all is sent."),
        "moved": tr("The café's address may have changed. Please scan the code on the wall again."),
        "again": tr("No connection. Please try again."),
        "rejoin": tr("This phone is no longer known here. Please join again; your words are kept."),
        "minutes": {n: tr.n("{n} minute left", "{n} minutes left", n) for n in (1, 5)},
        "seconds": tr("Ten seconds left"),
    }
    said["thanks"] = tr("Thank you, your idea is saved.") if device else tr("Thank you, it is saved.")
    return htmlsafe_json_dumps(said, ensure_ascii=False, separators=(",", ":"))


def refusal(request: web.Request, no: str, message: str) -> web.Response:
    """A no as a page: where somebody was, with the sentence and with what they wrote."""
    form: dict[str, str] = request.get(FIELDS, {})
    kept, code = form.get("text", ""), status(no)
    who = guest(request) if no not in ("wrong_host", "fault") else ""
    if who and request.path.startswith("/c"):
        if request.path == "/c/hand-over":
            return cafe_page(request, who, code, message, left=kept)
        spent = no in ("other_text", "bad_id")
        return cafe_page(request, who, code, message, kept, "" if spent else form.get("id", ""))
    if no in JOINING and knows_the_code(request):
        return join_page(request, code, message)
    action = "/wall" if request.path.startswith("/wall") else "/"
    return render(request, "home.html", code, error=message, kept=kept, action=action)


def knows_the_code(request: web.Request) -> bool:
    return request.match_info.get("code", "").upper() == desk(request).room.state.code.upper()


def sentence(request: web.Request, no: str) -> str:
    """A refusal in the reader's language."""
    return words(request)(SENTENCES[no])
