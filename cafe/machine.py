"""The machine's own clocks, read at one place: nothing else in the project asks the system what time it is.

Linux: CLOCK_BOOTTIME runs while the lid is closed, `time.monotonic` does not. macOS: CLOCK_MONOTONIC counts sleep.
Windows: `time.monotonic` counts sleep. Tried on Linux only.
"""

import ctypes
import sys
import time
from datetime import datetime
from functools import cache
from pathlib import Path

from cafe.clock import Machine


def read() -> Machine:
    """A reading of all clocks."""
    return Machine(_boot_id(), _boot_clock(), time.time_ns() // 1_000_000)


def offset() -> int:
    """The laptop's local time in ms east of UTC, now."""
    east = datetime.now().astimezone().utcoffset()
    return int(east.total_seconds() * 1000) if east else 0


def _boot_clock() -> int:
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    return time.monotonic_ns() // 1_000_000


@cache
def _boot_id() -> str:
    """A word that is another one after each start of the machine; the moment of boot where there is no such word."""
    if sys.platform == "linux":
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    if sys.platform == "darwin":
        buffer = ctypes.create_string_buffer(64)
        size = ctypes.c_size_t(len(buffer))
        name = b"kern.bootsessionuuid"
        if ctypes.CDLL(None).sysctlbyname(name, buffer, ctypes.byref(size), None, 0) == 0:
            return buffer.value.decode()
    return f"boot-{(time.time_ns() // 1_000_000 - _boot_clock()) // 600_000}"
