"""The same plan on another day, in another window, after an accident: what a facilitator meets when starting again."""

import asyncio
import re
import socket
import sys
from datetime import date
from pathlib import Path

import pytest

from cafe.cli.check import load
from cafe.cli.demo import look_around
from cafe.file import CafeFile
from cafe.room import Room
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.whole.programs import Running, cafe
from tests.whole.terminals import Terminal
from tests.whole.test_command_line import PLAN, plan, sentences

__all__ = ["plan"]

TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")
TODAY = f"lab-{date.today().isoformat()}.cafe"
HERE = ("--host", "127.0.0.1")


def hold_to_the_end(plan: Path, *more: str) -> str:
    """Holds a whole café quickly. Gives what it said on standard error."""
    with Running("run", plan, "--auto", "--speed", "5000", *more, cwd=plan.parent) as running:
        _, told = running.process.communicate(timeout=PATIENCE)
        assert running.process.returncode == 0
    return told


def leave(wall: Terminal) -> None:
    wall.press("q")
    wall.until(lambda text: "?" in text)
    wall.press("q")
    assert wall.end() == 0


@TERMINAL
def test_todays_cafe_is_found_again(plan: Path) -> None:
    """After "new" for a café that is closed, the next start goes on with the new one, without asking again."""
    hold_to_the_end(plan)
    with Terminal("run", "lab.toml", *HERE, cwd=plan.parent) as wall:
        wall.until(lambda text: "Enter: look" in text)
        wall.press("perhaps\r")
        wall.until(lambda text: text.count("Enter: look") == 2)
        wall.press("new\r")
        wall.until(lambda text: "127.0.0.1" in text)
        leave(wall)
        assert b"cafe run lab.toml goes on where it stopped." in wall.raw
    assert (plan.parent / TODAY).exists()
    with Terminal("run", "lab.toml", *HERE, cwd=plan.parent) as wall:
        wall.until(lambda text: "127.0.0.1" in text)
        assert b"Enter: look" not in wall.raw
        leave(wall)
    with Running("run", plan, cwd=plan.parent) as running:
        assert Path(running.ready["file"]).name == TODAY


@TERMINAL
def test_an_open_cafe_is_told_before_any_question(plan: Path) -> None:
    """A second window hears that the café is open, not whether to take in a plan that was changed."""
    with Running("run", plan, cwd=plan.parent):
        plan.write_text(PLAN.replace("What now?", "What else?"), "utf-8")
        with Terminal("run", "lab.toml", *HERE, cwd=plan.parent) as second:
            assert second.end() == 1
            assert b"already open" in second.raw
            assert b"has changed" not in second.raw


def test_the_plans_port_is_the_one_that_is_taken(plan: Path) -> None:
    """Cards may be printed with the plan's address: its port is used, and no other one instead of it."""
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        plan.write_text(f'address = "localhost:{port}"\n{PLAN}', "utf-8")
        done = cafe("run", plan, "--headless", cwd=plan.parent)
        assert done.returncode == 1
        assert len(sentences(done.stderr)) == 1
        assert f"Port {port} stands in the plan" in done.stderr
    with Running("run", plan, cwd=plan.parent) as running:
        assert running.ready["port"] == port
        assert f"localhost:{port}/" in running.ready["join"]


def test_a_cafe_comes_back_on_the_port_that_phones_know(plan: Path) -> None:
    """Open pages find the café again after a restart; where they cannot, the facilitator is told."""
    port = free_port()
    with Running("run", plan, "--port", str(port), cwd=plan.parent) as running:
        running.stop()
    with Running("run", plan, cwd=plan.parent) as again:
        assert again.ready["port"] == port
        assert "is taken" not in again.stop()
    with socket.create_server(("", port)), Running("run", plan, cwd=plan.parent) as third:
        assert third.ready["port"] != port
        assert f"Port {port} is taken by another program" in third.stop()


def test_the_report_is_written_again_when_it_is_missing(plan: Path) -> None:
    """A closed café that is opened again without its report writes it, and says where, with the logos it misses."""
    plan.write_text(PLAN.replace('title = "Lab"', 'title = "Lab"\nlogos = ["town.png"]'), "utf-8")
    told = hold_to_the_end(plan)
    folder = plan.parent / "lab-report"
    assert "The logo town.png could not be read" in told
    assert f"The report is in {folder}." in told
    (folder / "report.html").unlink()
    hold_to_the_end(plan)
    assert (folder / "report.html").exists()


def test_a_report_that_cannot_be_written_is_not_said_to_be_there(plan: Path) -> None:
    """Something in the report's place is told in a sentence, and nothing else is claimed."""
    (plan.parent / "lab-report").write_text("mine")
    told = hold_to_the_end(plan)
    assert sentences(told) == [f"{plan.parent / 'lab-report'} cannot be written: File exists."]
    assert (plan.parent / "lab-report").read_text() == "mine"


@TERMINAL
def test_heads_are_asked_again_when_the_answer_is_no_number(plan: Path) -> None:
    """A slip of the finger at the end of a long day does not lose the number of people."""
    hold_to_the_end(plan)
    with Terminal("run", "lab.toml", *HERE, cwd=plan.parent) as wall:
        wall.until(lambda text: "Enter: look" in text)
        wall.press("\r")
        wall.until(lambda text: "127.0.0.1" in text)
        wall.press("q")
        wall.until(lambda text: "q leaves" in text)
        wall.press("q")
        wall.until(lambda text: "How many people" in text)
        wall.press("abuot 40\r")
        wall.until(lambda text: "not a number" in text)
        wall.press("40\r")
        assert wall.end() == 0


@TERMINAL
def test_no_network_is_told_before_the_wall(plan: Path) -> None:
    """Without a network the sentence waits for Enter: behind the wall nobody could read it."""
    plan.write_text(f'address = "127.0.0.1"\n{PLAN}', "utf-8")
    with Terminal("run", "lab.toml", cwd=plan.parent) as wall:
        wall.until(lambda text: "No network" in text and "Press Enter" in text)
        assert b"\x1b[?1049h" not in wall.raw
        wall.press("\r")
        wall.until(lambda text: "127.0.0.1" in text)
        assert b"\x1b[?1049h" in wall.raw
        leave(wall)
    with Terminal("run", "lab.toml", *HERE, cwd=plan.parent) as wall:
        wall.until(lambda text: "127.0.0.1" in text)
        assert b"No network" not in wall.raw


def test_the_control_ignores_a_cafe_that_was_killed(plan: Path) -> None:
    """The door of a killed café counts for nothing; with several that run, their names are told."""
    with Running("run", plan, cwd=plan.parent) as running:
        running.process.kill()
        running.process.wait(PATIENCE)
    assert (plan.parent / "lab.cafe-control").exists()
    done = cafe("control", cwd=plan.parent)
    assert "No café runs here" in done.stderr
    with Running("run", plan, "--file", "a.cafe", cwd=plan.parent):
        done = cafe("control", cwd=plan.parent)
        assert "This is not a terminal" in done.stderr
        with Running("run", plan, "--file", "b.cafe", cwd=plan.parent):
            done = cafe("control", cwd=plan.parent)
            assert done.returncode == 1
            assert re.search(r"a\.cafe, b\.cafe", done.stderr)


def test_the_control_finds_a_trial_in_the_folder_of_its_plan(plan: Path) -> None:
    """`cafe control` opens a café that is only tried; of two it asks which, and afterwards nothing stays."""
    with Running("run", plan, "--try", cwd=plan.parent) as first:
        assert "This is not a terminal" in cafe("control", cwd=plan.parent).stderr
        with Running("run", plan, "--try", cwd=plan.parent) as second:
            done = cafe("control", cwd=plan.parent)
            assert {"lab-try.cafe", "lab-try-2.cafe"} <= set(re.findall(r"[\w-]+\.cafe", done.stderr))
            assert "This is not a terminal" in cafe("control", "lab-try-2.cafe", cwd=plan.parent).stderr
            second.stop()
        first.stop()
    assert [path.name for path in plan.parent.iterdir()] == ["lab.toml"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--host", "http://10.0.0.1"),
        ("--host", "10.0.0.1:80"),
        ("--public-url", "cafe.example.org"),
        ("--public-url", "ftp://cafe.example.org"),
        ("--public-url", "https://"),
        ("--public-url", "https://example.org/cafe"),
    ],
)
def test_an_address_that_phones_could_not_open_is_a_usage_error(plan: Path, wrong: tuple[str, str]) -> None:
    """A slip in an address is told at once, not found out by forty phones."""
    done = cafe("run", plan, "--headless", *wrong, cwd=plan.parent)
    assert done.returncode == 2
    assert wrong[0] in done.stderr
    assert not (plan.parent / "lab.cafe").exists()


def test_a_cafe_that_goes_on_over_the_internet_may_get_a_longer_code(plan: Path) -> None:
    """Its short code stays, so that nobody who has it is shut out, and is told as a danger; --new-code mends that."""

    async def begin() -> None:
        room = Room(CafeFile(plan.parent / "lab.cafe"))
        await room.start(load(str(plan)), code="K7QF")
        await room.stop()

    asyncio.run(begin())
    public = ("--public-url", "https://cafe.example.org", "--trust-proxy", "127.0.0.1")
    with Running("run", plan, *public, cwd=plan.parent) as short:
        assert short.ready["join"] == "https://cafe.example.org/K7QF"
        assert "The code K7QF is short for the internet" in short.stop()
    with Running("run", plan, *public, "--new-code", cwd=plan.parent) as long:
        assert len(long.ready["join"]) == len("https://cafe.example.org/") + 10
        assert "short" not in long.stop()


@TERMINAL
def test_the_control_finds_the_demonstration(tmp_path: Path) -> None:
    """`cafe control` opens the private view of `cafe demo` in the same folder, in which nothing stays afterwards."""
    with Terminal("demo", "--phones", "0", cwd=tmp_path) as wall:
        wall.until(lambda text: ":80" in text)
        with Terminal("control", cwd=tmp_path) as view:
            view.until(lambda text: "Program" in text)
        leave(wall)
    assert not list(tmp_path.iterdir())


def test_a_fast_demonstration_spends_no_more_of_the_day_in_the_lobby() -> None:
    """The lobby takes the same four minutes of the café at every high speed, and never more than eight seconds."""
    assert look_around(30) == look_around(1) == 8
    assert look_around(120) * 120 == look_around(30) * 30
