"""What phones have yet to hear: which idea was touched by which record, and whom to wake when something changed.

Each open stream is a cursor and a bell. Nothing is queued for a slow phone: when it has taken what it was sent, it
asks for what came since. During a burst the first change rings at once, the rest within fifty milliseconds. Whoever
waits for an answer goes before those who only listen: phones are woken a few at a time.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec.json import encode

from cafe import events as e
from cafe.room import Room
from cafe.stage import Turn
from cafe.state import Idea, Place, State
from server import seen

TOGETHER = 0.05
"""Seconds in which changes are gathered before phones are woken again."""

ANSWERS_FIRST = 0.002
"""Seconds that the answer to who wrote is ahead of the news for the others."""

AT_A_TIME = 16
"""Phones that are woken before the server looks for what else there is to do."""

STREAMS_EACH = 2
"""Open streams and polls that one participant may have."""

Touch = tuple[int, str]
Spot = tuple[str, int]


def spot_of(place: Place) -> Spot:
    """A table in a session: what is said there concerns those who sit there, now and in later rounds."""
    return place.session, place.table


class Bell(asyncio.Event):
    """Rings when there may be news for one stream: of `who`, who sits at `place`."""

    def __init__(self, who: str) -> None:
        super().__init__()
        self.who = who
        self.place: Place | None = None
        self.everything = False
        """Whether every idea concerns this stream, as those of a wall."""
        self.ending = ""
        """Why the stream must end, once it must."""

    @property
    def spot(self) -> Spot | None:
        """The table at which the reader sits, whatever the round."""
        return spot_of(self.place) if self.place else None

    def end(self, reason: str) -> None:
        self.ending = self.ending or reason
        self.set()


class Feed:
    """The index of touched ideas, for every table, every author and the whole café, and the bells of open streams."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.seqs: dict[str, int] = {}
        """The `n` of the last record that touched an idea, by its id."""
        self.own: dict[str, dict[str, None]] = {}
        """The ids of each author's ideas, while the café is open."""
        self.changed = 0
        """The `n` of the last record that changed more than ideas."""
        self.changed_for: dict[str, int] = {}
        """The same of records that only one reader's page says anything of."""
        self._all: list[Touch] = []
        self._at: dict[Spot, list[Touch]] = {}
        self._by: dict[str, list[Touch]] = {}
        self._bells: dict[Bell, None] = {}
        self._frames: dict[tuple[int, str, bool, bool, str], bytes] = {}
        self._due: asyncio.TimerHandle | None = None
        self._rung = 0.0
        self._spots: set[Spot] = set()
        self._authors: set[str] = set()
        self._everybody = False
        self._closed = False
        for n, id in room.touched:
            if (idea := room.state.ideas.get(id)) is not None:
                self._touch(n, idea)
        self.changed = room.last
        self._stop_watching = room.watch(self._turned)

    # ------------------------------------------------------------------------------------------ what changed

    def _touch(self, n: int, idea: Idea) -> None:
        self.seqs[idea.id] = n
        spot = spot_of(idea.place)
        for listed in (self._all, self._at.setdefault(spot, []), self._by.setdefault(idea.by, [])):
            listed.append((n, idea.id))
        self.own.setdefault(idea.by, {})[idea.id] = None
        self._spots.add(spot)
        self._authors.add(idea.by)

    def _turned(self, turn: Turn) -> None:
        """After a turn: notes what it touched, and wakes the phones that it concerns."""
        for record in turn.records:
            match record.event:
                case e.Forgot(who=who):
                    for id in self.own.pop(who, {}):
                        self._touch_forgotten(record.n, turn.before.ideas.get(id), id)
                    self._by.pop(who, None)
                    self.changed_for.pop(who, None)
                    self._everybody, self.changed = True, record.n
                case e.IdeaSent() | e.IdeaChanged() | e.IdeaTakenBack():
                    self._noted(turn.after, record.n, record.event.id)
                case e.Settled(who=who) | e.TalkChosen(who=who) | e.FeedbackGiven(by=who) | e.DotsGiven(by=who):
                    self._authors.add(who)
                    self.changed_for[who] = record.n
                case e.IdeaStood(id=id):
                    self._noted(turn.after, record.n, id)
                case e.Undone(idea=id) if id:
                    self._noted(turn.after, record.n, id)
                case _:
                    self._everybody, self.changed = True, record.n
        if turn.after.closed and not turn.before.closed:
            self.own.clear()
            self._by.clear()
        self._frames.clear()
        self._ring()

    def _noted(self, state: State, n: int, id: str) -> None:
        if (idea := state.ideas.get(id)) is not None:
            self._touch(n, idea)
            self._everybody = self._everybody or state.phase in seen.EVERYBODYS

    def _touch_forgotten(self, n: int, idea: Idea | None, id: str) -> None:
        self.seqs[id] = n
        self._all.append((n, id))
        if idea is not None:
            self._at.setdefault(spot_of(idea.place), []).append((n, id))

    # ------------------------------------------------------------------------------------------------- bells

    def _ring(self) -> None:
        if self._due is not None:
            return
        loop = asyncio.get_running_loop()
        self._due = loop.call_later(max(ANSWERS_FIRST, self._rung + TOGETHER - loop.time()), self._ring_now)

    def _ring_now(self) -> None:
        self._due, self._rung = None, asyncio.get_running_loop().time()
        everybody, spots, authors = self._everybody, self._spots, self._authors
        self._everybody, self._spots, self._authors = False, set(), set()
        self._wake([b for b in self._bells if everybody or b.everything or b.spot in spots or b.who in authors])

    def _wake(self, bells: list[Bell]) -> None:
        for bell in bells[:AT_A_TIME]:
            bell.set()
        if bells[AT_A_TIME:]:
            asyncio.get_running_loop().call_soon(self._wake, bells[AT_A_TIME:])

    def hang(self, who: str) -> Bell:
        """A bell for a new stream of `who`. Who has too many already loses the oldest."""
        older = self.of(who)
        for bell in older[: max(0, len(older) - STREAMS_EACH + 1)]:
            bell.end("replaced")
        bell = Bell(who)
        self._bells[bell] = None
        return bell

    def take_down(self, bell: Bell) -> None:
        self._bells.pop(bell, None)

    def of(self, who: str) -> list[Bell]:
        """The bells of a participant's streams, the oldest first."""
        return [bell for bell in self._bells if bell.who == who]

    @property
    def walls(self) -> int:
        """How many walls are told of everything."""
        return sum(bell.everything for bell in self._bells)

    def close(self) -> None:
        """Ends every stream, and listens no more. Twice is the same as once."""
        if not self._closed:
            self._closed = True
            self._stop_watching()
        if self._due is not None:
            self._due.cancel()
        for bell in self._bells:
            bell.end("shutdown")

    # -------------------------------------------------------------------------------------------------- news

    def news(self, who: str) -> int:
        """The `n` of the last record after which a reader's page may say something else than ideas."""
        return max(self.changed, self.changed_for.get(who, 0))

    def visible(self, who: str) -> list[seen.Shown]:
        """The ideas that a reader sees now."""
        found = seen.ideas(self.room.state, who, self.own.get(who, ()))
        place = self.room.state.place(who)
        return [seen.shown(idea, who, self.seqs.get(idea.id, 0), place) for idea in found]

    def since(self, who: str, cursor: int) -> Iterator[seen.Shown]:
        """The ideas touched after `cursor` that concern a reader, each once as it stands now, in the order of touch."""
        state = self.room.state
        place, everything = state.place(who), seen.sees_all(state, who)
        ids = dict.fromkeys(self._after(self._all, cursor)) if everything else self._near(who, place, cursor)
        for id in ids:
            idea, seq = state.ideas.get(id), self.seqs.get(id, 0)
            if idea is not None and seen.may_see(idea, who, place, everything):
                yield seen.shown(idea, who, seq, place)
            else:
                yield seen.gone(id, seq)

    def _near(self, who: str, place: Place | None, cursor: int) -> Iterable[str]:
        here = self._after(self._at.get(spot_of(place), []), cursor) if place else ()
        ids = dict.fromkeys((*here, *self._after(self._by.get(who, []), cursor)))
        return sorted(ids, key=lambda id: self.seqs.get(id, 0))

    @staticmethod
    def _after(listed: list[Touch], cursor: int) -> Iterator[str]:
        return (id for _, id in listed[bisect_right(listed, cursor, key=lambda touch: touch[0]) :])

    def frame(self, idea: seen.Shown) -> bytes:
        """An `idea` event in the stream's own form; built once for all who see the same."""
        key = (idea.seq, idea.id, idea.mine, idea.left, idea.st)
        if (frame := self._frames.get(key)) is None:
            cursor = f"{self.room.state.epoch}.{idea.seq}".encode()
            frame = b"id: %s\nevent: idea\ndata: %s\n\n" % (cursor, encode(idea))
            self._frames[key] = frame
        return frame
