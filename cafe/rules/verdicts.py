"""What is proved about the seating that stands, group by group. Perhaps slow: a view asks off its event loop."""

import msgspec

from cafe.rules.sitting import problem_of, seats_of, session_of
from cafe.seating.itinerary import way
from cafe.seating.report import Sentence, report, sentences
from cafe.seating.standing import standing
from cafe.state import State


def verdicts(state: State) -> dict[str, list[Sentence]]:
    """What is to be said of each group's seating in the session that it is in or comes to; nothing after the last."""
    said = {}
    for group in state.plan.groups:
        keys = session_of(state, group.id)
        seats = seats_of(state, group.id, keys) if keys else ()
        if not any(seats):
            continue
        problem, _ = problem_of(state, group.id, keys)
        problem = msgspec.structs.replace(problem, past=())
        found = standing(problem, seats, way(state.plan, group.id).algebra)
        said[group.id] = sentences(report(problem, found))
    return said
