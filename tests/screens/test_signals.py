"""Time heard and seen: a soft tone and a slow flash for who asked, never twice and never while time stands."""

import asyncio
import io
import itertools
import os
import sys
import time
import wave
from array import array
from pathlib import Path

import msgspec
import pytest

from cafe import events as e
from cafe.clock import Clock
from cafe.state import State
from screens.signals import Watch
from screens.sound import LOUD, NOTES, play, tone
from screens.taste import Taste
from screens.widgets.clock import TURN, TURNS, BigClock
from tests.patience import PATIENCE
from tests.screens.room import lab, wall

SECOND = 1000


def at(clock: Clock, phase: str = "round", round: int = 1) -> State:
    """A café in a round or a move, with this clock."""
    track = e.Track(
        session="s1", groups=("A", "B"), phase=phase, round=round, rounds=3, minutes=(13, 13, 13), clock=clock
    )  # type: ignore[arg-type]
    return msgspec.structs.replace(State(), plan=lab(), position=e.Position(block=2, tracks=(track,)))


def heard(watch: Watch, state: State, *seconds: float) -> list[str]:
    return [signal for second in seconds if (signal := watch.look(state, int(second * SECOND)))]


def test_a_round_is_heard_a_minute_before_its_end_and_at_its_end() -> None:
    """Each of the two comes once, however often one looks, and overtime is silent."""
    state = at(Clock("run", ends=600 * SECOND))
    assert heard(Watch(), state, *range(500, 700)) == ["minute", "end"]


def test_a_move_is_heard_at_its_end_alone() -> None:
    """People who walk are told once that time is up."""
    assert heard(Watch(), at(Clock("run", ends=600 * SECOND), "move"), *range(500, 700)) == ["end"]


def test_what_stands_is_silent() -> None:
    """A clock that is paused, a talk without a clock and a café that is opened late give no signal."""
    assert not heard(Watch(), at(Clock("pause", left=30 * SECOND)), *range(500, 700))
    assert not heard(Watch(), State(), *range(500, 700))
    assert not heard(Watch(), at(Clock("run", ends=600 * SECOND)), 630, 631, 632)


def test_a_key_gives_no_signal() -> None:
    """Minutes taken, a pause and its end are no signal; a new deadline has its own."""
    watch = Watch()
    assert not heard(watch, at(Clock("run", ends=600 * SECOND)), 500, 501)
    assert not heard(watch, at(Clock("run", ends=540 * SECOND)), 502, 503)
    assert not heard(watch, at(Clock("pause", left=36 * SECOND)), 504, 700)
    later = at(Clock("run", ends=736 * SECOND))
    assert heard(watch, later, *range(701, 800)) == ["end"]
    more = at(Clock("run", ends=900 * SECOND))
    assert heard(watch, more, *range(801, 950)) == ["minute", "end"]


def test_the_next_round_begins_in_silence() -> None:
    """Going on before the end is no end of the round that was left."""
    watch = Watch()
    assert not heard(watch, at(Clock("run", ends=600 * SECOND)), 500, 530)
    assert not heard(watch, at(Clock("run", ends=1400 * SECOND), round=2), 601, 602)


@pytest.mark.parametrize("signal", NOTES)
def test_a_tone_is_soft_and_short(signal: str) -> None:
    """It begins and ends without a crack, stays far below the loudest, and is over within two seconds."""
    with wave.open(io.BytesIO(tone(signal))) as file:  # type: ignore[arg-type]
        assert file.getnframes() / file.getframerate() < 2
        samples = array("h", file.readframes(file.getnframes()))
    assert max(map(abs, samples)) <= LOUD * 32_767 + 1
    assert abs(samples[0]) < 200
    assert abs(samples[-1]) < 200


def player(folder: Path, name: str, script: str) -> None:
    """A program that is called as a player is."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_the_first_player_that_can_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fails is followed by the next, which gets a file that it can read; none at all is no error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not asyncio.run(play("end"))
    player(tmp_path, "pw-play", "exit 1")
    player(tmp_path, "aplay", f"/bin/cp $2 {tmp_path}/heard.wav")
    assert asyncio.run(play("end"))
    assert (tmp_path / "heard.wav").read_bytes() == tone("end")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_the_wall_waits_for_no_player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a player hangs, keys are answered; when the wall closes it is ended."""
    monkeypatch.setattr("screens.sound.PATIENCE", PATIENCE)
    programs = tmp_path / "bin"
    programs.mkdir()
    player(programs, "pw-play", f"echo $$ > {tmp_path}/pid\nexec /bin/sleep 60")
    monkeypatch.setenv("PATH", str(programs))
    pid = tmp_path / "pid"

    async def look() -> None:
        async with wall(tmp_path, began=3, taste=Taste(sound=True)) as held:
            await held.passes(1)
            await held.passes(13 * 60)
            await held.until(lambda: pid.exists() and bool(pid.read_text()))
            await held.press("plus")
            assert held.tr("One minute more") in held.rows[-1]
            os.kill(int(pid.read_text()), 0)  # It hangs still.

    asyncio.run(look())
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_flash_is_slow_and_ends() -> None:
    """At most three turns a second, three flashes, within three seconds: what WCAG 2.3.1 allows."""
    assert 1 / TURN <= 3
    assert TURNS / 2 <= 3
    assert TURNS * TURN <= 3


def test_the_clock_flashes_for_who_asked(tmp_path: Path) -> None:
    """At the end of a round the clock turns six times and is as it was; not unasked, and not without animations."""

    async def look() -> None:
        async with wall(tmp_path, began=3, taste=Taste(flash=True)) as held:
            turns: list[tuple[float, bool]] = []
            clock = held.app.screen.query_one(BigClock)
            turn = clock._turn

            def noted() -> None:
                at = time.monotonic()
                turn()
                turns.append((at, clock.has_class("-flash")))

            clock._turn = noted  # type: ignore[method-assign]
            await held.passes(1)
            await held.passes(13 * 60)
            await held.until(lambda: len(turns) == TURNS)
            assert [bright for _, bright in turns] == [True, False] * (TURNS // 2)
            assert min(later - one for (one, _), (later, _) in itertools.pairwise(turns)) >= TURN * 0.9
            held.app.animation_level = "none"
            held.app._signal("end")
            assert not clock._turns
            held.app.animation_level = "full"
            held.app.taste = Taste()
            held.app._signal("end")
            assert not clock._turns

    asyncio.run(look())
