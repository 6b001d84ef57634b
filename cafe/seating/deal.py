"""Dealing itinerary cards: who takes which path through the tables, when the paths themselves are already settled.

Exchanging two people's cards changes neither repeats nor returns nor, where both are there all the time, sizes; so the
softer goals (who must not meet, languages, sectors, organisations, acquaintances) are reached by dealing alone. Empty
cards of a design are free seats: taking one evens out what hosts, stays and limits make uneven. Annealing (S.
Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Science 220, 1983) goal by goal, the packed cost being strictly ordered.
"""

from collections.abc import Callable, Sequence
from math import exp

from cafe.seating.chance import Chance
from cafe.seating.frame import FREE, Frame
from cafe.seating.goals import lonely

Row = tuple[int, ...]
HOT, COLD = 0.7, 0.4  # one pair more weighs 2: cool enough to keep the good start that sorting by sector is


class Deal:
    """Cards and who holds them; changed in place by `anneal`.

    `cards` are tables (from 0) per round, `holder[c]` the unit with card c or -1. Units without a card sit where
    their binding says. The cost packs the goals: hard, uneven, alone, sectors, organisations, known.
    """

    def __init__(self, frame: Frame, cards: Sequence[Row], holder: Sequence[int]) -> None:
        self.frame, self.cards, self.holder = frame, cards, list(holder)
        self.groups = [[0] * len(caps) for caps in frame.caps]
        self.sizes = [[0] * len(caps) for caps in frame.caps]
        held = {u for u in holder if u >= 0}
        self._bound = [u for u in range(len(frame.units)) if u not in held]
        for u in self._bound:
            self._sit(u, frame.fixed[u])
        for c, u in enumerate(self.holder):
            if u >= 0:
                self._sit(u, cards[c])
        self._weigh()
        self.cost = self._whole()

    def _sit(self, u: int, path: Sequence[int]) -> None:
        for r, weight in enumerate(self.frame.weight[u]):
            if weight and path[r] >= 0:
                self.groups[r][path[r]] |= 1 << u
                self.sizes[r][path[r]] += weight

    def _weigh(self) -> None:
        """Weights so far apart that all of a lower goal never outweighs one of a higher."""
        frame, rounds = self.frame, self.frame.rounds

        def most(masks: Sequence[int]) -> int:
            return rounds * sum(mask.bit_count() for mask in masks) // 2 + 1

        self.w_known = 1
        self.w_organisation = self.w_known * most(frame.known)
        self.w_sector = self.w_organisation * most(frame.organisation)
        self.w_alone = self.w_sector * most(frame.sector)
        self.w_uneven = self.w_alone * (rounds * len(frame.units) + 1)
        self.w_hard = self.w_uneven * (len(frame.problem.people) ** 2 * rounds + 1)
        self.families = [
            (masks, weight)
            for masks, weight in (
                (frame.apart, self.w_hard),
                (frame.sector, self.w_sector),
                (frame.organisation, self.w_organisation),
                (frame.known, self.w_known),
            )
            if any(masks)
        ]

    def _whole(self) -> int:
        """The cost from scratch."""
        frame, cost = self.frame, 0
        for r in range(frame.past, frame.rounds):
            for group, size, cap in zip(self.groups[r], self.sizes[r], frame.caps[r], strict=True):
                cost += self._full(size, cap)
                if frame.mixed_languages:
                    cost += self.w_alone * lonely(frame, group)
                rest = group if self.families else 0
                while rest:
                    low = rest & -rest
                    u = low.bit_length() - 1
                    cost += sum(weight * (group & masks[u]).bit_count() for masks, weight in self.families)
                    rest ^= low
            cost -= self.w_uneven * frame.quota[r]
        for c, u in enumerate(self.holder):
            if u >= 0 and frame.bound[u]:
                cost += 2 * self.w_hard * sum(self._pinned(u, r, t) for r, t in enumerate(self.cards[c]))
        return cost

    # Pairs are counted from both sides, so that everything else counts twice, too.

    def _full(self, size: int, cap: int) -> int:
        return self.w_uneven * size * size + 2 * self.w_hard * max(0, size - cap)

    def _pinned(self, u: int, r: int, t: int) -> bool:
        return self.frame.fixed[u][r] >= 0 and self.frame.fixed[u][r] != t

    def delta(self, a: int, b: int) -> int:
        """What exchanging the holders of two cards would add to the cost."""
        frame, u, v, d = self.frame, self.holder[a], self.holder[b], 0
        path_a, path_b = self.cards[a], self.cards[b]
        bit_u, bit_v = (1 << u if u >= 0 else 0), (1 << v if v >= 0 else 0)
        for r in range(frame.past, frame.rounds):
            ta, tb = path_a[r], path_b[r]
            if ta == tb:
                continue
            wu = frame.weight[u][r] if bit_u else 0
            wv = frame.weight[v][r] if bit_v else 0
            here, there = self.groups[r][ta], self.groups[r][tb]
            for masks, weight in self.families:
                if wu:
                    mask = masks[u]
                    d += 2 * weight * ((there & mask & ~bit_v).bit_count() - (here & mask).bit_count())
                if wv:
                    mask = masks[v]
                    d += 2 * weight * ((here & mask & ~bit_u).bit_count() - (there & mask).bit_count())
            if wu != wv:
                sa, sb, caps = self.sizes[r][ta], self.sizes[r][tb], frame.caps[r]
                d += self._full(sa - wu + wv, caps[ta]) - self._full(sa, caps[ta])
                d += self._full(sb - wv + wu, caps[tb]) - self._full(sb, caps[tb])
            if frame.mixed_languages:
                present_u, present_v = (bit_u if wu else 0), (bit_v if wv else 0)
                after = lonely(frame, here & ~present_u | present_v) + lonely(frame, there & ~present_v | present_u)
                d += self.w_alone * (after - lonely(frame, here) - lonely(frame, there))
            if wu:
                d += 2 * self.w_hard * (self._pinned(u, r, tb) - self._pinned(u, r, ta))
            if wv:
                d += 2 * self.w_hard * (self._pinned(v, r, ta) - self._pinned(v, r, tb))
        return d

    def exchange(self, a: int, b: int) -> None:
        """Let two cards change hands."""
        frame = self.frame
        for c, other in ((a, b), (b, a)):
            u = self.holder[c]
            if u < 0:
                continue
            for r, weight in enumerate(frame.weight[u]):
                if weight:
                    self.groups[r][self.cards[c][r]] &= ~(1 << u)
                    self.sizes[r][self.cards[c][r]] -= weight
                    self.groups[r][self.cards[other][r]] |= 1 << u
                    self.sizes[r][self.cards[other][r]] += weight
        self.holder[a], self.holder[b] = self.holder[b], self.holder[a]

    def anneal(self, chance: Chance, budget: int, *, empties: bool, stop: Callable[[], bool] | None = None) -> int:
        """Deal until nothing can be won or `budget` exchanges were weighed; gives how many were. Keeps the best.

        `empties`: whether empty cards may be taken (they are free of repeats only in an exact design).
        """
        may = [c for c, u in enumerate(self.holder) if u >= 0 or empties]
        held = [c for c in may if self.holder[c] >= 0]
        if len(may) < 2 or not held:
            return 0
        used, ideal = 0, self._ideal()
        done: set[int] = set()
        while used < budget:
            left = [weight for weight in self._above(ideal) if weight not in done]
            if not left:
                break
            weight, share = left[0], (budget - used) // len(left)
            if weight >= self.w_alone:
                share = min(share, budget // 6)  # what cannot be dealt is left to the search
            used += self._cool(chance, weight, max(share, 1), may, ideal, stop)
            done.add(weight)
            if stop is not None and stop():
                break
        return used

    def _ideal(self) -> dict[int, int]:
        """For each goal that cannot be 0 by its nature what it is at best, by its weight; counted from both sides."""
        from cafe.seating.goals import fewest_pairs

        return {
            weight: 2 * fewest_pairs(self.frame, word)
            for masks, weight, word in (
                (self.frame.sector, self.w_sector, "sector"),
                (self.frame.organisation, self.w_organisation, "organisation"),
            )
            if any(masks)
        }

    def _above(self, ideal: dict[int, int]) -> list[int]:
        """The weights of the goals that are above their ideal, the highest first."""
        rest, above = self.cost, []
        weights = [self.w_hard, self.w_uneven, self.w_alone]
        weights += [weight for masks, weight in self.families if masks is not self.frame.apart]
        for weight in weights:
            value, rest = divmod(rest, weight)
            if value > ideal.get(weight, 0):
                above.append(weight)
        return above

    def _cool(
        self,
        chance: Chance,
        weight: int,
        budget: int,
        may: Sequence[int],
        ideal: dict[int, int],
        stop: Callable[[], bool] | None,
    ) -> int:
        """Anneal at the scale of one goal; what is more important cannot get worse at its temperature."""
        best, best_holder = self.cost, list(self.holder)
        hot, cold = HOT * weight, COLD * weight
        factor = (cold / hot) ** (1 / budget)
        heat, tries, n, row = hot, 0, len(may), max(len(caps) for caps in self.frame.caps)
        slack = self._slack(weight)
        for tries in range(1, budget + 1):
            heat *= factor
            at = chance.below(n)
            # Three in four exchanges are within a row of the design, which keeps how sectors share the rows.
            other = at - at % row + chance.below(row) if chance.below(4) else chance.below(n)
            a, b = may[at], may[min(other, n - 1)]
            u, v = self.holder[a], self.holder[b]
            if u == v or not self._differ(u, v, slack):
                continue
            d = self.delta(a, b)
            if d <= 0 or (d < 40 * heat and chance.share() < exp(-d / heat)):
                self.exchange(a, b)
                self.cost += d
                if self.cost < best:
                    best, best_holder = self.cost, list(self.holder)
                    if weight not in self._above(ideal):
                        break
            if not tries & 255 and stop is not None and stop():
                break
        for c, u in enumerate(best_holder):
            if self.holder[c] != u:
                self._restore(best_holder)
                break
        self.cost = best
        return tries

    def _slack(self, weight: int) -> Sequence[int] | None:
        """The masks of likes that a goal spreads: exchanging two of a kind wins nothing for it."""
        return next((masks for masks, w in self.families if w == weight and w in (self.w_sector,)), None)

    @staticmethod
    def _differ(u: int, v: int, masks: Sequence[int] | None) -> bool:
        return masks is None or u < 0 or v < 0 or not masks[u] >> v & 1

    def _restore(self, holder: Sequence[int]) -> None:
        self.holder = list(holder)
        self.groups = [[0] * len(caps) for caps in self.frame.caps]
        self.sizes = [[0] * len(caps) for caps in self.frame.caps]
        for u in self._bound:
            self._sit(u, self.frame.fixed[u])
        for c, u in enumerate(holder):
            if u >= 0:
                self._sit(u, self.cards[c])

    def where(self) -> list[list[int]]:
        """For every unit its table in each round."""
        frame = self.frame
        found = [list(fixed) for fixed in frame.fixed]
        for c, u in enumerate(self.holder):
            if u >= 0:
                found[u] = [
                    t if r >= frame.past and frame.fixed[u][r] >= FREE else frame.fixed[u][r]
                    for r, t in enumerate(self.cards[c])
                ]
        return found
