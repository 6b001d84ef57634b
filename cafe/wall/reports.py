"""A table that reports to the room, in words: which one, what it was asked, what it leaves, its ideas, and who is next.

It has no order but the row's own: nothing here compares tables or people.
"""

from cafe import events as e
from cafe.i18n import Translator
from cafe.rules.dots import standing
from cafe.rules.entry import places
from cafe.state import Idea, RoundKey, State
from cafe.wall import shown, words
from cafe.wall.questions import Sheet
from cafe.wall.shown import Card


def name(tr: Translator, state: State, report: e.Report) -> str:
    """The table by its number, and its name if it has one."""
    return words.joined(tr("Table {number}", number=report.table), state.plan.table(report.table).name)


def after(tr: Translator, report: e.Report) -> str:
    """Which table is next."""
    return tr("then table {number}", number=report.next) if report.next else tr("the last table")


def handed(state: State, report: e.Report) -> str:
    """The last word that the table left for others; '' where it left none, or a hidden one."""
    there = (at for at in places(state, report.table) if at in state.handovers and at not in state.kept_back)
    at = next(there, None)
    return state.handovers[at].text if at else ""


def sheets(tr: Translator, state: State, report: e.Report) -> tuple[Sheet, ...]:
    """A sheet for each question to which the table has ideas, or for each that it has had, in the day's order, with its
    ideas: once dots are shown those with the most of them first, else the newest.
    """
    begun = [at for at in places(state, report.table) if RoundKey(*at[:3]) in state.rounds]
    dots = standing(state, dict(state.votes)) if state.revealed else {}
    found: dict[str, list[Idea]] = {}
    for at in reversed(begun):
        listed = found.setdefault(state.question(at).id, [])
        listed += shown.newest(state, state.at_table[at]) if at in state.at_table else ()
    asked = {question.id: question.text(state.language)[0] for _, question in state.plan.questions()}
    found = {id: listed for id, listed in found.items() if listed} or found
    for listed in found.values():
        listed.sort(key=lambda idea: (-dots.get(idea.id, 0), -idea.number))
    return tuple(
        Sheet(
            asked[id],
            words.ideas(tr, len(listed)) if listed else tr("no ideas yet"),
            tuple(Card(idea.id, idea.text, _dots(tr, dots.get(idea.id, 0))) for idea in listed[: shown.MOST]),
        )
        for id, listed in found.items()
    )


def _dots(tr: Translator, n: int) -> str:
    return tr.n("{n} dot", "{n} dots", n) if n else ""
