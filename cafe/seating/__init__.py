"""Who sits where: pure functions from people, tables and rounds to seats."""

from cafe.seating.rotation import RULE, arrive

__all__ = ["RULE", "arrive"]
