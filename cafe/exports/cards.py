"""The cards of a day as one page to print on A4: a sheet for the organiser, personal cards, and a card for each table.

Made of the plan and its handout alone, in the plan's language and in black on white. Names stand on the cards of people
who are in the organiser's list, and on the organiser's sheet; on a table card never.
"""

from collections.abc import Iterator, Sequence
from math import ceil, cos, pi, sin
from typing import Final, NamedTuple

from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from cafe.address import parted
from cafe.exports.html import page
from cafe.i18n import Translator, translator
from cafe.plan import Plan
from cafe.plan.shapes import shape
from cafe.seating.handout import Handout, Printed
from cafe.seating.report import sentences
from cafe.text import key

ON_A_SHEET: Final = 8
SIGNS: Final = 6
"""Up to so many rounds a personal card has room for signs beside its tables."""
POINT: Final = 0.3528  # millimetres
NUMBER: Final = (108, 84, 60)
"""How high a table's number may stand on its card, in millimetres."""
READABLE: Final = 15
"""Points at which a question is still read across a table."""

_STAR = "M" + " ".join(
    f"{50 + r * sin(at * pi / 5):.1f} {54 - r * cos(at * pi / 5):.1f}" for at in range(10) for r in [50 - 30 * (at % 2)]
)
_TILTED = "M50 30 71 9 91 29 70 50 91 71 71 91 50 70 29 91 9 71 30 50 9 29 29 9z"
_DRAWN: Final = {
    "●": "M50 8a42 42 0 1 0 .1 0z",
    "▲": "M50 10 94 88H6z",
    "■": "M12 12h76v76H12z",
    "◆": "M50 5 93 50 50 95 7 50z",
    "★": f"{_STAR}z",
    "✚": "M36 8h28v28h28v28H64v28H36V64H8V36h28z",
    "✖": _TILTED,
}
"""The signs as drawings, since few fonts have all of them; the others are the outlines of these."""
_OUTLINES: Final = {"○": "●", "△": "▲", "□": "■", "◇": "◆", "☆": "★"}


class Row(NamedTuple):
    """A session on a personal card: its title and the tables of its rounds."""

    title: str
    tables: tuple[int, ...]


class Personal(NamedTuple):
    """A personal card and how large its table numbers may be, in millimetres."""

    card: Printed
    rows: tuple[Row, ...]
    rounds: int
    large: float


class Asked(NamedTuple):
    """A question of a table, of which session, in which language; `rounds` is empty where it lies there in all."""

    session: str
    text: str
    language: str
    rounds: tuple[int, ...]


class TableCard(NamedTuple):
    """A table's card. `large` is the size of its questions in points, `huge` the height of its number in millimetres,
    `url` is '' where nothing is to be scanned.
    """

    number: int
    name: str
    groups: tuple[str, ...]
    asked: tuple[Asked, ...]
    large: float
    huge: int
    url: str


def cards(plan: Plan, handout: Handout) -> str:
    """The page with all cards, as HTML."""
    tr = translator(plan.language)
    personal = [_personal(plan, each) for each in handout.cards]
    return page(
        "cards.html",
        plan=plan,
        handout=handout,
        tr=tr,
        date=tr.date(plan.date) if plan.date else "",
        sheets=[personal[at : at + ON_A_SHEET] for at in range(0, len(personal), ON_A_SHEET)],
        tables=list(_tables(plan)),
        listed=sorted((each for each in handout.cards if each.name), key=lambda each: key(each.name)),
        proved=[(group, [said.say(tr) for said in sentences(report)]) for group, report in handout.reports.items()],
        why=why_no_code(plan, tr),
        sign=sign,
        signs=SIGNS,
        qr=qr,
    )


def _personal(plan: Plan, card: Printed) -> Personal:
    found: dict[tuple[int, str], list[int]] = {}
    for seat in card.seats:
        found.setdefault((seat.block, seat.session), []).append(seat.table)
    rows = tuple(Row(plan.sessions[session].title, tuple(tables)) for (_, session), tables in found.items())
    rounds = max((len(row.tables) for row in rows), default=1)
    # All rows share 31 mm of height; a number, perhaps with its sign, has its part of the 64 mm beside the titles.
    digits = len(str(max((table for row in rows for table in row.tables), default=1)))
    wide = 0.56 * digits + (1.1 if rounds <= SIGNS else 0.2)
    large = min(11.0, 64 / rounds / wide, (31 / max(1, len(rows)) - 2) / 1.15)
    return Personal(card, rows, rounds, round(max(large, 2.6), 2))


def _tables(plan: Plan) -> Iterator[TableCard]:
    for table in plan.tables:
        asked, groups = _asked(plan, table.number)
        if asked:
            url = link(plan, table.number)
            yield TableCard(table.number, table.name, groups, asked, *_sizes(asked, 108 if url else 150), url)


def _sizes(asked: Sequence[Asked], room: float) -> tuple[float, int]:
    """The size of the questions in points and the height of the number in millimetres. `room` is what both have.

    The questions are as large as they fit; where they would be small, the number gives way.
    """
    for number in NUMBER:
        for half_points in range(56, 17, -1):
            size = half_points / 2
            high = size * POINT
            letters = 180 / (0.56 * high)  # letters to a line
            lines = sum(ceil(len(each.text) / letters) for each in asked)
            if lines * 1.25 * high + len(asked) * (5 + 0.55 * high) <= room + NUMBER[0] - number - 22:
                if size >= READABLE or number == NUMBER[-1]:
                    return size, number
                break
    return 9, NUMBER[-1]


def _asked(plan: Plan, number: int) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """The questions that lie on a table over the day, each session's once, and the groups that sit there."""
    found: dict[tuple[str, str, str], dict[int, None]] = {}
    here: dict[str, None] = {}
    for block, part in enumerate(plan.programme):
        for name, groups in part.tracks():
            sitting = [group for group in groups if plan.table(number) in plan.tables_for(block, group)]
            here |= dict.fromkeys(group for group in sitting if group)
            session = plan.sessions[name]
            for round in range(1, session.rounds + 1) if sitting else ():
                asked = (session.title, *plan.question(name, round, number).text(plan.language))
                found.setdefault(asked, {}).update({round: None} if session.per == "round" else {})
    return tuple(Asked(*asked, tuple(rounds)) for asked, rounds in found.items()), tuple(here)


def link(plan: Plan, table: int) -> str:
    """What the code of a table's card opens; '' unless the plan fixes the code and the whole address."""
    return f"http://{plan.address}/{plan.code}?t={table}" if _fixed(plan) else ""


def _fixed(plan: Plan) -> bool:
    """Without the port too nobody knows before the day where phones find the laptop."""
    return bool(plan.code and parted(plan.address)[1])


def why_no_code(plan: Plan, tr: Translator) -> str:
    """Why there is nothing to scan on the table cards, in one sentence; '' where there is."""
    if _fixed(plan):
        return ""
    if not plan.address:
        return tr("No code here, because the address is not fixed before the day: scan the one on the wall.")
    if not parted(plan.address)[1]:
        return tr("No code here, because the address has no port: scan the one on the wall.")
    return tr("No code here, because the join code is not fixed before the day: scan the one on the wall.")


def qr(url: str) -> Markup:
    """A code to scan as a drawing; it is read even with a coffee stain on a quarter of it."""
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=4, image_factory=SvgPathImage)
    code.add_data(url)
    return Markup(code.make_image().to_string(encoding="unicode"))


def sign(table: int) -> Markup:
    """The shape of a table as a drawing."""
    mark = shape(table)
    outline = mark in _OUTLINES
    path = _DRAWN[_OUTLINES.get(mark, mark)]
    look = 'fill="none" stroke="#000" stroke-width="8" stroke-linejoin="round"' if outline else 'fill="#000"'
    drawn = f'<svg class="sign" viewBox="-4 -4 108 108" role="img" aria-label="{mark}"><path {look} d="{path}"/></svg>'
    return Markup(drawn)
