"""Every key that a plan may have, by section, with the check of its value; nothing else knows the list."""

from typing import get_args

from cafe.plan import leaves
from cafe.plan.leaves import Check
from cafe.plan.values import COLLECT, KINDS, Plan, Session

FILE_NAME = leaves.text(255)


def _words(struct: type, field: str) -> Check:
    """The choice of words that the values' own type allows."""
    return leaves.choice(*get_args(struct.__annotations__[field]))


TOP: dict[str, Check] = {
    "title": leaves.text(needed=True),
    "theme": leaves.text(500, 12),
    "language": leaves.language,
    "date": leaves.day,
    "place": leaves.text(),
    "organiser": leaves.text(),
    "contact": leaves.text(),
    "funding": leaves.text(500, 12),
    "logos": leaves.many(FILE_NAME),
    "keep_days": leaves.whole(0, 3650),
    "people": leaves.whole(0, 5000),
    "list": FILE_NAME,
    "ask": leaves.distinct(leaves.choice("name", "organisation", "sector")),
    "hosts": _words(Plan, "hosts"),
    "wall": _words(Plan, "wall"),
    "writing": _words(Plan, "writing"),
    "code": leaves.code,
    "address": leaves.address,
    "groups_by": _words(Plan, "groups_by"),
    "swap": _words(Plan, "swap"),
}
WIFI: dict[str, Check] = {
    "name": leaves.text(32, needed=True),
    "password": leaves.text(63),
    "hidden": leaves.truth,
}
GROUP: dict[str, Check] = {"id": leaves.text(40), "tables": leaves.whole(1, 500), "seats": leaves.whole(1, 500)}
TABLE: dict[str, Check] = {
    "number": leaves.whole(1, 1000),
    "name": leaves.text(40),
    "seats": leaves.whole(1, 500),
    "host": leaves.text(),
}
SESSION: dict[str, Check] = {
    "title": leaves.text(),
    "questions": leaves.questions,
    "per": _words(Session, "per"),
    "rounds": leaves.whole(1, 50),
    "minutes": leaves.each_minutes,
    "move": leaves.minutes(0, 120),
    "collect": leaves.choice(*COLLECT),
    "seating": _words(Session, "seating"),
    "carry": FILE_NAME,
    "notes": leaves.text(20_000, 1000),
}
BLOCK: dict[str, Check] = {
    "at": leaves.moment,
    "kind": leaves.choice(*KINDS),
    "title": leaves.text(),
    "session": leaves.text(40, needed=True),
    "sessions": leaves.sessions,
    "dots": leaves.whole(0, 100),
    "per_idea": leaves.whole(1, 100),
    "reports": leaves.truth,
    "link": leaves.link,
    "talks": leaves.talks,
    "notes": leaves.text(20_000, 1000),
}
SECTIONS = {
    "wifi": "[wifi]",
    "groups": "[[groups]]",
    "tables": "[[tables]]",
    "sessions": "[sessions.s1]",
    "programme": "[[programme]]",
}
"""How each section is headed."""
