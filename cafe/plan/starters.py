"""The files that a double click runs: for somebody who never opened a terminal."""

import shlex
from pathlib import PurePath

_UNIX = """\
#!/bin/sh
# Double-click this file to start the café of {plan}.
cd "$(dirname "$0")" || exit 1
PATH="$HOME/.local/bin:$PATH"
if cafe run {quoted}; then exit 0; fi
printf '\\nThe café did not start, or stopped early. Press Enter to close this window. '
read -r _
exit 1
"""

_WINDOWS = """\
@echo off
rem Double-click this file to start the cafe.
chcp 65001 >nul
cd /d "%~dp0"
set "PATH=%USERPROFILE%\\.local\\bin;%PATH%"
call cafe run {quoted}
if errorlevel 1 (
  echo.
  echo The cafe did not start, or stopped early.
  pause
)
"""


def starters(plan: str) -> dict[str, tuple[str, str]]:
    """For the plan's file name, beside which they stand: each starter's name → its text and its line end."""
    stem = PurePath(plan).stem
    in_batch = plan.replace("%", "%%")
    quoted = shlex.quote(plan if not plan.startswith("-") else f"./{plan}")
    return {
        f"start-{stem}.command": (_UNIX.format(plan=" ".join(plan.split()), quoted=quoted), "\n"),
        f"start-{stem}.bat": (_WINDOWS.format(quoted=f'"{in_batch}"'), "\r\n"),
    }
