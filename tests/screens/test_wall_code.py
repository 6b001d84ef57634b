"""People come in by the wall: a code that scans, and the same in words."""

import asyncio
from pathlib import Path

import cv2
import pytest

from cafe.live import Network
from cafe.plan import Wifi
from cafe.rules import REFUSALS
from screens.poster import Poster
from tests.screens import raster
from tests.screens.room import CODE, URL, Wall, changed, lab, wall

JOIN = f"{URL}/{CODE}"


def scanned(held: Wall) -> str:
    """What a phone reads from the picture of the wall."""
    return str(cv2.QRCodeDetector().detectAndDecode(raster.pixels(held.app))[0])


def codes(held: Wall) -> set[str]:
    """What phones read from the codes of the lobby, each held up to its own column."""
    picture, found = raster.pixels(held.app), set()
    for column in held.app.screen.query("#wifi, #cafe"):
        x, y, width, height = column.region
        part = picture[y * 16 : (y + height) * 16, x * 8 : (x + width) * 8]
        if part.size:
            found.add(str(cv2.QRCodeDetector().detectAndDecode(part.copy())[0]))
    return found


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
            assert held.tr("{key} shows the keys", key="?") in held.text
            await held.press("t")
            assert held.tr("{key} shows the keys", key="?") not in held.text

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
            assert said(held) == [f"192.168.1.5:8080   {CODE}"]
            await held.press("j")
            assert held.app.current_mode == "round"
            assert held.state.position.tracks[0].clock.mode == "run"

    asyncio.run(look())


WIFI = Wifi("Cafenea; „TM”", 'par:ola,"1', hidden=True)
"""A network whose name and password have every sign that could break its code."""
HELD = 'WIFI:T:WPA;S:Cafenea\\; „TM”;P:par\\:ola\\,\\"1;H:true;;'


@pytest.mark.parametrize("size", [(120, 34), (160, 45), (200, 55)])
def test_two_codes_stand_beside_each_other_where_there_is_room(tmp_path: Path, size: tuple[int, int]) -> None:
    """With a Wi-Fi in the plan phones read both codes from the lobby: first the network, then the café."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab(), wifi=WIFI), size) as held:
            assert codes(held) == {HELD, JOIN}
            columns = [column.region.x for column in held.app.screen.query("#wifi, #cafe")]
            assert columns == sorted(columns)
            assert held.tr("{key} and again {key}: its code", key="j") not in said(held)

    asyncio.run(look())


def test_in_a_small_window_the_codes_take_turns(tmp_path: Path) -> None:
    """At 80 by 24 the lobby has the café's code; j shows it large, j again the Wi-Fi's, j again the lobby."""

    async def look() -> None:
        async with wall(tmp_path, changed(lab(), wifi=WIFI)) as held:
            assert codes(held) == {JOIN}
            assert held.tr("{key} and again {key}: its code", key="j") in said(held)
            await held.press("j")
            assert scanned(held) == JOIN
            await held.press("j")
            assert scanned(held) == HELD
            assert said(held) == ["Wi-Fi: Cafenea; „TM”"]
            assert "ola" not in held.text.replace("școla", "")
            await held.press("j")
            assert held.app.current_mode == "lobby"
            await held.press("j", "j", "x")
            assert held.app.current_mode == "lobby"

    asyncio.run(look())


def test_a_key_tells_phones_another_address(tmp_path: Path) -> None:
    """Pressed twice, w changes code and words at once, says so to the room, and comes round to the first again."""

    async def look() -> None:
        async with wall(tmp_path, size=(120, 34)) as held:
            await held.press("w")
            assert held.notice == held.tr("This laptop has no other address that phones could reach.")
            held.room.live.see(Network(ways=(("192.168.1.5", "wlan0"), ("10.0.0.7", "eth0"))))
            await held.press("w")
            assert "10.0.0.7" in held.notice
            assert "eth0" in held.notice
            assert held.state.url == URL
            await held.press("w")
            assert codes(held) == {f"http://10.0.0.7:8080/{CODE}"}
            assert held.notice == held.tr("The address is another one now: please scan the code again")
            assert {"10.0.0.7:8080", CODE} <= set(said(held))
            assert f"10.0.0.7:8080   {CODE}" in held.rows[0]
            await held.press("w", "w")
            assert codes(held) == {JOIN}
            held.room.live.see(Network(ways=(("10.0.0.7", "eth0"),), public=True))
            await held.press("w")
            assert held.notice == held.tr(REFUSALS["address_fixed"])

    asyncio.run(look())


def test_a_changed_address_is_told_in_one_line(tmp_path: Path) -> None:
    """In whatever phase, a changed address makes one calm line on the wall, and the head has the new one."""

    async def look() -> None:
        async with wall(tmp_path, began=3) as held:
            await held.room.do("address", ip="10.0.0.7")
            await held.settle()
            assert held.notice == held.tr("The address is another one now: please scan the code again")
            assert "10.0.0.7:8080" in held.rows[0]

    asyncio.run(look())


def test_the_lobby_is_green_only_by_another_device(tmp_path: Path) -> None:
    """While nobody came the lobby waits, after a minute one calm line; the sign ✓ comes with the first other device."""

    async def look() -> None:
        async with wall(tmp_path, people=0) as held:
            assert held.tr("We are waiting for the first phone") in held.text
            assert "✓" not in held.text
            held.room.live.see(Network(overdue=True))
            await held.settle()
            assert held.tr("Does the page not open? Please tell the facilitator.") in said(held)
            held.room.live.reached("somebody")
            await held.settle()
            assert f"✓ {held.tr('Phones come through')}" in held.text
            assert held.tr("Does the page not open? Please tell the facilitator.") not in said(held)
            held.room.live.begin_proof()
            await held.settle()
            assert "✓" not in held.text

    asyncio.run(look())
