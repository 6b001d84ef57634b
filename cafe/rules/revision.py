"""A plan file that was changed while its café exists: what of it can still be taken in."""

import msgspec

from cafe import events as e
from cafe import seating
from cafe.fold import evolve
from cafe.plan import Plan
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.rules.people import RULE
from cafe.rules.rounds import ahead, all_day
from cafe.state import RoundKey, State

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
    taken = e.PlanTaken(revised, text)
    after = evolve(state, e.Record(0, state.room, "", 0, now, taken))
    seats: dict[str, tuple[e.Seat, ...]] = {}
    for who, person in after.participants.items():
        if person.card:
            dealt = seating.Card(person.card, person.group, seating.card(revised, person.card).place)
            rounds = set(ahead(after, person.group))
            every = seating.seats(revised, dealt, after.bare_tables)
            planned = tuple(s for s in every if RoundKey(s.block, s.session, s.round) in rounds)
        else:
            planned = all_day(after, _home(after, who))
        found = tuple(s for s in planned if not after.table(who, RoundKey(s.block, s.session, s.round)))
        if found:
            seats[who] = found
    return (taken, *((e.Seated(seats, rule=RULE),) if seats else ()))


def _home(state: State, who: str) -> int:
    """The table at which somebody without a card stays."""
    return next((table for table, host in state.hosts.items() if host == who), state.pins.get(who, 0))


def revision(state: State, plan: Plan) -> Plan:
    """The plan that results: what has begun stays as it was, what is to come is as the file says now."""
    begun = state.position.block + 1
    changes: dict[str, object] = {}
    if begun:
        sessions = {name for block in state.plan.programme[:begun] for name, _ in block.tracks()}
        changes["programme"] = state.plan.programme[:begun] + plan.programme[begun:]
        changes["sessions"] = {**plan.sessions, **{name: state.plan.sessions[name] for name in sessions}}
    if begun or state.participants:
        changes |= {name: getattr(state.plan, name) for name in _FIXED}
    return msgspec.structs.replace(plan, **changes)
