"""`cafe export` and `cafe import` on real files: what they write, what they say, and what they never give away."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cafe.cli.copier import Copier
from cafe.cli.export import command as export
from cafe.cli.held import Held
from cafe.cli.import_ import command as import_
from cafe.cli.keep import Report
from cafe.exports import FORMATS
from cafe.file import CafeFile
from cafe.i18n import translator
from cafe.people import Person, hashed
from cafe.room import Room
from tests.exports.cafes import PLAN, plan_of

FILES = [name for each in FORMATS.values() for name in each.files]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that speaks English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


async def afternoon(room: Room, *, wall: str = "live") -> None:
    """Three people with names; one of them changes a first idea and is forgotten, one takes an idea back."""
    await room.start(plan_of(wall=wall, logos=("eu.png",)), PLAN, code="K7QF")
    for n, name in enumerate(("Zamfira Unica", "Ghedeon Rarul", "Paraschiva Osebita")):
        person = Person(hashed(f"token{n}"), name, f"Firma {name}", "cultură")
        await room.do("join", person=person, who=f"p{n}", language="ro")
    for _ in range(2):
        await room.do("next", step=room.state.step)
    await room.do("send", who="p0", id="idea-0000", text="O idee care rămâne")
    await room.do("send", who="p1", id="idea-0001", text="Vorbe de uitat", on="idea-0000")
    await room.do("change", who="p1", id="idea-0001", text="Vorbe schimbate")
    await room.do("send", who="p2", id="idea-0002", text="Vorbe luate înapoi")
    await room.do("take_back", who="p2", id="idea-0002")
    await room.do("send", who="p2", id="idea-0003", text="Încă una", on="idea-0001")
    await room.do("forget", who="p1")


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """The file of a café that has stopped."""

    async def hold() -> None:
        room = Room(CafeFile(tmp_path / "lab.cafe"))
        await afternoon(room)
        await room.stop()

    asyncio.run(hold())
    (tmp_path / "eu.png").write_bytes(b"\x89PNG\r\n\x1a\nflag")
    return tmp_path / "lab.cafe"


def call(command: object, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_everything_is_exported_and_the_paths_are_told(held: Path, tmp_path: Path) -> None:
    """Without a wish for a format all files are written, and each one's path is printed."""
    result = call(export, held, "--to", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.split("\n") == [*(str(tmp_path / "out" / name) for name in FILES), ""]
    assert sorted(contents(tmp_path / "out")) == sorted(FILES)
    assert b"data:image/png;base64," in contents(tmp_path / "out")["report.html"]


def test_only_the_formats_that_were_asked_for(held: Path, tmp_path: Path) -> None:
    """With --format only those are written."""
    assert call(export, held, "--to", tmp_path / "out", "--format", "csv", "--format", "html").exit_code == 0
    names = ["data-dictionary.csv", "feedback.csv", "hand-overs.csv", "ideas.csv", "report.html"]
    assert sorted(contents(tmp_path / "out")) == names


def test_no_name_and_no_forgotten_word_leaves_the_laptop(held: Path, tmp_path: Path) -> None:
    """No file holds a name, an organisation, a phone's token or what a forgotten person wrote."""
    call(export, held, "--to", tmp_path / "out")
    secrets = ("Zamfira", "Ghedeon", "Paraschiva", "Firma", "cultură", hashed("token0"), "de uitat", "schimbate")
    for name, data in contents(tmp_path / "out").items():
        for secret in secrets:
            assert secret not in data.decode(), name
        if name not in ("data-dictionary.csv", "feedback.csv", "hand-overs.csv", "cafe.json"):
            assert "O idee care rămâne" in data.decode(), name
            assert "luate înapoi" not in data.decode(), name
            assert "idea-0001" not in data.decode(), name


def test_a_cafe_made_from_its_json_exports_the_same(held: Path, tmp_path: Path) -> None:
    """Exporting, importing and exporting again gives the same files, and the readable tables are there."""
    call(export, held, "--to", tmp_path / "out")
    made = call(import_, tmp_path / "out" / "cafe.json", "--to", tmp_path / "again.cafe")
    assert (made.exit_code, made.stdout) == (0, f"{tmp_path / 'again.cafe'}\n")
    call(export, tmp_path / "again.cafe", "--to", tmp_path / "out2")
    assert contents(tmp_path / "out2") == contents(tmp_path / "out")
    file = CafeFile(tmp_path / "again.cafe", readonly=True)
    assert [row["text"] for row in file.db["ideas"].rows] == ["O idee care rămâne", "Încă una"]
    file.close()


def test_it_works_while_the_cafe_runs(tmp_path: Path) -> None:
    """The ideas that were saved so far can be exported while the café goes on, and the café is not disturbed."""

    async def export_meanwhile() -> None:
        room = Room(CafeFile(tmp_path / "lab.cafe"))
        await afternoon(room)
        words = [sys.executable, "-m", "cafe", "export", str(tmp_path / "lab.cafe"), "--to", str(tmp_path / "out")]
        program = await asyncio.create_subprocess_exec(*words, stdout=subprocess.DEVNULL)
        assert await program.wait() == 0
        await room.do("send", who="p0", id="idea-0009", text="După export")
        await room.stop()

    asyncio.run(export_meanwhile())
    assert "Încă una" in (tmp_path / "out" / "ideas.csv").read_text("utf-8")


def test_exporting_pays_neither_for_the_wall_nor_for_the_server(held: Path, tmp_path: Path) -> None:
    """The export loads no terminal framework and no web server, so that it starts at once."""
    code = (
        "import sys\nfrom cafe.cli import main\n"
        f"main(['export', {str(held)!r}, '--to', {str(tmp_path / 'out')!r}], standalone_mode=False)\n"
        "print([name for name in ('textual', 'aiohttp', 'screens', 'server') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_ideas_that_were_never_let_through_are_told(tmp_path: Path) -> None:
    """When the wall held ideas back and nobody let them through, the export says how many and where they are."""

    async def hold() -> None:
        room = Room(CafeFile(tmp_path / "lab.cafe"))
        await afternoon(room, wall="held")
        await room.stop()

    asyncio.run(hold())
    result = call(export, tmp_path / "lab.cafe", "--to", tmp_path / "out")
    assert "2 ideas were never let through" in result.stderr


@pytest.mark.parametrize("instead", ["", os.devnull])
def test_a_logo_that_is_missing_is_told_and_left_out(held: Path, tmp_path: Path, instead: str) -> None:
    """A logo that is missing, or no file, does not spoil the report."""
    (tmp_path / "eu.png").unlink()
    if instead:
        (tmp_path / "eu.png").symlink_to(instead)
    result = call(export, held, "--to", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr == "The logo eu.png could not be read; the report is made without it.\n"


def test_a_report_that_was_not_written_is_not_said_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong while the report is written at the closing: it is told, not that the report is there."""

    async def hold() -> None:
        room = Room(CafeFile(tmp_path / "lab.cafe"))
        await afternoon(room)
        monkeypatch.setattr("cafe.exports.write_all", lambda *_, **__: 1 / 0)
        report = Report(Held(room, Copier(room), 0, "http://127.0.0.1"), translator("en"))
        report.write()
        report.tell(err=False)
        await room.stop()

    asyncio.run(hold())
    said = capsys.readouterr()
    assert "cannot be written" in said.err
    assert not said.out


def wrong_exports(folder: Path) -> Iterator[tuple[list[object], int]]:
    (folder / "note.txt").write_text("no café")
    (folder / "empty.cafe").touch()
    (folder / "taken").write_text("a file, no folder")
    lab = (folder / "lab.cafe").read_bytes()
    (folder / "damaged.cafe").write_bytes(lab[:100] + b"\0" * (len(lab) - 100))
    yield [folder / "none.cafe", "--to", folder / "out"], 2
    yield [folder / "note.txt", "--to", folder / "out"], 2
    yield [folder, "--to", folder / "out"], 2
    yield [folder / "lab.cafe", "--to", folder / "out", "--format", "docx"], 2
    yield [folder / "lab.cafe", "--to", folder / "taken"], 1
    yield [folder / "damaged.cafe", "--to", folder / "out"], 1


def test_what_cannot_be_exported_is_one_sentence(held: Path, tmp_path: Path) -> None:
    """A wrong file, format or folder ends with one readable sentence and the code that says whose mistake it was."""
    for words, code in wrong_exports(tmp_path):
        result = call(export, *words)
        assert result.exit_code == code, words
        assert isinstance(result.exception, SystemExit), words
        assert result.stderr.count("\n") == 1, words
        assert not (tmp_path / "out").exists(), words


def test_a_file_that_cannot_be_replaced_leaves_nothing_half_written(held: Path, tmp_path: Path) -> None:
    """When one file cannot take its place the others are whole and no scraps lie about."""
    (tmp_path / "out" / "report.html").mkdir(parents=True)
    result = call(export, held, "--to", tmp_path / "out")
    assert result.exit_code == 1
    assert "report.html cannot be written" in result.stderr
    assert not list((tmp_path / "out").glob(".*"))


def test_import_leaves_a_file_that_is_there_alone(held: Path, tmp_path: Path) -> None:
    """Importing never writes over a café."""
    call(export, held, "--to", tmp_path / "out")
    before = held.read_bytes()
    result = call(import_, tmp_path / "out" / "cafe.json", "--to", held)
    assert result.exit_code == 2
    assert "already there" in result.stderr
    assert held.read_bytes() == before


def test_what_cannot_be_imported_is_one_sentence_and_no_file(held: Path, tmp_path: Path) -> None:
    """A file that is missing, no café's, newer or damaged makes no café; the code says whose mistake it was."""
    call(export, held, "--to", tmp_path / "out")
    good = (tmp_path / "out" / "cafe.json").read_text("utf-8")
    bad = {
        "other.json": ("{}", 2),
        "newer.json": (good.replace('"version": 1', '"version": 2'), 1),
        "cut.json": (good[:-50], 1),
        "torn.json": (good.replace('"kind":"opened"', '"kind":"opened2"'), 1),
    }
    for name, (text, code) in bad.items():
        (tmp_path / name).write_text(text, "utf-8")
        result = call(import_, tmp_path / name, "--to", tmp_path / "new.cafe")
        assert (result.exit_code, result.stderr.count("\n")) == (code, 1), (name, result.stderr)
        assert isinstance(result.exception, SystemExit), name
        assert not list(tmp_path.glob("new.cafe*")), name
    assert call(import_, tmp_path / "none.json", "--to", tmp_path / "new.cafe").exit_code == 2
    assert call(import_, tmp_path / "cut.json", "--to", tmp_path / "no" / "new.cafe").exit_code == 1
