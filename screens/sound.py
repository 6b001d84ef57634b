"""A soft tone, made here and played by whatever player the system has. Without one it is silent: that is no error.

Nobody waits for it: a player that hangs is ended after a few seconds, and when the wall closes.
"""

import array
import asyncio
import contextlib
import io
import math
import shutil
import sys
import tempfile
import wave
from pathlib import Path

from screens.signals import Signal

RATE = 22_050
LOUD = 0.35
"""Of the loudest that a sample may be: a tone in a hall where people talk, not an alarm."""

LASTS = 0.9
"""Seconds that a note takes to die away; the next one begins halfway."""

NOTES: dict[Signal, tuple[float, ...]] = {"minute": (659.26,), "end": (783.99, 659.26, 523.25)}
"""Frequencies: one E for the last minute, G, E and C going down for the end."""

PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("afplay",), ("aplay", "-q"))
"""Programs that play a file; the first that is there and can."""

PATIENCE = 5.0


def tone(signal: Signal) -> bytes:
    """The tone of a signal as a WAV file: struck bells, each note with its octave, dying away."""
    notes = NOTES[signal]
    gap = int(RATE * LASTS / 2)
    samples = [0.0] * (gap * (len(notes) - 1) + int(RATE * LASTS))
    for number, pitch in enumerate(notes):
        for at in range(int(RATE * LASTS)):
            time = at / RATE
            shape = min(1.0, time / 0.01) * math.exp(-5 * time) * (1 - time / LASTS)
            wave_ = 0.8 * math.sin(math.tau * pitch * time) + 0.2 * math.sin(math.tau * 2 * pitch * time)
            samples[number * gap + at] += shape * wave_
    loudest = max(map(abs, samples))
    steps = array.array("h", (round(LOUD * 32_767 * sample / loudest) for sample in samples))
    if sys.byteorder == "big":
        steps.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(steps.tobytes())
    return file.getvalue()


async def play(signal: Signal) -> bool:
    """Plays the tone of a signal to its end; whether a player could."""
    with tempfile.TemporaryDirectory(prefix="cafe-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / f"{signal}.wav"
        await asyncio.to_thread(lambda: file.write_bytes(tone(signal)))
        if sys.platform == "win32":
            import winsound

            with contextlib.suppress(RuntimeError):
                await asyncio.to_thread(winsound.PlaySound, str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
                return True
            return False
        for player, *options in PLAYERS:
            if (program := shutil.which(player)) and await _plays(program, *options, str(file)):
                return True
    return False


async def _plays(*command: str) -> bool:
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=quiet, stdout=quiet, stderr=quiet)
    except OSError:
        return False
    try:
        async with asyncio.timeout(PATIENCE):
            return await process.wait() == 0
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()  # half ended it would outlive the wall
