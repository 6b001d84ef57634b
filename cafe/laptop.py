"""What the laptop itself has: battery, room on its disk, and the sticks that are plugged in.

Asked of the system at one place. What the system does not know is not said.
"""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

LINUX = ("/media/", "/run/media/")
"""Where desktops put what is plugged in."""


class Battery(NamedTuple):
    """How full it is, in per cent, and whether the laptop hangs on the mains."""

    percent: int
    plugged: bool


def battery() -> Battery | None:
    """The battery, where there is one."""
    import psutil

    try:
        found = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):  # A system that cannot tell.
        return None
    return Battery(round(found.percent), found.power_plugged is not False) if found else None


def free(path: Path) -> int:
    """Bytes that are free where a file lies; -1 when that is not known."""
    try:
        return shutil.disk_usage(path.absolute().parent).free
    except OSError:
        return -1


def sticks() -> tuple[str, ...]:
    """Where the sticks are mounted. The system's list alone is read: no stick is touched."""
    import psutil

    try:
        found = psutil.disk_partitions()
    except (OSError, RuntimeError):
        return ()
    return tuple(each.mountpoint for each in found if is_stick(each.mountpoint, each.opts))


def is_stick(mount: str, options: str, system: str = sys.platform) -> bool:
    """Whether something that is mounted is a stick, or a disk that somebody plugged in, and can be written to."""
    told = options.split(",")
    if "ro" in told:
        return False
    if system == "win32":
        return "removable" in told
    if system == "darwin":
        return mount.startswith("/Volumes/")
    return mount.startswith(LINUX)
