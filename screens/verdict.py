"""What is proved about the seating that stands, in words, below the facilitator's list of tables."""

import asyncio

from textual import work
from textual.content import Content
from textual.widgets import Static

from cafe.i18n import Translator
from cafe.rules.verdicts import verdicts
from cafe.state import State
from screens.widgets.fence import say


class Verdict(Static):
    """The sentences of every group. They are worked out off the event loop, when the room has changed."""

    DEFAULT_CSS = "Verdict { height: auto; max-height: 50%; padding: 1 1 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._of: tuple[int, str] | None = None

    def show(self, state: State, tr: Translator) -> None:
        """Judges the room as it is now, once."""
        if self._of != (state.rev, tr.language):
            self._of = (state.rev, tr.language)
            self._judge(state, tr)

    @work(exclusive=True)
    async def _judge(self, state: State, tr: Translator) -> None:
        said = await asyncio.to_thread(verdicts, state)
        lines = []
        for group, sentences in said.items():
            if len(said) > 1:
                lines.append(Content.styled(tr("Group {name}", name=group), "bold"))
            lines += [say(sentence.say(tr), lines=False) for sentence in sentences]
        self.update(Content("\n").join(lines))
