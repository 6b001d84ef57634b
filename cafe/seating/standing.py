"""How good a seating is that stands already, whoever made it: its score, and what is proved about it."""

import msgspec

from cafe.seating import problem as p
from cafe.seating.bounds import bound
from cafe.seating.frame import Frame
from cafe.seating.goals import score, sizes

Where = list[list[int]]


def standing(problem: p.Problem, seats: p.Seats, algebra: str = "") -> p.Plan:
    """The seats of all rounds as a plan of `problem`; `algebra` names the design that they were dealt from."""
    fixed = Frame(msgspec.structs.replace(problem, past=seats))
    return plan_of(Frame(problem), [list(row) for row in fixed.fixed], algebra)


def plan_of(frame: Frame, where: Where, algebra: str = "") -> p.Plan:
    """A seating in the planner's own terms as a plan, judged by the bounds of its frame."""
    judged, met = score(frame, where)
    least = bound(frame)
    if judged.questions > least.questions or judged.revisits > least.revisits:
        # How often people must meet is proved for seatings that bring nobody back; others may have fewer repeats.
        least = p.Bound(least.questions, least.revisits, least.uneven)
    found = [size for r in range(frame.rounds) for size in sizes(frame, where, r)]
    return p.Plan(
        frame.seats(where),
        judged,
        least,
        met.repeats,
        met.coincidences,
        met.distinct + met.repeats,
        (min(found, default=0), max(found, default=0)),
        algebra,
    )
