"""The wall in a real terminal: what guests write cannot hurt it, and it is left as it was found."""

import http.cookiejar
import json
import os
import re
import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.hostile import HONEST, HOSTILE
from tests.patience import PATIENCE
from tests.whole.terminals import Terminal

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a thing of Unix", allow_module_level=True)

PLAN = """
title = "Lab"
organiser = "Town hall"
contact = "lab@example.org"
code = "K7QF"
[[groups]]
tables = 1
seats = 90
[sessions.s1]
title = "Talk"
questions = ["What now?"]
rounds = 1
minutes = 50
[[programme]]
at = "10:00"
kind = "session"
session = "s1"
"""

FORBIDDEN = {
    "an operating system command (title, clipboard)": rb"\x1b\]|\xc2\x9d",
    "a full reset": rb"\x1bc",
    "a question to the terminal": rb"\x1b\[[56]n|\x1b\[c",
    "clearing the picture": rb"\x1b\[[23]J",
    "a device control string": rb"\x1b[PX^_]|\xc2\x90",
    "an eight-bit control": rb"\xc2[\x80-\x9f]",
    "another character set": rb"[\x0e\x0f]",
    "a bell, a backspace or a deletion": rb"[\x07\x08\x7f]",
    "an override of the direction": rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]",
}
OURS = re.compile(rb"\x1b\[(?:\?|>|<|=)[0-9;]*[a-zA-Z$]+|\x1b\[\?[0-9;]*\$p|\x1b\]1337;[^\x07\x1b]*(?:\x07|\x1b\\)")
"""What the wall's own library asks of a terminal when it starts."""


class Guest:
    """Somebody with a phone that speaks plain HTTP."""

    def __init__(self, base: str, code: str = "K7QF") -> None:
        self.base = base
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.http = urllib.request.build_opener(jar)
        self.http.open(
            urllib.request.Request(f"{base}/{code}", data=b"", headers={"Origin": base}), timeout=PATIENCE
        ).read()

    def say(self, id: str, text: str) -> int:
        body = json.dumps({"id": id, "q": "s1.1", "text": text}).encode()
        headers = {"Content-Type": "application/json", "Origin": self.base}
        try:
            return int(
                self.http.open(urllib.request.Request(f"{self.base}/c/ideas", body, headers), timeout=PATIENCE).status
            )
        except urllib.error.HTTPError as no:
            return no.code


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "lab.toml"
    path.write_text(PLAN, "utf-8")
    return path


def open_round(wall: Terminal) -> str:
    """Waits for the lobby, begins the round with all ideas on the wall, and gives the address for phones."""
    wall.until(lambda text: "K7QF" in text)
    port = re.search(r"127\.0\.0\.1:(\d+)", wall.text)
    assert port, wall.text
    wall.press("nn")  # In one piece: a second press is waited for three seconds, which may pass on a busy machine.
    wall.until(lambda text: "Your ideas" in text)
    wall.press("i")
    return f"http://127.0.0.1:{port[1]}"


def test_no_control_byte_of_a_guest_reaches_the_terminal(plan: Path) -> None:
    """Whatever a phone sends, the facilitator's terminal is neither retitled, cleared, asked nor given a clipboard."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as wall:
        base = open_round(wall)
        before = len(wall.raw)
        taken = 0
        for number, text in enumerate(HOSTILE.values()):
            guest = Guest(base) if number % 4 == 0 else guest  # noqa: F821 (the first number is 0)
            status = guest.say(f"hostile-{number:04}", text)
            wall.drain()
            assert status in (201, 413, 422), (text, status)
            taken += status == 201
        assert taken > 20
        assert Guest(base).say("the-last-one", "and that was all") == 201
        wall.until(lambda text: "and that was all" in text)
        reached = OURS.sub(b"", wall.raw[before:])
        found = {what for what, pattern in FORBIDDEN.items() if re.search(pattern, reached)}
        assert not found


def test_honest_words_stand_on_the_wall_as_they_were_typed(plan: Path) -> None:
    """Brackets, quotes and letters with marks are shown as somebody wrote them."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as wall:
        base = open_round(wall)
        for number, text in enumerate(["[10% reducere] la [tot]", "„Șapte țări” în oraș", "[/]", "=1+1", "a < b && c"]):
            assert Guest(base).say(f"honest-{number:04}", text) == 201
            wall.until(lambda picture, text=text: text in picture)  # type: ignore[misc]
        assert len(HONEST) > 20


def unread(wall: Terminal, base: str) -> None:
    """Lets the wall draw more than any terminal keeps, while nobody reads and guests come in."""
    for _ in range(40):
        wall.press("t")
        Guest(base)


def test_a_terminal_that_does_not_read_holds_nobody_up(plan: Path) -> None:
    """While text is marked in the window, phones go on sending, and afterwards the wall shows how things stand."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent, width=200, height=55) as wall:
        base = open_round(wall)
        unread(wall, base)
        assert Guest(base).say("unread-0001", "Nevăzută") == 201
        wall.until(lambda picture: "1 idea" in picture and "table 1" in picture)  # Its words are drawn in letters.


def test_a_window_that_is_closed_ends_the_program(plan: Path) -> None:
    """Closing the window ends the café even if nobody read what it drew: it can be continued at once."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent, width=200, height=55) as wall:
        unread(wall, open_round(wall))
        wall.shut()
    assert "lab.cafe-control" not in {path.name for path in plan.parent.iterdir()}


@pytest.mark.parametrize("how", ["keys", signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_left_as_it_was_found(plan: Path, how: str | signal.Signals) -> None:
    """After q, or when the program is stopped from outside, the terminal works as before and the file is whole."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as wall:
        wall.until(lambda text: "K7QF" in text)
        if isinstance(how, str):
            wall.press("q")
            wall.until(lambda text: "?" in text)
            wall.press("q")
        else:
            os.kill(wall.child.pid, how)
        assert wall.end() == 0
        assert b"\x1b[?1049l" in wall.raw
        assert wall.raw.rindex(b"\x1b[?1049l") > wall.raw.rindex(b"\x1b[?1049h")
        assert wall.raw.rindex(b"\x1b[?25h") > wall.raw.rindex(b"\x1b[?25l")
    assert sorted(path.name for path in plan.parent.iterdir()) == ["lab.cafe", "lab.toml"]
