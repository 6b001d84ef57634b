"""Cafés broken on purpose, to see that a test would notice: `python -m tests.bench.mutants NAME run PLAN …`."""

import asyncio
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from cafe import events as e
from cafe.cli import main
from cafe.room import Room, _Entry
from cafe.rules import COMMANDS
from cafe.stage import Turn


def says_saved_too_early() -> None:
    """Tells everybody before the disk has it; the disk takes its time."""

    async def write(self: Room, entries: Sequence[_Entry]) -> list[e.Record]:
        def later() -> None:
            time.sleep(0.02)
            self._commit(entries)

        if not entries:
            return []
        asyncio.get_running_loop().run_in_executor(self._disk, later)
        before, self.state = self.state, entries[-1].after
        self._seq += len(entries)
        written = [replace(entry.record, n=self.last + n) for n, entry in enumerate(entries, 1)]
        for record, entry in zip(written, entries, strict=True):
            self.people.learn(record.event, entry.private)
            self._seen(record)
        self._tell(Turn(tuple(written), before, self.state))
        return written

    Room._write = write  # type: ignore[method-assign]


def ignores_the_phones_id() -> None:
    """Gives each idea an id of its own, so that one that is sent again is another one."""
    honest = COMMANDS["send"]

    def send(state: Any, now: int, **given: Any) -> Any:
        return honest.decide(state, now, **{**given, "id": secrets.token_urlsafe(12)})

    COMMANDS["send"] = replace(honest, decide=send)


MUTANTS: dict[str, Callable[[], None]] = {
    "says-saved-too-early": says_saved_too_early,
    "ignores-the-phones-id": ignores_the_phones_id,
}

if __name__ == "__main__":
    MUTANTS[sys.argv.pop(1)]()
    main()
