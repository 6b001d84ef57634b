"""What is proved about the seating that stands, group by group. Perhaps slow: a view asks off its event loop."""

import msgspec

from cafe.rules.sitting import problem_of, seats_of, session_of
from cafe.seating.itinerary import way
from cafe.seating.report import Report, ideas, report, sentences
from cafe.seating.sentence import Sentence
from cafe.seating.standing import standing
from cafe.seating.whatif import what_if
from cafe.state import State


class Verdict(msgspec.Struct, frozen=True):
    """What is to be said of a group's seating, without a name; the report knows who meets whom again."""

    said: tuple[Sentence, ...]
    report: Report


def verdicts(state: State) -> dict[str, Verdict]:
    """The verdict of each group on the session that it is in or comes to; nothing after the last.

    What another room would do better is said as long as the session has not begun.
    """
    found = {}
    for group in state.plan.groups:
        keys = session_of(state, group.id)
        seats = seats_of(state, group.id, keys) if keys else ()
        if not any(seats):
            continue
        problem, begun = problem_of(state, group.id, keys)
        problem = msgspec.structs.replace(problem, past=())
        plan = standing(problem, seats, way(state.plan, group.id, state.bare_tables).algebra)
        seen = report(problem, plan)
        better = [] if begun else ideas(what_if(problem, plan))
        found[group.id] = Verdict((*sentences(seen), *better), seen)
    return found
