"""What a table leaves through somebody's phone: words for the next people, and photographs of its tablecloth."""

import asyncio
import io
from pathlib import Path
from typing import Literal

import aiohttp
import msgspec
import pytest
from PIL import Image

from cafe import photos
from server.desk import DESK
from tests.room.test_photos import from_a_camera
from tests.server.running import PLAN, Cafe, Phone, run, running

WORDS = "Am vorbit despre <b>costuri</b>."


def photo(seed: int = 0) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((300 + seed, 200), 60).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def form(data: bytes, place: str = "") -> aiohttp.FormData:
    """The form as a phone sends it."""
    fields = aiohttp.FormData()
    fields.add_field("in", place)
    fields.add_field("photo", io.BytesIO(data), filename="../../IMG.jpg", content_type="image/jpeg")
    return fields


async def next_round(cafe: Cafe) -> None:
    await cafe.until("move")
    await cafe.room.do("next", step=cafe.room.state.step)


async def at(phones: list[Phone], table: int) -> list[Phone]:
    """The phones of those who sit at a table now."""
    return [phone for phone in phones if (await phone.state())["table"] == table]


def test_the_next_people_see_first_what_was_left(tmp_path: Path) -> None:
    """The next people at a table, and they alone, get its word with their question, before all ideas."""

    async def test() -> None:
        async with (
            running(tmp_path, "round") as cafe,
            cafe.phone() as one,
            cafe.phone() as two,
            cafe.phone() as three,
            cafe.phone() as four,
        ):
            everybody = [one, two, three, four]
            author = (await at(everybody, 1))[0]
            place = (await author.state())["in"]
            answer = await author.ask("POST", "/c/hand-over", json={"text": WORDS, "in": place, "lang": "ro"})
            assert answer.status == 200
            assert answer.data["hand"] == WORDS
            assert [(await phone.state())["handed"] for phone in everybody] == [None] * 4
            await next_round(cafe)
            for phone in everybody:
                state = await phone.state()
                there = {"text": WORDS, "lang": "ro"} if state["table"] == 1 else None
                assert state["handed"] == there
                page = (await phone.get("/c")).text
                assert ("&lt;b&gt;costuri&lt;/b&gt;" in page) == (there is not None)
                if there:
                    assert page.index("costuri") < page.index('id="mine"')
            late = await author.ask("POST", "/c/hand-over", json={"text": "Altceva", "in": place})
            assert (late.status, late.code) == (409, "handed_on")

    run(test())


def test_it_is_asked_in_the_last_minutes_of_who_speaks_for_the_table(tmp_path: Path) -> None:
    """The moment from which phones ask comes with the state; others at the table are not asked once it is done."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as one, cafe.phone() as two, cafe.phone() as three:
            first, second = (await at([one, two, three], 1))[:2]
            state = await first.state()
            assert state["soon"] == state["clock"]["ends"] - 3 * 60_000
            assert "hand" in state["parts"]
            assert (await first.post("/c/hand-over", {"text": WORDS, "in": state["in"]})).status == 303
            assert "hand" in (await first.state())["parts"]
            assert (await second.state())["hand"] is None
            assert "hand" not in (await second.state())["parts"]
            refused = await second.post("/c/hand-over", {"text": "Eu!", "in": state["in"]})
            assert refused.status == 409
            assert "Altcineva de la masa aceasta" in refused.text

    run(test())


def test_words_that_are_refused_stay_in_their_own_box(tmp_path: Path) -> None:
    """Without a script, what is too long comes back in the box of the hand-over and not in that of ideas."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            answer = await phone.post("/c/hand-over", {"text": "x" * 501})
            assert answer.status == 422
            box, idea = (answer.text.index(f'id="{name}"') for name in ("leave", "text"))
            assert box < answer.text.index("x" * 501) < idea

    run(test())


def test_a_photograph_is_kept_without_what_the_camera_noted(tmp_path: Path) -> None:
    """A camera's photograph is taken from a plain form; what is kept is a picture and nothing else, twice is once.

    One that the facilitator took out is not counted on its sender's phone.
    """

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            place, raw = (await phone.state())["in"], from_a_camera(width=2400, height=1800)
            for _ in range(2):
                assert (await phone.ask("POST", "/c/photo", data=form(raw, place))).status == 303
            [kept] = photos.read(cafe.room.file).values()
            assert b"ecret" not in kept
            assert len(kept) < len(raw)
            assert (await phone.state())["photos"] == 1
            page = await phone.get("/c")
            assert "S-a păstrat 1 fotografie" in page.text
            assert "data:image" not in page.text.replace('href="data:,"', "")
            await cafe.room.do("stand_photo", id=next(iter(cafe.room.state.photos)), hidden=True)
            assert (await phone.state())["photos"] == 0
            assert (await phone.post("/c/photo/back")).status == 303
            assert photos.read(cafe.room.file) == {}

    run(test())


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"GIF89a", 415, "no_photo"),
        (b"\xff\xd8\xff" + b"x" * 4000, 415, "no_photo"),
        (photo() + b"x" * photos.MOST_BYTES, 413, "too_large"),
    ],
)
def test_what_is_no_photograph_is_refused(tmp_path: Path, data: bytes, status: int, code: str) -> None:
    """A drawing, rubbish and what is too large are refused with a reason, and nothing of them is kept."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            given = {"data": form(data), "headers": {"Accept": "application/json"}}
            answer = await phone.ask("POST", "/c/photo", **given)
            assert (answer.status, answer.code) == (status, code)
            assert not cafe.room.state.photos
            assert b"GIF89a" not in (tmp_path / "test.cafe").read_bytes()

    run(test())


@pytest.mark.parametrize(
    "head",
    [
        b"no colon",
        b'Content-Disposition: form-data; name="photo"; filename="%s"' % (b"x" * 9000),
        b"X: x\r\n" * 3000,
        b"Content-Disposition: form-data; name*=utf-99''%ff",
        b"Content-Disposition: form-data; name=_charset_\r\n\r\n" + b"x" * 40,
    ],
)
def test_a_form_that_no_browser_makes_is_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture, head: bytes) -> None:
    """A form with broken headers around the picture is refused as unreadable, and nothing of it is noted anywhere."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            headers = {"Content-Type": "multipart/form-data; boundary=xx", "Accept": "application/json"}
            answer = await phone.ask(
                "POST", "/c/photo", data=b"--xx\r\n%s\r\n\r\nabc\r\n--xx--\r\n" % head, headers=headers
            )
            assert (answer.status, answer.code) == (400, "bad_request")
            assert not caplog.records

    run(test())


def test_only_who_is_in_may_send_a_photograph_and_not_too_fast(tmp_path: Path) -> None:
    """A stranger's picture is not even read; whoever sends one after the other is asked to wait."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone, cafe.phone(joined=False) as stranger:
            headers = {"Accept": "application/json"}
            assert (await stranger.ask("POST", "/c/photo", data=form(photo()), headers=headers)).status == 401
            for seed in range(4):
                assert (await phone.ask("POST", "/c/photo", data=form(photo(seed)), headers=headers)).status == 200
            answer = await phone.ask("POST", "/c/photo", data=form(photo(9)), headers=headers)
            assert (answer.status, answer.code) == (429, "too_fast")
            cafe.clock += 60
            answer = await phone.ask("POST", "/c/photo", data=form(photo(9)), headers=headers)
            assert (answer.status, answer.code) == (409, "enough_photos")
            assert (await phone.ask("POST", "/c/photo", data=b"photo", headers=headers)).code == "bad_request"
            assert (await phone.ask("POST", "/c/ideas", data=b"x" * 20_000, headers=headers)).status == 413

    run(test())


class Watched(asyncio.Lock):
    """A lock that says when somebody has come to it."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = asyncio.Event()

    async def acquire(self) -> Literal[True]:
        self.wanted.set()
        return await super().acquire()


def test_photographs_that_wait_to_be_drawn_do_not_pile_up(tmp_path: Path) -> None:
    """When all tables send theirs at once, no more are taken in than may lie in the laptop's memory."""

    async def test() -> None:
        async with running(tmp_path, "round") as cafe, cafe.phone() as phone:
            limits = cafe.served.runner.app[DESK].limits
            limits.uploads, limits.drawing = asyncio.Semaphore(1), Watched()
            async with limits.drawing:
                limits.drawing.wanted.clear()
                sending = asyncio.create_task(phone.ask("POST", "/c/photo", data=form(photo())))
                await limits.drawing.wanted.wait()
                assert limits.uploads.locked()
            assert (await sending).status == 303
            assert not limits.uploads.locked()

    run(test())


def test_a_host_writes_for_somebody_without_a_phone(tmp_path: Path) -> None:
    """A host's page has the box for it, others' have not; the idea counts the same and says where it came from."""

    async def test() -> None:
        plan = msgspec.structs.replace(PLAN, hosts="volunteer")
        async with running(tmp_path, "round", plan) as cafe, cafe.phone(language="en") as phone:
            assert "hosting" not in (await phone.state())["parts"]
            await phone.post("/c/here", {"stay": "1"})
            assert "hosting" in (await phone.state())["parts"]
            await phone.post("/c/ideas", {"id": "for-somebody", "text": "Spus de doamna Ana", "other": "true"})
            assert cafe.room.state.ideas["for-somebody"].source == "host"
            assert "wrote down for somebody without a phone stays" in (await phone.get("/c")).text
            await phone.post("/c/erase")
            async with cafe.phone() as other:
                await other.post("/c/here", {"table": "1"})
                assert "Spus de doamna Ana" in (await other.get("/c")).text

    run(test())
