"""A plan file that was changed while its café exists: what of it can still be taken in."""

import msgspec

from cafe import events as e
from cafe.fold import evolve
from cafe.plan import Plan
from cafe.rules.cards import RULE, missing
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State

_FIXED = ("groups", "tables", "groups_by", "swap", "code", "language", "keep_days")
"""What stays once somebody is in: seats, printed codes and what people were promised hang on it."""


@facilitator
def revise(state: State, now: int, plan: Plan, text: str) -> Decision:
    """Takes in a changed plan as far as it leaves the past alone, and seats people in rounds that are new."""
    if state.closed:
        raise Refused("closed")
    revised = revision(state, plan)
    if revised == state.plan:
        return ()
    taken = e.PlanTaken(revised, text, plan if revised != plan else None)
    after = evolve(state, e.Record(0, state.room, "", 0, now, taken))
    seats = missing(after)
    return (taken, *((e.Seated(seats, rule=RULE),) if seats else ()))


def revision(state: State, plan: Plan) -> Plan:
    """The plan that results: what has begun stays as it was, what is to come is as the file says now.

    A programme that was changed in the café holds. Refused when it was changed in the file as well.
    """
    begun = state.position.block + 1
    changes: dict[str, object] = {}
    if state.plan.course != state.taken.course:
        if plan.course != state.file.course:
            raise Refused("both_changed")
        changes |= state.plan.course
    elif begun:
        sessions = {name for block in state.plan.programme[:begun] for name, _ in block.tracks()}
        changes["programme"] = state.plan.programme[:begun] + plan.programme[begun:]
        changes["sessions"] = {**plan.sessions, **{name: state.plan.sessions[name] for name in sessions}}
    if begun or state.participants:
        changes |= {name: getattr(state.plan, name) for name in _FIXED}
    return msgspec.structs.replace(plan, **changes)
