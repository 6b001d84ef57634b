"""What the facilitator may do with the programme and its clocks: go on, pause, give time, fit, undo, close.

Nothing here happens by itself: a round that has run out counts calmly on, a move that has run out waits.
"""

from collections.abc import Callable
from math import ceil

import msgspec

from cafe import events as e
from cafe.clock import Clock, changed, remaining, resumed, running, stopped
from cafe.fold import evolve
from cafe.plan import MINUTE, Block
from cafe.rules import reports
from cafe.rules.cards import RULE, missing
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State, Step, length, stage_of

replace = msgspec.structs.replace

SHORTEST = 0.6
"""A round that is fitted keeps at least this share of its planned length; else one round fewer is proposed."""

HALF = MINUTE // 2
"""Fitted rounds are whole half minutes: people can say how long they are."""


@facilitator
def next(state: State, now: int, step: str) -> Decision:
    """Leaves `step` for what the plan has next. Refused when somebody else has left it already."""
    if state.closed:
        raise Refused("closed")
    if step != state.step:
        raise Refused("already_left")
    if state.position.report is not None:
        return (e.ReportSet(reports.turn(state.position, now)),)
    going = [t for t in state.position.tracks if t.phase == "move" or t.round < t.rounds]
    if going:
        behind = min(map(stage_of, going))
        moved = tuple(_further(state, t, now) if t in going and stage_of(t) == behind else t for t in _tracks(state))
        position = replace(state.position, tracks=moved)
        moving = any(t.phase == "move" for t in moved)
        return (e.MoveBegan(position) if moving else e.RoundBegan(position),)
    block = state.plan.following(state.position.block)
    if block >= len(state.plan.programme):
        return (e.Closed(),)
    return (e.BlockBegan(beginning(state, block, now)),)


def beginning(state: State, block: int, now: int) -> e.Position:
    """The position in which a block begins: a session with round 1 of each track, its clock running; a harvest with the
    first table that reports, where the plan says so.
    """
    tracks = []
    for name, groups in state.plan.programme[block].tracks():
        minutes = state.plan.lengths(block, name)
        track = e.Track(name, groups, "round", 1, len(minutes), minutes)
        tracks.append(replace(track, clock=running(now, length(track, 1))))
    report = reports.row(state, block, now) if state.plan.programme[block].reports else None
    return e.Position(block, now, tuple(tracks), report)


def _tracks(state: State) -> tuple[e.Track, ...]:
    return state.position.tracks


def _further(state: State, track: e.Track, now: int) -> e.Track:
    move = int(state.session(track).move * MINUTE)
    if track.phase == "round" and move:
        return replace(track, phase="move", clock=running(now, move))
    return replace(track, phase="round", round=track.round + 1, clock=running(now, length(track, track.round + 1)))


@facilitator
def pause(state: State, now: int) -> Decision:
    """Lets the running clocks stand still."""
    if not any(clock.mode == "run" for clock in state.clocks):
        raise Refused("nothing_runs")
    return (e.Paused(standing(state.position, now)),)


def standing(position: e.Position, at: int) -> e.Position:
    """The same position with every running clock standing, with what was left at `at`."""
    return _with_clocks(position, lambda clock: stopped(clock, at))


def _with_clocks(position: e.Position, change: Callable[[Clock], Clock]) -> e.Position:
    """The same position with every clock of it changed."""
    tracks = tuple(replace(t, clock=change(t.clock)) for t in position.tracks)
    report = position.report and replace(position.report, clock=change(position.report.clock))
    return replace(position, tracks=tracks, report=report)


@facilitator
def resume(state: State, now: int) -> Decision:
    """Lets the standing clocks run on with what was left."""
    if not any(clock.mode == "pause" for clock in state.clocks):
        raise Refused("nothing_stands")
    return (e.Resumed(_with_clocks(state.position, lambda clock: resumed(clock, now))),)


@facilitator
def add(state: State, now: int, minutes: int) -> Decision:
    """Gives the clocks minutes, or takes some when negative; in overtime a minute begins now."""
    by = minutes * MINUTE
    if all(clock.mode == "none" for clock in state.clocks):
        raise Refused("nothing_runs")
    if by < 0 and all(remaining(clock, now) <= 0 for clock in state.clocks):
        raise Refused("no_time_left")

    def longer(clock: Clock) -> Clock:
        return clock if clock.mode == "none" else changed(clock, now, max(0, max(0, remaining(clock, now)) + by))

    return (e.TimeChanged(by, _with_clocks(state.position, longer)),)


@facilitator
def fit(state: State, now: int, step: str) -> Decision:
    """Fits what is left of the session into the block's planned end: shorter rounds, or fewer."""
    if step != state.step:
        raise Refused("already_left")
    fitted = fitting(state, now)
    if fitted is None:
        raise Refused("fits_already")
    return (e.Fitted(fitted),)


def fitting(state: State, now: int) -> e.Position | None:
    """The position that `fit` would make, for showing it first; None when there is nothing to fit."""
    if not _tracks(state):
        return None
    end = state.moment(state.plan.planned_end(state.position.block), now)
    tracks = tuple(_fitted(state, t, now, end - now) for t in _tracks(state))
    return None if tracks == _tracks(state) else replace(state.position, tracks=tracks)


def _fitted(state: State, track: e.Track, now: int, room: int) -> e.Track:
    """One track with its rounds made shorter or fewer, so that it needs `room` ms from now; unchanged if it fits.

    What cannot be met is met as nearly as the shortest rounds allow: nobody's conversation ends by a key for fitting.
    """
    move = int(state.session(track).move * MINUTE)
    in_round = track.phase == "round"
    current = max(0, remaining(track.clock, now))
    later = [length(track, r) for r in range(track.round + 1, track.rounds + 1)]
    if current + sum(later) + move * (len(later) - (not in_round)) <= room + MINUTE // 2:
        return track
    shortest = [ceil(SHORTEST * minutes * MINUTE / HALF) * HALF for minutes in _planned(state, track)]
    least = [min(*each) for each in zip(shortest[track.round :], later, strict=False)]
    talks = later
    if in_round:
        gone = max(0, length(track, track.round) - current)
        least = [min(current, max(0, shortest[track.round - 1] - gone)), *least]
        talks = [current, *later]
    for kept in range(len(talks), 0, -1):
        walks = move * (kept - 1) + (0 if in_round else current)
        lengths = _between(least[:kept], talks[:kept], room - walks)
        if lengths or kept == 1:
            return _shortened(track, now, talks, lengths or least[:kept])
    return track


def _planned(state: State, track: e.Track) -> tuple[float, ...]:
    """The minutes of each round as the plan has them; a fitted track may have fewer."""
    planned = state.plan.lengths(state.position.block, track.session)
    return (*planned, *track.minutes[len(planned) :])


def _between(least: list[int], most: list[int], room: int) -> list[int]:
    """Lengths between the least and the most that fill `room` evenly, in half minutes; [] when there is no such."""
    lengths = list(least)
    while sum(lengths) + HALF <= room:
        growing = [i for i, each in enumerate(lengths) if each + HALF <= most[i]]
        if not growing:
            break
        lengths[min(growing, key=lambda i: lengths[i] / most[i])] += HALF
    return lengths if sum(least) <= room else []


def _shortened(track: e.Track, now: int, talks: list[int], lengths: list[int]) -> e.Track:
    """A track with the rounds that are before it as long as `lengths`; in a round the first is what is left of it."""
    minutes = list(track.minutes)
    first = track.round - (track.phase == "round")
    for place, (was, will) in enumerate(zip(talks, lengths, strict=False), first):
        minutes[place] -= (was - will) / MINUTE
    fitted = replace(track, rounds=first + len(lengths), minutes=tuple(minutes))
    if track.phase == "move" or lengths[0] == talks[0]:
        return fitted
    return replace(fitted, clock=changed(track.clock, now, lengths[0]))


@facilitator
def catch_up(state: State, now: int) -> Decision:
    """After coming back: takes the wall clock's time, as if the program had not been away."""
    if state.before_return is None:
        raise Refused("nothing_came_back")
    return (e.CaughtUp(state.before_return),)


@facilitator
def undo(state: State, now: int, trail: str = "") -> Decision:
    """Takes the facilitator's last action back; deadlines come back, not remainders; ideas sent meanwhile stay.

    `trail` names the action that is meant: when two people press at once, one action is taken back and not two.
    """
    if not state.undo:
        raise Refused("nothing_to_undo")
    if trail and trail != state.trail:
        raise Refused("room_changed")
    last = state.undo[-1]
    programme, at, by = former(state, last)
    held = {name: getattr(last, name) for name in e.Before.__struct_fields__}
    undone = e.Undone(**held | {"programme": programme, "at": at, "by": by})
    if last.position is None and not last.programme:
        return (undone,)
    late = missing(evolve(state, e.Record(0, state.room, "", 0, now, undone)))  # Who came after what is taken back.
    return (undone, *((e.Seated(late, rule=RULE),) if late else ()))


def settled(state: State) -> int:
    """The last block that keeps its number: the running one, or one from which the café was taken back, but in which
    people may have written.
    """
    talks = (number for number in state.began if state.plan.programme[number].kind == "talk")
    return max((state.position.block, *talks, *(key.block for key in state.rounds)))


def former(state: State, step: Step) -> tuple[tuple[Block, ...], int, int]:
    """The programme before a step, and how its numbers move back.

    What was put in and has begun stays and is left out: words and ideas are known by its number.
    """
    if not step.by or settled(state) < step.at:
        return step.programme, step.at, -step.by
    put_in = state.plan.programme[step.at]
    lasts = state.plan.planned_end(step.at) - put_in.at
    left_out = replace(put_in, skipped=lasts if put_in.skipped is None else put_in.skipped)
    return (*step.programme[: step.at], left_out, *step.programme[step.at :]), 0, 0


@facilitator
def heads(state: State, now: int, people: int) -> Decision:
    """Notes how many people were there."""
    return (e.HeadsCounted(max(0, min(people, 100_000))),)


def due(state: State, now: int) -> int | None:
    """When the clock alone would go on, for the autopilot: café time, or None while something stands still."""
    if state.closed:
        return None
    block, tracks = state.position.block, _tracks(state)
    if block < 0:
        return now
    if tracks:
        going = [t for t in tracks if t.phase == "move" or t.round < t.rounds]
        behind = [t for t in going if stage_of(t) == min(map(stage_of, going))] or tracks
        return None if any(t.clock.mode == "pause" for t in tracks) else max(t.clock.ends for t in behind)
    if report := state.position.report:
        return None if report.clock.mode == "pause" else report.clock.ends
    planned = (state.plan.planned_end(block) - state.plan.programme[block].at) * MINUTE
    end = state.moment(state.plan.planned_end(block), now)
    since = state.position.since
    return end if since < end <= since + 2 * planned else since + planned


def slip(state: State, now: int) -> int:
    """By how many ms the running block will end after its planned end; negative when it has time to spare."""
    block = state.position.block
    if not 0 <= block < len(state.plan.programme):
        return 0
    end = state.moment(state.plan.planned_end(block), now)
    if report := state.position.report:
        later = len(report.tables) - report.at - 1
        return max(end, now + max(0, remaining(report.clock, now)) + later * int(report.minutes * MINUTE)) - end
    return max((now + _needs(state, t, now) for t in _tracks(state)), default=max(now, end)) - end


def _needs(state: State, track: e.Track, now: int) -> int:
    later = [length(track, r) for r in range(track.round + 1, track.rounds + 1)]
    walks = int(state.session(track).move * MINUTE) * (len(later) - (track.phase == "move"))
    return max(0, remaining(track.clock, now)) + sum(later) + walks
