"""People come in by the wall: a code that scans, and the same in words."""

import asyncio
from pathlib import Path

import cv2
import pytest

from cafe.plan import Wifi
from screens.poster import Poster
from tests.screens import raster
from tests.screens.room import CODE, URL, Wall, changed, lab, wall

JOIN = f"{URL}/{CODE}"


def scanned(held: Wall) -> str:
    """What a phone reads from the picture of the wall."""
    return str(cv2.QRCodeDetector().detectAndDecode(raster.pixels(held.app))[0])


def said(held: Wall) -> list[str]:
    """What is said beside the code, drawn or plain."""
    return [one.text for one in held.app.screen.query_one(Poster).sentences]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 34), (160, 45), (200, 55)])
def test_a_phone_reads_the_code_from_the_lobby(tmp_path: Path, size: tuple[int, int]) -> None:
    """From the real lobby at every size a camera reads the whole address; it also stands there in words."""

    async def look() -> None:
        async with wall(tmp_path, size=size) as held:
            assert scanned(held) == JOIN
            assert {"192.168.1.5:8080", CODE} <= set(said(held))
            assert f"192.168.1.5:8080   {CODE}" in held.rows[0]

    asyncio.run(look())


def test_the_lobby_counts_people_and_groups(tmp_path: Path) -> None:
    """The lobby says how many people are here, in all and by group, as Romanian counts; and how to come in."""

    async def look() -> None:
        plan = changed(lab(), wifi=Wifi("Cafenea-TM", "secret"))
        async with wall(tmp_path, plan, people=27) as held:
            assert "27 de persoane" in held.text
            groups = [held.tr("group {name}: {n}", name=name, n=n) for name, n in (("A", 14), ("B", 13))]
            assert " · ".join(groups) in held.text
            assert "Wi-Fi: Cafenea-TM" in held.text
            assert "secret" not in held.text
            assert held.tr("? shows the keys") in held.text
            await held.press("t")
            assert held.tr("? shows the keys") not in held.text

    asyncio.run(look())


def test_without_somebody_responsible_there_is_no_code(tmp_path: Path) -> None:
    """A plan without organiser or contact opens no door: the lobby says so calmly, and the café can still go on."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab(), contact=""), people=0) as held:
            assert held.tr("Joining is not open yet") in said(held)
            assert scanned(held) == ""
            await held.press("space", "space")
            assert held.state.phase == "welcome"

    asyncio.run(look())


def test_the_code_stands_alone_over_anything(tmp_path: Path) -> None:
    """The key j shows the code over a round, and puts the round back; the clock runs on meanwhile."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.press("j")
            assert scanned(held) == JOIN
            assert "Cum putem" not in held.text
            assert f"192.168.1.5:8080 {CODE}" in held.text
            await held.press("j")
            assert held.app.current_mode == "round"
            assert held.state.position.tracks[0].clock.mode == "run"

    asyncio.run(look())
