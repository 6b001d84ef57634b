"""Kills the program again and again while phones send: `python -m tests.bench.kills --kills 1000`.

Phones send each idea until they are told that it is saved. After every SIGKILL the program is started again on the same
file. In the end every idea that was promised must be there once, as it was sent, and café time must have run on.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import secrets
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from cafe.file import CafeFile
from cafe.fold import fold
from cafe.log import SqliteLog
from tests.patience import PATIENCE
from tests.ports import free_port

ROOT = Path(__file__).parent.parent.parent
PLAN = """
title = "A long round"
organiser = "Town"
contact = "town@example.org"
code = "K7QF"
[[groups]]
id = "A"
tables = 6
seats = 50
[sessions.s1]
title = "One"
questions = ["What holds?"]
rounds = 1
minutes = 240
[[programme]]
at = "08:00"
kind = "session"
session = "s1"
[[programme]]
at = "23:00"
kind = "closing"
"""


class Figures(msgspec.Struct):
    """What a campaign found.

    `strangers` were in and were not known any more, `ghosts` are in and no phone is theirs; `drift` is café time's
    largest error.
    """

    kills: int = 0
    promised: int = 0
    sent_again: int = 0
    strangers: int = 0
    ghosts: int = 0
    lost: int = 0
    doubled: int = 0
    altered: int = 0
    unsound: int = 0
    drift: int = 0
    deadline_moved: int = 0
    seconds: float = 0

    @property
    def faults(self) -> int:
        return (
            self.strangers + self.ghosts + self.lost + self.doubled + self.altered + self.unsound + self.deadline_moved
        )


class Campaign:
    """Phones, and a program that is killed under them; `host` is what it tells them to be called."""

    host = "127.0.0.1"

    def __init__(self, folder: Path, phones: int, mutant: str = "", seed: int = 1, plan: str = PLAN) -> None:
        self.folder, self.phones, self.mutant = folder, phones, mutant
        self.chance = random.Random(seed)
        self.file = folder / "plan.cafe"
        (folder / "plan.toml").write_text(plan, encoding="utf-8")
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.told: dict[str, str] = {}
        self.figures = Figures()
        self.up, self.progress = asyncio.Event(), asyncio.Event()
        self.over = False
        """Whether phones begin no further idea."""
        self._first: tuple[float, float, dict[str, Any]] | None = None

    async def run(self, kills: int, *, until_fault: bool = False) -> Figures:
        """Kills the program so many times, or until the first fault, and looks at the file in the end."""
        began = time.monotonic()
        program = await self.start()
        tasks = [asyncio.create_task(self.phone(number)) for number in range(self.phones)]
        try:
            for number in range(1, kills + 1):
                await self.some_promises(self.phones)
                await asyncio.sleep(self.chance.uniform(0, 0.1))
                self.up.clear()
                program.send_signal(signal.SIGKILL)
                await program.wait()
                self.figures.kills = number
                if until_fault or number % 5 == 0:
                    self.look()
                    if until_fault and self.figures.faults:
                        break
                program = await self.start()
            else:
                await self.some_promises(self.phones)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(ProcessLookupError):
                program.terminate()
            await program.wait()
        self.look()
        self.figures.seconds = round(time.monotonic() - began, 1)
        return self.figures

    async def start(self) -> asyncio.subprocess.Process:
        """Starts the program and waits until it is ready."""
        how = ["-m", "tests.bench.mutants", self.mutant] if self.mutant else ["-m", "cafe"]
        told = ["run", "plan.toml", "--headless", "--auto", "--host", self.host, "--port", str(self.port)]
        with (self.folder / "complaints").open("wb") as complaints:
            program = await asyncio.create_subprocess_exec(
                sys.executable,
                *how,
                *told,
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=complaints,
            )
        assert program.stdout
        line = await program.stdout.readline()
        assert line, (self.folder / "complaints").read_text(encoding="utf-8")
        self.up.set()
        return program

    async def some_promises(self, count: int) -> None:
        """Waits until phones were told so many times more that something is saved."""
        enough = len(self.told) + count
        async with asyncio.timeout(PATIENCE):
            while len(self.told) < enough:
                self.progress.clear()
                await self.progress.wait()

    # ------------------------------------------------------------------------------------------- phones

    async def phone(self, number: int) -> None:
        """One phone: comes in, and sends one idea after the other until each is saved."""
        jar = aiohttp.CookieJar(unsafe=True)
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(cookie_jar=jar, timeout=timeout) as session:
            await self.come_in(session)
            count = 0
            while not self.over:
                if number == 0:
                    await self.read_clock(session)
                count += 1
                idea = {"id": secrets.token_urlsafe(12), "text": f"Idea {count} of phone {number}"}
                tries = 0
                while (status := (await self.ask(session, "POST", "/c/ideas", idea))[0]) not in (200, 201):
                    tries += 1
                    if status == 401:
                        self.figures.strangers += 1
                        await self.come_in(session)
                    await asyncio.sleep(self.chance.uniform(0.01, 0.1))
                self.figures.sent_again += tries > 0
                self.told[idea["id"]] = idea["text"]
                self.progress.set()

    async def come_in(self, session: aiohttp.ClientSession) -> None:
        """Joins as the page does: its hidden key makes the same form twice the same participant."""
        page = {"key": secrets.token_urlsafe(16)}
        while (await self.ask(session, "POST", "/K7QF", form=page))[0] != 303:
            await asyncio.sleep(0.05)

    async def ask(
        self,
        session: aiohttp.ClientSession,
        method: str,
        path: str,
        said: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Status and body; 0 when nobody answered. Waits as long as the server wishes."""
        await self.up.wait()
        try:
            url, given = f"{self.base}{path}", {"json": said, "data": form}
            async with session.request(method, url, **given, allow_redirects=False) as answer:
                content = await answer.json() if answer.content_type == "application/json" else None
                if answer.status == 429:
                    await asyncio.sleep(float(answer.headers.get("Retry-After", 1)) / 4)
                return answer.status, content
        except (aiohttp.ClientError, OSError, TimeoutError):
            return 0, None

    async def read_clock(self, session: aiohttp.ClientSession) -> None:
        """Compares café time and the round's deadline with those of the first reading.

        How long an answer took is no drift: the café read its clock at some moment between question and answer.
        """
        asked = time.monotonic() * 1000
        status, told = await self.ask(session, "GET", "/c/state")
        answered = time.monotonic() * 1000
        if status != 200:
            return
        if self._first is None:
            self._first = asked, answered, told
        least, most, first = self._first
        passed = told["now"] - first["now"]
        drift = max(asked - most - passed, passed - (answered - least), 0)
        self.figures.drift = max(self.figures.drift, round(drift))
        self.figures.deadline_moved += told["clock"]["ends"] != first["clock"]["ends"]

    # --------------------------------------------------------------------------------------------- file

    def look(self) -> None:
        """Looks at the file as it lies there: sound, and what was promised once and unaltered."""
        figures = self.figures
        try:
            file = CafeFile(self.file, readonly=True)
            (state,) = fold(SqliteLog(file).read()).values()
            kept = [(row[0], row[1]) for row in file.db.execute("SELECT id, text FROM ideas")]
            file.close()
        except Exception as no:  # Whatever is wrong with the file is a fault, and the campaign's result.
            print(no, file=sys.stderr)
            figures.unsound += 1
            return
        texts = Counter(text for _, text in kept)
        figures.promised = len(self.told)
        figures.lost = sum(text not in texts for text in self.told.values())
        figures.doubled = sum(count - 1 for count in texts.values())
        figures.ghosts = max(0, len(state.participants) - self.phones)
        if self.mutant != "ignores-the-phones-id":
            stored = dict(kept)
            figures.altered = sum(stored.get(id, text) != text for id, text in self.told.items())
            figures.unsound += {idea.id for idea in state.ideas.values()} != set(stored)


def campaign(kills: int, phones: int = 40, mutant: str = "", *, until_fault: bool = False, seed: int = 1) -> Figures:
    """Runs a campaign in a folder of its own."""

    async def run(folder: Path) -> Figures:
        return await Campaign(folder, phones, mutant, seed).run(kills, until_fault=until_fault)

    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(run(Path(name)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--phones", type=int, default=64)
    parser.add_argument("--mutant", default="")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    figures = campaign(told.kills, told.phones, told.mutant, seed=told.seed)
    print(json.dumps(msgspec.to_builtins(figures)))
    raise SystemExit(1 if figures.faults or figures.drift >= 1000 else 0)


if __name__ == "__main__":
    main()
