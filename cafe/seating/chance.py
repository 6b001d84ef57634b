"""Chance that can be repeated: the planner's own small stream of numbers, the same on every machine and version.

The core may not reach for randomness; a seed comes in as a number and the same seed gives the same plan.
"""

from collections.abc import MutableSequence
from typing import Any, Final

_MASK: Final = (1 << 64) - 1


class Chance:
    """SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014)."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def bits(self) -> int:
        """The next 64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, n: int) -> int:
        """A number from 0 to n - 1."""
        return (self.bits() * n) >> 64

    def share(self) -> float:
        """A number from 0 to 1, below 1."""
        return (self.bits() >> 11) * 2.0**-53

    def shuffle(self, things: MutableSequence[Any]) -> None:
        """Put the things into a random order, in place (Fisher and Yates)."""
        for last in range(len(things) - 1, 0, -1):
            other = self.below(last + 1)
            things[last], things[other] = things[other], things[last]
