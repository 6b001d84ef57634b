"""The command line as its users meet it: one clear sentence for each thing that can be wrong, and honest exit codes."""

import contextlib
import json
import os
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.whole.programs import CAFE, Running, cafe
from tests.whole.test_terminal import Guest

PLAN = """
title = "Lab"
organiser = "Town hall"
contact = "lab@example.org"
[sessions.s1]
title = "Talk"
questions = ["What now?", "What then?"]
rounds = 2
minutes = 5
[[programme]]
at = "10:00"
kind = "session"
session = "s1"
[[programme]]
at = "11:00"
kind = "closing"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "lab.toml"
    path.write_text(PLAN, "utf-8")
    return path


def sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def test_a_port_that_is_taken_is_told_in_one_sentence(plan: Path) -> None:
    """When another program has the port, the facilitator reads which one and what to do."""
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        done = cafe("run", plan, "--headless", "--port", str(port), cwd=plan.parent)
    assert done.returncode == 1
    assert len(sentences(done.stderr)) == 1
    assert str(port) in done.stderr
    assert "--port" in done.stderr


def test_a_cafe_that_runs_cannot_be_started_twice(plan: Path) -> None:
    """A second start on the same file is refused while the first one goes on."""
    with Running("run", plan, cwd=plan.parent) as first:
        done = cafe("run", plan, "--headless", cwd=plan.parent)
        assert done.returncode == 1
        assert sentences(done.stderr) == ["lab.cafe is already open in another window. Close that one first."]
        assert first.process.poll() is None


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_cafe_that_is_told_to_stop_stops_cleanly(plan: Path, kind: signal.Signals) -> None:
    """Closing the terminal or stopping the program leaves a file that is whole and can be continued."""
    with Running("run", plan, cwd=plan.parent) as running:
        os.kill(running.process.pid, kind)
        assert running.process.wait(PATIENCE) == 0
    left = sorted(path.name for path in plan.parent.iterdir())
    assert left == ["lab.cafe", "lab.toml"]
    with Running("run", plan, cwd=plan.parent) as again:
        assert again.ready["join"][-4:] == running.ready["join"][-4:]


def test_a_phones_broken_form_is_not_told_in_the_terminal(plan: Path) -> None:
    """What a library would warn of stands nowhere: it quotes the phone's bytes."""
    with Running("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as running:
        guest = Guest(*running.ready["join"].rsplit("/", 1))
        form = b"--xx\r\nContent-Disposition: form-data; name*=utf-99''owned%ff\r\n\r\nabc\r\n--xx--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=xx", "Origin": guest.base}
        with pytest.raises(urllib.error.HTTPError):
            guest.http.open(urllib.request.Request(f"{guest.base}/c/photo", form, headers), timeout=PATIENCE)
        assert "owned" not in running.stop()
    assert not (plan.parent / "lab.cafe-log").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_hall_comes_in_where_the_system_allows_few_connections(
    plan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a laptop whose system of itself allows little to be open at a time all phones are answered."""
    import resource

    thrifty = tmp_path / "thrifty"
    thrifty.write_text(f'#!/bin/sh\nulimit -Sn 64\nexec "{CAFE[0]}" "$@"\n')
    thrifty.chmod(0o755)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 300:
        pytest.skip("this machine allows no more either")
    monkeypatch.setattr("tests.whole.programs.CAFE", [str(thrifty), *CAFE[1:]])
    with Running("run", plan, "--host", "127.0.0.1", cwd=plan.parent) as running, contextlib.ExitStack() as phones:
        for _ in range(120):
            phone = phones.enter_context(
                socket.create_connection(("127.0.0.1", running.ready["port"]), timeout=PATIENCE)
            )
            phone.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b" 200 " in phone.recv(100)


def test_a_wall_needs_a_terminal(plan: Path) -> None:
    """Without a terminal the program says what to do instead of drawing into a file."""
    done = cafe("run", plan, cwd=plan.parent)
    assert done.returncode == 2
    assert sentences(done.stderr) == ["This is not a terminal. Use --headless to hold a café without a picture."]


def test_what_is_no_cafe_is_not_touched(plan: Path) -> None:
    """A file of somebody else's is refused and stays as it was."""
    other = plan.parent / "lab.cafe"
    other.write_bytes(b"my holiday notes\n" * 100)
    done = cafe("run", plan, "--headless", cwd=plan.parent)
    assert done.returncode == 1
    assert len(sentences(done.stderr)) == 1
    assert other.read_bytes() == b"my holiday notes\n" * 100


def test_a_trial_leaves_nothing_behind(plan: Path) -> None:
    """A café held with --try is thrown away when it ends."""
    with Running("run", plan, "--try", cwd=plan.parent) as running:
        os.kill(running.process.pid, signal.SIGTERM)
        running.process.wait(PATIENCE)
    assert [path.name for path in plan.parent.iterdir()] == ["lab.toml"]
    assert not Path(running.ready["file"]).exists()


def test_a_changed_plan_is_told_and_not_taken_in_by_itself(plan: Path) -> None:
    """Whoever edits the plan after the café was made is told that the café goes on with the earlier one."""
    with Running("run", plan, cwd=plan.parent) as running:
        os.kill(running.process.pid, signal.SIGTERM)
        running.process.wait(PATIENCE)
    plan.write_text(PLAN.replace("What now?", "What else?"), "utf-8")
    with Running("run", plan, cwd=plan.parent) as again:
        os.kill(again.process.pid, signal.SIGTERM)
        _, told = again.process.communicate(timeout=PATIENCE)
    assert "The plan has changed since" in told


def test_a_wrong_word_gets_a_hint(tmp_path: Path) -> None:
    """A mistyped command says which one was probably meant."""
    done = cafe("exprot", cwd=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'export'?" in done.stderr


def test_the_control_of_no_cafe_says_so(tmp_path: Path) -> None:
    """The private view without a running café tells what to start."""
    done = cafe("control", cwd=tmp_path)
    assert done.returncode == 1
    assert sentences(done.stderr) == ["No café runs here. Start one with `cafe run`, or name its file."]


def test_a_card_with_a_name_waits_for_its_owner(plan: Path) -> None:
    """With a list, whoever comes without a card gets none that is printed with somebody's name."""
    (plan.parent / "people.csv").write_text("name\nAna\nIon\nMaria\n", "utf-8")
    plan.write_text('list = "people.csv"\n' + PLAN, "utf-8")
    with Running("run", plan, cwd=plan.parent) as running:
        code = running.ready["join"][-4:]
        guest = Guest(f"http://127.0.0.1:{running.ready['port']}", code)
        state = json.loads(guest.http.open(f"{guest.base}/c/state", timeout=PATIENCE).read())
        assert state["card"] == 4
