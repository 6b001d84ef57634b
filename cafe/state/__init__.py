"""What is true in a café now: a frozen value with the questions that screens, pages and rules ask it.

It comes from `cafe.fold.evolve` alone. What grows lives in persistent maps: the hundred-thousandth idea costs what
the first did. The table of phases is `cafe.state.phases`.
"""

from cafe.state.phases import BEGINS, NEXT, Phase, picture
from cafe.state.state import State, length, stage_of
from cafe.state.values import Ballot, Feedback, HandOver, Idea, Participant, Photo, Place, RoundKey, Step

__all__ = [
    "BEGINS",
    "NEXT",
    "Ballot",
    "Feedback",
    "HandOver",
    "Idea",
    "Participant",
    "Phase",
    "Photo",
    "Place",
    "RoundKey",
    "State",
    "Step",
    "length",
    "picture",
    "stage_of",
]
