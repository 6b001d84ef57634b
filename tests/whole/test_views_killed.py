"""What the facilitator looks at is killed without a warning: the café goes on, or comes back where it was."""

import http.cookiejar
import json
import os
import re
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from cafe.remote import read_door
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.whole.programs import Running
from tests.whole.terminals import Terminal
from tests.whole.test_terminal import Guest, open_round
from tests.whole.test_terminal import plan as plan  # noqa: PLC0414

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a thing of Unix", allow_module_level=True)


def minutes(wall: Terminal) -> int:
    """What the clock in the private view shows, in minutes."""
    found = re.search(r"\b(\d\d?):(\d\d)\b +round", wall.text)
    assert found, wall.text
    return int(found[1])


class Handset:
    """A phone that is the remote of a running café, in plain HTTP."""

    def __init__(self, cafe: Path) -> None:
        door = read_door(cafe)
        asked = urllib.request.Request(
            f"{door.url}/wish", json.dumps({"wish": "pair"}).encode(), {"Authorization": f"Bearer {door.key}"}
        )
        url = json.loads(urllib.request.urlopen(asked, timeout=PATIENCE).read())["last"]
        self.base = url.partition("/R/")[0]
        jar = http.cookiejar.CookieJar()
        self.http = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.ask(url.removeprefix(self.base), b"")

    def ask(self, path: str, body: bytes | None = None) -> bytes:
        headers = {"Origin": self.base, "Accept": "application/json"}
        answer: bytes = self.http.open(urllib.request.Request(self.base + path, body, headers), timeout=PATIENCE).read()
        return answer

    def press(self, action: str) -> str:
        """Presses a button on the present picture; what was answered."""
        seen = json.loads(self.ask("/r/state"))
        form = {"action": action, "id": f"{action}-{time.monotonic_ns()}", "sure": "1", "step": seen["step"]}
        told = json.loads(self.ask("/r/do", urllib.parse.urlencode(form | {"trail": seen["trail"]}).encode()))
        return str(told["texts"]["said"])


def test_a_private_view_that_is_killed_leaves_the_cafe_as_it_was(plan: Path) -> None:
    """Its window is shot in the middle of a round: ideas go on, and the next one that is opened shows the same café."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as wall:
        base = open_round(wall)
        for way in (signal.SIGKILL, signal.SIGHUP):
            with Terminal("control", cwd=plan.parent, width=120, height=34) as view:
                view.until(lambda text: "round 1 of 1" in text)
                os.kill(view.child.pid, way)
                view.child.wait()
            wall.drain()
            assert Guest(base).say(f"after-{way.name}", f"after {way.name}") == 201
            wall.until(lambda text, way=way: f"after {way.name}" in text)  # type: ignore[misc]
        with Terminal("control", cwd=plan.parent, width=120, height=34) as again:
            again.until(lambda text: "after SIGHUP" in text and "after SIGKILL" in text)


def test_the_private_view_may_begin_with_the_remote(plan: Path) -> None:
    """`cafe control --remote` shows the code at once; Esc leaves the private view as it always is."""
    with Running("run", plan, "--host", "127.0.0.1", cwd=plan.parent):  # noqa: SIM117
        with Terminal("control", "--remote", cwd=plan.parent) as view:
            view.until(lambda text: "Your phone as the remote" in text and "▀" in text)
            view.press("\x1b")
            view.until(lambda text: "Your phone as the remote" not in text and "PRIVATE" in text)


def test_a_remote_that_vanishes_leaves_the_cafe_as_it_was(plan: Path) -> None:
    """The phone dies while it waits for news: the wall goes on, and the same cookie leads again when it is back."""
    with Terminal("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as wall:
        base = open_round(wall)
        remote = Handset(plan.parent / "lab.cafe")
        said = remote.press("pause")
        assert said == "The clock stands still"
        wall.until(lambda text: "the clock stands still" in text.lower())
        tag = json.loads(remote.ask("/r/state"))["tag"]
        child = os.fork()
        if not child:
            try:
                remote.ask(f"/r/state?since={tag}")
            finally:
                os._exit(0)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        wall.drain()
        assert Guest(base).say("after-the-remote", "after the remote") == 201
        wall.until(lambda text: "after the remote" in text)
        assert remote.press("resume") == "The clock runs on"


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGHUP])
def test_a_wall_whose_window_is_gone_comes_back_in_the_same_round(plan: Path, way: signal.Signals) -> None:
    """The terminal dies in a round: started again the café has its round, clock and ideas, and knows its phones."""
    port = str(free_port())
    with Terminal("run", plan, "--host", "127.0.0.1", "--port", port, cwd=plan.parent, width=120, height=34) as wall:
        base = open_round(wall)
        guest = Guest(base)
        assert guest.say("before-0001", "said before") == 201
        old = Handset(plan.parent / "lab.cafe")
        os.kill(wall.child.pid, way)
        assert wall.end() in (0, -way)
    with Running("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as again:
        assert again.ready["join"].startswith(base)
        assert guest.say("before-0001", "said before") == 200
        assert guest.say("after-00001", "said after") == 201
        with Terminal("control", cwd=plan.parent, width=120, height=34) as view:
            view.until(lambda text: "round 1 of 1" in text and "said before" in text and "said after" in text)
            assert 48 <= minutes(view) <= 50
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            old.press("pause")  # The remote is paired anew: its key was the other program's.
        assert Handset(plan.parent / "lab.cafe").press("pause") == "The clock stands still"
