"""Numbered cards: each is a way through all rounds of the café, and whoever comes takes the next one.

Cards are dealt in classes. A class has one card for each table of a group, and in every round its people sit at
different tables: handed out in order of arrival, cards keep table sizes within one, however many people come. Which
classes meet is the design's word (`cafe.seating.designs`): where it is exact nobody meets anybody twice and nobody
returns to a table, late people included, because nobody else ever moves. The first row of a design stays at its table:
it is for hosts and on no card.
"""

from collections.abc import Set
from functools import lru_cache
from math import gcd
from typing import Literal, NamedTuple

from cafe.events import Seat
from cafe.plan import Plan, Session
from cafe.seating.designs import Design, Row, add, find, find_shared, minus

Proof = Literal["exact", "dense", "together", "turning"]


class Leg(NamedTuple):
    """A session block of a group: where it sits, and by how much each class moves in each round."""

    block: int
    session: str
    tables: tuple[int, ...]
    factors: tuple[int, ...]
    rows: tuple[Row, ...]
    exact: int


class Way(NamedTuple):
    """All legs of a group. `proof` says what is known about who meets; `algebra` names the group of the design."""

    legs: tuple[Leg, ...]
    classes: int
    width: int
    proof: Proof
    algebra: str

    @property
    def without_repeats(self) -> int:
        """How many cards can be dealt before anybody must meet anybody twice within a session."""
        if self.proof != "exact":
            return self.width if self.proof == "dense" else 0
        return min((leg.exact - 1) * self.width for leg in self.legs)


def way(plan: Plan, group: str, bare: Set[int] = frozenset()) -> Way:
    """The way of a group through the café, worked out once for each plan; no card leads to a `bare` table.

    What was changed on the day leaves the way through all other rounds as it was: rounds more go on where the planned
    ones end, and sessions that are put in come after all planned ones.
    """
    there = sorted((block.added, number) for number, block in enumerate(plan.programme) if group in block.sessions)
    blocks = tuple(
        (
            number,
            plan.programme[number].sessions[group],
            tuple(table.number for table in plan.tables_for(number, group) if table.number not in bare),
        )
        for _, number in there
    )
    shapes = tuple(_shape(plan.sessions[name], plan.rounds(number, name)) for number, name, _ in blocks)
    seats = max((table.seats for table in plan.tables_of(group)), default=0)
    return _way(blocks, shapes, seats, sum(added for added, _ in there))


class _Shape(NamedTuple):
    """What of a session matters for who sits where; `questions` are 0 where nobody can be spared one twice. `held` are
    the rounds that it has on the day.
    """

    rounds: int
    seating: str
    questions: int
    held: int


def _shape(session: Session, held: int) -> _Shape:
    questions = len(session.questions) if session.per == "table" else 0
    return _Shape(session.rounds, session.seating, questions if questions >= session.rounds else 0, held)


@lru_cache(maxsize=64)
def _way(
    blocks: tuple[tuple[int, str, tuple[int, ...]], ...], shapes: tuple[_Shape, ...], seats: int, added: int = 0
) -> Way:
    """The way through these blocks, of which the last were `added` on the day."""
    width = len(blocks[0][2]) if blocks else 0
    classes = max(seats, 2) * 2
    if not width:
        return Way((), 0, 0, "turning", "")
    planned = len(blocks) - added
    whole = _whole(blocks[:planned], shapes[:planned], width, classes)
    legs, proofs, algebra, before = [], set[Proof](), "", 0
    if whole:
        legs, proofs, algebra = [*whole.legs], {whole.proof}, whole.algebra
        before = sum(shape.rounds for shape in shapes[:planned])
    for number, ((block, name, tables), shape) in enumerate(zip(blocks, shapes, strict=True)):
        if number < len(legs):
            continue
        design = _design(len(tables), shape, classes + 1) if shape.seating in ("mix", "choose") else None
        if design is None:
            legs.append(Leg(block, name, tables, (len(tables),), _turning(len(tables), shape, classes), 0))
            proofs.add("together" if shape.seating == "together" else "turning")
        else:
            rows = _later(design, _enough(design.rows[1:], classes), number, before)
            legs.append(Leg(block, name, _by_question(tables, design), design.factors, rows, design.exact))
            proofs.add("exact" if design.exact > 2 else "dense")
            algebra = design.algebra
        before += shape.rounds
    order: tuple[Proof, ...] = ("turning", "together", "dense", "exact")
    held = sorted(_held(leg, shape) for leg, shape in zip(legs, shapes, strict=True))
    return Way(tuple(held), classes, width, next(proof for proof in order if proof in proofs), algebra)


def _held(leg: Leg, shape: _Shape) -> Leg:
    """A leg with as many rounds as are held. In a round more each class goes where its people have not been yet, have
    another question, and meet the fewest again, in this order; all by one step, so that sizes stay even. Where a larger
    design begins with the planned rounds it is that one's next step.
    """
    rows = tuple(row[: shape.held] for row in leg.rows)
    for rounds in range(len(rows[0]), shape.held):
        larger = _design(len(leg.tables), shape._replace(rounds=rounds + 1), len(rows) + 1)
        known = larger.rows if larger and larger.factors == leg.factors else ()
        on = {each[:rounds]: each[rounds] for each in reversed(known)}
        further: list[Row] = []
        for row in rows:
            back = minus(leg.factors, row[0])
            meant = on.get(tuple(add(leg.factors, step, back) for step in row))
            step = None if meant is None else add(leg.factors, meant, row[0])
            if shape.seating == "together" and further:
                best = further[0][-1]  # Who travels together goes on together.
            else:
                steps = sorted(range(len(leg.tables)), key=lambda to: to != step)
                best = min(steps, key=lambda to: _again(leg, shape, further, row, to))
            further.append((*row, best))
        rows = tuple(further)
    return leg._replace(rows=rows)


def _again(leg: Leg, shape: _Shape, settled: list[Row], row: Row, to: int) -> tuple[int, int, int]:
    """What is had twice when a class goes `to` a step: tables, questions, and encounters with the `settled` classes."""
    factors, questions = leg.factors, shape.questions
    rank = {table: at % questions for at, table in enumerate(sorted(leg.tables))} if questions else {}

    def asked(start: int, step: int) -> int:
        return rank[leg.tables[add(factors, start, step)]]

    starts = range(len(leg.tables)) if questions else ()
    twice = sum(asked(start, to) in {asked(start, step) for step in row} for start in starts)
    met = sum(
        add(factors, to, minus(factors, other[-1])) == add(factors, step, minus(factors, others))
        for other in settled
        for step, others in zip(row, other, strict=False)
    )
    return row.count(to), twice, met


def _whole(
    blocks: tuple[tuple[int, str, tuple[int, ...]], ...], shapes: tuple[_Shape, ...], width: int, classes: int
) -> Way | None:
    """One design over all sessions, where there is one: nobody meets twice over the whole café."""
    if len({len(tables) for _, _, tables in blocks}) > 1 or any(shape.seating != "mix" for shape in shapes):
        return None
    if any(0 < shape.questions < width for shape in shapes):
        return None
    total = sum(shape.rounds for shape in shapes)
    design = find(width, total, classes + 1)
    if design is None or design.exact < 3 or len(blocks) < 2:
        return None
    legs, column = [], 0
    rows = _enough(design.rows[1:], classes)
    for (block, name, tables), shape in zip(blocks, shapes, strict=True):
        part = tuple(row[column : column + shape.rounds] for row in rows)
        legs.append(Leg(block, name, tables, design.factors, part, design.exact))
        column += shape.rounds
    return Way(tuple(legs), classes, width, "exact", design.algebra)


def _design(tables: int, shape: _Shape, rows: int) -> Design | None:
    if 0 < shape.questions < tables:
        return find_shared(tables, shape.questions, shape.rounds, rows)
    return find(tables, shape.rounds, rows)


def _by_question(tables: tuple[int, ...], design: Design) -> tuple[int, ...]:
    """The tables in the order of the design's elements: there those with one question stand together.

    In the room questions go round: the k-th table of a group has question k modulo their number.
    """
    if not design.questions:
        return tables
    within = len(tables) // design.questions
    return tuple(tables[at % within * design.questions + at // within] for at in range(len(tables)))


def _enough(rows: tuple[Row, ...], classes: int) -> tuple[Row, ...]:
    """As many rows as classes: past the design's end they begin again."""
    return tuple(rows[at % len(rows)] for at in range(classes))


def _later(design: Design, rows: tuple[Row, ...], leg: int, before: int) -> tuple[Row, ...]:
    """The rows for a later session: each class starts elsewhere, so that people meet others than before.

    A class that starts elsewhere is still at every table once. Where the design is linear its columns go on
    (`before` rounds have been); classes that share a row are parted.
    """
    distinct = len(set(rows))
    moved = []
    for number, row in enumerate(rows):
        shift = leg * (number // distinct) % design.order
        for _ in range(before if len(row) > 1 else 0):
            shift = add(design.factors, shift, row[1])
        moved.append(tuple(add(design.factors, shift, step) for step in row))
    return tuple(moved)


def _turning(tables: int, shape: _Shape, classes: int) -> tuple[Row, ...]:
    """Everybody moves on by so many tables, or travels as one; at home the last round is where the first was."""
    steps = [*range(shape.rounds)]
    if shape.seating == "home" and shape.rounds > 1:
        steps[-1] = 0
    strides = [stride for stride in range(1, max(tables, 2)) if gcd(stride, tables) == 1] or [1]
    if shape.seating == "together":
        strides = [1]
    return tuple(tuple(step * strides[number % len(strides)] % tables for step in steps) for number in range(classes))


def stride(plan: Plan, group: str, block: int, round: int, bare: Set[int] = frozenset()) -> int | None:
    """By how many tables everybody moves after a round, where that is the same for all; None where it is each card's.

    Counted in the group's own tables that are not `bare`, in their order.
    """
    leg = next((leg for leg in way(plan, group, bare).legs if leg.block == block), None)
    if leg is None or list(leg.tables) != sorted(leg.tables) or len(leg.factors) != 1 or round >= len(leg.rows[0]):
        return None
    steps = {(row[round] - row[round - 1]) % len(leg.tables) for row in leg.rows}
    return steps.pop() if len(steps) == 1 else None


class Card(NamedTuple):
    """A numbered card: its group, and its place in the order of the group's cards (from 0)."""

    number: int
    group: str
    place: int


def card(plan: Plan, number: int) -> Card:
    """Card `number` (from 1). In the order of their numbers groups take turns, in step with their seats."""
    widths = _widths(plan)
    if not sum(widths):
        return Card(number, plan.groups[0].id if plan.groups else "", number - 1)
    group, place = _dealt(widths, -(-number // 256) * 256)[number - 1]
    return Card(number, plan.groups[group].id, place)


def _widths(plan: Plan) -> tuple[int, ...]:
    return tuple(sum(table.seats for table in plan.tables_of(group.id)) for group in plan.groups)


@lru_cache(maxsize=64)
def _dealt(widths: tuple[int, ...], count: int) -> tuple[tuple[int, int], ...]:
    """The first cards of all groups as (group, place), each card where its share of its group's seats puts it."""
    each = [
        ((place + 0.5) / width, group, place) for group, width in enumerate(widths) for place in range(count) if width
    ]
    return tuple((group, place) for _, group, place in sorted(each)[:count])


def free(plan: Plan, taken: Set[int], group: str | None = None, bare: Set[int] = frozenset()) -> tuple[Card, ...]:
    """The next cards that nobody has, of one group or of the one whose turn it is: what is left of the class that is
    being handed out, in the order of their numbers. Sizes stay within one whichever of them is taken.
    """
    widths = _widths(plan)
    if not sum(widths):
        return (card(plan, next(number for number in range(1, len(taken) + 2) if number not in taken)),)
    order = _dealt(widths, (max(taken, default=0) // 256 + 2) * 256)
    if group is None:
        count = [0] * len(widths)
        for number in taken:
            count[order[number - 1][0]] += 1
        turn = min((g for g, seats in enumerate(widths) if seats), key=lambda g: (count[g] + 0.5) / widths[g])
    else:
        turn = next(g for g, each in enumerate(plan.groups) if each.id == group)
    width = max(way(plan, plan.groups[turn].id, bare).width, 1)
    while True:
        mine = [(place, number) for number, (g, place) in enumerate(order, 1) if g == turn]
        open_ones = [each for each in mine if each[1] not in taken]
        begun = open_ones[0][0] // width if open_ones else 0
        if open_ones and len(mine) >= (begun + 1) * width:
            found = (each for each in open_ones if each[0] // width == begun)
            return tuple(Card(number, plan.groups[turn].id, place) for place, number in found)
        order = _dealt(widths, 2 * len(order))


def seats(plan: Plan, dealt: Card, bare: Set[int] = frozenset()) -> tuple[Seat, ...]:
    """Where a card sits in every round of the café; never at a `bare` table."""
    taken = []
    for leg in way(plan, dealt.group, bare).legs:
        number, start = divmod(dealt.place, len(leg.tables))
        for round, step in enumerate(leg.rows[number % len(leg.rows)], 1):
            taken.append(Seat(leg.block, leg.session, round, leg.tables[add(leg.factors, start, step)]))
    return tuple(taken)
