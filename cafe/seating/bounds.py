"""What no seating can go below: lower bounds that are proved, so that "the best possible" is never a figure of speech.

Counting: more meetings than pairs are repeats. Pigeonhole: people of one table who may only go to n others meet again
when they are more than n. Six tables: no two orthogonal Latin squares of order 6 exist (G. Tarry, 1901), so that 30
people who move cannot have four rounds without meeting anybody twice. All hold given what goes before: even sizes, no
question and no table twice.
"""

from collections.abc import Sequence
from heapq import heapify, heapreplace

from cafe.i18n import N_
from cafe.seating.frame import FREE, Frame
from cafe.seating.problem import Bound

TARRY = N_("six tables of five people who move cannot have four rounds without a repeat (Tarry 1901)")


def bound(frame: Frame) -> Bound:
    """The lower bounds of a problem."""
    questions, tables = _returns(frame)
    coincidences = repeats = 0
    for later in range(1, frame.rounds):
        shared = [_again(frame, r, later, questions, tables) for r in range(later)]
        coincidences += sum(shared)
        repeats += max(shared)
    met, pairs = _counted(frame)
    each, more = divmod(met, pairs) if pairs else (0, 0)
    repeats = max(repeats, met - pairs)
    coincidences = max(coincidences, pairs * each * (each - 1) // 2 + more * each, repeats)
    uneven = 0 if questions else _uneven(frame)
    if not repeats and _tarry(frame):
        return Bound(questions, tables, uneven, 1, 1, TARRY)
    return Bound(questions, tables, uneven, repeats, coincidences)


def _uneven(frame: Frame) -> int:
    """By how much sizes must be uneven where tables share questions and nobody is to have one twice.

    A question is had at most once by each who moves; so its tables take at most that many over all rounds, and if the
    questions lie on unequally many tables, even sizes would bring somebody back. The cheapest squares under these
    limits are found one by one, as they are convex.
    """
    if not frame.shared or frame.past:
        return 0
    base: dict[int, list[int]] = {}
    limit: dict[int, int] = {}
    ahead = 0
    for r in range(frame.rounds):
        bound_here = [0] * len(frame.caps[r])
        for u, fixed in enumerate(frame.fixed):
            if fixed[r] == FREE and not frame.stays[u]:
                ahead += frame.weight[u][r]
            elif fixed[r] >= 0:
                bound_here[fixed[r]] += frame.weight[u][r]
        for t, cap in enumerate(frame.caps[r]):
            if cap:
                base.setdefault(frame.question[r][t], []).append(bound_here[t])
    for question in base:
        limit[question] = sum(
            max(weights) for u, weights in enumerate(frame.weight) if not frame.stays[u] and FREE in frame.fixed[u]
        )
    # Within a question the seats fill evenly; one more costs twice the smallest size and one.
    heap = []
    for question, sizes in base.items():
        heapify(sizes)
        heap.append((sizes[0], question))
    heapify(heap)
    squares = sum(size * size for sizes in base.values() for size in sizes)
    for _ in range(ahead):
        size, question = heap[0]
        if size >= 1 << 30:
            return 0
        squares += 2 * size + 1
        heapreplace(base[question], size + 1)
        limit[question] -= 1
        heapreplace(heap, (base[question][0] if limit[question] else 1 << 30, question))
    return max(0, squares - sum(frame.quota)) // 2


def _returns(frame: Frame) -> tuple[int, int]:
    """How often somebody must have a question again, and a table again."""
    questions = tables = 0
    for u, unit in enumerate(frame.units):
        if frame.stays[u]:
            continue
        rounds = [r for r, weight in enumerate(frame.weight[u]) if weight]
        for names, count in ((frame.place, "tables"), (frame.question, "questions")):
            if count == "questions" and not frame.shared:
                continue
            choice = set()
            for r in rounds:
                t = frame.fixed[u][r]
                choice |= (
                    {names[r][t]} if t >= 0 else {n for n, cap in zip(names[r], frame.caps[r], strict=True) if cap}
                )
            forced = len(unit) * max(0, _must_return(frame, u, rounds, names, len(choice)))
            tables, questions = (tables + forced, questions) if count == "tables" else (tables, questions + forced)
    return questions, tables


def _must_return(frame: Frame, u: int, rounds: Sequence[int], names: Sequence[Sequence[int]], choice: int) -> int:
    """Rounds beyond the choice, or bindings that already name the same twice."""
    bound_to = [names[r][frame.fixed[u][r]] for r in rounds if frame.fixed[u][r] >= 0]
    by_stage = 0
    for stage in set(frame.stage):
        here = [r for r in rounds if frame.stage[r] == stage]
        if here:
            by_stage += max(0, len(here) - len({n for r in here for n in names[r]}))
    return max(len(rounds) - choice, len(bound_to) - len(set(bound_to)), by_stage)


def _again(frame: Frame, first: int, later: int, questions: int, tables: int) -> int:
    """Pairs that meet in both of two rounds, at least: each table's people go where they still may, spread evenly."""
    movers = [
        u
        for u, fixed in enumerate(frame.fixed)
        if not frame.stays[u] and frame.weight[u][first] and fixed[later] == FREE and frame.weight[u][later]
    ]
    if not movers or (first < frame.past and later < frame.past):
        return 0
    open_later = [t for t, cap in enumerate(frame.caps[later]) if cap]

    def choices(t: int) -> int:
        return sum(
            not (not tables and frame.place[later][o] == frame.place[first][t])
            and not (not questions and frame.shared and frame.question[later][o] == frame.question[first][t])
            for o in open_later
        )

    if first < frame.past:
        counts = [0] * len(frame.caps[first])
        for u in movers:
            counts[frame.fixed[u][first]] += 1
        return sum(_boxes(count, choices(t)) for t, count in enumerate(counts) if count)
    # The cheapest way to spread the movers over the tables of the first round: the cost of one more is convex.
    heap = [(_step(0, n), t, 0, n, cap) for t, cap in enumerate(frame.caps[first]) if cap and (n := choices(t))]
    if not heap:
        return 0
    heapify(heap)
    total = 0
    for _ in movers:
        step, t, count, n, cap = heap[0]
        if count >= cap:
            return total
        total += step
        full = count + 1 >= cap
        heapreplace(heap, (1 << 30 if full else _step(count + 1, n), t, count + 1, n, cap))
    return total


def _step(count: int, boxes: int) -> int:
    """What one more costs where `count` are spread evenly over `boxes`."""
    return count // boxes


def _boxes(count: int, boxes: int) -> int:
    """Pairs in one box when `count` are spread evenly over `boxes`."""
    each, more = divmod(count, max(1, boxes))
    return boxes * each * (each - 1) // 2 + more * each


def _counted(frame: Frame) -> tuple[int, int]:
    """The least number of meetings, and how many pairs there are to meet; nothing where people travel together."""
    n = len(frame.units)
    if n != len(frame.problem.people) or n > 400:
        return 0, 0
    met = sum(size * (size - 1) // 2 for r in range(frame.past, frame.rounds) for size in frame.level(r))
    for r in range(frame.past):
        counts: dict[int, int] = {}
        for fixed in frame.fixed:
            if fixed[r] >= 0:
                counts[fixed[r]] = counts.get(fixed[r], 0) + 1
        met += sum(count * (count - 1) // 2 for count in counts.values())
    pairs = n * (n - 1) // 2
    staying = [u for u in range(n) if frame.stays[u]]
    pairs -= len(staying) * (len(staying) - 1) // 2
    for r in range(frame.rounds):
        homes = [frame.fixed[u][r] for u in staying if frame.fixed[u][r] >= 0]
        met -= sum(homes.count(t) * (homes.count(t) - 1) // 2 for t in set(homes))
    return met, pairs


def _tarry(frame: Frame) -> bool:
    """Whether the problem is six tables, at least four rounds at them, and 30 people who move all the time."""
    moving = [u for u in range(len(frame.units)) if not frame.stays[u]]
    return (
        len(moving) == 30
        and frame.rounds >= 4
        and not frame.past
        and len(frame.problem.stages) == 1
        and all(sum(cap > 0 for cap in caps) == 6 for caps in frame.caps)
        and all(weight == 1 for u in moving for weight in frame.weight[u])
    )
