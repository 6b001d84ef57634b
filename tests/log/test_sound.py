"""A letter that the disk has changed is noticed: SQLite does not see it, but people's words stand in the file twice."""

import asyncio
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from sqlite_utils.utils import sqlite3

from cafe.cli.check import command
from cafe.cli.export import command as export
from cafe.cli.held import Wish, held
from cafe.file import CafeFile
from cafe.room import Room
from tests.afternoon import HARVEST, short
from tests.room import rooms

WORDS = "Mai multe ateliere deschise"


@pytest.fixture
def cafe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A café that has stopped, on a laptop that speaks English; one idea was changed and one taken back, a host is
    forgotten.
    """
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    async def afternoon() -> None:
        async with rooms.held(tmp_path / "a.cafe", short()) as room:
            for who in ("p1", "p2"):
                await room.do("join", who=who, language="ro")
            await room.do("host", who="p2", table=4)
            await rooms.until(room, "round")
            for n in range(40):
                await room.do("send", who=f"p{1 + n % 2}", id=f"idea-{n:04}", text=f"{WORDS} {n}", other=n % 4 == 1)
            await room.do("change", who="p1", id="idea-0000", text="Altceva")
            await room.do("take_back", who="p1", id="idea-0002")
            await room.do("forget", who="p2")

    asyncio.run(afternoon())
    return tmp_path / "a.cafe"


def check(file: Path) -> Result:
    return CliRunner().invoke(command, [str(file)])


def flip(file: Path, words: str, copy: int, bit: int = 1) -> None:
    """Turns one bit of some words over, in one of the two places in which they stand: 0 is the table, 1 the log."""
    raw = bytearray(file.read_bytes())
    places = [at for at in range(len(raw)) if raw.startswith(words.encode(), at)]
    places.sort(key=lambda at: raw[:at].endswith(b'"text":"'))
    assert [raw[:at].endswith(b'"text":"') for at in places] == [False, True]
    raw[places[copy] + len("Mai multe ")] ^= bit  # "ateliere" becomes "`teliere"
    file.write_bytes(raw)


def test_a_file_as_it_was_written_is_sound(cafe: Path) -> None:
    """Changed, taken back and forgotten ideas are no damage; what is there is counted."""
    done = check(cafe)
    assert (done.exit_code, done.output) == (0, f"{cafe} is sound, with 29 ideas.\n")


@pytest.mark.parametrize("copy", [0, 1])
def test_a_letter_that_the_disk_changed_is_told(cafe: Path, copy: int) -> None:
    """Both ways in which the idea stands are shown, whichever of them is wrong; SQLite itself sees nothing."""
    flip(cafe, f"{WORDS} 16", copy)
    done = check(cafe)
    assert done.exit_code == 1
    assert f"  {WORDS} 16" in done.stdout
    assert "  Mai multe `teliere deschise 16" in done.stdout
    assert "1 entry stands in two ways" in done.stderr


def test_the_cafe_goes_on_all_the_same(cafe: Path) -> None:
    """A changed letter is known when the café is held again, and holds nobody up."""
    flip(cafe, f"{WORDS} 16", 0)

    async def again() -> None:
        async with held(CafeFile(cafe), Wish(plan=None, host="127.0.0.1")) as going:
            assert [each.id for each in going.differing] == ["idea-0016"]

    asyncio.run(again())


def test_who_exports_is_told(cafe: Path, tmp_path: Path) -> None:
    """A report is written from a file whose disk may be failing, but nobody sends it without having been told."""
    flip(cafe, f"{WORDS} 16", 0)
    done = CliRunner().invoke(export, [str(cafe), "--to", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert done.stderr.startswith(f"1 entry stands in two ways in {cafe}: the disk may be failing.")
    assert (tmp_path / "out" / "report.html").exists()


def test_an_idea_that_hides_or_appears_by_itself_is_told(cafe: Path) -> None:
    """Whether an idea is hidden stands in both places too: what differs is named."""
    with closing(sqlite3.connect(cafe)) as db:
        db.execute("UPDATE ideas SET hidden = 1 WHERE id = 'idea-0016'")
        db.commit()
    assert check(cafe).stdout == "ideas: idea-0016\n  1  hidden 0\n  2  hidden 1\n"


def test_a_cafe_that_begins_or_takes_another_plan_in_is_no_damage(tmp_path: Path) -> None:
    """Nobody is told of a failing disk when a café begins, goes on, or has had its plan changed in between."""
    other = msgspec.structs.replace(short(), title="Another afternoon", place="Elsewhere")

    async def days() -> None:
        for plan, revise in ((short(), False), (None, False), (other, True), (None, False)):
            wish = Wish(plan=plan, host="127.0.0.1", revise=revise)
            async with held(CafeFile(tmp_path / "b.cafe"), wish) as going:
                assert going.differing == []
                title = going.room.state.plan.title
        assert title == "Another afternoon"

    asyncio.run(days())


def test_a_letter_of_the_table_that_is_none_any_more_stops_nothing(cafe: Path) -> None:
    """A café whose log is whole is held, whatever became of a letter in the readable table; and both ways are shown."""
    flip(cafe, f"{WORDS} 16", 0, bit=0x80)
    done = check(cafe)
    assert done.exit_code == 1
    assert "  Mai multe \ufffdteliere deschise 16" in done.stdout

    async def again() -> None:
        async with held(CafeFile(cafe), Wish(plan=None, host="127.0.0.1")) as going:
            assert [each.id for each in going.differing] == ["idea-0016"]

    asyncio.run(again())


def test_an_idea_that_the_log_has_lost_is_told(cafe: Path) -> None:
    """An idea that took the name of another stands in the table alone, and is shown from there."""
    raw = cafe.read_bytes()
    assert raw.count(b'"id":"idea-0016"') == 1
    cafe.write_bytes(raw.replace(b'"id":"idea-0016"', b'"id":"idea-0018"'))
    done = check(cafe)
    assert done.exit_code == 1
    assert f"idea-0016\n  1  –\n  2  {WORDS} 16" in done.stdout


SAID = {
    "hand_overs": "Lăsăm vorbă despre ateliere",
    "ideas": "Întrebare pentru cine vorbește",
    "conclusions": "Deschidem curțile",
    "themes": "Curți și ateliere",
    "feedback": "Iau cu mine un plan",
    "questions": "Cum ținem atelierele deschise?",
}
"""What else people write, by the table in which it can be read."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A café in which all of that was written, closed."""
    path = tmp_path_factory.mktemp("full") / "a.cafe"

    async def afternoon() -> None:
        async with rooms.held(path, short(harvest=HARVEST)) as room:
            await room.do("join", who="p1", language="ro")
            await rooms.until(room, "round")
            await room.do("send", who="p1", id="idea-0001", text=WORDS)
            await room.do("hand_over", who="p1", text=SAID["hand_overs"])
            await room.do("mend", question="s1.3", language="ro", text=SAID["questions"])
            await rooms.until(room, "talk")
            await room.do("attend", who="p1", talk=1)
            await room.do("send", who="p1", id="idea-0002", text=SAID["ideas"])
            await rooms.until(room, "harvest")
            await room.do("conclude", question="s1.2", text=SAID["conclusions"])
            await room.do("group", ideas=("idea-0001",), name=SAID["themes"])
            await room.do("dot", who="p1", id="ballot-01", idea="idea-0001", n=2)
            await rooms.until(room, "closing")
            await room.do("feed_back", who="p1", id="feedback-01", words={"took": SAID["feedback"]})
            await rooms.until(room, "closed")

    asyncio.run(afternoon())
    return path


@pytest.mark.parametrize("table", SAID)
def test_whatever_people_wrote_is_looked_at(
    full: Path, tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hand-overs, questions to speakers, conclusions, themes, feedback, a question's new words: a letter that changed
    in any place where they stand is told, with the table in which to look.
    """
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    good, words = full.read_bytes(), SAID[table].encode()
    bad = tmp_path / "a.cafe"
    places = [at for at in range(len(good)) if good.startswith(words, at)]
    assert len(places) >= 2
    for at in places:
        raw = bytearray(good)
        raw[at + len(words) - 1] ^= 1
        bad.write_bytes(raw)
        done = check(bad)
        assert done.exit_code == 1, at
        assert f"{table}: " in done.stdout
        assert f"  {SAID[table]}\n" in done.stdout


def test_dots_that_the_disk_changed_are_told(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number of dots in the readable table that nobody gave is told."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    bad = tmp_path / "a.cafe"
    bad.write_bytes(full.read_bytes())
    with closing(sqlite3.connect(bad)) as db:
        db.execute("UPDATE votes SET dots = 3")
        db.commit()
    assert check(bad).stdout == "votes: idea-0001\n  1  2\n  2  3\n"


def test_a_table_that_an_older_file_lacks_is_not_missed(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was written before there were themes, or photographs that are out, is checked as far as it goes, and
    its report is written.
    """
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    old = tmp_path / "a.cafe"
    old.write_bytes(full.read_bytes())
    with closing(sqlite3.connect(old)) as db:
        db.execute("DROP TABLE themes")
        db.execute("ALTER TABLE photographs DROP COLUMN hidden")
        db.commit()
    assert "is sound" in check(old).output
    assert CliRunner().invoke(export, [str(old), "--to", str(tmp_path / "out")]).exit_code == 0


def test_a_cafe_can_be_checked_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at the file of a café that runs neither disturbs it nor finds what is not there."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    async def day() -> None:
        async with rooms.held(tmp_path / "a.cafe", short()) as room:
            await talk(room)
            assert "is sound, with 1 idea." in (await asyncio.to_thread(check, tmp_path / "a.cafe")).output
            await room.do("send", who="p1", id="idea-0002", text="Încă una")

    asyncio.run(day())


async def talk(room: Room) -> None:
    await room.do("join", who="p1", language="ro")
    await rooms.until(room, "round")
    await room.do("send", who="p1", id="idea-0001", text=WORDS)
