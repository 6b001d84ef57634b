"""What the laptop says of itself: sticks, disk, battery."""

from pathlib import Path

import pytest

from cafe import laptop


@pytest.mark.parametrize(
    ("mount", "options", "system", "is_one"),
    [
        ("/media/ana/STICK", "rw,nosuid", "linux", True),
        ("/run/media/ana/STICK", "rw", "linux", True),
        ("/media/ana/DVD", "ro,nosuid", "linux", False),
        ("/", "rw", "linux", False),
        ("/mnt/backup", "rw", "linux", False),
        ("/Volumes/STICK", "rw,local", "darwin", True),
        ("/", "rw", "darwin", False),
        ("/System/Volumes/Data", "rw", "darwin", False),
        ("E:\\", "rw,removable", "win32", True),
        ("C:\\", "rw,fixed", "win32", False),
        ("D:\\", "cdrom", "win32", False),
    ],
)
def test_a_stick_is_known_by_where_it_is_mounted(mount: str, options: str, system: str, is_one: bool) -> None:
    """What somebody plugged in is offered on each system, and never the laptop's own disk or what cannot be written."""
    assert laptop.is_stick(mount, options, system) == is_one


def test_this_laptop_tells_what_it_knows(tmp_path: Path) -> None:
    """A battery is a percentage or is not there; a folder that is not there has no known room."""
    battery = laptop.battery()
    assert battery is None or 0 <= battery.percent <= 100
    assert laptop.free(tmp_path / "a.cafe") > 0
    assert laptop.free(tmp_path / "nowhere" / "a.cafe") == -1
    assert all(Path(stick).is_dir() for stick in laptop.sticks())
