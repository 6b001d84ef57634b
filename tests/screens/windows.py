"""The wall in windows of real terminals: `python -m tests.screens.windows [FOLDER]`.

xterm, kitty and alacritty are opened one after the other on a screen of their own (Xvfb), each with the lobby and with
a round of the lab of 2020. Of each window is asked: is the code read from its photograph, straight or a little blurred
as by a camera; do all words stand in what the terminal was sent; and is there ink in the photograph where letters were
sent. The answers are written to windows.txt beside this file; FOLDER keeps the photographs.

Needs Debian's xterm, kitty, alacritty, xvfb, imagemagick and fonts-dejavu-core.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pyte

from cafe.file import CafeFile
from cafe.room import Room
from tests.screens.camera import blurred, scanned
from tests.screens.room import CODE, PLANS, lab
from tests.whole.programs import CAFE, environment

RESULTS = Path(__file__).with_name("windows.txt")
PLAN = PLANS / "lab2020_swap.toml"
PORT = 18093
URL = f"http://127.0.0.1:{PORT}/{CODE}"
PATIENCE = 40
"""Seconds that a window may take until it shows what is expected."""
SIZES = ((80, 24), (120, 34))
Opened = Callable[[int, int, Path], list[str]]

TERMINALS: dict[str, Opened] = {
    "xterm": lambda columns, rows, script: [
        "xterm", "-fa", "DejaVu Sans Mono", "-fs", "11", "-geometry", f"{columns}x{rows}+0+0", "-e", str(script),
    ],
    "kitty": lambda columns, rows, script: [
        "kitty", "--config", "NONE", "-o", "remember_window_size=no", "-o", f"initial_window_width={columns}c",
        "-o", f"initial_window_height={rows}c", "-o", "font_size=11", "-o", "update_check_interval=0", str(script),
    ],
    "alacritty": lambda columns, rows, script: [
        "alacritty", "-o", f"window.dimensions.columns={columns}", "-o", f"window.dimensions.lines={rows}",
        "-o", "font.size=11", "-e", str(script),
    ],
}  # fmt: skip


async def prepare(file: Path, steps: int) -> None:
    """A café that was left after so many steps of its programme."""
    room = Room(CafeFile(file))
    await room.start(lab(), PLAN.read_text("utf-8"), code=CODE)
    for _ in range(steps):
        await room.do("next", step=room.state.step)
    await room.stop()


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """A screen without a monitor; its name."""
    read, write = os.pipe()
    server = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(server, pass_fds=[write], stderr=subprocess.DEVNULL) as running:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                yield f":{told.readline().strip()}"
        finally:
            running.terminate()


def photograph(display: str) -> np.ndarray:
    """The whole screen, as OpenCV takes it."""
    taken = subprocess.run(["import", "-display", display, "-window", "root", "png:-"], capture_output=True, check=True)
    picture = cv2.imdecode(np.frombuffer(taken.stdout, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def sent(typescript: Path, size: tuple[int, int]) -> list[str]:
    """What stands in a terminal that got these bytes."""
    shown = pyte.Screen(*size)
    if typescript.exists():
        pyte.ByteStream(shown).feed(typescript.read_bytes().partition(b"\n")[2])
    return list(shown.display)


def inked(picture: np.ndarray, rows: list[str], box: tuple[int, int, int, int]) -> float:
    """The share of letters that were sent at whose place something stands in the photograph."""
    left, top, width, height = box
    wide, tall = width / len(rows[0]), height / len(rows)
    found = []
    for y, row in enumerate(rows):
        for x, letter in enumerate(row):
            if letter.isalnum():
                x0, y0 = round(left + x * wide), round(top + y * tall)
                cell = picture[y0 : round(y0 + tall), x0 : round(x0 + wide)]
                found.append(int(cell.max()) - int(cell.min()) > 60)
    return sum(found) / max(1, len(found))


def whole(rows: list[str], expected: list[str]) -> list[str]:
    """What of the expected is not there, read across or down two columns."""
    half = len(rows[0]) // 2
    cuts = (
        (0, None),
        *((0, at) for at in (half - 1, half, half + 1)),
        *((at, None) for at in (half - 1, half, half + 1)),
    )
    readings = [" ".join(" ".join(row[slice(*cut)] for row in rows).split()) for cut in cuts]
    return [words for words in expected if not any(words in reading for reading in readings)]


def end_cafe(told: Path) -> None:
    """Ends the café whose process is told there: `script` may let it live on without its window."""
    if not told.exists():
        return
    process, end = int(told.read_text()), time.monotonic() + PATIENCE
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
        while time.monotonic() < end:
            os.kill(process, 0)
            time.sleep(0.2)
        os.kill(process, signal.SIGKILL)


def look(name: str, kind: str, size: tuple[int, int], folder: Path, display: str, keep: Path | None) -> str:
    """One window: a line of the table."""
    work = folder / f"{name}_{kind}_{size[0]}"
    work.mkdir()
    asyncio.run(prepare(work / "lab.cafe", {"lobby": 0, "round": 3}[kind]))
    typescript, script = work / "typescript", work / "run"
    process, file = work / "process", work / "lab.cafe"
    cafe = f"{' '.join(CAFE)} run {PLAN} --file {file} --host 127.0.0.1 --port {PORT}"
    inside = f"script -q -f -c 'echo $$ > {process}; exec {cafe}' {typescript}"
    script.write_text(f"#!/bin/sh\nstty size > {work / 'size'}\nexec {inside}\n")
    script.chmod(0o755)
    expected = [f"127.0.0.1:{PORT}", CODE]
    if kind == "round":
        expected += [question.texts["ro"] for session in lab().sessions.values() for question in session.questions]
    own = {"HOME": str(work), "XDG_CONFIG_HOME": str(work), "DISPLAY": display}
    env = environment(LIBGL_ALWAYS_SOFTWARE="1", COLORTERM="truecolor", **own)
    with subprocess.Popen(TERMINALS[name](*size, script), env=env, cwd=work, stderr=subprocess.DEVNULL) as window:
        try:
            end, rows, picture = time.monotonic() + PATIENCE, [" " * size[0]], photograph(display)
            read = "no code here" if kind == "round" else "not read"
            told = ""
            while time.monotonic() < end and window.poll() is None:
                time.sleep(0.5)
                rows, picture = sent(typescript, size), photograph(display)
                told = (work / "size").read_text().strip() if (work / "size").exists() else ""
                if whole(rows, expected):
                    continue
                if kind == "round":
                    break
                if URL in (scanned(picture), scanned(blurred(picture, 1.5))):
                    read = "read" if scanned(picture) == URL else "read blurred"
                    break
            left, top, width, height = cv2.boundingRect(cv2.findNonZero(picture.max(axis=2)))
            share = inked(picture, rows, (left, top, width, height)) if width else 0.0
            if keep and width:
                cv2.imwrite(str(keep / f"{work.name}.png"), picture[top : top + height, left : left + width])
            missing = whole(rows, expected)
        finally:
            window.terminate()
            end_cafe(process)
    words = "whole" if not missing else f"MISSING {missing[0][:30]}"
    rows_columns = "" if told == f"{size[1]} {size[0]}" else f"  but {told}"
    return f"{name:10} {size[0]:>3}x{size[1]:<3} {kind:6} {read:13} {words:8} {share:>5.0%}{rows_columns}"


def versions() -> Iterator[str]:
    for name, flag in (("xterm", "-version"), ("kitty", "--version"), ("alacritty", "--version")):
        told = subprocess.run([name, flag], capture_output=True, text=True, check=True).stdout.strip()
        yield told.partition(" created")[0]


def main(keep: Path | None) -> None:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
    lines = ["Written by `python -m tests.screens.windows`: " + ", ".join(versions()), ""]
    lines += ["terminal   window  screen code          words    letters with ink"]
    with tempfile.TemporaryDirectory() as name, screen() as display:
        for terminal in TERMINALS:
            for size in SIZES:
                for kind in ("lobby", "round"):
                    lines.append(look(terminal, kind, size, Path(name), display, keep))
                    print(lines[-1], flush=True)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
