"""How soon the wall shows what happens, in a real terminal of 200 x 55: `python -m tests.bench.frames`.

The program runs as a facilitator starts it, in a pseudo-terminal; two hundred bare phones listen and send. Each idea
carries its number, so that what stands in the terminal tells when it was painted. An idea is painted in time when
it stands there soon after its author was told that it is saved; of a thousand at once only the newest are ever seen.
"""

import asyncio
import json
import os
import random
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pyte

from cafe.file import CafeFile
from cafe.people import Person, hashed
from cafe.plan import parse
from cafe.room import Room
from tests.bench.phones import Socket
from tests.whole.terminals import Terminal

PHONES = 200
BURST = 1000
MANY = 10_000
PORT = 18200
CALM = 10.0
"""Seconds for which nothing happens but the clock."""
TALK = 20.0
"""Seconds for which the hall talks, ten ideas a second; a key is pressed twice a second meanwhile."""

PLAN = """
title = "Bench"
code = "K7QF"
organiser = "Bench"
contact = "bench@example.org"
language = "en"
[[groups]]
id = "A"
tables = 40
seats = 6
[sessions.s]
title = "Talk"
questions = ["What should stay as it is here, whatever else may come and go?", "What would you begin tomorrow?"]
rounds = 1
minutes = 1.9
[[programme]]
at = "10:00"
kind = "session"
session = "s"
"""
REACH = {
    "idea painted p95 ms": 100, "burst painted p95 ms": 100, "key answered p95 ms": 50, "longest wait ms": 250,
    "clock kB/s": 30, "talk kB/s": 30, "burst kB/s": 30, "with 10,000 ideas": 1.5,
}  # fmt: skip
"""What is to be reached, at most."""


class Watch:
    """A terminal that is read by a thread of its own: what stands there, and when each thing came."""

    def __init__(self, terminal: Terminal) -> None:
        self.pieces: list[tuple[float, int]] = []
        self.seen: dict[int, float] = {}
        self.fd = terminal.child.child_fd
        self.screen = pyte.Screen(200, 55)
        self.stream = pyte.ByteStream(self.screen)
        self.rows = [""] * 55
        self.news = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self.fd, 1 << 20)
            except OSError:
                return
            at = time.perf_counter()
            self.stream.feed(piece)
            with self.news:
                self.pieces.append((at, len(piece)))
                for y in self.screen.dirty:
                    self.rows[y] = "".join(self.screen.buffer[y][x].data for x in range(200))
                    for number in re.findall(r"No (\d{6})", self.rows[y]):
                        self.seen.setdefault(int(number), at)
                self.screen.dirty.clear()
                self.news.notify_all()

    def until(self, words: str, seconds: float = 20) -> float:
        """When the piece came with which these words stood there."""
        end = time.perf_counter() + seconds
        with self.news:
            while not any(words in row for row in self.rows):
                assert self.news.wait(end - time.perf_counter()), f"never came: {words!r}"
            return self.pieces[-1][0] if self.pieces else 0.0

    def bytes_since(self, began: float) -> int:
        return sum(size for at, size in list(self.pieces) if at >= began)


class Hall:
    """The phones, and when each idea was sent and promised."""

    def __init__(self, phones: Sequence[Socket]) -> None:
        self.phones = phones
        self.promised: dict[int, float] = {}
        self.numbers = iter(range(1_000_000))

    async def send(self, phone: Socket) -> None:
        number = next(self.numbers)
        said = {"id": f"bench-{number:06}", "text": f"No {number:06} more benches, and somebody to sit on them"}
        try:
            status, answer = await phone.ask("POST", "/c/ideas", json.dumps(said).encode())
        except ConnectionError:  # the server lets a silent line go
            status, answer = await phone.ask("POST", "/c/ideas", json.dumps(said).encode())
        assert status in (200, 201), answer
        self.promised[number] = time.perf_counter()

    async def burst(self) -> None:
        """Every phone empties what it may send at once."""

        async def empty(phone: Socket) -> None:
            for _ in range(BURST // PHONES):
                await self.send(phone)

        await asyncio.gather(*(empty(phone) for phone in self.phones))

    async def talk(self) -> None:
        """Ten ideas a second, from one phone after another."""
        sending, turn = [], iter(self.phones * 100)
        end = time.perf_counter() + TALK
        while time.perf_counter() < end:
            sending.append(asyncio.create_task(self.send(next(turn))))
            await asyncio.sleep(0.1 * random.expovariate(1))
        await asyncio.gather(*sending)


async def prepare(file: Path, ideas: int) -> None:
    """A café in its first round that has so many ideas already."""
    plan = parse(PLAN).plan
    assert plan is not None
    room = Room(CafeFile(file))
    await room.start(plan, PLAN, code="K7QF")
    for number in range(PHONES if ideas else 0):
        await room.do("join", person=Person(token=hashed(f"bench {number}")), who=f"b{number}", language="en")
    await room.do("next", step=room.state.step)
    for begun in range(0, ideas, 500):
        said = ((f"old-{n:08}", f"b{n % PHONES}") for n in range(begun, begun + 500))
        await asyncio.gather(*(room.do("send", who=who, id=id, text=f"Said {id} before") for id, who in said))
    await room.stop()


async def keys(terminal: Terminal, watch: Watch, answers: list[float], stop: asyncio.Event) -> None:
    """More and less by turns; how long the answer takes."""
    for key, said in [("+", "minute more"), ("-", "minute less")] * 500:
        if stop.is_set():
            return
        began = time.perf_counter()
        terminal.press(key)
        answers.append(await asyncio.to_thread(watch.until, said) - began)
        await asyncio.sleep(0.5)


def late(watch: Watch, hall: Hall) -> list[float]:
    """Milliseconds from the promise to the picture, of every idea that was seen."""
    return [max(0.0, at - hall.promised[n]) * 1000 for n, at in list(watch.seen.items()) if n in hall.promised]


def high(values: Sequence[float]) -> float:
    """The value below which 95 of 100 lie."""
    return round(sorted(values)[int(0.95 * (len(values) - 1))], 1)


async def listen(phones: Sequence[Socket]) -> None:
    """Opens the stream of each phone; what comes is taken and forgotten."""
    loop = asyncio.get_running_loop()
    for phone in phones:
        transport, _ = await loop.create_connection(asyncio.Protocol, "127.0.0.1", PORT)
        transport.write(phone.request("GET", "/c/events"))


async def evening(folder: Path, ideas: int) -> dict[str, float]:
    """One café from quiet to a shower of ideas."""
    await prepare(folder / "bench.cafe", ideas)
    (folder / "bench.toml").write_text(PLAN, "utf-8")
    given = ("run", folder / "bench.toml", "--file", folder / "bench.cafe", "--host", "127.0.0.1", "--port", str(PORT))
    with Terminal(*given, cwd=folder, width=200, height=55) as terminal:
        terminal.child.delaybeforesend = None  # pexpect waits 50 ms before each key
        watch = Watch(terminal)
        await asyncio.to_thread(watch.until, "K7QF")
        phones = [Socket(PORT) for _ in range(PHONES)]
        await asyncio.gather(*(phone.join() for phone in phones))
        await listen(phones)
        await asyncio.sleep(3)  # What the arrivals left to do is done.
        began = time.perf_counter()
        await asyncio.sleep(CALM)
        found: dict[str, float] = {"clock kB/s": round(watch.bytes_since(began) / CALM / 1000, 1)}
        hall, answers, stop = Hall(phones), list[float](), asyncio.Event()
        pressing = asyncio.create_task(keys(terminal, watch, answers, stop))
        began = time.perf_counter()
        await hall.talk()
        await asyncio.sleep(0.5)
        found["talk kB/s"] = round(watch.bytes_since(began) / TALK / 1000, 1)
        talked = late(watch, hall)
        found |= {"idea painted p50 ms": round(statistics.median(talked), 1), "idea painted p95 ms": high(talked)}
        after = next(hall.numbers)
        await asyncio.sleep(10)  # until every phone may send five at once again
        began = time.perf_counter()
        await hall.burst()
        took = time.perf_counter() - began
        await asyncio.sleep(1)
        stop.set()
        await pressing
        seen = dict(watch.seen)
        shower = [max(0.0, seen[n] - at) * 1000 for n, at in hall.promised.items() if n > after and n in seen]
        found["burst kB/s"] = round(watch.bytes_since(began) / (time.perf_counter() - began) / 1000, 1)
        found |= {"burst taken s": round(took, 2), "burst painted p95 ms": high(shower), "burst seen": len(shower)}
        milliseconds = [answer * 1000 for answer in answers]
        found |= {"key answered p50 ms": round(statistics.median(milliseconds), 1)}
        found |= {"key answered p95 ms": high(milliseconds)}
        found["longest wait ms"] = round(max([*milliseconds, *talked, *shower]), 1)
        for phone in phones:
            phone.close()
    return found


def main() -> None:
    found: list[dict[str, float]] = []
    for ideas in (0, MANY):
        with tempfile.TemporaryDirectory() as name:
            found.append(asyncio.run(evening(Path(name), ideas)))
    few, many = found
    few["with 10,000 ideas"] = round(many["idea painted p50 ms"] / few["idea painted p50 ms"], 2)
    print(json.dumps(few))
    print(f"with {MANY:,} ideas: {json.dumps(many)}")
    print(f"to be reached, at most: {json.dumps(REACH)}")
    raise SystemExit(any(few.get(name, 0) > most for name, most in REACH.items()))


if __name__ == "__main__":
    main()
