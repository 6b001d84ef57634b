"""When time makes itself heard or seen: a minute before a round ends, and when a round's or a move's time is up.

Only time itself gives a signal, once for each deadline: never a clock that stands, never a key that moves it, never a
talk, and never a café that is opened late.
"""

from typing import Literal

from cafe.clock import remaining
from cafe.plan import MINUTE
from cafe.state import State
from cafe.wall import words

Signal = Literal["minute", "end", ""]


class Watch:
    """Looks at the clock again and again, and remembers only its last look: the deadline, and what was left."""

    def __init__(self) -> None:
        self._deadline: tuple[str, int] | None = None
        self._left = 0

    def look(self, state: State, now: int) -> Signal:
        """The signal that is due at `now`, café time in ms; '' for none."""
        track = words.lead(state)
        if track is None or track.clock.mode != "run":
            self._deadline = None
            return ""
        known, before = self._deadline, self._left
        self._deadline, self._left = (state.step, track.clock.ends), remaining(track.clock, now)
        if known != self._deadline:
            return ""
        if before > 0 >= self._left:
            return "end"
        return "minute" if track.phase == "round" and before > MINUTE >= self._left else ""
