"""The one mutable object: it takes commands, makes them durable, and tells who watches.

A turn takes all commands that wait, decides each against a draft (the state with this turn's earlier events folded
in), appends all their events in one transaction with full sync off the event loop; then the draft becomes the state;
then everybody is told. If the disk does not take it, the draft is dropped and nobody was told anything.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import msgspec

from cafe import clock, machine, people, photos, tables
from cafe import events as e
from cafe.file import CafeFile, NotSaved
from cafe.fold import evolve
from cafe.live import Live
from cafe.log import SqliteLog
from cafe.people import Circles, People, Person
from cafe.photos import Picture
from cafe.plan import Plan
from cafe.rules import COMMANDS, Refused
from cafe.rules.programme import standing
from cafe.stage import Grant, Outcome, Turn, Watcher, Wish
from cafe.state import State

logger = logging.getLogger("cafe")

Result = TypeVar("Result")
A_MINUTE = 60_000
MOST_AT_ONCE = 500
"""Commands in one turn at the most: what waits beyond them is the next one's."""


_REMOVES = (e.Forgot, e.NamesPurged, e.PhotoTakenBack, e.Closed)
"""Facts after which something that stood in the file may be nowhere any more."""


Private = Person | Picture | None
"""What goes into the file with an event and stands in no event: who somebody is, or a picture."""


class _Asked(msgspec.Struct, eq=False):
    decide: Callable[[State, int], Sequence[e.Event]]
    private: Private
    answer: asyncio.Future[Outcome]


class _Entry(msgspec.Struct, frozen=True):
    record: e.Record
    before: State
    after: State
    private: Private


class Room:
    """A café that runs on this laptop. Made from its file, if that is not damaged; `start` makes it alive."""

    def __init__(self, file: CafeFile) -> None:
        with file.reading():
            self.file, self.log, self.people, self.live = file, SqliteLog(file), People(file), Live()
            self._ruler = self._read_ruler()
        self.name_of_room = "room"
        self.state = State(room=self.name_of_room)
        self.last = 0
        """The `n` of the last record that everybody was told of."""
        self.saved = 0
        """The café time of that record."""
        self.removed = 0
        """The `n` of the last record after which something that stood in the file may be nowhere any more."""
        self.touched: list[tuple[int, str]] = []
        """Which idea each record touched, by `n`: what a phone that was away has missed."""
        for record in self.log.read():
            if record.room == self.name_of_room:
                self.state = evolve(self.state, record)
                self._seen(record)
        self.writer = secrets.token_hex(8)
        self._seq = 0
        self._waiting: list[_Asked] = []
        self._wake = asyncio.Event()
        self._watchers: list[Watcher] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="disk")
        self._turning: asyncio.Task[None] | None = None
        self._stopping = False
        self._coming = Circles()
        """Who joined in the turn that is being decided: nobody knows of them yet."""
        self._unclean = False
        """Whether words that must go may still stand in the journal."""
        self.grants: dict[Wish, Grant] = {}
        """Who grants which wishes, where the program has somebody for them."""

    # --------------------------------------------------------------------------------------------- time

    def now(self) -> int:
        """Café time in ms."""
        return self._ruler.read(machine.read())

    @property
    def speed(self) -> float:
        return self._ruler.speed

    def _read_ruler(self) -> clock.Ruler:
        row = self.file.db.execute("SELECT boot_id, boot, wall, cafe, speed, seen FROM ruler").fetchone()
        reading = machine.read()
        return clock.Ruler(*row) if row else clock.lay(reading, reading.wall)

    async def _lay(self, cafe: int, speed: float) -> None:
        self._ruler = clock.lay(machine.read(), cafe, speed)
        await self._write_ruler()

    async def on_disk(self, work: Callable[[], Result]) -> Result:
        """Does something with the file where all of it is done: on the disk's own thread, between two turns."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    async def _write_ruler(self) -> None:
        values = msgspec.structs.astuple(self._ruler)

        def write() -> None:
            with self.file.turn() as db:
                db.execute("DELETE FROM ruler")
                db.execute("INSERT INTO ruler VALUES (?, ?, ?, ?, ?, ?)", values)

        await self.on_disk(write)

    async def _keep_time(self) -> None:
        """Notes every few seconds that the program lives and what the clocks say, and tidies up what waits for it."""
        while True:
            await asyncio.sleep(2)
            self._ruler = self._ruler.moved(machine.read())
            try:
                await self._write_ruler()
                await self._scrub()
            except NotSaved as no:
                logger.warning("the time was not noted: %s", no)
            except Exception:
                logger.exception("the keeper failed")

    async def _scrub(self) -> None:
        """Empties the journal of what was forgotten, as soon as no other program is reading the file."""
        if self._unclean:
            self._unclean = not await self.on_disk(self.file.scrub)

    # ------------------------------------------------------------------------------------- beginning, end

    async def start(
        self,
        plan: Plan | None = None,
        text: str = "",
        *,
        code: str = "",
        at: int | None = None,
        speed: float = 1.0,
        trial: bool = False,
        expected: Sequence[tuple[e.Expected, Person]] = (),
    ) -> None:
        """Makes the room alive: a new café from `plan`, or the one in the file where it stopped.

        `at` is the café time to begin with (a demonstration does not happen today); to a new café come the people who
        are `expected`, each with what is kept about them. After more than a minute away running clocks stand still with
        what was left when the program stopped.
        """
        seen, pace = self._ruler.seen, self._ruler.speed
        fresh = not self.state.epoch
        await self._lay(at if fresh and at is not None else self.now(), speed)
        begin: list[e.Event] = [e.Started(self.log.heads(), machine.offset(), _version())]
        if fresh:
            assert plan is not None, "a new café needs a plan"
            begin.append(e.Opened(secrets.token_hex(4), code or plan.code, plan, text, trial))
        elif (away := self.now() - seen) > A_MINUTE * pace and self._runs():
            begin.append(e.Returned(round(away / pace), standing(self.state.position, seen)))
        entries = self._entries(begin, self.state)
        for coming, person in expected if fresh else ():
            entries += self._entries([coming], entries[-1].after, person, len(entries))
        await self._write(entries)
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._turns()), loop.create_task(self._keep_time())]

    def _runs(self) -> bool:
        return not self.state.closed and any(clock.mode == "run" for clock in self.state.clocks)

    async def address(self, url: str, code: str = "") -> None:
        """Notes which address phones are told, and a new code where there is one."""

        def decide(state: State, _: int) -> Sequence[e.Event]:
            return () if (url, code or state.code) == (state.url, state.code) else (e.Addressed(url, code),)

        await self._ask(decide)

    async def stop(self) -> None:
        """Finishes the turn that is being written, notes the time, and closes the file. Twice is the same as once."""
        if self._stopping:
            return
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._turning:
            await self._turning
        for asked in self._waiting:
            asked.answer.set_exception(NotSaved("the café has stopped"))
        self._waiting.clear()
        if self._tasks:
            self._ruler = self._ruler.moved(machine.read())
            with contextlib.suppress(NotSaved):
                await self._write_ruler()
            await self._scrub()
        self._disk.shutdown(wait=True)
        self.file.close()

    # --------------------------------------------------------------------------------------------- turns

    def name(self, who: str) -> str:
        return self.people.get(who).name

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def do(
        self, command: str, /, person: Person | None = None, picture: Picture | None = None, **given: Any
    ) -> Outcome:
        """Gives a command and waits until what it means is on the disk.

        Raises `Refused` when it may not be, `NotSaved` when the disk did not take it: then nothing has changed.
        `person` goes to the table of people with the event, `picture` to that of pictures, and nowhere else: the
        command is only told who is `like` the person.
        """
        if command not in COMMANDS:
            raise Refused("unknown_command")
        rule = COMMANDS[command].decide

        def decide(state: State, now: int) -> Sequence[e.Event]:
            return rule(state, now, **given, **({"like": self._like(person)} if person else {}))

        return await self._ask(decide, person or picture)

    async def wish(self, wish: Wish, about: str = "") -> str:
        """Asks something of the moment: see `Stage`."""
        if wish in self.grants:
            return await self.grants[wish](about)
        if wish in ("dark", "light"):
            self.live.darken(dark=wish == "dark")
            return ""
        raise Refused("no_remote" if wish in ("pair", "shut", "unpair") else "unknown_command")

    def _like(self, person: Person) -> tuple[str, ...]:
        """Who has the sector or the organisation of somebody who comes, those included who come in the same turn."""
        return (*self.people.circles.like(person), *self._coming.like(person))

    async def _ask(self, decide: Callable[[State, int], Sequence[e.Event]], private: Private = None) -> Outcome:
        """Waits for a turn: whatever is written goes through one, so that nothing is decided on a state of before."""
        if self._stopping:
            raise NotSaved("the café has stopped")
        asked = _Asked(decide, private, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        self._wake.set()
        return await asyncio.shield(asked.answer)

    async def _turns(self) -> None:
        while True:
            await self._wake.wait()
            asked, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            if not self._waiting:
                self._wake.clear()
            self._turning = asyncio.create_task(self._turn(asked))
            await asyncio.shield(self._turning)

    async def _turn(self, asked: Sequence[_Asked]) -> None:
        """Decides and writes some commands together; when one of them spoils the write, each of them alone."""
        draft, self._coming = self.state, Circles()
        entries: list[_Entry] = []
        decided: list[tuple[_Asked, int, int]] = []
        for one in asked:
            try:
                decision = one.decide(draft, self.now())
                own = self._entries(decision, draft, one.private, len(entries))
            except Exception as no:
                _answer(one, no)
                continue
            draft = own[-1].after if own else draft
            entries += own
            for event in decision:
                if isinstance(event, e.Joined) and isinstance(one.private, Person):
                    self._coming.add(event.who, one.private)
            decided.append((one, len(entries) - len(own), len(entries)))
        try:
            written = await self._write(entries)
        except NotSaved as no:
            logger.warning("not saved: %s", no)
            for one, _, _ in decided:
                _answer(one, no)
        except Exception as no:
            logger.exception("a turn of %d commands failed", len(decided))
            if len(decided) == 1:
                _answer(decided[0][0], no)
            else:
                for one, _, _ in decided:
                    await self._turn([one])
        else:
            for one, first, end in decided:
                state = entries[end - 1].after if end else self.state
                if not one.answer.done():
                    one.answer.set_result(Outcome(tuple(written[first:end]), state))

    def _entries(
        self, decision: Sequence[e.Event], draft: State, private: Private = None, already: int = 0
    ) -> list[_Entry]:
        """Events as records of this writer, each with the state around it. The real `n` comes from the log."""
        entries: list[_Entry] = []
        for event in decision:
            seq = self._seq + already + len(entries) + 1
            record = e.Record(0, self.name_of_room, self.writer, seq, self.now(), event)
            after = evolve(draft, record)
            entries.append(_Entry(record, draft, after, private))
            draft = after
        return entries

    async def _write(self, entries: Sequence[_Entry]) -> list[e.Record]:
        """Commits entries, then makes their last state the state and tells everybody."""
        if not entries:
            return []
        loop = asyncio.get_running_loop()
        began = loop.time()
        written = await loop.run_in_executor(self._disk, self._commit, entries)
        self.live.answers.append(loop.time() - began)
        before, self.state = self.state, entries[-1].after
        self._seq += len(entries)
        self._unclean = self._unclean or any(isinstance(record.event, _REMOVES) for record in written)
        for record, entry in zip(written, entries, strict=True):
            self.people.learn(record.event, entry.private)
            self._seen(record)
        self._tell(Turn(tuple(written), before, self.state))
        await self._scrub()
        return written

    def _commit(self, entries: Sequence[_Entry]) -> list[e.Record]:
        """On the disk's own thread: the log, the readable tables and the people in one transaction."""

        def beside(db: Any, records: Sequence[e.Record]) -> None:
            for record, entry in zip(records, entries, strict=True):
                tables.apply(db, tables.changes(entry.before, entry.after, record.event))
                photos.write(db, record, entry.private)
                people.write(db, record, entry.private)

        if any(isinstance(entry.record.event, _REMOVES) for entry in entries):
            self.file.remove_copies()  # Before the commit: were the program killed after it, nobody would know of them.
        return self.log.append([entry.record for entry in entries], beside)

    def _seen(self, record: e.Record) -> None:
        """Notes what is on the disk."""
        self.last, self.saved = record.n or self.last, record.at
        if isinstance(record.event, _REMOVES):
            self.removed = record.n
        match record.event:
            case e.IdeaSent() | e.IdeaChanged() | e.IdeaTakenBack() | e.IdeaStood():
                self.touched.append((record.n, record.event.id))
            case e.Undone(idea=idea) if idea:
                self.touched.append((record.n, idea))

    def _tell(self, turn: Turn) -> None:
        for watcher in list(self._watchers):
            try:
                watcher(turn)
            except Exception:
                logger.exception("a watcher failed")


def _answer(asked: _Asked, no: BaseException) -> None:
    if not asked.answer.done():
        asked.answer.set_exception(no)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("worldcafe")
    except PackageNotFoundError:
        return "source"
