"""The house as it is described: what may know what, and what a start costs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("textual", "aiohttp", "qrcode", "jinja2")


def loaded(statement: str) -> set[str]:
    """The packages that a fresh Python has loaded after a statement."""
    code = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    return set(done.stdout.split())


def test_the_cafe_itself_knows_no_screen_and_no_server() -> None:
    """`import cafe` loads neither the wall's library nor the server's."""
    assert not loaded("import cafe") & {*HEAVY, "screens", "server"}


@pytest.mark.parametrize("module", ["cafe.room", "cafe.rules", "cafe.log", "cafe.cli", "cafe.cli.check"])
def test_what_needs_no_picture_loads_none(module: str) -> None:
    """The room, the rules and the small commands start without the wall and without the server."""
    assert not loaded(f"import {module}") & {"textual", "aiohttp", "screens", "server"}


def test_writing_a_report_needs_no_wall() -> None:
    """`cafe export` starts without the wall's library and without the server's."""
    assert not loaded("import cafe.cli.export") & {"textual", "aiohttp", "screens", "server"}


def test_one_library_alone_touches_the_file() -> None:
    """The café's file is opened by the one SQLite that sqlite-utils uses: two would break each other's locks."""
    own = [path for folder in ("cafe", "screens", "server") for path in (ROOT / folder).rglob("*.py")]
    said = [
        path.name for path in own if re.search(r"^\s*(import|from) (py)?sqlite3", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(own) > 50
    assert not said
