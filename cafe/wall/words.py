"""What the wall and the private view say about where the café is: pure functions from the state to sentences.

The words are chosen here once, so that the same thing has the same name on every screen. No name of a person, and
nothing that a guest wrote, comes from this file.
"""

from typing import NamedTuple

import msgspec
from immutables import Map

from cafe import events as e
from cafe.clock import Clock, remaining
from cafe.i18n import N_, Translator, clock
from cafe.plan import MINUTE, Plan
from cafe.plan.values import KIND_NAMES
from cafe.plan.values import clock as of_day
from cafe.rules import Refused
from cafe.rules import programme as rules
from cafe.rules.laying import asks, coming
from cafe.rules.wall import STANDS
from cafe.state import State, Step, stage_of


class Slot(NamedTuple):
    """A word for when ("NOW", "NEXT") and what ("11:15 Session 1")."""

    label: str
    title: str


WALL = {"strip": N_("Ideas: the newest"), "all": N_("Ideas: all"), "none": N_("Ideas: none")}

UNDONE = {
    "paused": N_("The clock runs on as if there had been no pause"),
    "resumed": N_("The clock stands still again"),
    "time_changed": N_("The clock has the time it had before"),
    "fitted": N_("The rounds are as long as before"),
    "caught_up": N_("The clock is as it was after coming back"),
    "wall_set": N_("Ideas are shown as before"),
    "seated": N_("People sit as before"),
    "joined": N_("They are not here again"),
    "hosted": N_("The hosts are as before"),
    "left": N_("The person who had left is in again"),
    "pinned": N_("Who stays put is as before"),
    "table_set": N_("The table is as it was"),
    "tables_laid": N_("There are as many tables as before"),
    "hand_over_stood": N_("What the table left is as it was"),
    "photo_stood": N_("The photograph is as it was"),
    "phones_laid": N_("Phones are as before"),
    "idea_stood": N_("The idea is as it was"),
    "concluded": N_("The conclusion is as before"),
    "vote_set": N_("The vote is as before"),
    "theme_made": N_("The theme is gone again; its ideas are where they were"),
    "theme_renamed": N_("The theme has its name of before"),
    "theme_dissolved": N_("The theme is there again, with its ideas"),
    "themes_merged": N_("They are two themes again"),
    "ideas_grouped": N_("The ideas are where they were"),
    "ideas_ungrouped": N_("The ideas are under their themes again"),
    "theme_shown": N_("The wall shows what it showed before"),
    "passed_over": N_("The table is in the row again"),
    "called": N_("The table is out of the row again"),
    "stage_set": N_("What stands large on the wall is as before"),
    "message_set": N_("The message is as before"),
    "longer": N_("It is as long as before"),
    "shorter": N_("It is as long as before"),
    "left_out": N_("It is in the programme again"),
    "taken_in": N_("It is left out again"),
    "once_more": N_("It is not held once more"),
    "round_more": N_("There are as many rounds as before"),
    "round_less": N_("There are as many rounds as before"),
    "question_mended": N_("The question has its words of before"),
    "note_written": N_("Your note is as it was"),
}
"""What is so again after undo, by the kind of the event. A step of the programme says where it is instead."""

ETIQUETTE = (
    N_("Say what you think."),
    N_("Listen to understand."),
    N_("Build on what others say."),
    N_("Write and draw what you hear."),
)
"""How one talks in a world café, after the etiquette of those who thought of it."""

ATTRIBUTION = N_("After the café etiquette of The World Café, theworldcafe.com")

IN_HOURS = 90
"""Minutes: what is so long is told in hours and minutes, wherever it is told."""

LAST_MINUTES = 3 * MINUTE
"""From here on seconds are shown: until then they would only make people hurry."""


# ---------------------------------------------------------------------------------------------- where we are


def block_title(tr: Translator, plan: Plan, block: int) -> str:
    """A block's own title, or what its kind is called."""
    return plan.block_title(block) or tr(KIND_NAMES[plan.programme[block].kind])


def of_rounds(tr: Translator, track: e.Track) -> str:
    """As in "round 2 of 3"."""
    return tr("round {round} of {rounds}", round=track.round, rounds=track.rounds)


def lead(state: State) -> e.Track | None:
    """The track that the café waits for: the one that is furthest behind."""
    return min(state.position.tracks, key=stage_of, default=None)


def lead_clock(state: State) -> Clock:
    """The clock that the café goes by now; one that does not run where there is none."""
    track, report = lead(state), state.position.report
    return track.clock if track else report.clock if report else Clock()


def now_mood(tr: Translator, state: State, now: int) -> str:
    """The word beside that clock."""
    track = lead(state)
    return mood(tr, track, now) if track else pace(tr, lead_clock(state), now)


def title(tr: Translator, state: State) -> str:
    """The running block's own title; the café's before and after the programme."""
    block = state.position.block
    return block_title(tr, state.plan, block) if 0 <= block < len(state.plan.programme) else state.plan.title


def step(tr: Translator, state: State) -> str:
    """Where we are within a session: "round 2 of 3"; nothing elsewhere."""
    track = lead(state)
    if report := state.position.report:
        return reports(tr, report.table)
    if track is None:
        return ""
    if track.phase == "move":
        return tr("before round {round} of {rounds}", round=track.round + 1, rounds=track.rounds)
    return of_rounds(tr, track)


def reports(tr: Translator, table: int) -> str:
    """That a table reports to the room."""
    return tr("table {number} reports", number=table)


def where(tr: Translator, state: State) -> str:
    """Both together."""
    return joined(title(tr, state), step(tr, state))


def misfit(tr: Translator, state: State, key: str) -> str:
    """Before round 1: that other people came than the tables were planned for, and the key that says how many would
    do; nothing where they fit.
    """
    group = asks(state)
    if group is None:
        return ""
    people = tr.n("{n} person", "{n} people", len(coming(state, group)))
    return tr("{key}: tables for {people}", key=key, people=people)


def joined(*parts: str) -> str:
    """Parts of a line, with a point between them."""
    return " · ".join(part for part in parts if part)


def mark(tr: Translator, state: State) -> str:
    """The mark of a café that is only a trial."""
    return tr("trial") if state.trial else ""


def address(state: State) -> str:
    """The address as people type it, without http://."""
    return state.url.partition("://")[2] or state.url


def join_url(state: State) -> str:
    """What the code to scan holds; nothing while no address is known."""
    return f"{state.url}/{state.code}" if state.url else ""


def joining_is_open(state: State) -> bool:
    """Whether people can come in: the plan names who answers for their data."""
    return bool(state.plan.organiser and state.plan.contact and not state.closed)


def facts(state: State, now: int) -> tuple[str, ...]:
    """The right side of the head: time of day, address, code."""
    return (f"{state.local(now):%H:%M}", address(state), state.code)


# ------------------------------------------------------------------------------------------------- programme


def now_slot(tr: Translator, state: State) -> Slot | None:
    """NOW 11:15 Session 1: as planned, or when it began, if that was sooner."""
    block = state.position.block
    if not 0 <= block < len(state.plan.programme):
        return None
    at, began = state.plan.programme[block].at, state.began.get(block, 0)
    early = began and began < state.moment(at, began)  # then the planned hour is still to come, and not now
    hour = f"{state.local(began):%H:%M}" if early else of_day(at)
    return Slot(tr("NOW"), f"{hour} {block_title(tr, state.plan, block)}")


def next_slot(tr: Translator, state: State) -> Slot | None:
    """NEXT 12:00 Coffee."""
    block = state.plan.following(state.position.block)
    if state.closed or block >= len(state.plan.programme):
        return None
    return Slot(tr("NEXT"), f"{of_day(state.plan.programme[block].at)} {block_title(tr, state.plan, block)}")


def continues(tr: Translator, state: State, now: int) -> str:
    """When a break is over: the planned start of the next block, or shortly when that has passed."""
    block = state.plan.following(state.position.block)
    if block >= len(state.plan.programme):
        return ""
    at = state.plan.programme[block].at
    if now >= state.moment(at, now):
        return tr("We continue shortly")
    return tr("We continue at {time}", time=of_day(at))


def rest(tr: Translator, state: State, now: int) -> str:
    """What comes after a break, and when by the plan, in whole minutes: "in 12 min · Session 2", "in 4 hrs 49 mins"."""
    block = state.position.block + 1
    if block >= len(state.plan.programme):
        return ""
    left = state.moment(state.plan.programme[block].at, now) - now
    wait = tr("in {time}", time=lasting(tr, whole_minutes(left))) if left > 0 else ""
    return joined(wait, block_title(tr, state.plan, block))


def comes(tr: Translator, state: State, now: int) -> str:
    """What `next` would bring, in words; nothing when there is no next."""
    try:
        event = rules.next(state, now, state.step)[-1]
    except Refused:
        return ""
    match event:
        case e.MoveBegan():
            return tr("changing tables")
        case e.RoundBegan(position=position):
            return of_rounds(tr, min(position.tracks, key=stage_of))
        case e.ReportSet(position=position):
            report = position.report
            return reports(tr, report.table) if report else tr("the tables have reported")
        case e.BlockBegan(position=position):
            return block_title(tr, state.plan, position.block)
        case _:
            return tr("the café ends: no more ideas, and who wrote what is forgotten. This cannot be taken back")


def proposal(tr: Translator, position: e.Position, now: int) -> str:
    """What a fitted position means: "this round 8 min, then 2 rounds of 9 min"."""
    track = min(position.tracks, key=stage_of)
    later = [float(minutes) for minutes in track.minutes[track.round : track.rounds]]
    said = []
    if track.phase == "round":
        left = whole_minutes(max(0, remaining(track.clock, now)))
        said.append(tr("this round {time} more", time=lasting(tr, left)))
    if later and len(set(later)) == 1:
        said.append(tr.n("{n} round of {time}", "{n} rounds of {time}", len(later), time=lasting(tr, later[0])))
    elif later:
        said.append(tr("rounds of {time}", time=", ".join(lasting(tr, one) for one in later)))
    elif track.phase == "round":
        said.append(tr("no further round"))
    return ", ".join(said)


def undone(tr: Translator, step: Step, state: State) -> str:
    """What is so again after something was taken back."""
    if step.what == "break_put_in":
        return tr("The break of {time} is taken out again", time=lasting(tr, step.minutes))
    if step.what in UNDONE:
        return tr(UNDONE[step.what])
    if step.position is None:
        return tr("Taken back")
    return back_in(tr, state)


def before(state: State) -> State | None:
    """The café in the step before, as undo would bring it back; None where something else would be taken back."""
    position = state.undo[-1].position if state.undo else None
    there = msgspec.structs.replace(state, position=position) if position else state
    return there if there.step != state.step else None


def back_in(tr: Translator, state: State) -> str:
    """Which step is so again."""
    return tr("Back before the start") if state.phase == "lobby" else tr("Back in: {where}", where=where(tr, state))


# ------------------------------------------------------------------------------------------------------ time


def whole_minutes(left: int) -> int:
    """Minutes that are left, a begun one counted."""
    return -(-left // MINUTE)


def lasting(tr: Translator, minutes: float) -> str:
    """How long, short enough for any line: "13 min", "2,5 min"; hours too where nobody would count the minutes."""
    if minutes < IN_HOURS:
        return f"{tr.number(minutes)} {tr('min')}"
    return tr.duration(round(minutes) * MINUTE, short=True)


def face(tr: Translator, running: Clock, now: int) -> tuple[str, str]:
    """What the clock shows and its unit: "13", "min" or "1:35", "h"; seconds in the last three minutes, +1:07 after."""
    left = remaining(running, now)
    if left <= LAST_MINUTES:
        return clock(left), ""
    hours, minutes = divmod(whole := whole_minutes(left), 60)
    return (str(whole), tr("min")) if whole < IN_HOURS else (f"{hours}:{minutes:02}", tr("h"))


def is_last(running: Clock, now: int) -> bool:
    """Whether the last minutes have begun."""
    return remaining(running, now) <= LAST_MINUTES


def mood(tr: Translator, track: e.Track, now: int) -> str:
    """A word beside the clock, when it needs one: that it stands still, or that we are still talking."""
    return "" if track.phase == "move" and track.clock.mode != "pause" else pace(tr, track.clock, now)


def pace(tr: Translator, running: Clock, now: int) -> str:
    """The same of any clock."""
    if running.mode == "pause":
        return tr("the clock stands still")
    return tr("still talking") if remaining(running, now) < 0 else ""


def message(state: State, now: int) -> str:
    """What the facilitator tells the room on the wall; it stands for a minute."""
    said = state.message
    return said.text if said and said.to != "phones" and now < said.at + STANDS["wall"] else ""


# ---------------------------------------------------------------------------------------------------- people


def people(tr: Translator, count: int) -> str:
    return tr.n("{n} person", "{n} people", count)


def conversations(tr: Translator, state: State) -> str:
    """How many tables talked, in all rounds together; nothing where nobody sat at tables."""
    count = sum(len(set(state.seats.get(key, Map()).values()) - {0}) for key in state.rounds)
    return tr.n("{n} conversation", "{n} conversations", count) if count else ""


def ideas(tr: Translator, count: int) -> str:
    return tr.n("{n} idea", "{n} ideas", count)


def by_group(state: State) -> dict[str, int]:
    """How many people each group has, where there are several."""
    counts = {group.id: 0 for group in state.plan.groups}
    for person in state.participants.values():
        counts[person.group] = counts.get(person.group, 0) + 1
    return counts if len(counts) > 1 else {}
