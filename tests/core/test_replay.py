"""A past café as a wall sees it: it runs, stands still, is stepped both ways, and cannot be changed."""

import asyncio

import pytest

from cafe.plan import MINUTE
from cafe.replay import SPEEDS, Replay, Timeline
from cafe.rules import COMMANDS, REFUSALS, Refused
from cafe.stage import Turn
from tests.core.test_timeline import told


class Clock:
    """Real seconds, as the test lets them pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def past(speed: float = 60) -> tuple[Replay, Clock]:
    clock = Clock()
    return Replay(Timeline(told().records), clock, speed=speed), clock


def minute(replay: Replay) -> float:
    """Minutes after the café was made."""
    return (replay.now() - replay.timeline.begin) / MINUTE


def test_it_runs_at_its_speed_and_ends() -> None:
    """At sixty times its speed a second is a minute; after the last thing that happened it stands still."""
    replay, clock = past()
    assert replay.state.phase == "lobby"
    clock.now += 12
    replay.advance()
    assert (minute(replay), replay.state.phase) == (12, "welcome")
    clock.now += 1000
    replay.advance()
    assert (minute(replay), replay.over, replay.running) == (32, True, False)
    replay.start_or_pause()
    assert (minute(replay), replay.over, replay.running) == (0, False, True)


def test_it_stands_still() -> None:
    """While it stands still no time passes, and it runs on from where it stood."""
    replay, clock = past()
    clock.now += 5
    replay.start_or_pause()
    clock.now += 500
    replay.advance()
    assert minute(replay) == 5
    replay.start_or_pause()
    clock.now += 1
    replay.advance()
    assert minute(replay) == 6


def test_another_speed_holds_from_then_on() -> None:
    """Faster and slower go through the speeds, and nothing that has passed is counted anew."""
    replay, clock = past(SPEEDS[0])
    clock.now += 60
    replay.faster(1)
    assert (replay.speed, minute(replay)) == (SPEEDS[1], 1)
    for _ in SPEEDS:
        replay.faster(1)
    assert replay.speed == SPEEDS[-1]
    for _ in SPEEDS:
        replay.faster(-1)
    assert replay.speed == SPEEDS[0]
    odd, _ = past(7)
    odd.faster(-1)
    assert odd.speed == 5


def test_steps_go_both_ways() -> None:
    """Minutes, rounds and parts, on and back; never before the beginning, never past the end."""
    replay, _ = past()
    replay.start_or_pause()
    found = []
    for step in (replay.rounds, replay.parts, replay.minutes):
        replay.to(replay.timeline.begin)
        for way in (1, 1, 1, -1, -1, 1):
            step(way)
            found.append(minute(replay))
    assert found == [10, 20, 27, 20, 10, 20, 10, 20, 32, 20, 10, 20, 1, 2, 3, 2, 1, 2]
    for step, way, end in ((replay.parts, 1, 32), (replay.minutes, -1, 0), (replay.rounds, -1, 0)):
        for _ in range(40):
            step(way)
        assert minute(replay) == end


def test_a_step_back_while_it_runs_means_the_round_before() -> None:
    """Just after a round began one step back goes to the one before it; later in the round, to its beginning."""
    replay, clock = past()
    replay.to(replay.timeline.rounds[2])
    clock.now += 1
    replay.rounds(-1)
    assert minute(replay) == 10
    clock.now += 5
    replay.rounds(-1)
    assert minute(replay) == 10


def test_empty_time_is_leapt_over() -> None:
    """One key goes to the next thing that happened, and at last to the end."""
    replay, _ = past()
    replay.start_or_pause()
    found = []
    for _ in range(20):
        replay.skip()
        found.append(minute(replay))
    assert found[:8] == [1, 2, 3, 4, 5, 6, 10, 20]
    assert found[-1] == 32


def test_who_watches_hears_what_came() -> None:
    """A wall is told of every change, also of a step back, and hears nothing while nothing changes."""
    replay, clock = past()
    turns: list[Turn] = []
    stop = replay.watch(turns.append)
    clock.now += 10
    replay.advance()
    assert [type(record.event).__name__ for record in turns[-1].records][-1] == "BlockBegan"
    replay.minutes(-1)
    assert (turns[-1].records, turns[-1].after.phase, len(turns)) == ((), "lobby", 2)
    replay.minutes(0)
    stop()
    replay.to(replay.timeline.end)
    assert len(turns) == 2


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_nothing_can_be_done_to_it(command: str) -> None:
    """Whatever is asked of a past café is refused with a sentence, and nobody's name is known."""
    replay, _ = past()
    before = replay.state
    with pytest.raises(Refused) as no:
        asyncio.run(replay.do(command))
    assert REFUSALS[no.value.code]
    assert replay.state is before
    assert replay.name("p1") == ""


def test_the_wall_can_be_dark_and_nothing_else_of_the_moment() -> None:
    """The wall can be made dark and light; a remote cannot be paired with what is over."""
    replay, _ = past()
    heard: list[bool] = []
    replay.live.watch(lambda: heard.append(replay.live.pulse.dark))
    asyncio.run(replay.wish("dark"))
    asyncio.run(replay.wish("light"))
    assert heard == [True, False]
    with pytest.raises(Refused):
        asyncio.run(replay.wish("pair"))


def test_its_language_can_be_another_one() -> None:
    """A wall that speaks another language than then keeps it, wherever one goes."""
    replay, _ = past()
    assert replay.state.language == "ro"
    replay.speak("fi")
    assert replay.state.language == "fi"
    replay.to(replay.timeline.end)
    assert replay.state.language == "fi"
