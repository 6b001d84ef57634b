"""A past café as a stage: what a wall shows of it stands at one moment, which runs, stands still, or is stepped.

Nothing can be done to it. Real time comes in as a function; the moment moves only when `advance` or a step says so, so
that the state and the time of one picture always belong together.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cafe.live import Pulse
from cafe.plan import MINUTE
from cafe.replay.timeline import Timeline, following, preceding
from cafe.rules import Refused
from cafe.stage import Outcome, Turn, Unwatch, Watcher, Wish
from cafe.state import State

SPEEDS = (1, 5, 20, 60, 300)
"""Café seconds in a real one, as the keys choose them."""

REACTION = 2.0
"""Real seconds after a mark in which a step back means the one before: while it runs nobody hits the mark itself."""


class Moment:
    """What is true only now of a past café: whether the wall is dark. Who was connected then nobody knows."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self._watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> Unwatch:
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def darken(self, *, dark: bool) -> None:
        self.pulse = Pulse(dark=dark)
        for watcher in list(self._watchers):
            watcher()


class Replay:
    """A `Stage` over a timeline, from its beginning. `language` is the wall's where it is not to be that of then."""

    def __init__(
        self, timeline: Timeline, seconds: Callable[[], float], *, speed: float = SPEEDS[2], language: str = ""
    ) -> None:
        self.timeline, self.language = timeline, language
        self.live = Moment()
        self.running = True
        self._seconds, self._speed = seconds, speed
        self._moment = timeline.begin
        self._from, self._since = self._moment, seconds()
        self._known = 0
        self._watchers: list[Watcher] = []
        self._state = State()
        self._show(self._moment)

    # ------------------------------------------------------------------------------------------- the stage

    @property
    def state(self) -> State:
        return self._state

    def now(self) -> int:
        return self._moment

    def name(self, who: str) -> str:  # noqa: ARG002 (as every stage)
        """Nobody's: a replay knows no names."""
        return ""

    async def do(self, command: str, /, **given: Any) -> Outcome:  # noqa: ARG002 (as every stage)
        """Raises `Refused`: what was cannot be changed."""
        raise Refused("only_shown")

    async def wish(self, wish: Wish, about: str = "") -> str:  # noqa: ARG002 (as every stage)
        """Makes the wall dark, or light again. Raises `Refused` for everything else."""
        if wish not in ("dark", "light"):
            raise Refused("only_shown")
        self.live.darken(dark=wish == "dark")
        return ""

    def watch(self, watcher: Watcher) -> Unwatch:
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    # ------------------------------------------------------------------------------------------ how it runs

    @property
    def speed(self) -> float:
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self.advance()
        self._speed = speed
        self._anchor()

    @property
    def over(self) -> bool:
        """Whether the last thing has happened."""
        return self._moment >= self.timeline.end

    def advance(self) -> None:
        """Goes on by the real time that has passed; at the end it stands still."""
        if self.running:
            passed = (self._seconds() - self._since) * 1000 * self._speed
            self._show(self._from + round(passed))
            self.running = not self.over

    def start_or_pause(self) -> None:
        """Lets it run or stand still; at the end it begins again."""
        self.advance()
        self.running = not self.running
        if self.running and self.over:
            self._show(self.timeline.begin)
        self._anchor()

    def faster(self, by: int) -> None:
        """The next speed up (1) or down (-1); the fastest and the slowest stay."""
        ways = [speed for speed in SPEEDS if (speed > self._speed if by > 0 else speed < self._speed)]
        if ways:
            self.speed = ways[0] if by > 0 else ways[-1]

    # ------------------------------------------------------------------------------------------ how it steps

    def to(self, moment: int) -> None:
        """Goes to a moment, not before the first thing that happened and not past the last."""
        self._show(moment)
        self.running = self.running and not self.over
        self._anchor()

    def minutes(self, by: int) -> None:
        """On or back by minutes of the café."""
        self.advance()
        self.to(self._moment + by * MINUTE)

    def rounds(self, by: int) -> None:
        """To the beginning of the next round or part (1), or of the one before (-1)."""
        self._step(self.timeline.rounds, by)

    def parts(self, by: int) -> None:
        """To the beginning of the programme's next part (1), or of the one before (-1)."""
        self._step(self.timeline.parts, by)

    def skip(self) -> None:
        """To the next thing that happened, over a time in which nothing did."""
        self.advance()
        found = self.timeline.after(self._moment)
        self.to(self.timeline.end if found is None else found)

    def _step(self, marks: Sequence[int], by: int) -> None:
        self.advance()
        if by > 0:
            found = following(marks, self._moment)
            self.to(self.timeline.end if found is None else found)
        else:
            reaction = round(REACTION * 1000 * self._speed) if self.running else 0
            found = preceding(marks, self._moment)
            if found is not None and self._moment - found < reaction:
                found = preceding(marks, found)
            self.to(self.timeline.begin if found is None else found)

    # -------------------------------------------------------------------------------------------- what is shown

    def speak(self, language: str) -> None:
        """The wall's language from here on, whatever it was then."""
        self.language = language
        self._known = -1
        self._show(self._moment)

    def _anchor(self) -> None:
        self._from, self._since = self._moment, self._seconds()

    def _show(self, moment: int) -> None:
        self._moment = min(max(moment, self.timeline.begin), self.timeline.end)
        known = self.timeline.known(self._moment)
        if known == self._known:
            return
        before, first = self._state, self._known
        self._known, self._state = known, self._spoken(self.timeline.state(known))
        came = self.timeline.records[max(0, first) : known]
        for watcher in list(self._watchers):
            watcher(Turn(came, before, self._state))

    def _spoken(self, state: State) -> State:
        return msgspec.structs.replace(state, language=self.language) if self.language else state
