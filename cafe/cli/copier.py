"""Copies while a café is held: one when somebody asks, then every five minutes, and anew when something is forgotten.

Every copy is written in a thread of its own, which the room never waits for: a stick that is slow, full, pulled out or
dead is a sentence in the private view and nothing else.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from cafe import copies
from cafe.copies import Copy, CopyTrouble
from cafe.file import NotSaved
from cafe.room import Room

logger = logging.getLogger("cafe.copies")

EVERY = 300.0
"""Seconds from one copy to the next."""
LOOK = 5.0
"""Seconds until it is seen that a stick is back, or that something was forgotten."""
ANSWER = 15.0
"""Seconds after which somebody who asked is told that it takes its time."""
PATIENCE = 15.0
"""Seconds that the last copy may take when the program ends."""

Result = TypeVar("Result")


class Copier:
    """The copies of one room."""

    def __init__(self, room: Room, every: float = EVERY) -> None:
        self.room, self.every = room, every
        self.folder = ""
        """Where copies go by themselves; '' before anybody has chosen."""
        self._copies: dict[str, Copy] = {}
        self._unlisted: set[str] = set()
        """Paths of which the café's own disk did not take the newest line of the list."""
        self._working: dict[str, asyncio.Task[str]] = {}
        self._writing: set[str] = set()
        """The folders of which it is said that they are being written to: not those that are only looked for."""
        self._trouble = ""
        self._stop = threading.Event()
        self._due = 0.0

    async def open(self) -> None:
        """Reads the list, and goes on with the folder of the newest copy: somebody chose that for this café. Where the
        café itself is one of them, because it goes on from there, that one is none any more.
        """
        self._copies = await self.room.on_disk(lambda: copies.listed(self.room.file))
        own = str(self.room.file.path.absolute())
        if own in self._copies:
            await self._strike(own)
        if newest := next(reversed(self._copies.values()), None):
            home = str(self.room.file.path.absolute().parent)
            self.folder = newest.folder if newest.folder != home else ""
        self.room.grants |= {"copy": self._choose, "strike": self._struck}
        self._tell()

    async def keep(self) -> None:
        """Copies until it is cancelled."""
        while True:
            try:
                await self.look()
            except Exception:
                logger.exception("the copies were not looked after")
            await asyncio.sleep(LOOK)

    async def look(self) -> None:
        """Begins what is due now."""
        for path in list(self._unlisted):
            await self._list(path)
        for copy in self._stale():
            self._begin(copy.folder, copy)
        if self.folder and (self._trouble == "gone" or asyncio.get_running_loop().time() >= self._due):
            self._begin(self.folder)
        self._tell()

    async def finish(self, patience: float = PATIENCE) -> tuple[str, ...]:
        """Copies once more what is not in the copies yet, as far as they are there. Gives the paths of those in which
        something stands that was to be forgotten. Twice is the same as once.
        """
        if not self._stop.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    for _ in range(2):  # What is being written may be of before.
                        self._due = 0.0
                        await self.look()
                        await asyncio.gather(*self._working.values())
            self._stop.set()
        return tuple(copy.path for copy in self._stale())

    # ------------------------------------------------------------------------------------------------- the wishes

    async def _choose(self, folder: str) -> str:
        """A copy to a folder now, and from now on by itself. Gives the copy as JSON, the code of a trouble, or
        "writing" where that takes its time, or was being done already.
        """
        self.folder, self._trouble = _whole(folder), ""
        self._writing.add(self.folder)
        self._tell()
        if self.folder in self._working:
            return "writing"
        work = self._begin(self.folder, asked=True)
        done, _ = await asyncio.wait({work}, timeout=ANSWER)
        return work.result() if done else "writing"

    async def _struck(self, path: str) -> str:
        """Somebody has deleted a copy by hand: it goes from the list. Gives "there" when it can still be seen."""
        if copy := self._copies.get(path):
            with suppress(CopyTrouble):
                if await _aside(lambda: copies.reach(self.room.file, copy)):
                    return "there"
            await self._strike(path)
            self._tell()
        return ""

    # ------------------------------------------------------------------------------------------------- the copies

    def _stale(self) -> list[Copy]:
        """The copies in which something stands that was to be forgotten since."""
        return [copy for copy in self._copies.values() if copy.n < self.room.removed]

    def _begin(self, folder: str, stale: Copy | None = None, *, asked: bool = False) -> asyncio.Task[str]:
        """Copies to a folder, unless that is being done: in a stick that does not answer nothing piles up."""
        if folder not in self._working:
            self._working[folder] = asyncio.create_task(self._copy(folder, stale, asked=asked))
        return self._working[folder]

    async def _copy(self, folder: str, stale: Copy | None, *, asked: bool) -> str:
        """Gives the copy as JSON, or the code of what went wrong."""
        trouble = ""
        try:
            copy = await (self._renew(stale) if stale else self._add(folder, asked=asked))
            return msgspec.json.encode(copy).decode()
        except CopyTrouble as no:
            trouble = no.code
        except Exception:
            logger.exception("a copy to %s failed", folder)
            trouble = "cannot_write"
        finally:
            del self._working[folder]
            self._writing.discard(folder)
            if folder == self.folder:
                self._trouble = trouble
                self._due = asyncio.get_running_loop().time() + self.every
            self._tell()
        return trouble

    async def _add(self, folder: str, *, asked: bool) -> Copy:
        """A copy in a folder, in the place of an earlier one; unless nobody asked and that holds everything already."""
        file = self.room.file
        for copy in [copy for copy in self._copies.values() if copy.folder == folder]:
            await _aside(partial(copies.reach, file, copy))
        path = str(await _aside(lambda: copies.place(file, Path(folder), set(self._copies))))
        before = self._copies.get(path)
        if not asked and before and before.n == self.room.last and await _aside(lambda: copies.reach(file, before)):
            return before
        if before is None:
            await self._note(Copy(path, apart=await _aside(lambda: copies.apart(file, Path(folder)))))
        try:
            return await self._make(self._copies[path])
        except CopyTrouble:
            if before is None:
                await self._struck(path)
            raise

    async def _renew(self, stale: Copy) -> Copy:
        """Writes a copy anew, without what was forgotten; where there is no room for both the old one goes first."""
        try:
            return await self._make(stale)
        except CopyTrouble as no:
            if no.code != "no_room":
                raise
            await _aside(lambda: copies.remove(self.room.file, stale))
            try:
                return await self._make(stale)
            except CopyTrouble:
                await self._struck(stale.path)
                raise

    async def _make(self, copy: Copy) -> Copy:
        await _aside(lambda: copies.reach(self.room.file, copy))
        self._writing.add(copy.folder)
        self._tell()
        at = self.room.now()
        made = await _aside(lambda: copies.make(self.room.file, copy, at, self._stop))
        await self._note(made)
        return made

    # --------------------------------------------------------------------------------------------------- the list

    async def _note(self, copy: Copy) -> None:
        self._copies.pop(copy.path, None)  # The newest is the last.
        self._copies[copy.path] = copy
        self._unlisted.add(copy.path)
        await self._list(copy.path)

    async def _strike(self, path: str) -> None:
        self._copies.pop(path, None)
        self._unlisted.add(path)
        await self._list(path)

    async def _list(self, path: str) -> None:
        """Brings a line of the list on the disk up to date; where that takes nothing now, later."""
        file, copy = self.room.file, self._copies.get(path)
        try:
            await self.room.on_disk(lambda: copies.note(file, copy) if copy else copies.strike(file, path))
            self._unlisted.discard(path)
        except NotSaved as no:
            logger.warning("the list of copies was not saved: %s", no)

    def _tell(self) -> None:
        self.room.live.notice(
            folder=self.folder,
            copying=tuple(sorted(self._writing)),
            trouble=self._trouble,
            copies=tuple(self._copies.values()),
            stale=tuple(copy.path for copy in self._stale() if copy.folder not in self._writing),
        )


def _whole(folder: str) -> str:
    """A folder as somebody typed it, from the root on."""
    return str(Path(folder).expanduser().absolute())


async def _aside(work: Callable[[], Result]) -> Result:
    """Does something in a thread that nobody waits for when the program ends: a dead stick may never answer."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, no: BaseException | None) -> None:
        if not done.done():
            if no is not None:
                done.set_exception(no)
            else:
                done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, no = None, None
        try:
            result = work()
        except BaseException as wrong:
            no = wrong
        with suppress(RuntimeError):  # The loop has ended.
            loop.call_soon_threadsafe(settle, result, no)

    threading.Thread(target=run, daemon=True, name="copy").start()
    return await done
