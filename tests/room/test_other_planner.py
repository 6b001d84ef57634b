"""Another version of the planner: what was told to people stands in the file, and is never worked out again."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cafe import seating
from cafe.events import Seat
from cafe.rules import evening
from cafe.state import RoundKey
from tests.afternoon import short
from tests.room.rooms import held, rebuilt, rows, until


def another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every card goes the other way round its tables, and evening out ends in an error."""
    honest = seating.seats

    def turned(*given: Any) -> tuple[Seat, ...]:
        found = honest(*given)
        return tuple(replace(seat, table=other.table) for seat, other in zip(found, reversed(found), strict=True))

    def broken(*_: Any, **__: Any) -> Any:
        raise AssertionError("the planner was asked about seats that stand in the file")

    monkeypatch.setattr(seating, "seats", turned)
    monkeypatch.setattr(evening, "replan", broken)


def test_replayed_with_another_version_of_the_planner_everybody_sits_where_they_were_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A café with cards, a host, people who left and evened tables is opened by a program that plans otherwise: every
    seat, and every row of the readable tables, is as it was; only who comes from now on is seated by the new planner.
    """

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            for number in range(1, 13):
                await room.do("join", who=f"p{number}", language="ro")
            await until(room, "round")
            await room.do("host", who="p1", table=room.state.seats[RoundKey(1, "s1", 1)]["p1"])
            for gone in ("p3", "p7"):
                await room.do("leave", who=gone)
            offer = evening.offers(room.state)[-1]
            assert offer.seats
            await room.do("reseat", rev=offer.rev, seats=offer.seats)
            told, read = room.state.seats, rows(room)
        another_version(monkeypatch)
        async with held(tmp_path / "a.cafe") as room:
            assert room.state.seats == told
            assert rows(room) == read == rebuilt(room)
            await room.do("join", who="late", language="ro")
            here = room.state.participants["late"]
            monkeypatch.undo()
            honest = {
                RoundKey(s.block, s.session, s.round): s.table
                for s in seating.seats(room.state.plan, seating.card(room.state.plan, here.card))
            }
            assert any(taken["late"] != honest[key] for key, taken in room.state.seats.items() if "late" in taken)

    asyncio.run(story())
