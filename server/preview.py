"""What a phone at a table shows now, as text for the facilitator: the very page, made for somebody who is nobody.

It is made from the snapshot that a phone gets, and read off the page without what is hidden on it. Nobody's own things
are in it: who it is made for has written nothing, has no name and no card.
"""

from html.parser import HTMLParser

import msgspec

from cafe.i18n import AVAILABLE, translator
from cafe.room import Room
from cafe.rules import Refused
from cafe.rules.feedback import ASKED
from cafe.state import State
from server import pages, seen, sentences, snapshot
from server.table import kept_at

SOMEBODY = "somebody at a table"
"""No participant's id looks like this."""

Line = tuple[str, str]
"""What a line is (title, text, button, box) and what stands in it."""


def offer(room: Room) -> None:
    """Lets the private view ask."""

    async def phone(about: str) -> str:
        table, _, language = about.partition(" ")
        if not table.isdecimal() or language not in AVAILABLE:
            raise Refused("no_such_table")
        return msgspec.json.encode(shown(room, int(table), language)).decode()

    room.grants["phone"] = phone


def shown(room: Room, table: int, language: str) -> list[Line]:
    """The lines of the page at a table; at none where the plan has none. Raises `Refused`."""
    if not bool(room.state.plan.tables) <= table <= len(room.state.plan.tables):
        raise Refused("no_such_table")
    state, tr, now = _with_somebody(room.state, table, language), translator(language), room.now()
    place = state.place(SOMEBODY)
    ideas = [seen.shown(idea, SOMEBODY, 0, place) for idea in seen.ideas(state, SOMEBODY, ())]
    snap = snapshot.snapshot(state, SOMEBODY, ideas, now=now, rate=room.speed, seq=room.last)
    people = len(room.state.participants)
    snap = msgspec.structs.replace(snap, people=people, texts=snap.texts | {"people": sentences.people(tr, people)})
    feedback = {about: (tr(asked), "") for about, asked in ASKED.items()}
    return read(pages.html(state, tr, "cafe.html", **pages.contents(snap, tr, now, feedback=feedback)))


def _with_somebody(state: State, table: int, language: str) -> State:
    """The café with one more at a table, who goes where the first of those goes who sit there."""
    with_one = kept_at(state, table, language, SOMEBODY)
    here = [who for who in state.participants if at_table(state, who) == table]
    if not here or not table:
        return with_one
    ahead, seats = state.participants[min(here, key=lambda who: state.participants[who].card)], with_one.seats
    for key, taken in state.seats.items():
        if key not in state.rounds and ahead.id in taken:
            seats = seats.set(key, taken.set(SOMEBODY, taken[ahead.id]))
    one = msgspec.structs.replace(with_one.participants[SOMEBODY], group=ahead.group)
    people = with_one.participants.set(SOMEBODY, one)
    return msgspec.structs.replace(with_one, participants=people, seats=seats)


def at_table(state: State, who: str) -> int:
    """Where somebody sits now, or will; 0 for nowhere."""
    place = state.place(who) or state.coming(who)
    return place.table if place else 0


def read(page: str) -> list[Line]:
    """What can be seen of a page, line by line."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.end()
    return reader.lines


_TITLES = ("h1", "h2", "h3")
_LINES = (*_TITLES, "p", "li", "div", "section", "header", "footer", "form", "details", "summary", "ul", "label", "nav")
_UNSEEN = ("head", "script", "style", "template", "nav")
_VOID = ("input", "meta", "link", "br")
_FOLDED, _CAFE = "details, folded", "#cafe"
_IDEAS = ("mine", "left", "others")
_SCRIPTED = ("refresh",)
"""What a phone with a script has no need of and does not show."""


class _Reader(HTMLParser):
    """Goes through a page and keeps what stands in what is not hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._open: list[tuple[str, bool]] = []
        """The elements that are open, and whether something in them is seen."""
        self._kind, self._said = "text", ""
        self._over = self._down = self._talking = False
        """Whether the element that was opened last is a clock in overtime, whether phones rest, and whether they are
        not written on yet: what the style goes by.
        """

    @property
    def _seen(self) -> bool:
        return not self._open or self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self._void(tag, told)
            return
        looks = {*told.get("class", "").split()}
        is_seen = self._seen and not self._hides(tag, told, looks)
        button = tag == "button" or (tag == "a" and "button" in looks)
        if is_seen and (button or tag in _LINES or tag == "textarea"):
            self.end("button" if button else "box" if tag == "textarea" else "title" if tag in _TITLES else "text")
        if is_seen and tag == "summary":
            self._said = "▸ " if self._open[-1][0] == _FOLDED else "▾ "
        name = _CAFE if told.get("id") == "cafe" else _FOLDED if tag == "details" and "open" not in told else tag
        self._open.append((name, is_seen))

    def _hides(self, tag: str, told: dict[str, str], looks: set[str]) -> bool:
        """Whether the page, or its style on a phone with a script, hides an element in one that is seen."""
        id, inside = told.get("id", ""), self._open[-1][0] if self._open else ""
        if id == "cafe":
            self._down, self._talking = "down" in told.get("data-parts", "").split(), "heads-up" in looks
        over, self._over = self._over, "over" in looks
        return bool(
            tag in _UNSEEN
            or {"hidden", "aria-hidden"} & told.keys()
            or {"sr", "early"} & looks
            or id in _SCRIPTED
            or ("over-word" in looks and not over)
            or (self._talking and id in _IDEAS)
            or (self._down and inside == _CAFE and "down" not in looks and (tag, told.get("role")) != ("div", "status"))
            or (inside == _FOLDED and tag != "summary")
        )

    def _void(self, tag: str, told: dict[str, str]) -> None:
        if not self._seen:
            return
        if tag == "br":
            self.end(self._kind)
        elif tag == "input" and told.get("type") == "checkbox":
            self._said += "☐ "
        elif tag == "input" and told.get("type") != "hidden":
            self.end("box")
            self.end()

    def handle_endtag(self, _: str) -> None:
        ends, is_seen = self._open.pop()
        if is_seen and (ends in (*_LINES, _FOLDED, _CAFE) or self._kind in ("button", "box")):
            self.end()

    def handle_data(self, data: str) -> None:
        if self._seen:
            self._said += data

    def end(self, kind: str = "text") -> None:
        """Ends a line and begins one of another kind. Empty ones are not kept, but for the boxes to write in."""
        said = " ".join(self._said.split())
        if said or self._kind == "box":
            self.lines.append((self._kind, said))
        self._kind, self._said = kind, ""
