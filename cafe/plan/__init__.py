"""The plan of a café: its values, and how a TOML text becomes them."""

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
    Wifi,
)

__all__ = [
    "COLLECT",
    "KINDS",
    "MINUTE",
    "Block",
    "Collect",
    "Group",
    "Kind",
    "Plan",
    "Question",
    "Session",
    "Table",
    "Wifi",
]
