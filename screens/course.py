"""The programme as planned and as it went, and the facilitator's own notes, as the private view shows them."""

from textual.content import Content

from cafe.i18n import Translator
from cafe.plan.values import clock as of_day
from cafe.state import State
from cafe.wall import words
from screens.widgets.fence import say


def table(tr: Translator, state: State) -> Content:
    """A line for each block: planned, as it was, and the title; the running one stands out."""
    rows = [Content.styled(f"  {tr('planned'):>8}  {tr('began'):>7}  {tr('ended'):>8}", "$text-muted")]
    for number, block in enumerate(state.plan.programme):
        began, ended = state.began.get(number, 0), state.ended.get(number, 0)
        times = f"{of_day(block.at):>8}  {_hour(state, began):>7}  {_hour(state, ended):>8}"
        running = number == state.position.block and not state.closed
        title = say(words.block_title(tr, state.plan, number), lines=False)
        row = Content.assemble("▶ " if running else "  ", times, "  ", title)
        rows.append(row.stylize("bold $text-accent") if running else row)
    return Content("\n").join(rows)


def _hour(state: State, at: int) -> str:
    return f"{state.local(at):%H:%M}" if at else "–"


def notes(tr: Translator, state: State) -> Content:
    """The plan's notes: of the running block first, then all."""
    plan, lines = state.plan, []
    for number, block in enumerate(plan.programme):
        told = [block.notes, *(plan.sessions[session].notes for session, _ in block.tracks())]
        if any(told):
            running = number == state.position.block
            lines.append(
                say(words.block_title(tr, plan, number), "bold $text-accent" if running else "bold", lines=False)
            )
            lines += [say(note) for note in told if note] + [Content("")]
    return Content("\n").join(lines) if lines else Content.styled(tr("The plan has no notes."), "$text-muted")
