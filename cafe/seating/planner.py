"""Planning a seating: the exact design where there is one, dealt by the softer goals; search where there is none.

Deterministic for a seed, and anytime: whatever is found by the end of the budget is a whole seating, and `on_improve`
hears of every better one on the way. Pure and without a clock, so that it can run in a thread or a process.
"""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from cafe.seating.board import AGAIN, ASKED, BASE, UNEVEN, Board
from cafe.seating.bounds import bound
from cafe.seating.chance import Chance
from cafe.seating.deal import Deal
from cafe.seating.designs import Design, find, find_shared
from cafe.seating.frame import FREE, Frame
from cafe.seating.goals import Meetings, score, sizes
from cafe.seating.problem import Bound, Plan, Problem, Score
from cafe.seating.search import Stop, in_turn, scatter, tabu

BUDGET: Final = 300_000
"""Changes that are weighed at most, about a second on a laptop; most rooms need none."""

Where = list[list[int]]


def plan(
    problem: Problem,
    *,
    seed: int = 0,
    budget: int = BUDGET,
    on_improve: Callable[[Plan], None] | None = None,
    stop: Stop | None = None,
) -> Plan:
    """The best seating that `budget` weighed changes find. `stop` is asked now and then whether to end early.

    Hard rules that contradict one another make a seating that breaks some of them: ask `diagnose` before.
    """
    if problem.rules.mode != "mix":
        from cafe.seating.modes import plan_mode

        return plan_mode(problem, seed=seed, budget=budget, on_improve=on_improve, stop=stop)
    return Planner(problem, seed, on_improve, stop).run(budget)


class Planner:
    """One planning: the best seats so far and what is left of the budget."""

    def __init__(
        self, problem: Problem, seed: int, on_improve: Callable[[Plan], None] | None, stop: Stop | None
    ) -> None:
        self.frame = Frame(problem)
        self.problem, self.seed, self.on_improve, self.stop = problem, seed, on_improve, stop
        self.chance = Chance(seed)
        self.best: Where = []
        self.score: Score = Score()
        self.met: Meetings = Meetings()
        self.bound: Bound | None = None
        self.algebra = ""

    def run(self, budget: int) -> Plan:
        """Design, deal, search, deal again."""
        dealt = self._design(budget)
        if self.best and self.score == Score():
            return self.result()
        if dealt is not None:
            deal, used, algebra = dealt
            budget -= used
            self._offer(deal.where(), algebra)
            if algebra and self._flawless():
                return self.result()
        self.bound = bound(self.frame)
        if not self.best or not self._reached():
            self._search(budget)
        return self.result()

    # --- exact designs

    def _design(self, budget: int) -> tuple[Deal, int, str] | None:
        """Cards of a design in people's hands, what that took, and the algebra if it is exact; None without one."""
        frame = self.frame
        cards = itineraries(frame)
        if cards is None:
            return None
        rows, design, order = cards
        movers = [u for u in frame.movers() if not frame.stays[u]]
        if self.seed:
            self.chance.shuffle(movers)
        movers = self._by_kind(movers)
        exact = len(movers) <= (design.exact - 1) * order
        if len(movers) > len(rows):
            return None
        if exact:
            rows = rows[: (design.exact - 1) * order]
        if exact and frame.steady:  # most rooms need no dealing: the cards as they lie are perfect
            where = list(frame.fixed)
            for u, card in zip(movers, rows, strict=False):
                where[u] = list(card)
            self._offer(where, design.algebra)
            if self.score == Score():
                return None
        holder = movers + [-1] * (len(rows) - len(movers))
        deal = Deal(frame, rows, holder)
        used = deal.anneal(self.chance, budget * 2 // 3 if exact else budget // 4, empties=exact, stop=self.stop)
        return deal, used, design.algebra if exact else ""

    def _by_kind(self, movers: Sequence[int]) -> list[int]:
        """People of one sector one after the other, then of one organisation, the largest first: those who share a row
        of the design never meet, and a sector that fills rows is spread evenly by itself.
        """
        people = self.problem.people
        count: dict[str, int] = {}
        for person in people:
            count[person.sector] = count.get(person.sector, 0) + 1
        first = {u: people[self.frame.units[u][0]] for u in movers}
        return sorted(movers, key=lambda u: (-count[first[u].sector], first[u].sector, first[u].organisation))

    # --- search

    def _search(self, budget: int) -> None:
        assert self.bound is not None
        soft = any(any(m) for m in (self.frame.sector, self.frame.organisation, self.frame.known))
        ahead = budget * 2 // 3 if soft and not self.frame.past else budget
        goal = self._goal()
        starts = 0
        while ahead > 0 and not (self.best and self._reached()) and not (self.stop is not None and self.stop()):
            first = starts == 0 and self.best
            if first or starts % 3 == 2:
                where = [list(path) for path in self.best]
            else:
                turns = in_turn(self.frame, self.chance) if self.frame.shared and starts % 3 == 0 else None
                where = turns or scatter(self.frame, self.chance)
            starts += 1
            share = ahead if starts > 3 else max(ahead // 4, 1)
            found, used = tabu(Board(self.frame, where), self.chance, share, goal, self.stop)
            used += 2 * self.frame.rounds * len(self.frame.units)  # making a start costs, too
            ahead, budget = ahead - used, budget - used
            self._offer(found, "")
        if not self.best:
            self._offer(scatter(self.frame, self.chance), "")
        if soft and not self.frame.past and budget > 0:
            self._deal_found(budget)

    def _deal_found(self, budget: int) -> None:
        """Deal the itineraries that the search found as if they were cards."""
        frame = self.frame
        movers = [u for u in frame.movers() if not frame.stays[u]]
        whole = [
            u for u in movers if min(self.best[u]) >= 0 and len(frame.units[u]) == 1 and set(frame.fixed[u]) == {FREE}
        ]
        rows = [tuple(self.best[u]) for u in whole]
        if len(whole) < 2:
            return
        deal = Found(frame, rows, whole, self.best)
        deal.anneal(self.chance, budget, empties=False, stop=self.stop)
        self._offer(deal.where(), "")

    def _goal(self) -> int:
        """The cost of a board on the bound: nothing cheaper exists."""
        assert self.bound is not None
        meetings = self.bound.coincidences if self.problem.rules.repeats == "spread" else self.bound.repeats
        shared = ASKED * self.bound.questions if self.frame.shared else 0
        return (
            UNEVEN * self.bound.uneven
            + AGAIN * self.bound.revisits
            + shared
            + BASE * meetings
            + (BASE - 1 if meetings else 0)
        )

    # --- what is best

    def _offer(self, where: Where, algebra: str) -> None:
        found, met = score(self.frame, where)
        if self.best and not found < self.score:
            return
        self.best, self.score, self.met, self.algebra = where, found, met, algebra
        if self.on_improve is not None:
            self.on_improve(self.result())

    def _flawless(self) -> bool:
        s = self.score
        return not (s.hard or s.questions or s.revisits or s.uneven or s.alone or s.meetings)

    def _reached(self) -> bool:
        return self.result().proved

    def result(self) -> Plan:
        """The best seats so far as a plan."""
        frame, met = self.frame, self.met
        found = [size for r in range(frame.rounds) for size in self._open_sizes(r)]
        return Plan(
            frame.seats(self.best),
            self.score,
            self.bound or Bound(),
            met.repeats,
            met.coincidences,
            met.distinct + met.repeats,
            (min(found, default=0), max(found, default=0)),
            self.algebra,
            self.seed,
            self.problem.rules.repeats,
        )

    def _open_sizes(self, r: int) -> list[int]:
        found = sizes(self.frame, self.best, r)
        return [size for size, cap in zip(found, self.frame.caps[r], strict=True) if cap or size]


class Found(Deal):
    """Dealing among some people while all others keep the seats that a search gave them."""

    def __init__(self, frame: Frame, cards: Sequence[tuple[int, ...]], holder: Sequence[int], where: Where) -> None:
        self._kept = where
        super().__init__(frame, cards, holder)

    def _sit(self, u: int, path: Sequence[int]) -> None:
        super()._sit(u, self._kept[u] if path is self.frame.fixed[u] else path)

    def where(self) -> Where:
        found = [list(path) for path in self._kept]
        for c, u in enumerate(self.holder):
            if u >= 0:
                found[u] = list(self.cards[c])
        return found


def itineraries(frame: Frame) -> tuple[list[tuple[int, ...]], Design, int] | None:
    """The cards of a design for a problem, class after class, as tables (from 0) per round; with the design and how
    many tables are open. None where tables open or close, the stages differ, or there is no design.
    """
    if frame.past or not frame.rounds:
        return None
    opened = [[t for t, cap in enumerate(caps) if cap] for caps in frame.caps]
    order = len(opened[0])
    if any(len(tables) != order for tables in opened):
        return None
    for r in range(1, frame.rounds):
        if frame.stage[r] == frame.stage[r - 1] and opened[r] != opened[r - 1]:
            return None
    movers = sum(not stays and FREE in fixed for stays, fixed in zip(frame.stays, frame.fixed, strict=True))
    regular = (
        len({cap for caps in frame.caps for cap in caps if cap}) == 1
        and sum(frame.stays) in (0, order)
        and all(weight == 1 for weights in frame.weight for weight in weights)
    )
    rows = -(-movers // order) + 1 + (0 if regular else 2)
    if frame.shared:
        questions = [[frame.question[r][t] for t in tables] for r, tables in enumerate(opened)]
        kinds = len(set(questions[0]))
        if any(len(set(q)) != kinds or any(q.count(k) != order // kinds for k in q) for q in questions):
            return None
        policy = frame.problem.rules.repeats
        alone = len(frame.problem.stages) == 1
        design = find_shared(order, kinds, frame.rounds, rows, repeats=policy) if alone else None
        for r, tables in enumerate(opened):
            tables.sort(key=lambda t: (frame.question[r][t], t))
    else:
        design = find(order, frame.rounds, rows, repeats=frame.problem.rules.repeats)
    if design is None:
        return None
    cards = [
        tuple(opened[r][t] for r, t in enumerate(card))
        for row in range(1, len(design.rows))
        for card in design.cards(row)
    ]
    return cards, design, order


def cards_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The itinerary card of every person: the tables, round by round; "" in rounds without that person."""
    names = {name: None for seated in plan.seats for name in seated}
    return {name: tuple(seated.get(name, "") for seated in plan.seats) for name in names}


def replaced(problem: Problem, **changes: object) -> Problem:
    """A problem with some fields changed."""
    return msgspec.structs.replace(problem, **changes)
