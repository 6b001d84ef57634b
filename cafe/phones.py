"""Simulated phones: they know the wire and nothing else, and remember every idea that they were told is saved."""

import asyncio
import contextlib
import json
import random
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

import aiohttp
import msgspec

Book = Mapping[str, Sequence[str]]
"""What people say to each question, by the question's text; under '' what is said to another's idea."""


ANSWERS = 0.4
"""The share of ideas that build on one that the phone has just seen."""


class Told(msgspec.Struct, frozen=True):
    """An idea that a phone was told is saved."""

    id: str
    text: str


class Phones:
    """A roomful of phones at one address. `told` holds what they were promised; `lost` what never got an answer."""

    def __init__(
        self,
        join: str,
        book: Book,
        *,
        seed: int = 1,
        ideas: tuple[int, int] = (0, 2),
        languages: Sequence[str] = ("ro",),
    ) -> None:
        self.join, self.book, self.ideas, self.languages = join, book, ideas, languages
        self.told: dict[str, Told] = {}
        self.refused: dict[int, int] = {}
        self.joined = 0
        self.random = random.Random(seed)
        self._tasks: list[asyncio.Task[None]] = []
        self._decks: dict[tuple[str, str], list[str]] = {}

    def say(self, asked: str, *, answering: bool) -> str:
        """Something that nobody has said to this question yet, as long as the book has it."""
        said = (self.book.get("") if answering else self.book.get(asked)) or self.book.get(asked) or ("…",)
        deck = self._decks.setdefault((asked, "" if answering else asked), [])
        if not deck:
            deck.extend(said)
            self.random.shuffle(deck)
        return deck.pop()

    def arrive(self, count: int, within: float = 3.0) -> None:
        """Lets some phones come one after the other, within so many seconds."""
        for number in range(count):
            phone = _Phone(self, random.Random(self.random.random()), self.languages[number % len(self.languages)])
            self._tasks.append(asyncio.create_task(phone.live(self.random.uniform(0, within))))

    async def settle(self) -> None:
        """Waits until what the phones have begun to send is answered."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def leave(self) -> None:
        """Switches all phones off."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _Phone:
    """One phone: joins, follows the stream, writes a few ideas in each round, chooses and asks in talks, and votes."""

    def __init__(self, room: Phones, chance: random.Random, language: str) -> None:
        self.room, self.chance, self.language = room, chance, language
        self.base = room.join.rsplit("/", 1)[0]
        self.rate = 1.0
        self.written: set[str] = set()
        self.heard: list[str] = []
        self.writing: set[asyncio.Task[None]] = set()
        self.over = False

    async def live(self, delay: float) -> None:
        await asyncio.sleep(delay)
        jar = aiohttp.CookieJar(unsafe=True)
        headers = {"Accept-Language": self.language, "Origin": self.base}
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=10)
        async with aiohttp.ClientSession(cookie_jar=jar, headers=headers, timeout=timeout) as self.session:
            try:
                await self._come_in()
                while not self.over:
                    with contextlib.suppress(aiohttp.ClientError, OSError):
                        await self._follow()
                    if not self.over:
                        await asyncio.sleep(self.chance.uniform(0.2, 0.8))
            finally:
                for task in self.writing:
                    task.cancel()

    async def _come_in(self) -> None:
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                async with self.session.post(self.room.join, data={}) as answer:
                    if answer.status == 200:
                        self.room.joined += 1
                        return
                    wait = float(answer.headers.get("Retry-After", 1))
                    await asyncio.sleep(wait)
                    continue
            await asyncio.sleep(0.5)

    async def _follow(self) -> None:
        async with self.session.get(f"{self.base}/c/events") as stream:
            if stream.status != 200:
                await asyncio.sleep(1)
                return
            name, data = "", ""
            async for raw in stream.content:
                line = raw.decode().rstrip("\r\n")
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    data += line[5:].strip()
                elif not line and data:
                    self._hear(name, json.loads(data))
                    name, data = "", ""
                if self.over:
                    return

    def _hear(self, name: str, told: dict[str, object]) -> None:
        if name == "hello":
            self.rate = float(str(told.get("rate", 1)))
        elif name == "harvest":
            self._weigh(told)
        elif name == "idea" and not told.get("mine"):
            self.heard = [*self.heard[-9:], str(told["id"])]
        elif name == "state":
            if told["phase"] == "closed":
                self.over = True
            elif told["phase"] == "round" and isinstance(told["q"], dict):
                self._think(told, told["q"])
            elif told["phase"] == "talk":
                self._listen(told)

    def _listen(self, state: Mapping[str, Any]) -> None:
        """Chooses one of several talks; asks the speaker once, if the book has a question."""
        question, where = state["q"], str(state.get("in"))
        if state.get("talks") and not any(talk["here"] for talk in state["talks"]):
            self._begin(self._choose(self.chance.choice(state["talks"])["number"]))
        elif question and where not in self.written and question["text"] in self.room.book:
            self.written.add(where)
            self._begin(self._write(self.chance.uniform(0, 0.3), question["text"], question["id"], where))

    def _weigh(self, told: Mapping[str, Any]) -> None:
        """Gives its dots once, a few ideas being dearer to the room than the others."""
        if not told["open"] or not told["items"] or told["mine"] or "ballot" in self.written:
            return
        self.written.add("ballot")
        weights = [1 / rank for rank in range(1, len(told["items"]) + 1)]
        dots: dict[str, int] = {}
        for id in self.chance.choices(told["items"], weights, k=told["dots"]):
            dots[id] = min(told["max_per"], dots.get(id, 0) + 1)
        self._begin(self._give(self.chance.uniform(0.2, 2), {"rev": told["rev"], "dots": dots}))

    async def _give(self, delay: float, ballot: Mapping[str, object]) -> None:
        await asyncio.sleep(delay)
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with self.session.put(f"{self.base}/c/ballot", json=ballot):
                pass

    def _begin(self, doing: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(doing)
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)

    async def _choose(self, talk: int) -> None:
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with self.session.put(f"{self.base}/c/here", json={"talk": talk}):
                pass

    def _think(self, state: dict[str, object], question: dict[str, object]) -> None:
        """Plans the ideas of a round, once for each round and table."""
        where = str(state.get("in"))
        clock = state["clock"]
        if where in self.written or not isinstance(clock, dict) or clock["mode"] != "run":
            return
        self.written.add(where)
        left = max(500.0, float(clock["left"])) / 1000 / self.rate
        for _ in range(self.chance.randint(*self.room.ideas)):
            delay = self.chance.uniform(0.08, 0.85) * left
            self._begin(self._write(delay, str(question["text"]), str(question["id"]), where))

    async def _write(self, delay: float, asked: str, question: str, where: str) -> None:
        await asyncio.sleep(delay)
        on = self.chance.choice(self.heard) if self.heard and self.chance.random() < ANSWERS else None
        text = self.room.say(asked, answering=on is not None)
        idea = {
            "id": secrets.token_hex(12),
            "q": question,
            "text": text,
            "on": on,
            "lang": self.language,
            "t": 0,
            "in": where,
        }
        await self._send(idea)

    async def _send(self, idea: Mapping[str, object]) -> None:
        """Sends one idea until the server says that it is saved, or that it never will be."""
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                async with self.session.post(f"{self.base}/c/ideas", json=idea) as answer:
                    if answer.status in (200, 201):
                        saved = await answer.json()
                        id = str(idea["id"])
                        self.room.told[id] = Told(id, str(saved.get("text", idea["text"])))
                        return
                    self.room.refused[answer.status] = self.room.refused.get(answer.status, 0) + 1
                    if answer.status not in (429, 500, 502, 503, 507):
                        return
                    await asyncio.sleep(float(answer.headers.get("Retry-After", 0.5)))
            await asyncio.sleep(self.chance.uniform(0.1, 0.6))
