"""A copy of a running café, made by the program as it is started, and what can be done with it on another laptop."""

import json
import shutil
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from cafe.remote import read_door
from tests.patience import PATIENCE
from tests.room.test_copies import needs_mounting
from tests.room.test_copies import stick as plugged
from tests.whole.programs import Running, cafe
from tests.whole.test_terminal import PLAN

if sys.platform == "win32":
    pytest.skip("the program is ended by signals", allow_module_level=True)


def control(file: Path, path: str, **asked: object) -> str:
    """Asks over the control port, as the private view does."""
    door = read_door(file)
    request = urllib.request.Request(
        f"{door.url}/{path}", json.dumps(asked).encode(), {"Authorization": f"Bearer {door.key}"}
    )
    return str(json.loads(urllib.request.urlopen(request, timeout=PATIENCE).read())["last"])


def joined(running: Running) -> urllib.request.OpenerDirector:
    """A phone that is in."""
    phone = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://127.0.0.1:{running.ready['port']}"
    phone.open(f"{address}/K7QF", b"name=Ana", timeout=PATIENCE)
    return phone


def test_the_copy_goes_on_and_is_exported_without_complaint(tmp_path: Path) -> None:
    """After the laptop is lost, the copy on the stick is exported, and the café goes on from it."""
    plan, stick = tmp_path / "lab.toml", tmp_path / "stick"
    plan.write_text(PLAN)
    stick.mkdir()
    with Running("run", plan, "--host", "127.0.0.1", cwd=tmp_path) as running:
        file = Path(running.ready["file"])
        joined(running)
        copy = json.loads(control(file, "wish", wish="copy", about=str(stick)))
        running.process.kill()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    found = elsewhere / "lab.cafe"
    shutil.copy(copy["path"], found)
    exported = cafe("export", found, "--to", tmp_path / "report", cwd=tmp_path)
    assert (exported.returncode, exported.stderr) == (0, "")
    assert (tmp_path / "report" / "ideas.csv").exists()
    with Running("run", plan, "--file", found, "--host", "127.0.0.1", cwd=elsewhere) as running:
        assert running.ready["join"].endswith("/K7QF")
        assert "forgotten" not in running.stop()


@needs_mounting
def test_the_end_names_the_copies_that_somebody_must_delete(tmp_path: Path) -> None:
    """Who is forgotten while the stick is away is in its copy: the program names it when it ends, and ends well."""
    plan, stick = tmp_path / "lab.toml", tmp_path / "stick"
    plan.write_text(PLAN)
    with plugged(stick), Running("run", plan, "--host", "127.0.0.1", cwd=tmp_path) as running:
        file, phone = Path(running.ready["file"]), joined(running)
        copy = json.loads(control(file, "wish", wish="copy", about=str(stick)))["path"]
        subprocess.run(["umount", "-l", stick], check=True)
        phone.open(f"http://127.0.0.1:{running.ready['port']}/c/erase", b"", timeout=PATIENCE)
        said = running.stop()
    assert copy in said
    assert "by hand" in said
