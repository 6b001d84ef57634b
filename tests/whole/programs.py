"""Runs the program as its user does: `cafe` in a process of its own, waited for by what it says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.patience import LONG, PATIENCE

ROOT = Path(__file__).parent.parent.parent
CAFE = [os.environ.get("CAFE_PYTHON", sys.executable), "-m", "cafe"]
TOLD = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "TERM": "xterm-256color",
    "XDG_CONFIG_HOME": os.devnull,
}
KEPT = ("PATH", "HOME", "TZ", "COVERAGE_PROCESS_START")


def environment(**more: str) -> dict[str, str]:
    """The environment of a program under test: English, and the project's own code."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **TOLD, **more}


def cafe(*arguments: str | Path, cwd: Path, seconds: float = LONG, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        [*CAFE, *map(str, arguments)],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=seconds,
        stdin=subprocess.DEVNULL,
        check=False,
    )


class Running:
    """A café without a picture in a process of its own; `ready` holds what its ready line says."""

    def __init__(self, *arguments: str | Path, cwd: Path) -> None:
        self.process = subprocess.Popen(
            [*CAFE, *map(str, arguments), "--headless"],
            cwd=cwd,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.stderr and self.process.stderr.read()
        self.ready: dict[str, Any] = json.loads(line)

    def stop(self) -> str:
        """Ends it as a service does, and gives what it said beside its ready line."""
        self.process.terminate()
        return self.process.communicate(timeout=PATIENCE)[1]

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, fault: object, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        _, told = self.process.communicate()
        if fault:
            print(f"{self.process.args} ended with {self.process.returncode} and said\n{told}")
