"""The programme as planned and as it went, and the facilitator's own notes, as the private view shows them."""

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cafe.i18n import Translator
from cafe.plan.values import clock as of_day
from cafe.state import RoundKey, State
from cafe.wall import words
from screens.widgets.fence import say

_INDENT = 38
"""Where the titles begin, and a little more."""


class Course(OptionList):
    """A row for each block, and for the rounds of those that are not over; the keys are for the row under the bar."""

    DEFAULT_CSS = """
    Course, Course:focus {
        height: 1fr; border: none; padding: 0; background: $background; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: dict[tuple[int, int], Content] = {}
        self._block = -2

    @property
    def chosen(self) -> tuple[int, int]:
        """The block and the round under the bar; round 0 is the whole block."""
        at = self.highlighted
        return [*self._rows][at] if at is not None and at < len(self._rows) else (0, 0)

    def show(self, state: State, tr: Translator) -> None:
        """Shows the programme; the bar stays where it is, and goes on with the café when another block begins."""
        rows = dict(_rows(tr, state))
        if rows == self._rows:
            return
        before = self.chosen if state.position.block == self._block else (max(0, state.position.block), 0)
        self._rows, self._block = rows, state.position.block
        self.set_options([Option(row) for row in rows.values()])
        places = [*rows]
        nearest = before if before in rows else (before[0], 0)
        self.highlighted = places.index(nearest) if nearest in rows else len(places) - 1


def head(tr: Translator) -> Content:
    """What the columns are."""
    return Content.styled(f"  {tr('time'):5}  {tr('planned'):9}  {tr('began'):7}  {tr('ended')}", "$text-muted")


def _rows(tr: Translator, state: State) -> list[tuple[tuple[int, int], Content]]:
    rows = []
    for number, block in enumerate(state.plan.programme):
        began, ended = state.began.get(number, 0), state.ended.get(number, 0)
        planned = "–" if block.planned_at is None else of_day(block.planned_at)
        times = f"{of_day(block.at):5}  {planned:9}  {_hour(state, began):7}  {_hour(state, ended):7}"
        running = number == state.position.block and not state.closed
        mark = tr("left out") if block.skipped is not None else tr("put in") if block.added else ""
        title = say(words.joined(mark, words.block_title(tr, state.plan, number)), lines=False)
        row = Content.assemble("▶ " if running else "  ", times, "  ", title)
        if block.skipped is not None:
            row = row.stylize("$text-muted")
        rows.append(((number, 0), row.stylize("bold $text-accent") if running else row))
        if number >= state.position.block and block.skipped is None and not state.closed:
            rows += _rounds(tr, state, number)
    return rows


def _rounds(tr: Translator, state: State, block: int) -> list[tuple[tuple[int, int], Content]]:
    """The rounds of a session, with how long they are."""
    track = words.lead(state) if block == state.position.block else None
    names = [name for name, _ in state.plan.programme[block].tracks()]
    if not names:
        return []
    minutes = track.minutes[: track.rounds] if track else state.plan.lengths(block, names[0])
    rows = []
    for round, each in enumerate(minutes, 1):
        begun = RoundKey(block, names[0], round) in state.rounds
        told = words.joined(tr("round {round}", round=round), words.lasting(tr, each), tr("began") if begun else "")
        rows.append(((block, round), Content.assemble(" " * _INDENT, told)))
    return rows


def _hour(state: State, at: int) -> str:
    return f"{state.local(at):%H:%M}" if at else "–"


def notes(tr: Translator, state: State) -> Content:
    """The plan's notes and those written on the day, by block; the running one's title stands out."""
    plan, lines = state.plan, []
    for number, block in enumerate(plan.programme):
        told = [block.notes, *(plan.sessions[session].notes for session, _ in block.tracks())]
        told.append(state.notes.get(number, ""))
        if any(told):
            running = number == state.position.block
            lines.append(
                say(words.block_title(tr, plan, number), "bold $text-accent" if running else "bold", lines=False)
            )
            lines += [say(note) for note in told if note] + [Content("")]
    return Content("\n").join(lines) if lines else Content.styled(tr("There are no notes yet."), "$text-muted")
