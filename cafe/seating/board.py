"""The working state of the search: who sits where, who has met whom, and what a change would cost.

Groups are bit masks, and who has met whom at least once, twice, … is one mask per person and level, so that a table is
judged with a handful of integer operations. The weights only steer; what counts is `goals.score`.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from cafe.seating.frame import FREE, Frame
from cafe.seating.goals import lonely, tables_of

BASE: Final = 64
"""A repeated encounter; what comes after it under the policy weighs 1."""
HARD: Final = BASE * 5000
ASKED: Final = BASE * 300
AGAIN: Final = BASE * 60
UNEVEN: Final = BASE * 40
ALONE: Final = BASE * 20


class Board:
    """Seats that can be changed, one exchange or one step at a time; `where[u][r]` are tables from 0."""

    def __init__(self, frame: Frame, where: Sequence[Sequence[int]]) -> None:
        self.frame: Final = frame
        self.where: Final = [list(path) for path in where]
        self.groups: Final = [tables_of(frame, where, r) for r in range(frame.rounds)]
        self.sizes: Final = [[0] * len(caps) for caps in frame.caps]
        n = len(frame.units)
        self.levels: Final = [[0] * n for _ in range(frame.rounds + 1)]  # levels[k][u]: whom u met more than k times
        self.visits: Final = [[0] * frame.places for _ in range(n)]
        self.asked: Final = [[0] * frame.questions for _ in range(n)]
        for r in range(frame.rounds):
            for u, path in enumerate(where):
                t = path[r]
                if t >= 0:
                    self.sizes[r][t] += frame.weight[u][r]
                    self.visits[u][frame.place[r][t]] += 1
                    self.asked[u][frame.question[r][t]] += 1
                    self._meet(u, self.groups[r][t] & ~(1 << u))
        spread = frame.problem.rules.repeats == "spread"
        # What the (k+2)-th meeting of a pair costs more than the one before: coincidences grow with each, repeats not.
        first = [BASE, BASE + 1, BASE - 1] if spread else [BASE + 1, 1, 1]
        self.prices: Final = (first + [BASE if spread else 1] * frame.rounds)[: frame.rounds]
        self.pairs: Final = [(masks, price) for masks, price in ((frame.apart, HARD),) if any(masks)]
        self.exempt: Final = any(frame.exempt)
        self.cost = self._whole()

    def free(self, u: int, r: int) -> bool:
        """Whether a unit may choose its table in a round."""
        return self.frame.fixed[u][r] == FREE

    # --- costs

    def met(self, u: int, group: int) -> int:
        """The price of u's meeting everybody of a group once more."""
        if self.exempt:
            group &= ~self.frame.exempt[u]
        total = 0
        for price, level in zip(self.prices, self.levels, strict=False):
            hit = group & level[u]
            if not hit:
                break
            total += price * hit.bit_count()
        for masks, price in self.pairs:
            total += price * (group & masks[u]).bit_count()
        return total

    def saved(self, u: int, group: int) -> int:
        """What u's not meeting a group that it sits with would save; u itself may be in it."""
        if self.exempt:
            group &= ~self.frame.exempt[u]
        total = 0
        for price, level in zip(self.prices, self.levels[1:], strict=True):
            hit = group & level[u]
            if not hit:
                break
            total += price * hit.bit_count()
        for masks, price in self.pairs:
            total += price * (group & masks[u]).bit_count()
        return total

    def arriving(self, u: int, r: int, t: int) -> int:
        """The price of a table and its question for u, who is at another of that round."""
        if self.frame.stays[u]:
            return 0
        old, new = self.where[u][r], t
        place, question = self.frame.place[r], self.frame.question[r]
        visits, asked = self.visits[u], self.asked[u]
        price = AGAIN * ((visits[place[new]] > 0) - (visits[place[old]] > 1))
        if self.frame.shared and question[new] != question[old]:
            price += ASKED * ((asked[question[new]] > 0) - (asked[question[old]] > 1))
        return price

    def troubled(self, u: int, r: int) -> bool:
        """Whether something about u's seat in a round could be better."""
        t = self.where[u][r]
        visits = self.visits[u][self.frame.place[r][t]] > 1
        asked = self.frame.shared and self.asked[u][self.frame.question[r][t]] > 1
        large = self.sizes[r][t] > min(self.frame.most[r], self.frame.caps[r][t])
        return large or visits or asked or self.saved(u, self.groups[r][t]) > 0

    def full(self, r: int, t: int, size: int) -> int:
        """The price of a table's size: even sizes have the least sum of squares."""
        return UNEVEN * size * size // 2 + HARD * max(0, size - self.frame.caps[r][t])

    def exchange_delta(self, r: int, u: int, v: int) -> int:
        """What it would add to the cost if u and v of two tables changed places in a round."""
        a, b = self.where[u][r], self.where[v][r]
        here, there = self.groups[r][a], self.groups[r][b]
        only_v, only_u = there & ~(1 << v), here & ~(1 << u)
        d = self.met(u, only_v) - self.saved(u, here) + self.met(v, only_u) - self.saved(v, there)
        d += self.arriving(u, r, b) + self.arriving(v, r, a)
        wu, wv = self.frame.weight[u][r], self.frame.weight[v][r]
        if wu != wv:
            d += self._resized(r, a, wv - wu) + self._resized(r, b, wu - wv)
        if self.frame.mixed_languages:
            frame = self.frame
            d += ALONE * (lonely(frame, only_u | 1 << v) + lonely(frame, only_v | 1 << u))
            d -= ALONE * (lonely(frame, here) + lonely(frame, there))
        return d

    def step_delta(self, r: int, u: int, t: int) -> int:
        """What it would add to the cost if u went to another table in a round."""
        a = self.where[u][r]
        here, there, weight = self.groups[r][a], self.groups[r][t], self.frame.weight[u][r]
        d = self.met(u, there) - self.saved(u, here) + self.arriving(u, r, t)
        d += self._resized(r, a, -weight) + self._resized(r, t, weight)
        if self.frame.mixed_languages:
            frame = self.frame
            d += ALONE * (lonely(frame, here & ~(1 << u)) + lonely(frame, there | 1 << u))
            d -= ALONE * (lonely(frame, here) + lonely(frame, there))
        return d

    def _resized(self, r: int, t: int, by: int) -> int:
        size = self.sizes[r][t]
        return self.full(r, t, size + by) - self.full(r, t, size)

    def _whole(self) -> int:
        """The cost from scratch."""
        frame, cost, both = self.frame, 0, 0
        for u, path in enumerate(self.where):
            if not frame.stays[u]:
                cost += AGAIN * sum(n - 1 for n in self.visits[u] if n > 1)
                if frame.shared:
                    cost += ASKED * sum(n - 1 for n in self.asked[u] if n > 1)
            for k, price in enumerate(accumulate(self.prices)):
                both += price * (self.levels[k + 1][u] & ~frame.exempt[u]).bit_count()
            for masks, price in self.pairs:
                both += price * sum((self.groups[r][t] & masks[u]).bit_count() for r, t in enumerate(path) if t >= 0)
        cost += both // 2
        for r in range(frame.past, frame.rounds):
            cost += sum(self.full(r, t, size) for t, size in enumerate(self.sizes[r])) - UNEVEN * frame.quota[r] // 2
            if frame.mixed_languages:
                cost += ALONE * sum(lonely(frame, group) for group in self.groups[r])
        return cost

    # --- changes

    def exchange(self, r: int, u: int, v: int) -> None:
        """Let u and v change places in a round."""
        a, b = self.where[u][r], self.where[v][r]
        self._leave(u, r)
        self._leave(v, r)
        self._sit(u, r, b)
        self._sit(v, r, a)

    def step(self, r: int, u: int, t: int) -> None:
        """Let u go to another table in a round."""
        self._leave(u, r)
        self._sit(u, r, t)

    def put(self, u: int, r: int, t: int) -> None:
        """Seat somebody who has no seat in that round yet."""
        self._sit(u, r, t)

    def _leave(self, u: int, r: int) -> None:
        t = self.where[u][r]
        bit, levels = 1 << u, self.levels
        group = self.groups[r][t] & ~bit
        self.groups[r][t] = group
        self.sizes[r][t] -= self.frame.weight[u][r]
        self.visits[u][self.frame.place[r][t]] -= 1
        self.asked[u][self.frame.question[r][t]] -= 1
        deepest = len(levels) - 1
        for k in range(deepest + 1):
            above = levels[k + 1][u] if k < deepest else 0
            levels[k][u] = levels[k][u] & ~group | group & above
        rest = group
        while rest:
            low = rest & -rest
            w = low.bit_length() - 1
            k = 0
            while k < deepest and levels[k + 1][w] & bit:
                k += 1
            levels[k][w] &= ~bit
            rest ^= low

    def _sit(self, u: int, r: int, t: int) -> None:
        bit, levels = 1 << u, self.levels
        group = self.groups[r][t]
        self._meet(u, group)
        rest = group
        while rest:
            low = rest & -rest
            w = low.bit_length() - 1
            k = 0
            while k < len(levels) - 1 and levels[k][w] & bit:
                k += 1
            levels[k][w] |= bit
            rest ^= low
        self.where[u][r] = t
        self.groups[r][t] = group | bit
        self.sizes[r][t] += self.frame.weight[u][r]
        self.visits[u][self.frame.place[r][t]] += 1
        self.asked[u][self.frame.question[r][t]] += 1

    def _meet(self, u: int, group: int) -> None:
        carry = group
        for level in self.levels:
            if not carry:
                break
            again = carry & level[u]
            level[u] |= carry
            carry = again
