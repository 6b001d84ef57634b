"""Sends ideas through a faulty network: `python -m tests.bench.soak`, ten thousand sends with a fault.

Phones send each idea until they are told that it is saved, through a proxy that drops requests, cuts them and their
answers, doubles them, and lets them arrive when they have long been sent again. In the end every promised idea must be
there once and as it was sent, and nobody may have come in twice.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from tests.bench.kills import Campaign, Figures
from tests.proxy import FAULTS, Fault, Proxy, proxy

SHARE = 0.6
"""How much of what is sent meets a fault."""


class Found(msgspec.Struct, kw_only=True):
    """What a soak found: faults on the way of ideas, by kind, and what became of the ideas."""

    sends: int = 0
    faulted: int = 0
    kinds: dict[str, int]
    promised: int
    lost: int
    doubled: int
    altered: int
    ghosts: int
    unsound: int
    seconds: float

    @property
    def wrong(self) -> int:
        return self.lost + self.doubled + self.altered + self.ghosts + self.unsound


class Soak(Campaign):
    """Phones behind a faulty network, and a program that lives through it."""

    def __init__(self, folder: Path, phones: int, sends: int, mutant: str = "", seed: int = 1) -> None:
        super().__init__(folder, phones, mutant, seed)
        self.enough = sends
        self.sends, self.kinds = 0, dict.fromkeys(FAULTS, 0)
        self.dice = random.Random(seed)

    def choose(self, request: bytes) -> Fault:
        """A fault for most requests until there were enough of them; then none, so that the phones can finish."""
        idea = request.startswith(b"POST /c/ideas")
        self.sends += idea
        if self.over or self.dice.random() > SHARE:
            return ""
        fault = self.dice.choice(FAULTS)
        if idea:
            self.kinds[fault] += 1
            self.over = sum(self.kinds.values()) >= self.enough
        return fault

    async def soak(self) -> Found:
        began = time.monotonic()
        program = await self.start()
        try:
            async with proxy(self.port, self.choose) as between:
                await self._phones(between)
        finally:
            program.terminate()
            await program.wait()
        self.look()
        figures: Figures = self.figures
        return Found(
            sends=self.sends,
            faulted=sum(self.kinds.values()),
            kinds=self.kinds,
            promised=figures.promised,
            lost=figures.lost,
            doubled=figures.doubled,
            altered=figures.altered,
            ghosts=figures.ghosts,
            unsound=figures.unsound + figures.strangers,
            seconds=round(time.monotonic() - began, 1),
        )

    async def _phones(self, between: Proxy) -> None:
        self.base = f"http://127.0.0.1:{between.port}"
        await asyncio.gather(*(self.phone(number) for number in range(self.phones)))
        await between.settle()


def soak(sends: int, phones: int = 60, mutant: str = "", seed: int = 1) -> Found:
    """Runs a soak in a folder of its own."""

    async def run(folder: Path) -> Found:
        return await Soak(folder, phones, sends, mutant, seed).soak()

    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(run(Path(name)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sends", type=int, default=10_000)
    parser.add_argument("--phones", type=int, default=280)
    parser.add_argument("--mutant", default="")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    found = soak(told.sends, told.phones, told.mutant, told.seed)
    print(json.dumps(msgspec.to_builtins(found)))
    sys.exit(1 if found.wrong else 0)


if __name__ == "__main__":
    main()
