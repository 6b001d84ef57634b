"""Exact designs: the algebra by which nobody meets anybody twice and nobody returns to a table.

A design for T tables and R rounds is a partial difference matrix over an abelian group of order T: rows of R group
elements, such that for any two rows the differences are all different over the rounds. Person (i, j) sits in round r at
table i + row[j][r]. Two people of one row never meet; two of different rows meet at most once; the first row is all
zero, it is the table itself (its host, if there is one), so that meeting it once is the same as never returning.
Sources: difference matrices, C. J. Colbourn and J. H. Dinitz (eds.), Handbook of Combinatorial Designs, 2nd ed. 2007,
VI.17; their use for rooms with tables, A. Miller et al., Symmetry 13(1):13, 2021. The matrices of `designs.txt` were
found by `tests/bench/find_designs.py` and are verified again by a test. Never searches while a café runs.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import isqrt
from pathlib import Path
from typing import Final

import msgspec

SHELF: Final = Path(__file__).with_name("designs.txt")
Row = tuple[int, ...]


class Design(msgspec.Struct, frozen=True):
    """Rows of group elements, one per round. The first `exact` rows are a difference matrix; the rest, for rooms with
    more seats than the algebra has rows, meet as rarely as was found (`repeats` names the policy).

    `factors` are the orders of the cyclic groups whose product is meant, an element being their mixed-radix number
    with the first factor as the lowest digit. With `questions` > 0 the last factors make a quotient of that order (the
    question of a table), in which every row after the first is without repetition, too.
    """

    factors: tuple[int, ...]
    rows: tuple[Row, ...]
    exact: int
    questions: int = 0

    @property
    def order(self) -> int:
        """How many tables."""
        return _order(self.factors)

    @property
    def algebra(self) -> str:
        """The group, for the certificate: "Z2 × Z2 × Z3"."""
        return " × ".join(f"Z{factor}" for factor in self.factors)

    def cards(self, row: int) -> tuple[Row, ...]:
        """The itineraries of one row: for each start i the tables (from 0) in every round."""
        return _cards(self.factors, self.rows[row])


@lru_cache(maxsize=256)
def _cards(factors: tuple[int, ...], row: Row) -> tuple[Row, ...]:
    return tuple(tuple(add(factors, i, d) for d in row) for i in range(_order(factors)))


def add(factors: Sequence[int], a: int, b: int) -> int:
    """The sum of two elements of the product of the cyclic groups of the orders `factors`."""
    if len(factors) == 1:
        return (a + b) % factors[0]
    total, place = 0, 1
    for order in factors:
        total += (a + b) % order * place
        a, b, place = a // order, b // order, place * order
    return total


def minus(factors: Sequence[int], a: int) -> int:
    """The element that undoes `a`."""
    total, place = 0, 1
    for order in factors:
        total += -a % order * place
        a, place = a // order, place * order
    return total


def verify(design: Design) -> bool:
    """Whether the exact rows are what they claim, by the definition alone."""
    exact, factors = design.rows[: design.exact], design.factors
    if any(exact[0]) or any(not 0 <= element < design.order for row in design.rows for element in row):
        return False
    for at, upper in enumerate(exact):
        for lower in exact[at + 1 :]:
            if len({add(factors, a, minus(factors, b)) for a, b in zip(upper, lower, strict=True)}) < len(upper):
                return False
    extra = all(len(set(row)) == len(row) for row in design.rows[design.exact :])
    if not design.questions:
        return extra
    within = design.order // design.questions
    return extra and all(len({element // within for element in row}) == len(row) for row in design.rows[1:])


@lru_cache(maxsize=64)
def find(tables: int, rounds: int, rows: int, *, repeats: str = "spread") -> Design | None:
    """The design with the most exact rows, at most `rows` of them (the first included), for tables with questions of
    their own. Where the algebra ends, rows follow that meet as rarely as was found under the policy `repeats`.

    None where there is nothing: more rounds than tables, or nothing on the shelf.
    """
    if rounds > tables or tables < 2:
        return None
    if (rows - 1) * (rounds - 1) < tables or (is_prime(tables) and rows <= tables):
        # j·r modulo T: differences (j - k)·(r - s) are not 0 as each factor is small, or as T is prime.
        return Design((tables,), tuple(tuple(j * r % tables for r in range(rounds)) for j in range(rows)), rows)
    found = [
        Design(factors, tuple(row[:rounds] for row in matrix[:rows]), min(exact, rows))
        for (factors, width, policy, questions), (matrix, exact) in shelf().items()
        if _order(factors) == tables and not questions and (width == rounds if policy else width >= rounds)
        if policy in ("", repeats)
    ]
    if is_prime(tables):
        matrix = tuple(tuple(j * r % tables for r in range(rounds)) for j in range(tables))
        found.append(Design((tables,), matrix, tables))
    return max(found, key=lambda design: (len(design.rows), design.exact), default=None)


@lru_cache(maxsize=64)
def find_shared(tables: int, questions: int, rounds: int, rows: int, *, repeats: str = "spread") -> Design | None:
    """The design in which also nobody gets a question twice, where each question lies on equally many tables."""
    found = [
        Design(factors, tuple(row[:rounds] for row in matrix[:rows]), min(exact, rows), questions)
        for (factors, width, policy, shared), (matrix, exact) in shelf().items()
        if _order(factors) == tables and shared == questions and (width == rounds if policy else width >= rounds)
        if policy in ("", repeats)
    ]
    return max(found, key=lambda design: (len(design.rows), design.exact), default=None)


Key = tuple[tuple[int, ...], int, str, int]


@lru_cache(maxsize=1)
def shelf() -> dict[Key, tuple[tuple[Row, ...], int]]:
    """The designs of `designs.txt`: (group, rounds, policy or "", questions or 0) → (rows, how many are exact).

    A line is `group rounds policy questions exact: row; row; …`, elements with blanks between; `-` is no policy.
    """
    found: dict[Key, tuple[tuple[Row, ...], int]] = {}
    for line in SHELF.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, body = line.partition(":")
        group, rounds, policy, questions, exact = head.split()
        factors = tuple(int(order) for order in group.split("x"))
        matrix = tuple(tuple(int(element) for element in row.split()) for row in body.split(";"))
        found[factors, int(rounds), "" if policy == "-" else policy, int(questions)] = matrix, int(exact)
    return found


def is_prime(n: int) -> bool:
    """Whether n is a prime number."""
    return n > 1 and all(n % d for d in range(2, isqrt(n) + 1))


def _order(factors: Sequence[int]) -> int:
    order = 1
    for factor in factors:
        order *= factor
    return order
