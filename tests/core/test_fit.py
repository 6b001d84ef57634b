"""Fitting a session into what is left of its block: exact on examples, and never past the end when it can be met."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cafe.clock import remaining
from cafe.plan import MINUTE, Plan
from cafe.rules import Refused
from cafe.rules.programme import SHORTEST, slip
from cafe.state import length
from tests.afternoon import MORNING, Diary, plan_of

LAB = """
title = "A lab"
organiser = "Town"
contact = "town@example.org"
[[groups]]
id = "A"
tables = 3
[sessions.s1]
title = "One"
questions = ["First?", "Second?", "Third?"]
rounds = {rounds}
minutes = {minutes}
move = {move}
[[programme]]
at = "11:15"
kind = "session"
session = "s1"
[[programme]]
at = "{end}"
kind = "closing"
"""


def lab(rounds: int = 3, minutes: int | list[int] = 13, move: int = 2, end: str = "12:00") -> Plan:
    return plan_of(LAB.format(rounds=rounds, minutes=minutes, move=move, end=end))


def late(minutes: float, plan: Plan | None = None) -> Diary:
    """A session that began some minutes after its time."""
    told = Diary(plan or lab(), at=MORNING + round(minutes * MINUTE))
    return told.go("round")


def lengths(told: Diary) -> list[float]:
    """The minutes that are left of the running round, and those of the rounds to come."""
    track = told.state.position.tracks[0]
    left = [remaining(track.clock, told.now)] if track.phase == "round" else []
    return [each / MINUTE for each in [*left, *(length(track, r) for r in range(track.round + 1, track.rounds + 1))]]


def test_what_fits_is_left_alone() -> None:
    """Three rounds of 13 and two moves of 2 fit into 45 minutes; also two and a half minutes late."""
    for minutes in (0, 2, 2.5):
        told = late(minutes)
        with pytest.raises(Refused) as no:
            told.do("fit", step=told.state.step)
        assert no.value.code == "fits_already"


def test_ten_minutes_late_each_round_gives_a_little() -> None:
    """35 minutes are left: two moves of 2, and 31 minutes of talk in three rounds."""
    told = late(10)
    assert slip(told.state, told.now) == 8 * MINUTE
    told.do("fit", step=told.state.step)
    assert sorted(lengths(told)) == [10, 10.5, 10.5]
    assert slip(told.state, told.now) == 0


def test_twenty_minutes_late_there_is_one_round_fewer() -> None:
    """25 minutes would leave 7 for each of three rounds: two rounds of 11.5 with one move are better."""
    told = late(20)
    told.do("fit", step=told.state.step)
    assert lengths(told) == [11.5, 11.5]
    assert slip(told.state, told.now) == 0


def test_fitting_in_a_move_leaves_the_move_alone() -> None:
    """People who walk are not hurried: the rounds after them give."""
    told = late(20).go("move")
    before = told.state.position.tracks[0].clock
    told.do("fit", step=told.state.step)
    assert told.state.position.tracks[0].clock == before
    assert slip(told.state, told.now) <= 0


@pytest.mark.parametrize("minutes", [44, 60, 300])
def test_what_cannot_be_met_ends_nobodys_conversation(minutes: int) -> None:
    """Long after the end one round of its shortest length stays; pressing again takes nothing more."""
    told = late(minutes)
    told.do("fit", step=told.state.step)
    assert lengths(told) == [8]
    with pytest.raises(Refused):
        told.do("fit", step=told.state.step)


def test_each_round_keeps_three_fifths_of_its_own_minutes() -> None:
    """Rounds of 20, 10 and 5 minutes with four to walk: 25 minutes are just enough for 12, 6 and 3 of them."""
    told = late(0, lab(minutes=[20, 10, 5], end="11:40"))
    told.now += 4 * MINUTE
    told.do("fit", step=told.state.step)
    assert lengths(told) == [8, 6, 3]
    assert slip(told.state, told.now) == 0


def test_overtime_stays_overtime() -> None:
    """A round that has run out is not set back to nothing by fitting: it counts on, and the next ones give."""
    told = late(0)
    told.now += 20 * MINUTE
    ends = told.state.position.tracks[0].clock.ends
    told.do("fit", step=told.state.step)
    assert told.state.position.tracks[0].clock.ends == ends
    assert slip(told.state, told.now) <= 0


def test_a_standing_clock_stays_standing() -> None:
    """Fitting in a pause changes what is left and starts nothing."""
    told = late(10)
    told.do("pause")
    told.do("fit", step=told.state.step)
    assert told.state.position.tracks[0].clock.mode == "pause"


@given(
    st.integers(2, 5),
    st.integers(2, 40),
    st.integers(0, 5),
    st.integers(-10, 200),
    st.integers(0, 60 * 60_000),
    st.booleans(),
    st.integers(-3, 3),
)
def test_a_fitted_session_ends_in_time_if_that_can_be(
    rounds: int, minutes: int, move: int, begun: int, into: int, moved: bool, added: int
) -> None:
    """No round becomes longer or loses more than two fifths, and the end is met when so many rounds can meet it."""
    told = late(begun, lab(rounds, minutes, move, "12:50"))
    told.now += into
    if moved:
        told.do("next", step=told.state.step)
    if added > 0 or (added < 0 and remaining(told.state.position.tracks[0].clock, told.now) > 0):
        told.do("add", minutes=added)
    before, was = told.state.position.tracks[0], lengths(told)
    over = slip(told.state, told.now)
    try:
        told.do("fit", step=told.state.step)
    except Refused:
        after = before
    else:
        after = told.state.position.tracks[0]
        assert over > MINUTE / 2
    now = lengths(told)
    assert after.round == before.round
    assert 1 <= after.rounds <= before.rounds
    assert all(will <= had for will, had in zip(now, was, strict=False))
    later = now[1:] if after.phase == "round" else now
    assert all(each >= SHORTEST * minutes for each in later)
    if after.phase == "round" and added == 0:
        told_so_far = min(minutes, into / MINUTE if not moved or move else 0)
        assert now[0] <= 0 or now[0] + told_so_far >= SHORTEST * minutes - 1e-6
    if after.rounds > before.round + (before.phase == "move"):
        assert slip(told.state, told.now) <= (0 if after != before else MINUTE / 2)
    if after != before and len(now) == len(was):
        assert slip(told.state, told.now) > -MINUTE  # nobody gives more than is needed
    assume(after != before)
    with pytest.raises(Refused):
        told.do("fit", step=told.state.step)
