"""The phone remote's words and buttons: the private view in the few lines that a hand can hold.

Each button says what it means, never "the other of two": what was pressed on an old picture is refused, and of two
that are pressed at once one is done.
"""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from cafe.clock import Clock
from cafe.i18n import Translator
from cafe.plan import MINUTE
from cafe.rules import Refused
from cafe.rules.dots import voting
from cafe.rules.programme import fitting, slip
from cafe.rules.reports import order
from cafe.stage import Glance, Stage
from cafe.state import Idea, State
from cafe.wall import shown, words
from screens.actions import TWICE, Desk, ideas_stand


class Buttons:
    """The remote's side of one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.desk = stage, Desk(stage)
        self._actions: dict[str, Callable[[str], Awaitable[str]]] = {
            "resume": self._resume,
            "pause": self._pause,
            "dark": self._dark,
            "light": self._light,
            "hide": self._hide,
            "reveal": partial(self._vote, True),
            "collect": partial(self._vote, False),
            "report": self._report,
            "reported": self._reported,
            **{name: partial(self._at_desk, name) for name in ("next", "add", "take", "fit", "undo")},
        }

    @property
    def tr(self) -> Translator:
        return self.desk.tr

    # ---------------------------------------------------------------------------------------- what it shows

    def glance(self) -> Glance:
        """What is true now: where the café is, its clock, and the buttons that would do something."""
        state, now, tr = self.stage.state, self.stage.now(), self.tr
        coming, idea = words.comes(tr, state, now), self._newest()
        fitted = fitting(state, now)
        texts = {
            "where": words.where(tr, state),
            "questions": "\n".join(questions(tr, state)),
            "mood": words.now_mood(tr, state, now),
            "slip": lateness(tr, state, now),
            "coming": coming or tr("This café is closed."),
            "fitted": words.proposal(tr, fitted, now) if fitted else "",
            "newest": idea.text if idea else "",
            "wall": tr("The wall is dark") if self.stage.live.pulse.dark else "",
        }
        clock = words.lead_clock(state)
        parts = self._parts(clock, bool(coming), bool(fitted), bool(idea))
        return Glance(texts, tuple(parts), clock, state.step, state.trail, idea.id if idea else "")

    def _parts(self, clock: Clock, coming: bool, fitted: bool, idea: bool) -> Iterator[str]:
        dark, poll = self.stage.live.pulse.dark, voting(self.stage.state) is not None
        offered = {
            "resume": clock.mode == "pause",
            "pause": clock.mode == "run",
            "next": coming,
            "add": clock.mode != "none",
            "take": clock.mode != "none",
            "fit": fitted,
            "reveal": poll and not self.stage.state.revealed,
            "collect": poll and self.stage.state.revealed,
            "report": self._may_report(),
            "reported": self.stage.state.position.report is not None,
            "dark": not dark,
            "light": dark,
            "hide": idea,
            "undo": bool(self.stage.state.undo),
        }
        return (name for name, is_offered in offered.items() if is_offered)

    def _may_report(self) -> bool:
        state = self.stage.state
        return state.phase == "harvest" and state.position.report is None and bool(order(state))

    def _newest(self) -> Idea | None:
        """The idea that stands on top on the wall."""
        return next(shown.newest(self.stage.state), None) if ideas_stand(self.stage.state) else None

    # ---------------------------------------------------------------------------------------- what it does

    def promise(self, action: str) -> str:
        """What the room would notice, for a button that is held or pressed twice; '' for the others."""
        return self.desk.promise(action) if action in TWICE and action in self._actions else ""

    async def press(self, action: str, step: str, trail: str, idea: str) -> str:
        """Does what a button means. Refused when the café has left what its page was showing."""
        if action not in self._actions:
            raise Refused("unknown_command")
        if step != self.stage.state.step or (action == "undo" and trail != self.stage.state.trail):
            raise Refused("room_changed")
        return await self._actions[action](idea)

    async def _at_desk(self, action: str, _: str) -> str:
        return await self.desk.at_once(action)

    async def _resume(self, _: str) -> str:
        await self.stage.do("resume")
        return self.tr("The clock runs on")

    async def _pause(self, _: str) -> str:
        await self.stage.do("pause")
        return self.tr("The clock stands still")

    async def _vote(self, shown: bool, _: str) -> str:
        await self.stage.do("vote", shown=shown)
        return self.tr("The vote is closed") if shown else self.tr("The vote is open again")

    async def _report(self, _: str) -> str:
        outcome = await self.stage.do("report_back", step=self.stage.state.step)
        return words.where(self.tr, outcome.state)

    async def _reported(self, _: str) -> str:
        await self.stage.do("end_reports", step=self.stage.state.step)
        return self.tr("The tables have reported")

    async def _dark(self, _: str) -> str:
        await self.stage.wish("dark")
        return self.tr("The wall is dark")

    async def _light(self, _: str) -> str:
        await self.stage.wish("light")
        return self.tr("The wall shows again what is true")

    async def _hide(self, idea: str) -> str:
        await self.stage.do("stand", id=idea, standing="hidden")
        return self.tr("The idea is hidden")


def questions(tr: Translator, state: State) -> Iterator[str]:
    """What the room is talking about: the questions of the running tracks."""
    for track in state.position.tracks:
        session = state.session(track)
        own = [session.question(0, track.round)] if session.per == "round" else session.questions
        yield from (question.text(tr.language)[0] for question in own)


def lateness(tr: Translator, state: State, now: int) -> str:
    """By how much the block will end late."""
    late = round(slip(state, now) / MINUTE)
    if state.phase in ("lobby", "closed") or late <= 0:
        return tr("On time")
    return tr("{time} later than planned", time=tr.duration(late * MINUTE))
