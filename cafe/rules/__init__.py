"""What may happen now: a function per command, from the state to events, or a refusal."""

from cafe.rules import (
    address,
    conclusions,
    dots,
    edits,
    entry,
    feedback,
    hall,
    handovers,
    ideas,
    laying,
    people,
    programme,
    revision,
    talks,
    wall,
)
from cafe.rules.decision import COMMANDS, REFUSALS, Command, Decision, Refused

__all__ = [
    "COMMANDS",
    "REFUSALS",
    "Command",
    "Decision",
    "Refused",
    "address",
    "conclusions",
    "dots",
    "edits",
    "entry",
    "feedback",
    "hall",
    "handovers",
    "ideas",
    "laying",
    "people",
    "programme",
    "revision",
    "talks",
    "wall",
]
