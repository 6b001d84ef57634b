"""The plan of a café: its values, and how a TOML text becomes them."""

from cafe.plan.leaves import CODE_LETTERS
from cafe.plan.mistakes import Mistake, Reading, english
from cafe.plan.reader import parse
from cafe.plan.values import (
    COLLECT,
    KINDS,
    MINUTE,
    Block,
    Collect,
    Group,
    Kind,
    Plan,
    Question,
    Session,
    Table,
    Talk,
    Wifi,
    clock,
)

__all__ = [
    "CODE_LETTERS",
    "COLLECT",
    "KINDS",
    "MINUTE",
    "Block",
    "Collect",
    "Group",
    "Kind",
    "Mistake",
    "Plan",
    "Question",
    "Reading",
    "Session",
    "Table",
    "Talk",
    "Wifi",
    "clock",
    "english",
    "parse",
]
