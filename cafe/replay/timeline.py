"""A café's log laid along its hours: the state at any moment is the fold of the log up to there, and nothing else.

Every so many records a state is kept, which costs little because states share what they have in common; so a step back
folds a few records, in a café of twenty thousand ideas too. Times are café time in ms.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise, takewhile

import msgspec

from cafe import events as e
from cafe.events import Record
from cafe.fold import evolve
from cafe.plan import MINUTE
from cafe.state import RoundKey, State

KEPT_EVERY = 100
"""Records from one kept state to the next."""

OPENING = (e.Started, e.Opened, e.Expected, e.Addressed)
"""What the program notes while it comes up: no wall is there to be seen before the last of them."""

LONGEST = 20 * MINUTE
"""A longer time in which nothing happened takes no more of the bar: a night would leave no room for the afternoon."""


class Timeline:
    """The records of one room in the order of its log, and when parts and rounds began.

    A record that says an earlier time than the one before it happened when that one did: time does not run back. It
    begins with a café that is open: with the address that phones are told, unless somebody came before there was one.
    """

    def __init__(self, records: Sequence[Record], kept_every: int = KEPT_EVERY) -> None:
        """Takes a whole log that has at least one record; of several rooms the first one's."""
        self._kept_every = kept_every
        room = records[0].room
        self.records = tuple(_shown(record) for record in records if record.room == room)
        self._moments = _moments(self.records)
        self._kept: list[State] = []
        parts, rounds = [self.begin], list[int]()
        state = State(room=room)
        for number, record in enumerate(self.records):
            if number % kept_every == 0:
                self._kept.append(state)
            before, state = state, evolve(state, record)
            if state.position.block != before.position.block:
                parts.append(self._moments[number])
            if _rounds(state) - _rounds(before):
                rounds.append(self._moments[number])
        self._last = len(self.records), state
        self.parts, self.rounds = sorted({*parts}), sorted({*parts, *rounds})
        lengths = (min(after - at, LONGEST) for at, after in pairwise(self._moments))
        self._passed = list(accumulate(lengths, initial=0))

    @property
    def begin(self) -> int:
        return self._moments[0]

    @property
    def end(self) -> int:
        """When the last thing happened that the log knows of."""
        return self._moments[-1]

    @property
    def imported(self) -> bool:
        """Whether it was made again from a JSON, which leaves out the plan's own text as it leaves out other things."""
        return any(isinstance(record.event, e.Opened) and not record.event.text for record in self.records)

    def known(self, moment: int) -> int:
        """How many records there were at a moment."""
        return bisect_right(self._moments, moment)

    def state(self, known: int) -> State:
        """The state after so many records."""
        at, state = self._last
        kept = min(known // self._kept_every, len(self._kept) - 1)
        if not kept * self._kept_every <= at <= known:
            at, state = kept * self._kept_every, self._kept[kept]
        for record in self.records[at:known]:
            state = evolve(state, record)
        self._last = known, state
        return state

    def after(self, moment: int) -> int | None:
        """When the next thing happened; None after the last."""
        known = self.known(moment)
        return self._moments[known] if known < len(self._moments) else None

    def share(self, moment: int) -> float:
        """How far along the bar a moment lies, from 0 to 1."""
        if moment >= self.end or not self._passed[-1]:
            return 1.0
        last = max(0, self.known(moment) - 1)
        at, after = self._moments[last : last + 2]
        part = max(0, moment - at) / (after - at) * (self._passed[last + 1] - self._passed[last])
        return (self._passed[last] + part) / self._passed[-1]


def following(marks: Sequence[int], moment: int) -> int | None:
    """The first mark after a moment."""
    found = bisect_right(marks, moment)
    return marks[found] if found < len(marks) else None


def preceding(marks: Sequence[int], moment: int) -> int | None:
    """The last mark before a moment."""
    found = bisect_left(marks, moment)
    return marks[found - 1] if found else None


def _moments(records: Sequence[Record]) -> list[int]:
    """When each of the records happened; all of the opening when the last of it did."""
    moments = list(accumulate((record.at for record in records), max))
    opening = sum(1 for _ in takewhile(lambda record: isinstance(record.event, OPENING), records))
    return [moments[opening - 1]] * opening + moments[opening:]


def _rounds(state: State) -> set[RoundKey]:
    """The rounds that are running."""
    return {state.key(track) for track in state.position.tracks if track.phase == "round"}


def _shown(record: Record) -> Record:
    """The record as a wall may show it: an idea whose words are gone, from a JSON that leaves out what was taken back,
    counts where it stood and does not show itself, as one of somebody who was forgotten.
    """
    match record.event:
        case e.IdeaSent(id=id, text="") if id:
            return msgspec.structs.replace(record, event=msgspec.structs.replace(record.event, id="", by="", on=""))
    return record
