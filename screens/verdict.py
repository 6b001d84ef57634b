"""What is proved about the seating that stands, in words, below the facilitator's list of tables; and who meets whom
again, by name: it never leaves the private view.
"""

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cafe.i18n import Translator
from cafe.rules.verdicts import verdicts
from cafe.seating.report import again
from cafe.stage import Stage
from cafe.state import State
from screens.widgets.fence import say


class Verdict(VerticalScroll):
    """The sentences of every group. They are worked out off the event loop, one room after the other."""

    DEFAULT_CSS = "Verdict { height: auto; max-height: 50%; padding: 1 1 0 1; } Verdict Static { height: auto; }"

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self._wanted: tuple[State, Translator] | None = None
        self._of: tuple[int, str] | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        yield Static()

    @property
    def content(self) -> str:
        """What is said now."""
        return str(self.query_one(Static).content)

    def show(self, state: State, tr: Translator) -> None:
        """Judges the room as it is now, once; while a room is being judged the next ones wait, and the last counts."""
        self._wanted = state, tr
        if not self._busy and self._of != (state.rev, tr.language):
            self._busy = True
            self._judge()

    @work
    async def _judge(self) -> None:
        try:
            while self._wanted and self._of != (self._wanted[0].rev, self._wanted[1].language):
                state, tr = self._wanted
                self._of = state.rev, tr.language
                self.query_one(Static).update(await asyncio.to_thread(self._said, state, tr))
        finally:
            self._busy = False

    def _said(self, state: State, tr: Translator) -> Content:
        found, lines = verdicts(state), []
        for group, verdict in found.items():
            if len(found) > 1:
                lines.append(Content.styled(tr("Group {name}", name=group), "bold"))
            lines += [say(sentence.say(tr), lines=False) for sentence in verdict.said]
            if verdict.report.repeated:
                names = {person.id: self._called(state, tr, person.id) for person in state.here}
                pairs = " · ".join(pair.say(tr) for pair in again(verdict.report, names))
                lines.append(say(f"{tr('These meet again:')} {pairs}", lines=False))
        return Content("\n").join(lines)

    def _called(self, state: State, tr: Translator, who: str) -> str:
        return self.stage.name(who) or tr("card {card}", card=state.participants[who].card)
