"""The files that a double click runs: for somebody who never opened a terminal."""

import shlex
import shutil
import sys
from pathlib import Path, PurePath

_UNIX = """\
#!/bin/sh
# Double-click this file to start the café of {plan}.
cd "$(dirname "$0")" || exit 1
PATH="$PATH:$HOME/.local/bin"
if [ -x {there} ]; then
  {program} run {quoted} && exit 0
else
  cafe run {quoted} && exit 0
fi
printf '\\nThe café did not start, or stopped early. Press Enter to close this window. '
read -r _
exit 1
"""

_WINDOWS = """\
@echo off
rem Double-click this file to start the cafe.
chcp 65001 >nul
cd /d "%~dp0"
set "PATH=%PATH%;%USERPROFILE%\\.local\\bin"
if exist {there} goto known
call cafe run {quoted}
goto ended
:known
call {program} run {quoted}
:ended
if errorlevel 1 (
  echo.
  echo The cafe did not start, or stopped early.
  pause
)
"""


def starters(plan: str) -> dict[str, tuple[str, str]]:
    """For the plan's file name, beside which they stand: each starter's name → its text and its line end.

    They run the program that writes them, wherever it was installed, and look for another one if it is gone.
    """
    stem = PurePath(plan).stem
    program = running()
    quoted = shlex.quote(plan if not plan.startswith("-") else f"./{plan}")
    unix = _UNIX.format(
        plan=" ".join(plan.split()), quoted=quoted, there=shlex.quote(program[0]), program=shlex.join(program)
    )
    words = [_in_batch(word) for word in program]
    windows = _WINDOWS.format(quoted=_in_batch(plan), there=words[0], program=" ".join(words))
    return {f"start-{stem}.command": (unix, "\n"), f"start-{stem}.bat": (windows, "\r\n")}


def running() -> list[str]:
    """The command line of this program: its own file, or the Python that runs it as a module."""
    if PurePath(sys.argv[0]).stem == "cafe" and (found := shutil.which(sys.argv[0])):
        return [str(Path(found).absolute())]
    return [str(Path(sys.executable).absolute()), "-m", "cafe"]


def _in_batch(word: str) -> str:
    return f'"{word.replace("%", "%%")}"'
