"""Café time: it runs like the wall clock and never jumps, whatever happens to the machine's clocks."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cafe.clock import Clock, Machine, changed, lay, remaining, resumed, running, stopped

HOUR = 3_600_000
SECOND = 1000
BEAT = 2 * SECOND
"""How often a running program notes the time."""


class Afternoon(RuleBasedStateMachine):
    """A true time against a program that only sees the machine's clocks, and lives, dies and sleeps with it."""

    @initialize(wall=st.integers(0, 2_000_000_000_000), speed=st.sampled_from([0.5, 1.0, 1.0, 30.0, 900.0]))
    def open(self, wall: int, speed: float) -> None:
        self.boots, self.boot, self.wall = 1, 5 * SECOND, wall
        self.speed = speed
        self.truth = float(wall)
        self.ruler = lay(self.machine, wall, speed)
        self.alive, self.unseen, self.left = True, False, 10 * 60 * SECOND
        self.clock = running(self.now, self.left)
        self.due = self.truth + self.left

    @property
    def machine(self) -> Machine:
        return Machine(f"boot-{self.boots}", self.boot, self.wall)

    @property
    def now(self) -> int:
        return self.ruler.read(self.machine)

    def pass_time(self, ms: int, *, speed: float | None = None) -> None:
        self.boot += ms
        self.wall += ms
        self.truth += ms * (self.speed if speed is None else speed)

    def beat(self) -> None:
        if self.alive:
            self.ruler = self.ruler.moved(self.machine)

    @rule(ms=st.integers(1, 10 * 60 * SECOND))
    def time_passes(self, ms: int) -> None:
        while self.alive and ms > BEAT:
            self.pass_time(min(ms, 30 * BEAT))
            ms -= min(ms, 30 * BEAT)
            self.beat()
        self.pass_time(ms)

    @rule(ms=st.integers(SECOND, 2 * HOUR))
    def the_lid_is_closed(self, ms: int) -> None:
        self.pass_time(ms)

    @rule(ms=st.integers(-2 * HOUR, 2 * HOUR))
    def somebody_sets_the_wall_clock(self, ms: int) -> None:
        self.wall += ms
        self.beat()
        self.unseen = not self.alive

    @precondition(lambda self: self.alive)
    @rule()
    def the_program_is_killed(self) -> None:
        self.alive = False

    @precondition(lambda self: not self.alive)
    @rule(faster=st.booleans())
    def the_program_starts(self, faster: bool) -> None:
        speed = 60.0 if faster else 1.0
        self.ruler, self.speed, self.alive, self.unseen = lay(self.machine, self.now, speed), speed, True, False

    @precondition(lambda self: not self.unseen and (self.alive or self.speed == 1))
    @rule(ms=st.integers(SECOND, 2 * HOUR))
    def the_machine_starts_again(self, ms: int) -> None:
        """Only the wall clock is left to go by, unless somebody set it where no program could see that."""
        self.beat()
        self.boots, self.boot = self.boots + 1, 3 * SECOND
        self.wall += ms
        self.truth += ms
        self.ruler, self.alive = lay(self.machine, self.now, self.speed), True

    @precondition(lambda self: self.clock.mode == "run")
    @rule()
    def pause(self) -> None:
        self.clock, self.left = stopped(self.clock, self.now), self.due - self.truth

    @precondition(lambda self: self.clock.mode == "pause")
    @rule()
    def resume(self) -> None:
        self.clock, self.due = resumed(self.clock, self.now), self.truth + self.left

    @invariant()
    def cafe_time_is_true(self) -> None:
        if hasattr(self, "truth"):
            assert abs(self.now - self.truth) < SECOND
            left = self.due - self.truth if self.clock.mode == "run" else self.left
            assert abs(remaining(self.clock, self.now) - left) < 2 * SECOND


Afternoon.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


class TestAfternoon(Afternoon.TestCase):
    """Through lids, kills, reboots, steps of the wall clock and pauses, café time is true to a second."""


def test_time_never_runs_backwards() -> None:
    """After a reboot with a clock that was set back, the café goes on where it was last seen."""
    ruler = lay(Machine("one", 1000, 500_000), 500_000).moved(Machine("one", 61_000, 560_000))
    assert ruler.read(Machine("two", 10, 100_000)) == 560_000


def test_a_power_cut_in_a_fast_demonstration_loses_no_time() -> None:
    """A café at thirty times the speed is after a reboot where it was, and the seconds away."""
    ruler = lay(Machine("one", 0, 0), 0, 30).moved(Machine("one", 60_000, 60_000))
    assert ruler.read(Machine("two", 10, 65_000)) == 1_805_000


def test_a_clock_is_a_deadline() -> None:
    """What is left is computed: running, standing, changed, in overtime."""
    clock = running(1000, 500)
    assert (remaining(clock, 1200), remaining(clock, 1600)) == (300, -100)
    assert stopped(clock, 1200) == Clock("pause", left=300)
    assert resumed(stopped(clock, 1200), 2000) == Clock("run", ends=2300)
    assert changed(clock, 1200, 50) == Clock("run", ends=1250)
    assert changed(stopped(clock, 1200), 9999, 50) == Clock("pause", left=50)
    assert stopped(Clock(), 5) == resumed(Clock(), 5) == Clock()
