"""The ideas as a spreadsheet, and beside it what each column means.

UTF-8 with a byte-order mark, because spreadsheets on Windows read ș and ț only then. No cell may be calculated.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from cafe.exports.harvested import Harvested
from cafe.i18n import N_, translator
from cafe.rules.dots import voted
from cafe.rules.feedback import ASKED
from cafe.state import HandOver, Idea, Place, State

BYTE_ORDER_MARK = "\ufeff"
CALCULATES = tuple("=+-@\t\r＝＋－＠")
"""How a cell begins that a spreadsheet would calculate instead of showing."""

IDS = frozenset({"id", "builds_on", "answers"})
"""Never guarded: an id is letters, digits, - and _ alone, and must be found again as it is."""


class Around(NamedTuple):
    """What an idea's cells are told with: the café, its questions by id, and the ideas that are in the file."""

    state: State
    questions: Mapping[str, str]
    ids: frozenset[str]

    def link(self, id: str) -> str:
        """An id of another idea, if that one can be found in the file."""
        return id if id in self.ids else ""


class Column(NamedTuple):
    """A column: what it means, and how an idea's cell is made."""

    meaning: str
    cell: Callable[[Idea, Around], str]


def _votes(idea: Idea, around: Around) -> str:
    return str(around.state.votes.get(idea.id, 0)) if voted(around.state) else ""


def _theme(idea: Idea, around: Around) -> str:
    return around.state.themes.get(around.state.themed.get(idea.id, 0), "")


COLUMNS: dict[str, Column] = {
    "id": Column(
        N_("What the idea is known by, here and in cafe.json. It says nothing about who wrote it."), lambda i, _: i.id
    ),
    "text": Column(N_("The idea, as it was written; it may have several lines."), lambda i, _: i.text),
    "kind": Column(N_("What was asked for: idea, problem, practice or question."), lambda i, _: i.about),
    "session": Column(N_("The session's id in the plan."), lambda i, _: i.place.session),
    "question": Column(
        N_("The question that was talked about, in full."), lambda i, around: around.questions.get(i.question, "")
    ),
    "question_id": Column(N_("The question's id in the plan."), lambda i, _: i.question),
    "round": Column(N_("The round of that session, from 1."), lambda i, _: str(i.place.round or "")),
    "table": Column(N_("The table's number."), lambda i, _: str(i.place.table or "")),
    "group": Column(N_("The group of people, where several worked in parallel."), lambda i, _: i.group),
    "language": Column(N_("The language of the page on which it was written."), lambda i, _: i.language),
    "at": Column(
        N_("When it arrived, to the minute, with the distance from UTC (ISO 8601)."),
        lambda i, around: around.state.local(i.at).isoformat(timespec="minutes"),
    ),
    "builds_on": Column(N_("The id of the idea that it builds on."), lambda i, around: around.link(i.on)),
    "answers": Column(N_("The id of the earlier problem that it answers."), lambda i, _: i.answers),
    "votes": Column(N_("How many dots it was given; empty where there was no vote."), _votes),
    "theme": Column(N_("The theme under which the room put it; empty for none."), _theme),
    "hidden": Column(
        N_("1 when the facilitator hid it or never let it through, otherwise 0. Hidden ideas are in no report."),
        lambda i, _: str(int(i.standing != "shown")),
    ),
    "source": Column(
        N_("Where it was written: on somebody's own phone, on the table's device, by a host or facilitator, on paper."),
        lambda i, _: i.source,
    ),
}
"""The columns of `ideas.csv`, in their order. Other programs rely on the names: new ones are added at the end."""


def ideas(harvested: Harvested) -> str:
    """The text of `ideas.csv`: a row per idea that nobody took back, in the order in which they came."""
    listed = harvested.ideas()
    around = Around(
        harvested.state, {**harvested.questions(), **harvested.talks()}, frozenset(idea.id for idea in listed)
    )
    cells = [column.cell for column in COLUMNS.values()]
    return _table(COLUMNS, ([cell(idea, around) for cell in cells] for idea in listed))


class Left(NamedTuple):
    """What a table left for the next people, as a row is made of it: where, what, and with what around it."""

    place: Place
    said: HandOver
    state: State
    questions: Mapping[str, str]


HAND_OVERS: dict[str, Callable[[Left], str]] = {
    "text": lambda one: one.said.text,
    "session": lambda one: one.place.session,
    "question": lambda one: one.questions.get(one.state.question(one.place).id, ""),
    "question_id": lambda one: one.state.question(one.place).id,
    "round": lambda one: str(one.place.round),
    "table": lambda one: str(one.place.table),
    "language": lambda one: one.said.language,
    "at": lambda one: one.state.local(one.said.at).isoformat(timespec="minutes"),
    "hidden": lambda one: str(int(one.place in one.state.kept_back)),
}
"""The columns of `hand-overs.csv`; they mean what they mean in `ideas.csv`."""


def hand_overs(harvested: Harvested) -> str:
    """The text of `hand-overs.csv`: a row for what each table left for the next people in each round."""
    questions = harvested.questions()
    listed = (Left(place, said, harvested.state, questions) for place, said in harvested.hand_overs())
    return _table(HAND_OVERS, ([cell(one) for cell in HAND_OVERS.values()] for one in listed))


FEEDBACK = {
    "question": N_("What people were asked about the day itself."),
    "answer": N_("What somebody answered, without saying who."),
    "language": N_("The language of the page on which it was written."),
}
"""The columns of `feedback.csv`, in their order, with what they mean."""


def feedback(harvested: Harvested) -> str:
    """The text of `feedback.csv`: a row per answer about the day itself, question by question."""
    tr = translator(harvested.state.plan.language)
    said = harvested.feedback()
    return _table(FEEDBACK, ([tr(ASKED[about]), text, language] for about in said for text, language in said[about]))


def dictionary(harvested: Harvested) -> str:
    """The text of `data-dictionary.csv`: what every column means, in the café's language."""
    tr = translator(harvested.state.plan.language)
    rows = [[name, tr(column.meaning)] for name, column in COLUMNS.items()]
    said = [[f"feedback.csv: {name}", tr(meaning)] for name, meaning in FEEDBACK.items()]
    guard = tr("Words that a spreadsheet would calculate begin with an apostrophe; take it off.")
    left = tr("What each table left for the next people, with the same columns.")
    return _table([tr("column"), tr("what it means")], [*rows, ["*", guard], ["hand-overs.csv", left], *said])


def guarded(cell: str) -> str:
    """The cell as it may stand in a spreadsheet."""
    return f"'{cell}" if cell.startswith(CALCULATES) else cell


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    names = list(head)
    writer.writerow(names)
    writer.writerows(
        [cell if name in IDS else guarded(cell) for name, cell in zip(names, row, strict=True)] for row in rows
    )
    return text.getvalue()
