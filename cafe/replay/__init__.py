"""A past café shown again: its log laid along the hours, and the stage that a wall shows. Nothing is written."""

from cafe.replay.replay import SPEEDS, Replay
from cafe.replay.timeline import Timeline

__all__ = ["SPEEDS", "Replay", "Timeline"]
