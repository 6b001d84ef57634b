"""The real room in a real terminal: phones, printed cards, wall and private view agree on every seat."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from cafe.plan import parse
from cafe.remote import Remote, read_door
from cafe.seating import card, seats
from cafe.state import RoundKey
from tests.patience import PATIENCE
from tests.whole.terminals import Terminal
from tests.whole.test_terminal import Guest

PLAN = """
title = "Lab"
organiser = "Town hall"
contact = "lab@example.org"
code = "K7QF"
[[groups]]
tables = 5
seats = 7
[sessions.s1]
title = "Talk"
questions = ["One?", "Two?", "Three?", "Four?", "Five?"]
rounds = 3
minutes = 20
[[programme]]
at = "10:00"
kind = "session"
session = "s1"
[[programme]]
at = "11:30"
kind = "closing"
"""


def told(guest: Guest) -> dict[str, Any]:
    """What a phone is told now."""
    said: dict[str, Any] = json.loads(guest.http.open(f"{guest.base}/c/state", timeout=PATIENCE).read())
    return said


def arrived(base: str, wall: Terminal) -> Guest:
    """Somebody who joins; the wall draws each of them, and a terminal that nobody reads would hold the program up."""
    guest = Guest(base)
    wall.drain()
    return guest


async def evening(folder: Path, base: str, wall: Terminal) -> None:
    plan = parse(PLAN).plan
    assert plan is not None
    phones = [arrived(base, wall) for _ in range(23)]
    remote = Remote(lambda: read_door(folder / "lab.cafe"))
    await remote.open()
    try:
        for number in range(24, 30):
            await remote.do("bring", who=f"card-{number}", card=number)
        await remote.do("next", step=remote.state.step)
        announced = remote.state.seats
        gone = [remote.state.here[number].id for number in (3, 11, 25)]
        for who in gone:
            wall.drain()
            await remote.do("leave", who=who)
        phones += [arrived(base, wall), arrived(base, wall)]
        for name in ("late-1", "late-2"):
            await remote.do("bring", who=name)
        for key, taken in announced.items():
            assert all(remote.state.table(who, key) == at for who, at in taken.items() if who not in gone)
        await remote.do("next", step=remote.state.step)
        state, key = remote.state, RoundKey(0, "s1", 2)
        assert len(state.here) == 30
        for person in state.here:
            printed = {seat.round: seat.table for seat in seats(plan, card(plan, person.card))}
            assert state.table(person.id, key) == printed[2]
        by_card = {person.card: state.table(person.id, key) for person in state.here}
        heard = 0
        for phone in phones:
            wall.drain()
            said = told(phone)
            if said["card"] in by_card and said["to"]:
                assert said["to"] == by_card[said["card"]]
                heard += 1
        assert heard >= len(phones) - len(gone)
        counts = {table: list(by_card.values()).count(table) for table in range(1, 6)}
        assert max(counts.values()) - min(counts.values()) <= 1
        wall.until(lambda text: all(re.search(rf"Table\s{t}:\s{n}\s", text) for t, n in counts.items()))
    finally:
        await remote.close()


def test_phones_cards_wall_and_private_view_agree(tmp_path: Path) -> None:
    """With 23 phones and six people on cards, three leave and four come: all four say the same of the next round."""
    (tmp_path / "lab.toml").write_text(PLAN, "utf-8")
    with Terminal("run", "lab.toml", "--host", "127.0.0.1", cwd=tmp_path, width=100, height=30) as wall:
        wall.until(lambda text: "K7QF" in text)
        port = re.search(r":(80\d\d)\b", wall.text)
        assert port
        asyncio.run(evening(tmp_path, f"http://127.0.0.1:{port[1]}", wall))
