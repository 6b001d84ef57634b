"""A café's file in the programs with which an organiser looks into it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.whole.programs import Running
from tests.whole.test_terminal import PLAN, Guest


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A café in which somebody said two things, closed by a SIGTERM."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "lab.toml").write_text(PLAN, "utf-8")
    with Running("run", "lab.toml", "--auto", cwd=folder) as running:
        guest = Guest(f"http://127.0.0.1:{running.ready['port']}")
        assert guest.say("idea-0001", "O piață lunară, cu mese ieftine") == 201
        assert guest.say("idea-0002", "=1+1") == 201
        running.process.terminate()
        assert running.process.wait(PATIENCE) == 0
    return folder / "lab.cafe"


def run(*arguments: str) -> str:
    """What a Python program of the same environment prints."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
    )
    return done.stdout


def test_datasette_shows_the_ideas(held: Path) -> None:
    """Datasette opens the file and lists the ideas with their question."""
    told = json.loads(run("datasette", str(held), "--get", "/lab/ideas.json?_shape=array&_sort=id"))
    assert [row["text"] for row in told] == ["O piață lunară, cu mese ieftine", "=1+1"]
    assert {row["question"] for row in told} == {"What now?"}
    assert not {"who", "by", "author", "participant"} & set(told[0])


def test_sqlite_utils_counts_the_ideas(held: Path) -> None:
    """The README's example counts ideas by question."""
    told = run("sqlite_utils", str(held), "select question, count(*) as ideas from ideas group by question")
    assert json.loads(told) == [{"question": "What now?", "ideas": 2}]
