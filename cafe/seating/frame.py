"""A problem in numbers: people, tables and rules as small integers and bit masks, which everything else computes with.

People who travel together are one *unit*. Rounds, tables and units count from 0. A mask has bit u for unit u.
"""

from collections.abc import Sequence
from typing import Final

from cafe.seating.problem import Problem, Seats

FREE: Final = -1
ABSENT: Final = -2
NO_LIMIT: Final = 1 << 20


class Frame:
    """The compiled problem; it holds no seats and does not change.

    `weight[u][r]` is how many of a unit are there; `fixed[u][r]` its table where it may not choose, FREE or ABSENT;
    `stays[u]` whether it is bound to its table by rule in some round (its revisits are not counted); `caps[r][t]` the
    most at a table; `place[r][t]` and `question[r][t]` name what must not be visited twice; `quota[r]` is the least
    possible sum of squared sizes in a round, `most[r]` the largest table then; the mask families are per unit.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem: Final = problem
        self.rounds: Final = problem.rounds
        self._people()
        self._tables()
        self._bindings()
        self.bound: Final = [any(t >= 0 for t in fixed) for fixed in self.fixed]
        self._masks()
        levels = [self.level(r) for r in range(self.rounds)]
        self.quota: Final = [sum(size * size for size in sizes) for sizes in levels]
        self.most: Final = [max(sizes, default=0) for sizes in levels]

    def _people(self) -> None:
        people, rounds = self.problem.people, self.rounds
        index = {person.id: number for number, person in enumerate(people)}
        leader = list(range(len(people)))
        for travellers in self.problem.rules.together:
            members = sorted(index[each] for each in travellers if each in index)
            for member in members[1:]:
                old, new = leader[member], leader[members[0]]
                leader = [new if each == old else each for each in leader]
        units: dict[int, list[int]] = {}
        for number in range(len(people)):
            units.setdefault(leader[number], []).append(number)
        self.units = list(units.values())
        self.unit_of = {people[number].id: u for u, unit in enumerate(self.units) for number in unit}
        always = [1] * rounds
        self.weight = [
            always
            if len(unit) == 1 and people[unit[0]].arrives <= 1 and not people[unit[0]].leaves
            else [sum(there(people[n].arrives, people[n].leaves, r + 1) for n in unit) for r in range(rounds)]
            for unit in self.units
        ]
        self.steady = all(weight is always for weight in self.weight)
        """Whether everybody travels alone and is there all the time."""

    def _tables(self) -> None:
        tables: list[list[str]] = []
        places: dict[tuple[int, str], int] = {}
        questions: dict[tuple[int, str, str], int] = {}
        self.caps: list[list[int]] = []
        self.place: list[list[int]] = []
        self.question: list[list[int]] = []
        self.stage: list[int] = []
        r = 0
        for at, stage in enumerate(self.problem.stages):
            for table in stage.tables:
                places.setdefault((at, table.id), len(places))
                questions.setdefault((at, table.question, "" if table.question else table.id), len(questions))
            for _ in range(stage.rounds):
                r += 1
                tables.append([table.id for table in stage.tables])
                self.caps.append([(t.seats or NO_LIMIT) if there(t.opens, t.closes, r) else 0 for t in stage.tables])
                self.place.append([places[at, table.id] for table in stage.tables])
                self.question.append([questions[at, t.question, "" if t.question else t.id] for t in stage.tables])
                self.stage.append(at)
        self.tables = tables
        self.index = [{name: t for t, name in enumerate(names)} for names in tables]
        self.places = len(places)
        self.questions = len(questions)
        # Where every table has a question of its own, not returning to one is not returning to the other.
        self.shared = self.questions < self.places

    def _bindings(self) -> None:
        people, rounds = self.problem.people, self.rounds
        self.fixed = [[FREE if weight else ABSENT for weight in weights] for weights in self.weight]
        self.stays = [False] * len(self.units)
        self.past = len(self.problem.past)
        for u, unit in enumerate(self.units):
            for number in unit:
                home = people[number].stays
                for r in range(rounds):
                    if home and home in self.index[r] and self.fixed[u][r] != ABSENT:
                        self.fixed[u][r] = self.index[r][home]
                        self.stays[u] = True
        for (round, name), table in self.problem.pins.items():
            u = self.unit_of.get(name, -1)
            if u >= 0 and round <= rounds and self.fixed[u][round - 1] == FREE:
                self.fixed[u][round - 1] = self.index[round - 1].get(table, FREE)
        for r, seated in enumerate(self.problem.past):
            for u, unit in enumerate(self.units):
                where = [seated[people[number].id] for number in unit if people[number].id in seated]
                self.fixed[u][r] = self.index[r].get(where[0], ABSENT) if where else ABSENT
                if not where:
                    self.weight[u] = [*self.weight[u][:r], 0, *self.weight[u][r + 1 :]]
                    self.steady = False

    def _masks(self) -> None:
        people, rules = self.problem.people, self.problem.rules
        n = len(self.units)
        self.apart = [0] * n
        self.known = [0] * n
        self.exempt = [0] * n
        for pairs, masks in ((rules.apart, self.apart), (rules.known, self.known)):
            for pair in pairs:
                both = [self.unit_of[each] for each in pair if each in self.unit_of]
                if len(both) == 2 and both[0] != both[1]:
                    masks[both[0]] |= 1 << both[1]
                    masks[both[1]] |= 1 << both[0]
        staying = [u for u in range(n) if self.stays[u]]
        for u in staying:
            for v in staying:
                if u != v:
                    self.exempt[u] |= 1 << v
        self.sector = self._alike([p.sector for p in people])
        self.organisation = self._alike([p.organisation for p in people])
        speaks = [
            frozenset[str]().union(*(people[x].languages for x in unit))
            if all(people[x].languages for x in unit)
            else frozenset[str]()
            for unit in self.units
        ]
        self.mixed_languages = len({each for each in speaks if each}) > 1
        self.shares = [0] * n
        self.choosy = 0
        """Who travels alone and does not speak with everybody: only they can be without a language at a table."""
        if self.mixed_languages:
            by_language: dict[frozenset[str], int] = {}
            for u, languages in enumerate(speaks):
                by_language[languages] = by_language.get(languages, 0) | 1 << u
            for u, languages in enumerate(speaks):
                for other, mask in by_language.items():
                    if not languages or not other or languages & other:
                        self.shares[u] |= mask
                self.shares[u] &= ~(1 << u)
                if len(self.units[u]) == 1 and self.shares[u].bit_count() < n - 1:
                    self.choosy |= 1 << u

    def _alike(self, words: Sequence[str]) -> list[int]:
        """For every unit, the other units with somebody of the same word."""
        masks: dict[str, int] = {}
        for u, unit in enumerate(self.units):
            for number in unit:
                if words[number]:
                    masks[words[number]] = masks.get(words[number], 0) | 1 << u
        alike = [0] * len(self.units)
        if any(mask & (mask - 1) for mask in masks.values()):
            for u, unit in enumerate(self.units):
                for number in unit:
                    alike[u] |= masks.get(words[number], 0)
                alike[u] &= ~(1 << u)
        return alike

    def level(self, r: int) -> list[int]:
        """The most even sizes of a round, with who is bound in their place; more than the seats when there are too few.

        Filling the smallest table that has room, one by one, is optimal as the squares are convex (T. Ibaraki and
        N. Katoh, Resource Allocation Problems, 1988, ch. 4).
        """
        sizes = [0] * len(self.caps[r])
        free = 0
        for u, fixed in enumerate(self.fixed):
            if fixed[r] >= 0:
                sizes[fixed[r]] += self.weight[u][r]
            elif fixed[r] == FREE:
                free += self.weight[u][r]
        caps = self.caps[r]
        if free and not any(sizes) and len(set(caps)) == 1 and free <= len(caps) * caps[0]:
            each, more = divmod(free, len(caps))
            return [each + (t < more) for t in range(len(caps))]
        while free:
            low, gap = self._lowest(sizes, caps)
            if not low:
                break
            step = max(1, min(free // len(low), gap))
            for t in low[: free // step]:
                sizes[t] += step
                free -= step
        return sizes

    @staticmethod
    def _lowest(sizes: Sequence[int], caps: Sequence[int]) -> tuple[list[int], int]:
        """The smallest tables with room, and by how much all of them can grow at once."""
        room = [t for t, size in enumerate(sizes) if size < caps[t]]
        if not room:
            return [], 0
        least = min(sizes[t] for t in room)
        low = [t for t in room if sizes[t] == least]
        higher = [sizes[t] - least for t in room if sizes[t] > least]
        return low, min([*higher, *(caps[t] - least for t in low)])

    def movers(self) -> list[int]:
        """Units that choose their table in at least one round."""
        return [u for u, fixed in enumerate(self.fixed) if FREE in fixed]

    def seats(self, where: Sequence[Sequence[int]]) -> Seats:
        """Tables by number, per unit and round, as seats by name. What is past comes back as it was."""
        people = self.problem.people
        found: list[dict[str, str]] = []
        for r, names in enumerate(self.tables):
            if r < self.past:
                found.append(dict(self.problem.past[r]))
                continue
            if self.steady:
                found.append({person.id: names[path[r]] for person, path in zip(people, where, strict=True)})
                continue
            seated = {}
            for u, unit in enumerate(self.units):
                t = where[u][r]
                if t >= 0:
                    for number in unit:
                        person = people[number]
                        if there(person.arrives, person.leaves, r + 1):
                            seated[person.id] = names[t]
            found.append({person.id: seated[person.id] for person in people if person.id in seated})
        return tuple(found)


def there(first: int, until: int, round: int) -> bool:
    """Whether `round` lies from `first` until before `until` (0: to the end)."""
    return first <= round and not 0 < until <= round
