"""`cafe check` and `cafe new`, as an organiser types them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from cafe.cli import check, new
from cafe.plan import COLLECT, KINDS, Plan, parse
from cafe.plan.keys import BLOCK, GROUP, SECTIONS, SESSION, TABLE, TOP, WIFI
from cafe.plan.values import Session

PLANS = Path(__file__).parent / "plans"
NO_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")


def run(command: object, *words: str, typed: str | None = None, locale: str = "C") -> Result:
    return CliRunner(env={"LC_ALL": locale}).invoke(command, words, input=typed, catch_exceptions=False)  # type: ignore[arg-type]


def test_a_good_plan_is_shown_as_a_day() -> None:
    """`cafe check` shows when what happens, the tables, the seats and the questions, and ends with 0."""
    result = run(check.command, str(PLANS / "lab2020_swap.toml"))
    assert result.exit_code == 0
    assert result.stderr == ""
    for words in (
        "11:15  Conversation",
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
    assert "10:00  Talk" in result.stdout


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
        [sys.executable, "-c", code, str(PLANS / "lab2020_same.toml")], stdout=subprocess.PIPE, text=True, check=True
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
@pytest.mark.parametrize("where", ["elsewhere", "home/.local/bin"])
def test_a_double_click_runs_the_plan_and_keeps_the_window_on_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The starter goes to its own folder, runs the plan there, and waits for Enter when the café did not start.

    It finds the program that wrote it, and another one of this user's when that was removed.
    """
    home = tmp_path / "home"
    fake = tmp_path / where / "cafe"
    fake.parent.mkdir(parents=True)
    wrote = fake if where == "elsewhere" else tmp_path / "removed" / "cafe"
    wrote.parent.mkdir(exist_ok=True)
    wrote.write_text("#!/bin/sh\n")
    wrote.chmod(0o755)
    monkeypatch.setattr("sys.argv", [str(wrote)])
    fake.write_text('#!/bin/sh\necho "$1 $2 in $PWD"\nexit "$CAFE_ENDS"\n')
    fake.chmod(0o755)
    run(new.command, str(tmp_path / "it's.toml"), "--yes")
    if wrote != fake:
        wrote.unlink()
    for ends, waits in (("0", False), ("1", True)):
        done = subprocess.run(
            [tmp_path / "start-it's.command"], cwd="/", input="\n", capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": "/usr/bin:/bin", "HOME": str(home), "CAFE_ENDS": ends},
        )  # fmt: skip
        assert done.stdout.startswith(f"run it's.toml in {tmp_path.resolve()}")
        assert ("Press Enter" in done.stdout, done.returncode != 0) == (waits, waits)


def test_a_few_answers_make_a_plan(tmp_path: Path) -> None:
    """Asked in a terminal, Enter takes what is usual, and a wrong answer is told and asked again."""
    plan = tmp_path / "plan"
    typed = "ro\nZiua noastră\n31.12\n31.12.2026\n9,30\nmany\n18\n\nUnu?\nDoi?\nTrei?\n\nPrimăria\nlab@example.org\n"
    result = run(new.command, str(plan), typed=typed)
    assert result.exit_code == 0, result.output
    assert "not “31.12”" in result.output
    assert "not “many”" in result.output
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
    told = "--date: A day is written as year-month-day, such as 2020-10-20; not “soon”."
    assert result.stderr.splitlines() == [told]
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
    meant = ("return", "fewer tables")  # What is so with a few people and many questions, whatever is written.
    assert [each for each in reading.warnings if not any(words in each.message for words in meant)] == []


COMMENTED_KEY = re.compile(r"^# (?=\[|\w+ *=)", re.MULTILINE)
LANGUAGES = pytest.mark.parametrize("language", ["en", "ro"])


def written(tmp_path: Path, *words: str, locale: str = "C") -> str:
    """The plan that `cafe new` writes when nothing but `words` is said."""
    plan = tmp_path / "p.toml"
    assert run(new.command, str(plan), "--yes", *words, locale=locale).exit_code == 0
    return plan.read_text("utf-8")


@LANGUAGES
def test_a_new_plan_shows_every_key_and_every_choice(tmp_path: Path, language: str) -> None:
    """In every language the plan has all keys of the format, as they are written, and all words that one can choose."""
    text = written(tmp_path, "--language", language)
    for key in {*TOP, *WIFI, *GROUP, *TABLE, *SESSION, *BLOCK}:
        assert re.search(rf"(^|[ #])({key}) *=", text, re.MULTILINE), key
    for header in SECTIONS.values():
        assert header in text
    choices = [get_args(Plan.__annotations__[key]) for key in ("hosts", "wall", "writing", "groups_by", "swap")]
    choices += [get_args(Session.__annotations__[key]) for key in ("per", "seating")]
    comments = " ".join(line.rpartition("# ")[2] for line in text.splitlines() if "# " in line)
    for word in (*KINDS, *COLLECT, *(word for words in choices for word in words)):
        assert re.search(rf"\b{word}\b", comments), word


@LANGUAGES
def test_whatever_a_new_plan_offers_can_be_used(tmp_path: Path, language: str) -> None:
    """With every # taken away that stands before a key, the plan is still one without a mistake."""
    text = written(tmp_path, "--language", language)
    assert parse(text).mistakes == []
    reading = parse(COMMENTED_KEY.sub("", text))
    assert [str(mistake) for mistake in reading.mistakes] == []
    assert reading.plan is not None
    assert (reading.plan.tables[1].host, reading.plan.code, reading.plan.list) == ("Ana", "K7QF", "people.csv")


@LANGUAGES
def test_a_new_plan_fits_beside_another_window(tmp_path: Path, language: str) -> None:
    """No line is longer than 100 characters, and Romanian is written with commas below its letters."""
    text = written(tmp_path, "--language", language, "--organiser", "O" * 40, "--contact", "c@example.org")
    assert max(map(len, text.splitlines())) <= 100
    assert not set("şţŞŢ") & set(text)


@pytest.mark.parametrize(("said", "locale"), [((), "ro_RO.UTF-8"), (("--language", "ro"), "C")], ids=["laptop", "wall"])
def test_a_plan_in_romanian_is_romanian(tmp_path: Path, said: tuple[str, ...], locale: str) -> None:
    """On a Romanian laptop, or for a Romanian wall, all but the keys of a new plan is Romanian."""
    text = written(tmp_path, *said, locale=locale)
    plan = parse(text).plan
    assert plan is not None
    assert (plan.language, plan.title, plan.sessions["s1"].title) == ("ro", "Atelierul nostru", "Sesiunea 1")
    assert plan.sessions["s1"].questions[0].texts == {"ro": "Ce merge bine la noi?"}
    english = {line.rpartition("# ")[2] for line in written_in_english(tmp_path).splitlines() if "# " in line}
    same = {line.rpartition("# ")[2] for line in text.splitlines() if "# " in line} & english
    assert all("=" in line or line.startswith("[") for line in same), same


def written_in_english(tmp_path: Path) -> str:
    folder = tmp_path / "english"
    folder.mkdir()
    return written(folder)


def test_a_language_that_nobody_translated_is_explained_in_english(tmp_path: Path) -> None:
    """A plan for a wall in Welsh is in English words, and in Romanian ones for the Romanian of Moldova."""
    assert 'title     = "Session 1"' in written(tmp_path, "--language", "cy")
    (tmp_path / "md").mkdir()
    assert 'title     = "Sesiunea 1"' in written(tmp_path / "md", "--language", "ro-MD")


def test_wrong_answers_are_told_in_romanian(tmp_path: Path) -> None:
    """A wrong answer is told in the words of the question, without the plan's key and without a word of English."""
    typed = "română\nro\n\nmâine\n\n10\n\nmulți\n\n27\n\n\n\n\n"
    result = run(new.command, str(tmp_path / "p.toml"), typed=typed, locale="ro_RO.UTF-8")
    assert result.exit_code == 0, result.output
    for sentence in (
        "Limba se scrie prin codul ei scurt, de exemplu ro sau en; nu „română”.",
        "Ziua se scrie an-lună-zi, de exemplu 2020-10-20; nu „mâine”.",
        "Ora se scrie cu ore și minute, de exemplu 10:30; nu „10”.",
        "Numărul de oameni este un număr întreg de la 1 la 5000; nu „mulți”.",
        "Numărul de grupuri este un număr întreg de la 1 la 26; nu „27”.",
    ):
        assert sentence in result.output
    assert "Error" not in result.output


def test_an_unanswerable_folder_is_told_in_romanian(tmp_path: Path) -> None:
    """Why a plan cannot be written is said in the laptop's language too."""
    result = run(new.command, str(tmp_path / "nowhere" / "p.toml"), "--yes", locale="ro_RO.UTF-8")
    assert result.stderr.endswith("dosarul nu există.\n")


@pytest.mark.parametrize(("answer", "code"), [("da", 0), ("D", 0), ("yes", 0), ("nu", 1), ("", 1), ("poate", 1)])
def test_writing_over_is_agreed_to_in_romanian(tmp_path: Path, answer: str, code: int) -> None:
    """On a Romanian laptop one says da; anything else leaves the plan as it was."""
    plan = tmp_path / "p.toml"
    plan.write_text("old")
    result = run(new.command, str(plan), typed=f"{answer}\n" + "\n" * 12, locale="ro_RO.UTF-8")
    assert (result.exit_code, plan.read_text("utf-8") == "old") == (code, bool(code))


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "organiser + contact"),
        (("--organiser", "O"), "contact"),
        (("--contact", "c"), "organiser"),
        (("--organiser", "O", "--contact", "c"), ""),
    ],
)
def test_a_plan_that_lets_no_phone_in_is_told_at_once(tmp_path: Path, words: tuple[str, ...], missing: str) -> None:
    """Who leaves out the organiser or the contact hears at once that phones cannot join."""
    told = run(new.command, str(tmp_path / "p.toml"), "--yes", *words).stderr
    assert (f"has {missing}:" in told) if missing else told == ""


@pytest.mark.parametrize(
    ("people", "groups", "advice"),
    [
        ("8", "2", "8 people at 6 tables are fewer than 3 a table: take one group, or fewer tables and questions.\n"),
        ("5", "1", "5 people at 3 tables are fewer than 3 a table: take fewer tables and questions.\n"),
        ("18", "2", ""),
        ("9", "1", ""),
    ],
)
def test_a_few_people_at_many_tables_are_told_at_once(tmp_path: Path, people: str, groups: str, advice: str) -> None:
    """Who spreads a few people over so many tables that they sit there in twos hears it at once, and when checking."""
    plan, invites = tmp_path / "p.toml", ("--organiser", "O", "--contact", "c")
    told = run(new.command, str(plan), "--yes", "--people", people, "--groups", groups, *invites)
    assert told.stderr == advice
    checked = run(check.command, str(plan))
    assert checked.exit_code == 0
    assert checked.stderr.endswith(f": {advice}" if advice else "")
    assert bool(checked.stderr) == bool(advice)


def test_a_day_is_shown_in_the_laptops_language(tmp_path: Path) -> None:
    """`cafe check` on a Romanian laptop names the parts of the day in Romanian, as the wall does."""
    shown = run(check.command, str(PLANS / "lab2020_swap.toml"), locale="ro_RO.UTF-8").stdout
    assert "11:15  Discuție" in shown
    assert not re.search(r"^\d\d:\d\d  (welcome|talk|session|break|harvest|closing)", shown, re.MULTILINE)
