"""Photographs in the café's file: harmless when they come in, gone to the byte when they go."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from cafe import photos
from cafe.file import CafeFile
from cafe.people import Person
from cafe.photos import LARGEST, NoPhoto, Picture, bare, picture
from cafe.room import Room
from tests.afternoon import difference, short
from tests.room.rooms import bodies, held, rebuilt, rows, until

GPS, MAKER = 34853, 271


def photo(width: int = 900, height: int = 600, **told: object) -> bytes:
    """A JPEG with grain in it, as a camera makes one."""
    seen = Image.effect_noise((width, height), 60).convert("RGB")
    made = io.BytesIO()
    seen.save(made, "JPEG", **told)
    return made.getvalue()


def from_a_camera(**size: int) -> bytes:
    """A photograph with the camera's maker, the place where it was taken, a comment, and something after its end."""
    exif = Image.Exif()
    exif[MAKER] = "Secret Maker"
    exif.get_ifd(GPS)[1] = "N"
    exif[274] = 6  # turned by a quarter
    return photo(exif=exif, comment=b"secret comment", **size) + b"<script>secret tail</script>"


def test_nothing_of_the_camera_is_kept() -> None:
    """Place, maker, comment and whatever hangs on the file are gone; the picture stands upright and is small enough."""
    kept = picture(from_a_camera(width=2400, height=1800))
    assert b"Secret" not in kept
    assert b"secret" not in kept
    assert b"Exif" not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert seen.size == (LARGEST * 3 // 4, LARGEST)
        assert not seen.getexif()
    assert bare(kept) == kept
    assert b"secret" not in bare(from_a_camera())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0" + b"\0" * 5000,
        photo()[:3000],
        b"<svg onload='alert(1)'/>",
        b"\xff\xd8\xff<script>",
        photo(60, 40).replace(b"\x00\x28\x00\x3c", b"\xff\xff\xff\xff"),  # says that it is 65535 pixels long
    ],
)
def test_what_is_no_photograph_is_refused(raw: bytes) -> None:
    """Half a picture, a drawing, a page or a picture that claims to be huge is not taken."""
    with pytest.raises(NoPhoto):
        picture(raw)


def test_a_camera_that_notes_nonsense_sends_a_photograph_all_the_same() -> None:
    """Where the camera's notes are garbled, the picture is taken and the notes are left out."""
    raw = from_a_camera()
    notes = raw.index(b"Exif\0\0") + 14
    assert picture(raw[:notes] + b"\x00\xff" + raw[notes + 2 :])


def test_a_picture_of_endless_passes_is_refused() -> None:
    """A small file that would be drawn for hours, pass after pass, is refused; a camera's few passes are not."""
    made = io.BytesIO()
    Image.new("RGB", (900, 600)).save(made, "JPEG", progressive=True)
    usual = made.getvalue()
    last = usual[usual.rindex(b"\xff\xda") : -2]
    picture(usual[:-2] + last * 50 + usual[-2:])
    endless = usual[:-2] + last * 200 + usual[-2:]
    for door in (picture, bare):
        with pytest.raises(NoPhoto):
            door(endless)


async def taken(room: Room, who: str, seed: int = 0) -> bytes:
    """Somebody sends a photograph; what is kept of it."""
    place = room.state.place(who)
    assert place
    raw = photo(400 + seed, 300)
    kept = Picture(picture(raw))
    await room.do("photograph", picture=kept, who=who, id=photos.name(raw, who, place.word), place=place.word)
    return kept.data


def anywhere(folder: Path, data: bytes) -> list[str]:
    """The files in which any part of a picture stands."""
    parts = [data[at : at + 40] for at in range(2000, len(data) - 40, 997)]  # All JPEGs begin alike.
    return sorted(p.name for p in folder.iterdir() if any(part in p.read_bytes() for part in parts))


@pytest.mark.parametrize("way", ["forget", "photographs_back", "purge"])
def test_a_photograph_goes_to_the_byte(tmp_path: Path, way: str) -> None:
    """When its sender is forgotten or takes it back, or the names' time is over, nothing of it is in any file."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            for who in ("ana", "ion"):
                await room.do("join", who=who, language="ro", person=Person(f"token-{who}"))
            await until(room, "round")
            gone, stays = await taken(room, "ana"), await taken(room, "ion", 7)
            await room.do("hand_over", who="ana", text="Ana's words for the next")
            assert anywhere(tmp_path, gone)
            copy = tmp_path / "a.cafe-before-format-1"
            copy.write_bytes((tmp_path / "a.cafe").read_bytes() + gone)
            await room.do(way, **({"people": 2} if way == "purge" else {"who": "ana"}))
            assert anywhere(tmp_path, gone) == []
            assert bool(anywhere(tmp_path, stays)) == (way != "purge")
            assert rebuilt(room) == rows(room)
            words = [body for _, body in bodies(tmp_path / "a.cafe") if "Ana's words" in body]
            assert bool(words) == (way != "forget")
            state, kept = room.state, photos.read(room.file)
            assert set(kept) == set(state.photos)
        assert anywhere(tmp_path, gone) == []
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()

    asyncio.run(story())


def test_closing_cuts_the_link_to_whoever_sent_it(tmp_path: Path) -> None:
    """In the file of a closed café stands no word about who left a hand-over or a photograph."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await room.do("join", who="ana-1234", language="ro", person=Person("token"))
            await until(room, "round")
            await taken(room, "ana-1234")
            await room.do("hand_over", who="ana-1234", text="Words")
            await until(room, "closed")
            state = room.state
        said = [body for kind, body in bodies(tmp_path / "a.cafe") if kind in ("handed_over", "photo_taken")]
        assert len(said) == 2
        assert not any("ana-1234" in body for body in said)
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        assert len(photos.read(again.file)) == 1
        await again.stop()

    asyncio.run(story())


def test_a_photograph_that_is_not_saved_is_not_there(tmp_path: Path) -> None:
    """The same photograph sent twice is kept once, and its picture stands in the file as soon as it is counted."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await room.do("join", who="ana", language="ro", person=Person("token"))
            await until(room, "round")
            kept = await taken(room, "ana")
            assert list(photos.read(room.file).values()) == [kept]
            assert list(photos.read(room.file)) == list(room.state.photos)

    asyncio.run(story())


@pytest.mark.parametrize("closed", [False, True], ids=["before the end", "after the end"])
def test_what_the_facilitator_took_out_goes_to_the_byte(tmp_path: Path, closed: bool) -> None:
    """A photograph that is out when the café closes, or taken out afterwards, is in no file any more; others stay."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await room.do("join", who="ana", language="ro", person=Person("token-ana"))
            await until(room, "round")
            gone = await taken(room, "ana")
            photo = next(iter(room.state.photos))
            stays = await taken(room, "ana", 7)
            if closed:
                await until(room, "closed")
            await room.do("stand_photo", id=photo, hidden=True)
            assert bool(anywhere(tmp_path, gone)) == (not closed)
            assert rebuilt(room) == rows(room)
            await until(room, "closed")
            assert anywhere(tmp_path, gone) == []
            assert anywhere(tmp_path, stays)
            assert rebuilt(room) == rows(room)
            state = room.state
            assert set(photos.read(room.file)) == set(state.photos)
        again = Room(CafeFile(tmp_path / "a.cafe"))
        assert difference(again.state, state) == []
        await again.stop()

    asyncio.run(story())


def test_a_file_of_before_knows_of_no_photograph_that_is_out(tmp_path: Path) -> None:
    """A café that was begun before photographs could be taken out goes on, with all of them in."""

    async def story() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await room.do("join", who="ana", language="ro", person=Person("token-ana"))
            await until(room, "round")
            await taken(room, "ana")
        before = CafeFile(tmp_path / "a.cafe")
        before.db.execute("ALTER TABLE photographs DROP COLUMN hidden")
        before.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'photographs_that_are_out'")
        before.close()
        async with held(tmp_path / "a.cafe") as room:
            assert room.file.db.execute("SELECT hidden FROM photographs").fetchall() == [(0,)]
            assert rebuilt(room) == rows(room)

    asyncio.run(story())
