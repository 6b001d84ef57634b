"""What the doctor reads of the laptop: plain values, so that the readings of another laptop can be judged as well.

Tried on Linux alone. What a system does not tell is None or empty, and nobody is worse off for it.
"""

import contextlib
import os
import platform
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from cafe import address, laptop

TRIES = 15


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """A laptop at a moment. `sync` is the median of milliseconds that a small write needs to be on the disk.

    `wanted` is the port that a plan fixes, 0 for any; `free` the first one that can be had of those that were tried.
    `charge` is the battery in per cent and `plugged` whether it is being fed. `walls` names firewalls that run.
    """

    cards: tuple[address.Card, ...] = ()
    default: str = ""
    wanted: int = 0
    free: int = 0
    tried: tuple[int, ...] = ()
    sqlite: str = ""
    room: int = 0
    sync: float = 0
    folder: str = ""
    now: datetime = datetime(2020, 1, 1)
    zone: str = ""
    east: int | None = None
    terminal: tuple[int, int] | None = None
    colours: str = ""
    python: tuple[int, int, int] = (3, 11, 0)
    system: str = "linux"
    inside: str = ""
    charge: int | None = None
    plugged: bool | None = None
    walls: tuple[str, ...] = ()


def read(folder: Path, ports: Sequence[int], wanted: int = 0) -> Readings:
    """Reads this laptop. `folder` is where the café's file will stand; `ports` are tried in their order."""
    now = datetime.now().astimezone()
    east = now.utcoffset()
    battery = laptop.battery()
    size = shutil.get_terminal_size()
    return Readings(
        cards=tuple(address.cards()),
        default=address.way_out(),
        wanted=wanted,
        free=next((port for port in ports if is_free(port)), 0),
        tried=tuple(ports),
        sqlite=_sqlite(),
        room=shutil.disk_usage(folder).free,
        sync=_sync(folder),
        folder=str(folder),
        now=now,
        zone=now.tzname() or "",
        east=int(east.total_seconds() // 60) if east is not None else None,
        terminal=(size.columns, size.lines) if sys.stdout.isatty() else None,
        colours=f"{os.environ.get('COLORTERM', '')} {os.environ.get('TERM', '')}".strip(),
        python=sys.version_info[:3],
        system=sys.platform,
        inside="wsl" if "microsoft" in platform.release().lower() else "",
        charge=battery.percent if battery else None,
        plugged=battery.plugged if battery else None,
        walls=walls(),
    )


def is_free(port: int) -> bool:
    """Whether the café could listen on a port, on all addresses as it does."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # There the option would take a port away from whoever has it.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def _sqlite() -> str:
    from sqlite_utils.utils import sqlite3  # the one way in which this project meets SQLite

    return str(sqlite3.sqlite_version)


def _sync(folder: Path) -> float:
    """The median of a few small writes that are brought to the disk, in ms; the file is gone afterwards."""
    took = []
    with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(TRIES):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took) if took else -1


def walls() -> tuple[str, ...]:
    """The firewalls that are seen to run, without asking for rights: ufw and firewalld on Linux."""
    found = []
    with contextlib.suppress(OSError):
        if "\nENABLED=yes" in f"\n{Path('/etc/ufw/ufw.conf').read_text()}":
            found.append("ufw")
    if Path("/run/firewalld").exists():
        found.append("firewalld")
    return tuple(found)
