"""What a phone's page says in a state, and which of its parts are there: decided once, for the page and its script.

The page is made from these texts on the laptop, and the script puts the same ones into the same elements, by their
ids. Pure functions of what the phone is told.
"""

from typing import TYPE_CHECKING

from cafe.i18n import Translator
from cafe.plan import Plan
from cafe.plan.shapes import shape
from server import dots

if TYPE_CHECKING:
    from server.snapshot import View


def texts(tr: Translator, plan: Plan, view: "View") -> dict[str, str]:
    """The texts of the page's elements, by the elements' ids; '' where there is nothing to say."""
    table, to = view.table, view.to
    where = to or table
    round = tr("Round {round} of {rounds}", round=view.round, rounds=view.rounds) if view.round else ""
    here = tr("Table {number}", number=table) if table else ""
    question = view.q.text if view.q else ""
    moves = view.phase not in ("harvest", "closing", "closed")
    blocks = {"welcome": tr("Welcome"), "talk": tr("Talk"), "break": tr("Break")}
    return {
        "title": f"{tr('Table {number}', number=where)} · {round}" if round and where else plan.title,
        "card": tr("Card {number}", number=view.card) if moves and view.card and plan.tables else "",
        "block": view.title or blocks.get(view.phase, ""),
        "people": people(tr, view.people),
        "until": tr("We go on at {time}", time=view.until),
        "number": str(table or ""),
        "name": plan.table(table).name if table else "",
        "go": _go(tr, table, to) if view.phase == "move" else "",
        "aim": f"→ {to}" if to and to != table else "",
        "to": str(to or ""),
        "to-name": plan.table(to).name if to else "",
        "table": " · ".join(filter(None, (here, plan.table(table).name))) if table else "",
        "round": round,
        "question": question,
        "last": question,
        "handed": view.handed.text if view.handed else "",
        "hand-ask": _hand_ask(tr, view),
        "photos": tr.n("{n} photograph of yours is kept.", "{n} photographs of yours are kept.", view.photos)
        if view.photos
        else "",
        "dots-left": _report(tr, view) or dots.left(tr, view.harvest),
        "hosting": tr("You stay at table {number} as its host; thank you.", number=table) if table else "",
        "link": tr("Open the meeting"),
        "box": _box(tr, view),
    }


def _box(tr: Translator, view: "View") -> str:
    """What the box is for. Words that nobody asks for any more can be copied out of it."""
    if view.q is None:
        return tr("Your words, to copy:")
    return tr("Your question to the speaker") if view.phase == "talk" else tr("Your idea")


def people(tr: Translator, n: int) -> str:
    """How many are in."""
    return tr.n("{n} person is here", "{n} people are here", n)


def traits(plan: Plan, view: "View", language: str) -> dict[str, dict[str, str]]:
    """What elements have beside their text, by their ids: the language of other people's words, the sign of a table.

    A sign is drawn from its element's title by the style: it is a picture, which nobody has to read or to hear.
    """
    asked = {"lang": view.q.lang if view.q else language}
    found = {"question": asked, "last": asked, "handed": {"lang": view.handed.lang if view.handed else language}}
    if not plan.tables:
        return found
    arrow = "" if view.to == view.table else "→"
    signs = {"sign": shape(view.table) if view.table else "", "to-sign": shape(view.to) if view.to else ""}
    return found | {id: {"title": sign} for id, sign in (signs | {"arrow": arrow}).items()}


def _report(tr: Translator, view: "View") -> str:
    """Whose turn it is to report to the room, or that the reader's table is next."""
    turn = view.report
    if turn is None:
        return ""
    if turn.mine == turn.table:
        return tr("Your table reports now.")
    if turn.mine == turn.next != 0:
        return tr("Your table is next.")
    return tr("Table {number} reports now.", number=turn.table)


def _hand_ask(tr: Translator, view: "View") -> str:
    if view.hand is None:
        return ""
    if view.round < view.rounds:
        return tr("What should the next people at this table know? Three sentences at most.")
    return tr("What should be kept of the talk at this table? Three sentences at most.")


def _go(tr: Translator, table: int | None, to: int | None) -> str:
    if not to:
        return tr("We change tables")
    return tr("You stay at table {number}", number=to) if to == table else tr("Go to table {number}", number=to)


def parts(
    view: "View", *, hosted: bool, everything: bool, down: bool, arrived: bool, answered: bool
) -> tuple[str, ...]:
    """The names of the parts of the page that are there: the phase, and what holds for this reader.

    `hosted`: whether somebody stays at the table to which the reader goes. `everything`: whether they see all tables.
    `down`: whether phones rest. `arrived`: whether the reader said that they are seated; `answered`: whether they said
    something about the day.
    """
    between = view.phase in ("round", "move")
    there = {
        view.phase: True,
        "all": everything,
        "clock": view.clock.mode != "none",
        "paused": view.clock.mode == "pause",
        "seated": view.table is not None and view.phase in ("lobby", "welcome", "break"),
        "unseated": view.phase == "round" and view.table is None,
        "hosted": hosted,
        "hosting": between and view.host,
        "handed": view.handed is not None,
        "hand": view.hand is not None,
        "photos": view.photos > 0,
        "stay": view.stay,
        "choose": bool(view.choose),
        "elsewhere": between and len(view.choices) > (view.table is not None),
        "down": down,
        "arriving": view.to is not None and not arrived,
        "arrived": view.to is not None and arrived,
        "talks": bool(view.talks),
        "linked": bool(view.link),
        "vote": view.harvest is not None,
        "report": view.report is not None,
        "answered": view.phase == "closing" and answered,
    }
    return tuple(name for name, is_there in there.items() if is_there)
