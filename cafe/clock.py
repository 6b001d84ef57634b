"""Café time: what a clock on the wall says, and the ruler that keeps café time across lid, reboot and clock changes.

Café time is integer milliseconds that run like the wall clock at speed 1 but never jump. A clock is a deadline in it,
so that nothing ticks: what is left is computed. This module reads no clock itself; `cafe.machine` does.
"""

from typing import Literal

import msgspec


class Clock(msgspec.Struct, frozen=True):
    """A track's clock: `ends` is its deadline while it runs (overtime when past), `left` is kept while it stands."""

    mode: Literal["none", "run", "pause"] = "none"
    ends: int = 0
    left: int = 0


def running(now: int, left: int) -> Clock:
    """A clock that runs and has `left` ms."""
    return Clock("run", ends=now + left)


def remaining(clock: Clock, now: int) -> int:
    """Milliseconds that are left; negative in overtime, 0 without a clock."""
    return clock.ends - now if clock.mode == "run" else clock.left


def stopped(clock: Clock, at: int) -> Clock:
    """The clock standing still with what was left at `at`."""
    return Clock("pause", left=clock.ends - at) if clock.mode == "run" else clock


def resumed(clock: Clock, now: int) -> Clock:
    """The clock running on with what was left."""
    return running(now, clock.left) if clock.mode == "pause" else clock


def changed(clock: Clock, now: int, left: int) -> Clock:
    """The clock with `left` ms, running or standing as it was."""
    return running(now, left) if clock.mode == "run" else Clock(clock.mode, left=left)


class Machine(msgspec.Struct, frozen=True):
    """What a machine's clocks say at one moment: which boot this is, ms since boot (asleep or not), wall clock ms."""

    boot_id: str
    boot: int
    wall: int


class Ruler(msgspec.Struct, frozen=True):
    """Lays café time along the machine's clocks: at this reading it was `cafe`, and runs `speed` times as fast.

    `seen` is the café time at which the program was last known to be alive.
    """

    boot_id: str
    boot: int
    wall: int
    cafe: int
    speed: float = 1.0
    seen: int = 0

    def read(self, machine: Machine) -> int:
        """Café time at a reading of the machine's clocks; never before `seen`.

        Within one boot the boot clock is followed, which runs while the lid is closed and never jumps; across a
        reboot only the wall clock is left to go by, and from this ruler on the café ran at speed 1.
        """
        if machine.boot_id == self.boot_id:
            return max(self.seen, self.cafe + round((machine.boot - self.boot) * self.speed))
        return max(self.seen, self.cafe + machine.wall - self.wall)

    def moved(self, machine: Machine) -> "Ruler":
        """The same ruler laid anew at a later reading, so that a reboot finds what the wall clock says by now."""
        return lay(machine, self.read(machine), self.speed)


def lay(machine: Machine, cafe: int, speed: float = 1.0) -> Ruler:
    """A ruler on which it is `cafe` now."""
    return Ruler(machine.boot_id, machine.boot, machine.wall, cafe, speed, cafe)
