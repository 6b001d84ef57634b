"""Who sits where: pure functions from people, tables and rounds to seats."""

from cafe.seating.itinerary import Card, card, free, seats, stride, way

__all__ = ["Card", "card", "free", "seats", "stride", "way"]
