"""`cafe paper` on real files: paper cards come into a café that stopped, that closed, and that runs."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cafe.cli.paper import command as paper
from cafe.cli.which import peek
from cafe.file import CafeFile
from cafe.room import Room
from server.control import Control
from tests.afternoon import short
from tests.room.rooms import held, until

SHEET = "Masa;Întrebare;Idee\n1;First?;Un parc\n1;First?;Un parc\n4;s2.1;Mai multă umbră\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that speaks English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "cards.csv"
    path.write_text(SHEET, "utf-8")
    return path


def call(cards: Path, file: Path) -> Result:
    return CliRunner().invoke(paper, [str(cards), "--to", str(file)])


def ideas(file: Path) -> list[tuple[str, str, int, bool]]:
    state = peek(file)
    return sorted((idea.text, idea.source, idea.place.table, idea.counts) for idea in state.ideas.values())


@pytest.mark.parametrize("phase", ["round", "closed"])
def test_cards_are_added_once(tmp_path: Path, cards: Path, phase: str) -> None:
    """Cards are entered with one command; the same again adds nothing, a longer sheet only the rest."""

    async def day() -> None:
        async with held(tmp_path / "a.cafe", short()) as room:
            await until(room, phase)

    asyncio.run(day())
    first, again = call(cards, tmp_path / "a.cafe"), call(cards, tmp_path / "a.cafe")
    assert (first.exit_code, first.output.splitlines()[0]) == (0, "3 ideas were added.")
    assert again.output.splitlines() == ["0 ideas were added.", "3 were there already."]
    cards.write_text(SHEET.replace("1;First?", "2;Second?;Nou\n1;First?", 1), "utf-8")
    assert call(cards, tmp_path / "a.cafe").output.splitlines()[:2] == ["1 idea was added.", "3 were there already."]
    found = ideas(tmp_path / "a.cafe")
    assert [row[0] for row in found] == ["Mai multă umbră", "Nou", "Un parc", "Un parc"]
    assert {row[1] for row in found} == {"paper"}
    assert all(row[3] for row in found)


def test_mistakes_are_told_and_nothing_is_added(tmp_path: Path, cards: Path) -> None:
    """A sheet with a mistake is refused whole, with the file, the line and the reason."""

    async def day() -> None:
        async with held(tmp_path / "a.cafe", short()):
            pass

    asyncio.run(day())
    cards.write_text(SHEET + "9;First?;Nicăieri\n", "utf-8")
    result = call(cards, tmp_path / "a.cafe")
    assert result.exit_code == 2
    assert f"{cards}:5: There is no table 9." in result.output
    assert ideas(tmp_path / "a.cafe") == []
    assert call(tmp_path / "none.csv", tmp_path / "a.cafe").exit_code == 2
    assert call(cards, tmp_path / "none.cafe").exit_code == 2
    assert not (tmp_path / "none.cafe").exists()


def test_an_empty_sheet_speaks_the_cafes_language(tmp_path: Path) -> None:
    """Whoever types the cards is given a sheet in the café's language, which spreadsheets open with all its letters;
    a sheet that is there is not lost.
    """

    async def day() -> None:
        async with held(tmp_path / "a.cafe", short()):
            pass

    asyncio.run(day())
    words = [str(tmp_path / "new.csv"), "--to", str(tmp_path / "a.cafe"), "--empty"]
    assert CliRunner().invoke(paper, words).exit_code == 0
    assert (tmp_path / "new.csv").read_bytes() == "\ufeffMasa;Întrebarea;Runda;Ideea;Limba\r\n".encode()
    assert CliRunner().invoke(paper, words).exit_code == 2


def test_cards_are_added_while_the_cafe_runs(tmp_path: Path, cards: Path) -> None:
    """A second terminal adds the cards through the café that runs: its wall has them at once."""

    async def day() -> None:
        room = Room(CafeFile(tmp_path / "a.cafe"))
        await room.start(short(), "")
        await until(room, "round")
        control = Control(room)
        await control.open()
        result = await asyncio.to_thread(call, cards, tmp_path / "a.cafe")
        assert result.output.splitlines()[0] == "3 ideas were added."
        assert room.state.shown == 3
        await control.close()
        await room.stop()

    asyncio.run(day())
