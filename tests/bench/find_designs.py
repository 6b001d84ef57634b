"""Find the difference matrices of `cafe/seating/designs.txt` and print the file: run once, by hand, for minutes.

For every number of tables whose designs are not given by j·r modulo T: the finite field where T is a prime power, a
search over all abelian groups of that order otherwise; rows for rooms with more seats than that; and rows in which
nobody gets a question twice where tables share questions. `--seconds` is the time for one pair of tables and rounds.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from itertools import permutations, product

from cafe.seating.designs import Design, add, is_prime, minus, verify

MOST_ROWS = 16
MOST_ROUNDS = 8


def factorise(n: int) -> dict[int, int]:
    """The prime factors of n with their powers."""
    found: dict[int, int] = {}
    p = 2
    while n > 1:
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
        p += 1
    return found


def partitions(n: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """Ways to write n as a sum, largest first."""
    if n == 0:
        yield ()
    for first in range(min(n, most or n), 0, -1):
        for rest in partitions(n - first, first):
            yield first, *rest


def groups(n: int) -> list[tuple[int, ...]]:
    """All abelian groups of order n, as the orders of cyclic factors."""
    ways = [[tuple(p**part for part in parts) for parts in partitions(power)] for p, power in factorise(n).items()]
    return [tuple(sorted(sum(choice, ()))) for choice in product(*ways)]


def field(p: int, k: int) -> list[list[int]]:
    """The multiplication table of GF(p^k), elements being numbers in base p, lowest digit first."""
    q = p**k

    def digits(a: int) -> list[int]:
        return [a // p**i % p for i in range(k)]

    for tail in product(range(p), repeat=k):

        def times(a: int, b: int, tail: tuple[int, ...] = tail) -> int:
            result = [0] * (2 * k)
            for i, x in enumerate(digits(a)):
                for j, y in enumerate(digits(b)):
                    result[i + j] += x * y
            for high in range(2 * k - 1, k - 1, -1):
                for i, coefficient in enumerate(tail):
                    result[high - k + i] -= result[high] * coefficient
            return sum(x % p * p**i for i, x in enumerate(result[:k]))

        table = [[times(a, b) for b in range(q)] for a in range(q)]
        if all(len(set(row)) == q for row in table[1:]):
            return table
    raise AssertionError("there is a field of every prime power")


def climb(
    factors: tuple[int, ...], rounds: int, goal: int, seconds: float, dice: random.Random, quotient: int = 0
) -> list[tuple[int, ...]]:
    """As many rows as are found in time: add a row by backtracking over the rounds; when stuck, drop some and go on."""
    order = 1
    for factor in factors:
        order *= factor
    plus = [[add(factors, a, b) for b in range(order)] for a in range(order)]
    less = [[plus[a][minus(factors, b)] for b in range(order)] for a in range(order)]
    within = order // quotient if quotient else 0
    best: list[tuple[int, ...]] = [(0,) * rounds]
    rows = list(best)
    until, stuck = time.monotonic() + seconds, 0

    def another(most: int) -> tuple[int, ...] | None:
        used = [0] * len(rows)
        asked: set[int] = set()
        row: list[int] = []
        steps = 0

        def extend() -> bool:
            nonlocal steps
            at = len(row)
            if at == rounds:
                return True
            for element in [0] if at == 0 else dice.sample(range(order), order):
                steps += 1
                if steps > most:
                    return False
                if within and element // within in asked:
                    continue
                differences = [1 << less[element][other[at]] for other in rows]
                if any(u & d for u, d in zip(used, differences, strict=True)):
                    continue
                for k, d in enumerate(differences):
                    used[k] |= d
                row.append(element)
                if within:
                    asked.add(element // within)
                if extend():
                    return True
                row.pop()
                if within:
                    asked.discard(element // within)
                for k, d in enumerate(differences):
                    used[k] ^= d
            return False

        return tuple(row) if extend() else None

    while len(best) < goal and time.monotonic() < until:
        row = another(4000)
        if row is not None:
            rows.append(row)
            if len(rows) > len(best):
                best, stuck = list(rows), 0
            continue
        stuck += 1
        drop = 1 + dice.randrange(1 + min(len(rows) - 1, 1 + stuck // 20)) if len(rows) > 1 else 0
        for _ in range(min(drop, len(rows) - 1)):
            rows.pop(1 + dice.randrange(len(rows) - 1))
        if stuck % 200 == 0:
            del rows[1:]
    return best


def thick(
    design: Design, rounds: int, policy: str, dice: random.Random, rows: int = 14, questions: int = 0
) -> list[tuple[int, ...]]:
    """Rows beyond the exact ones that cost least under a policy, greedily; ties by chance."""
    factors, order = design.factors, design.order
    within = order // questions if questions else 1
    candidates = [
        (0, *tail)
        for tail in permutations(range(1, order), rounds - 1)
        if not questions or len({element // within for element in (0, *tail)}) == rounds
    ]
    if len(candidates) > 6000:
        candidates = dice.sample(candidates, 6000)
    rows_found = [row[:rounds] for row in design.rows]
    negative = [minus(factors, a) for a in range(order)]
    plus = [[add(factors, a, b) for b in range(order)] for a in range(order)]

    def pair(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, int]:
        """What two rows cost: coincidences and third meetings (spread), or repeats and coincidences."""
        differences = [plus[x][negative[y]] for x, y in zip(a, b, strict=True)]
        counts = [differences.count(d) for d in set(differences)]
        coincidences = sum(c * (c - 1) // 2 for c in counts)
        if policy == "spread":
            return coincidences, sum(max(0, c - 2) for c in counts)
        return rounds - len(counts), coincidences

    price = dict.fromkeys(candidates, (0, 0))
    for other in rows_found[1:]:
        for row in candidates:
            c, m = pair(row, other)
            price[row] = price[row][0] + c, price[row][1] + m
    while len(rows_found) < rows:
        dice.shuffle(candidates)
        row = min(candidates, key=lambda row: price[row])
        rows_found.append(row)
        for other in candidates:
            c, m = pair(other, row)
            price[other] = price[other][0] + c, price[other][1] + m
    return rows_found


def show(
    factors: tuple[int, ...], rows: list[tuple[int, ...]], exact: int, policy: str = "-", questions: int = 0
) -> None:
    """Print one line, after verifying it."""
    assert verify(Design(factors, tuple(rows), exact, questions))
    body = "; ".join(" ".join(map(str, row)) for row in rows)
    print(f"{'x'.join(map(str, factors))} {len(rows[0])} {policy} {questions} {exact}: {body}", flush=True)


def plain(tables: int, seconds: float, dice: random.Random) -> dict[int, tuple[tuple[int, ...], list[tuple[int, ...]]]]:
    """The best exact rows for every number of rounds."""
    powers = factorise(tables)
    most = min(MOST_ROUNDS, tables)
    if is_prime(tables):
        rows = [tuple(j * r % tables for r in range(most)) for j in range(min(tables, MOST_ROWS))]
        return {most: ((tables,), rows)}
    if len(powers) == 1:
        ((p, k),) = powers.items()
        times = field(p, k)
        return {most: ((p,) * k, [tuple(times[j][r] for r in range(most)) for j in range(min(tables, MOST_ROWS))])}
    found: dict[int, tuple[tuple[int, ...], list[tuple[int, ...]]]] = {}
    rows_before = 0
    for rounds in range(most, 1, -1):
        goal = min(tables, MOST_ROWS if rounds <= 6 else 10)
        if rows_before >= goal:
            continue
        if (goal - 1) * (rounds - 1) < tables:
            break
        best: tuple[tuple[int, ...], list[tuple[int, ...]]] = ((), [])
        every = groups(tables)
        for group in every:
            if len(best[1]) < goal:
                rows = climb(group, rounds, goal, seconds / len(every), dice)
                best = max(best, (group, rows), key=lambda each: len(each[1]))
        if len(best[1]) > max(rows_before, (tables - 1) // (rounds - 1) + 1):
            found[rounds] = best
            rows_before = len(best[1])
        print(f"  {tables} tables, {rounds} rounds: {len(best[1])} rows over {best[0]}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Search and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--most", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    dice = random.Random(given.seed)
    print("# Difference matrices, printed by tests/bench/find_designs.py and verified by tests/core.")
    print("# group rounds policy questions exact-rows: rows, each with one group element per round")
    for tables in range(3, given.most + 1):
        found = plain(tables, given.seconds, dice)
        if not is_prime(tables):
            for group, rows in found.values():
                show(group, rows, len(rows))
        if tables > 10:
            continue
        for rounds in range(2, min(tables, 6) + 1):  # rooms with more seats than tables
            few = (tables - 1) // (rounds - 1) + 1  # so many rows has j·r modulo T
            linear = (tables,), [tuple(j * r % tables for r in range(rounds)) for j in range(few)]
            wide = [found[r] for r in found if r >= rounds]
            group, rows = max([linear, *wide], key=lambda each: len(each[1]))
            start = Design(group, tuple(row[:rounds] for row in rows), len(rows))
            for policy in ("spread", "max-new"):
                show(group, thick(start, rounds, policy, dice), len(rows), policy)
    for tables in range(4, 25):
        for questions in range(2, tables // 2 + 1):
            if tables % questions:
                continue
            before = 1
            for rounds in range(min(questions, 6), 1, -1):
                best: tuple[tuple[int, ...], list[tuple[int, ...]]] = ((), [])
                ways = [(h, k) for h in groups(tables // questions) for k in groups(questions)]
                for h, k in ways:
                    rows = climb(h + k, rounds, 12, min(2.0, given.seconds) / len(ways), dice, questions)
                    best = max(best, (h + k, rows), key=lambda each: len(each[1]))
                if len(best[1]) > before:
                    before = len(best[1])
                    show(*best, before, "-", questions)
                if tables <= 10:
                    start = Design(best[0], tuple(row[:rounds] for row in best[1]), len(best[1]), questions)
                    for policy in ("spread", "max-new"):
                        show(best[0], thick(start, rounds, policy, dice, 12, questions), start.exact, policy, questions)


if __name__ == "__main__":
    main()
