"""`cafe check` and `cafe new`, as an organiser types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cafe.cli import check, new
from cafe.plan import parse

PLANS = Path(__file__).parent / "plans"
NO_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")


def run(command: object, *words: str, typed: str | None = None) -> Result:
    return CliRunner(env={"LC_ALL": "C"}).invoke(command, words, input=typed, catch_exceptions=False)  # type: ignore[arg-type]


def test_a_good_plan_is_shown_as_a_day() -> None:
    """`cafe check` shows when what happens, the tables, the seats and the questions, and ends with 0."""
    result = run(check.command, str(PLANS / "lab2020_swap.toml"))
    assert result.exit_code == 0
    assert result.stderr == ""
    for words in (
        "11:15  session",
        "A · Sesiunea 1 · 3 × 13 + 2 × 2 = 43 min",
        "A: tables 1–3, seats 18",
        "s2.3  Cum",
    ):
        assert words in result.stdout


def test_mistakes_are_told_on_standard_error_with_code_2() -> None:
    """All ten mistakes are ten lines of standard error that begin with the file and the line."""
    plan = str(PLANS / "ten_mistakes.toml")
    result = run(check.command, plan)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert len(lines) == 10
    assert all(line.startswith(f"{plan}:") for line in lines)


def test_warnings_are_told_and_the_plan_is_taken(tmp_path: Path) -> None:
    """A warning is told beside the day, and is no error."""
    plan = tmp_path / "p.toml"
    plan.write_text('title = "T"\n[[programme]]\nat = "10:00"\nkind = "talk"\n')
    result = run(check.command, str(plan))
    assert result.exit_code == 0
    assert "organiser + contact" in result.stderr
    assert "10:00  talk" in result.stdout


@pytest.mark.parametrize("kind", ["missing", "folder", "another file", "a café", pytest.param("secret", marks=NO_ROOT)])
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, kind: str) -> None:
    """A file that is not there, a folder, another kind of file: one sentence each, and code 2."""
    plan = tmp_path / "p.toml"
    if kind == "folder":
        plan.mkdir()
    elif kind == "another file":
        plan.write_bytes(bytes(range(256)))
    elif kind == "a café":
        plan.write_bytes(b"SQLite format 3\0" + bytes(84))
    elif kind == "secret":
        plan.touch(mode=0)
    result = run(check.command, str(plan))
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert str(plan) in result.stderr


def test_checking_loads_neither_the_wall_nor_the_server() -> None:
    """`cafe check` starts fast because it needs no screen, no network and no file of a café."""
    code = (
        "import sys; from cafe.cli.check import command\n"
        "try: command([sys.argv[1]])\n"
        "except SystemExit: print(sorted({'textual', 'aiohttp', 'sqlite_utils'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(PLANS / "lab2020_same.toml")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_new_plan_has_no_mistake_and_two_starters(tmp_path: Path) -> None:
    """What `cafe new` writes can be run as it is, by a command or by a double click."""
    plan = tmp_path / "our day.toml"
    words = [
        "--yes",
        "--title",
        'A "day"',
        "--question",
        "Ce e „bun” la \\ noi?",
        "--question",
        "Two?",
        "--groups",
        "2",
    ]
    result = run(new.command, str(plan), *words, "--organiser", "O", "--contact", "c@example.org", "--language", "ro")
    assert result.exit_code == 0, result.stderr
    reading = parse(plan.read_bytes(), plan.name)
    assert (reading.mistakes, reading.warnings) == ([], [])
    assert reading.plan is not None
    assert (reading.plan.title, reading.plan.language) == ('A "day"', "ro")
    assert [question.texts["ro"] for _, question in reading.plan.questions()] == ["Ce e „bun” la \\ noi?", "Two?"]
    assert [group.id for group in reading.plan.groups] == ["A", "B"]
    unix, windows = tmp_path / "start-our day.command", tmp_path / "start-our day.bat"
    assert "cafe run 'our day.toml'" in unix.read_text()
    assert 'cafe run "our day.toml"' in windows.read_text()
    assert b"pause\r\n" in windows.read_bytes()
    assert os.name == "nt" or os.access(unix, os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="a starter of Linux and macOS")
def test_a_double_click_runs_the_plan_and_keeps_the_window_on_an_error(tmp_path: Path) -> None:
    """The starter goes to its own folder, runs the plan there, and waits for Enter when the café did not start."""
    home = tmp_path / "home"
    fake = home / ".local" / "bin" / "cafe"
    fake.parent.mkdir(parents=True)
    fake.write_text('#!/bin/sh\necho "$1 $2 in $PWD"\nexit "$CAFE_ENDS"\n')
    fake.chmod(0o755)
    run(new.command, str(tmp_path / "it's.toml"), "--yes")
    for ends, waits in (("0", False), ("1", True)):
        done = subprocess.run(
            [tmp_path / "start-it's.command"], cwd="/", input="\n", capture_output=True, text=True, check=False,
            env={**os.environ, "HOME": str(home), "CAFE_ENDS": ends},
        )  # fmt: skip
        assert done.stdout.startswith(f"run it's.toml in {tmp_path.resolve()}")
        assert ("Press Enter" in done.stdout, done.returncode != 0) == (waits, waits)


def test_a_few_answers_make_a_plan(tmp_path: Path) -> None:
    """Asked in a terminal, Enter takes what is usual, and a wrong answer is told and asked again."""
    plan = tmp_path / "plan"
    typed = "Ziua noastră\n31.12\n31.12.2026\n9,30\nro\nmany\n18\n\nUnu?\nDoi?\nTrei?\n\nPrimăria\nlab@example.org\n"
    result = run(new.command, str(plan), typed=typed)
    assert result.exit_code == 0, result.output
    assert 'not "31.12"' in result.output
    assert 'not "many"' in result.output
    made = parse((tmp_path / "plan.toml").read_bytes()).plan
    assert made is not None
    assert (made.title, str(made.date), made.programme[0].at) == ("Ziua noastră", "2026-12-31", 570)
    assert (made.people, len(made.tables), len(made.questions())) == (18, 4, 3)
    assert (made.organiser, made.contact) == ("Primăria", "lab@example.org")


@pytest.mark.parametrize(("words", "typed", "code"), [(("--yes",), None, 2), ((), "n\n", 1)], ids=["yes", "asked"])
def test_nothing_is_written_over_unasked(tmp_path: Path, words: tuple[str, ...], typed: str | None, code: int) -> None:
    """A plan or a starter that is there stays as it is, even with --yes, unless somebody says so."""
    plan = tmp_path / "plan.toml"
    (tmp_path / "start-plan.command").write_text("mine")
    result = run(new.command, str(plan), *words, typed=typed)
    assert result.exit_code == code
    assert not plan.exists()
    assert (tmp_path / "start-plan.command").read_text() == "mine"


def test_a_plan_is_written_over_when_somebody_says_so(tmp_path: Path) -> None:
    """Who answers yes gets the new plan in place of the old one."""
    plan = tmp_path / "plan.toml"
    plan.write_text("old")
    assert run(new.command, str(plan), typed="y\n" + "\n" * 12).exit_code == 0
    assert parse(plan.read_bytes()).mistakes == []


def test_a_wrong_option_is_one_sentence(tmp_path: Path) -> None:
    """An option that no plan could hold is refused before anything is written."""
    result = run(new.command, str(tmp_path / "p.toml"), "--yes", "--date", "soon")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == ['--date is a day written as year-month-day, such as 2020-10-20; not "soon".']
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """A plan that cannot be written says so in one sentence."""
    result = run(new.command, str(tmp_path / "nowhere" / "p.toml"), "--yes")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("start", ["00:00", "12:00", "22:30", "23:59"])
@pytest.mark.parametrize("people", ["1", "20", "500"])
@pytest.mark.parametrize("questions", [1, 2, 7])
def test_any_answers_make_a_plan_without_a_mistake(tmp_path: Path, start: str, people: str, questions: int) -> None:
    """However few or many people and questions, and however late, the plan can be run."""
    plan = tmp_path / "p.toml"
    asked = [word for number in range(questions) for word in ("--question", f"Question {number}?")]
    words = ["--yes", "--start", start, "--people", people, *asked, "--organiser", "O", "--contact", "c"]
    assert run(new.command, str(plan), *words).exit_code == 0
    reading = parse(plan.read_bytes())
    assert reading.mistakes == []
    assert [warning for warning in reading.warnings if "return" not in warning.message] == []
