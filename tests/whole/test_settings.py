"""Somebody's own settings, from the file to the wall, in a real terminal: mistakes are told and stop nothing."""

import sys
from pathlib import Path

import pytest

from tests.whole.programs import cafe
from tests.whole.terminals import Terminal
from tests.whole.test_terminal import PLAN

if sys.platform != "linux":
    pytest.skip("where settings stand is another place here", allow_module_level=True)

MOUSE = "\x1b[<0;40;12M\x1b[<0;40;12m\x1b[<64;40;12M\x1b[<65;40;12M\x1b[<32;41;12M\x1b[<2;5;5M\x1b[<2;5;5m"
"""A click, the wheel up and down, a movement with the button held, and a click of the other button."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "worldcafe").mkdir()
    return tmp_path


def test_a_settings_file_is_written_once(home: Path) -> None:
    """`cafe settings --new` writes a file without a mistake, says where, and never writes over one."""
    told = str(home / "worldcafe" / "settings.toml")
    before = cafe("settings", cwd=home, XDG_CONFIG_HOME=str(home))
    assert "cafe settings --new" in before.stdout
    assert told in before.stdout
    made = cafe("settings", "--new", cwd=home, XDG_CONFIG_HOME=str(home))
    assert (made.returncode, made.stdout, made.stderr) == (0, f"{told}\n", "")
    again = cafe("settings", "--new", cwd=home, XDG_CONFIG_HOME=str(home))
    assert again.returncode == 1
    assert told in again.stderr


def test_wrong_settings_stop_nothing(home: Path) -> None:
    """`cafe run` says so in one sentence and takes the usual keys; the rest of it holds, and the mouse does nothing."""
    settings = home / "worldcafe" / "settings.toml"
    settings.write_text('theme = "day"\nlanguage = "ro"\n[keys]\nnext = "u"\nnxet = "g"\n', "utf-8")
    told = cafe("settings", cwd=home, XDG_CONFIG_HOME=str(home))
    assert told.returncode == 2
    assert [line.partition(": ")[0] for line in told.stderr.splitlines()] == [f"{settings}:4", f"{settings}:5"]
    plan = home / "lab.toml"
    plan.write_text(PLAN, "utf-8")
    checked = cafe("check", plan, cwd=home, XDG_CONFIG_HOME=str(home))
    assert checked.returncode == 0
    assert checked.stderr == told.stderr
    assert str(settings) in "".join(cafe("--help", cwd=home, XDG_CONFIG_HOME=str(home)).stdout.split())
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=home, XDG_CONFIG_HOME=str(home)) as wall:
        wall.until(lambda text: "K7QF" in text)
        assert "setări" in wall.raw.decode("utf-8", "replace").partition("\x1b[?1049h")[0]
        assert b"48;2;255;254;248" in wall.raw
        wall.press(MOUSE)
        wall.press("n")
        wall.until(lambda text: "once more" in text and "Come in with your phone" in text)
        wall.press(f"n{MOUSE}n")
        wall.until(lambda text: "Your ideas" in text)
        wall.press(MOUSE + "q")
        wall.until(lambda text: "q leaves" in text)
        wall.press("q")
        assert wall.end() == 0


def test_a_terminal_with_few_colours_gets_the_look_that_it_can_show(home: Path) -> None:
    """Where a terminal says nothing of many colours, the wall is in high contrast and uses only the sixteen."""
    plan = home / "lab.toml"
    plan.write_text(PLAN, "utf-8")
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=home, TERM="xterm", COLORTERM="") as wall:
        wall.until(lambda text: "K7QF" in text)
        assert b"38;2;" not in wall.raw
        assert b"38;5;" not in wall.raw
        assert b"\x1b[97;40m" in wall.raw or b"\x1b[1;97;40m" in wall.raw or b";97;40m" in wall.raw
        wall.press("q")
        wall.until(lambda text: "q leaves" in text)
        wall.press("q")
        assert wall.end() == 0
