"""Changing the programme while it runs: longer, shorter, left out, a break, once more, a question's words, a note.

Only what is still to come changes, and the times of day after it follow. Who changes it names how often it had changed
when they looked, because the numbers of blocks may have moved meanwhile. What people were promised stays: rounds more
go on where everybody's way ends, and nobody's seat in another round is touched.
"""

from typing import Literal

import msgspec

from cafe import events as e
from cafe.fold import evolve
from cafe.plan import Block, Question
from cafe.rules.cards import RULE, missing
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.rules.ideas import cleaned
from cafe.rules.programme import settled
from cafe.state import State

replace = msgspec.structs.replace

DAY = 24 * 60
MOST = 240
"""Minutes by which one key may change anything."""
MOST_ROUNDS = 20
MOST_BLOCKS = 100

What = Literal["longer", "shorter", "left_out", "taken_in", "break_put_in", "once_more", "round_more", "round_less"]


@facilitator
def lengthen(state: State, now: int, edits: int, block: int, minutes: int, round: int = 0) -> Decision:
    """Gives a block so many minutes more, or less; in a session its rounds to come, or that `round` alone."""
    part = _part(state, edits, block)
    by = max(-MOST, min(minutes, MOST))
    what: What = "longer" if by > 0 else "shorter"
    if part.skipped is not None:
        raise Refused("left_out")
    if not by:
        return ()
    if part.sessions:
        lengths = _lengths(state, block)
        chosen = [_coming(state, block, round)] if round else [*range(_first(state, block), len(lengths) + 1)]
        if not chosen:
            raise Refused("is_over")
        if any(lengths[each - 1] + by < 1 for each in chosen):
            raise Refused("no_time_left")
        longer = tuple(each + by * (number in chosen) for number, each in enumerate(lengths, 1))
        return _rounds(state, now, what, block, longer, by * len(chosen))
    if block + 1 == len(state.plan.programme):
        raise Refused("nothing_after")
    if state.plan.planned_end(block) - part.at + by < 1:
        raise Refused("no_time_left")
    return _changed(state, now, what, abs(by), _shifted(state.plan.programme, block + 1, by))


@facilitator
def leave_out(state: State, now: int, edits: int, block: int, round: int = 0) -> Decision:
    """Leaves out a block that is still to come, or takes it in again; or has one round less."""
    part, programme = _part(state, edits, block), state.plan.programme
    if round and part.sessions:
        if part.skipped is not None:
            raise Refused("left_out")
        lengths = _lengths(state, block)
        gone = _coming(state, block, round)
        if len(lengths) < 2:
            raise Refused("last_round")
        fewer = lengths[: gone - 1] + lengths[gone:]
        return _rounds(state, now, "round_less", block, fewer, -_walk(state, block) - lengths[gone - 1])
    if block == state.position.block:
        raise Refused("is_over")
    if part.skipped is not None:
        by, what, stands = part.skipped, "taken_in", replace(part, skipped=None)
    else:
        lasts = state.plan.planned_end(block) - part.at
        by, what, stands = -lasts, "left_out", replace(part, skipped=lasts)
    return _changed(state, now, what, abs(by), _shifted(_with(programme, block, stands), block + 1, by))


@facilitator
def put_in(state: State, now: int, edits: int, after: int, minutes: int) -> Decision:
    """Puts a break of so many minutes in after a block; -1 is before the first."""
    at = _gap(state, edits, after)
    lasts = max(1, min(minutes, MOST))
    begins = state.plan.planned_end(after) if after >= 0 else state.plan.programme[0].at
    return _inserted(state, now, "break_put_in", at, Block(begins, "break", added=True), lasts)


@facilitator
def repeat(state: State, now: int, edits: int, block: int, round: int = 0) -> Decision:
    """Has a block once more, after the running one if it has been; or one round more, as long as that `round`."""
    if round:
        part = _part(state, edits, block)
        if not part.sessions:
            raise Refused("is_over")
        lengths = _lengths(state, block)
        if part.skipped is not None:
            raise Refused("left_out")
        if not 0 < round <= len(lengths) < MOST_ROUNDS:
            raise Refused("programme_moved")
        minutes = lengths[round - 1]
        return _rounds(state, now, "round_more", block, (*lengths, minutes), minutes + _walk(state, block))
    if not 0 <= block < len(state.plan.programme):
        raise Refused("programme_moved")
    again = state.plan.programme[block]
    after = max(block, state.position.block)
    at = _gap(state, edits, after)
    lasts = state.plan.planned_end(block) - again.at if again.skipped is None else again.skipped
    once = replace(again, at=state.plan.planned_end(after), added=True, planned=None, skipped=None)
    return _inserted(state, now, "once_more", at, once, lasts)


@facilitator
def mend(state: State, now: int, question: str, language: str, text: str) -> Decision:
    """Gives a question other words in one of its languages; its ideas stay with it."""
    if state.closed:
        raise Refused("closed")
    asked = next((each for _, each in state.plan.questions() if each.id == question), None)
    if asked is None or language not in asked.texts:
        raise Refused("no_such_question")
    words = cleaned(text)
    if words == asked.texts[language]:
        return ()
    return (e.QuestionMended(Question(asked.id, {**asked.texts, language: words})),)


@facilitator
def note(state: State, now: int, edits: int, block: int, text: str) -> Decision:
    """Writes the facilitator's own note about a block, or other words; none takes it away. After the café too."""
    if edits != state.edits or not 0 <= block < len(state.plan.programme):
        raise Refused("programme_moved")
    words = cleaned(text) if text.strip() else ""
    return () if words == state.notes.get(block, "") else (e.NoteWritten(block, words),)


# --------------------------------------------------------------------------------------------- what is to come


def _part(state: State, edits: int, block: int) -> Block:
    """A block of the programme that somebody looked at; refused when it moved meanwhile, or is over."""
    if state.closed:
        raise Refused("closed")
    if edits != state.edits or not 0 <= block < len(state.plan.programme):
        raise Refused("programme_moved")
    if block < state.position.block:
        raise Refused("is_over")
    return state.plan.programme[block]


def _gap(state: State, edits: int, after: int) -> int:
    """The number of a block that is put in after one."""
    if state.closed:
        raise Refused("closed")
    if edits != state.edits or not -1 <= after < len(state.plan.programme) < MOST_BLOCKS:
        raise Refused("programme_moved")
    if after < settled(state):
        raise Refused("is_over")
    return after + 1


def _lengths(state: State, block: int) -> tuple[float, ...]:
    """The minutes of each round of a session's block, as they hold now."""
    running = state.position.tracks if block == state.position.block else ()
    if running:
        return running[0].minutes[: max(track.rounds for track in running)]
    return state.plan.lengths(block, state.plan.programme[block].tracks()[0][0])


def _first(state: State, block: int) -> int:
    """The first round of a session's block that has not begun."""
    running = state.position.tracks if block == state.position.block else ()
    begun = (key.round for key in state.rounds if key.block == block)
    return 1 + max((*begun, *(track.round for track in running)), default=0)


def _coming(state: State, block: int, round: int) -> int:
    if not _first(state, block) <= round <= len(_lengths(state, block)):
        raise Refused("is_over")
    return round


def _walk(state: State, block: int) -> float:
    """Minutes of the move before a round."""
    return max(state.plan.sessions[name].move for name, _ in state.plan.programme[block].tracks())


# ---------------------------------------------------------------------------------------------- the programme


def _with(programme: tuple[Block, ...], number: int, block: Block) -> tuple[Block, ...]:
    return (*programme[:number], block, *programme[number + 1 :])


def _shifted(programme: tuple[Block, ...], first: int, by: float) -> tuple[Block, ...]:
    """The programme with all blocks from `first` on so many minutes later, none before the block that they follow; each
    keeps when it was planned.
    """
    if 0 < first < len(programme):
        by = max(by, programme[first - 1].at - programme[first].at)
    later = tuple(
        replace(block, at=block.at + int(by), planned=None if block.added else block.planned_at)
        for block in programme[first:]
    )
    if any(block.at >= DAY for block in later):
        raise Refused("past_midnight")
    return (*programme[:first], *later)


def _rounds(state: State, now: int, what: What, block: int, lengths: tuple[float, ...], by: float) -> Decision:
    """A session's block with rounds of these lengths. In the running one those that are given up stay known, with who
    would have sat where.
    """
    position, kept = state.position, lengths
    if block == position.block:
        tracks = []
        for track in position.tracks:
            kept = (*lengths, *track.minutes[len(lengths) :])
            tracks.append(replace(track, rounds=len(lengths), minutes=kept))
        position = replace(position, tracks=tuple(tracks))
    part = replace(state.plan.programme[block], minutes=kept)
    programme = _shifted(_with(state.plan.programme, block, part), block + 1, by)
    return _changed(state, now, what, abs(by), programme, position)


def _inserted(state: State, now: int, what: What, at: int, block: Block, lasts: int) -> Decision:
    programme = _shifted((*state.plan.programme[:at], block, *state.plan.programme[at:]), at + 1, lasts)
    if block.at >= DAY:
        raise Refused("past_midnight")
    return _changed(state, now, what, lasts, programme, at=at, by=1)


def _changed(
    state: State,
    now: int,
    what: str,
    minutes: float,
    programme: tuple[Block, ...],
    position: e.Position | None = None,
    *,
    at: int = 0,
    by: int = 0,
) -> Decision:
    """The change, and seats in rounds that are new: by everybody's card, or where they stay."""
    changed = e.ProgrammeChanged(what, minutes, programme, position or state.position, at, by)
    seats = missing(evolve(state, e.Record(0, state.room, "", 0, now, changed)))
    return (changed, *((e.Seated(seats, rule=RULE),) if seats else ()))
