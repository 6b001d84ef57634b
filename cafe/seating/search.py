"""Finding seats where no design gives them: a greedy start, tabu search for what comes first, annealing for the mix.

Tabu search over exchanges of two people of a round: W. Harvey and T. Winterer, Solving the MOLR and social golfer
problems, CP 2005; I. Dotú and P. Van Hentenryck, Scheduling social golfers locally, CPAIOR 2005. Everything is counted
in steps, never in seconds, so that the same seed gives the same seats on every machine.
"""

from collections.abc import Callable
from math import gcd
from typing import Final

from cafe.seating.board import Board
from cafe.seating.chance import Chance
from cafe.seating.frame import FREE, Frame

Stop = Callable[[], bool]

TURN: Final = 10
"""What a turn costs beside the changes that it weighs."""


def scatter(frame: Frame, chance: Chance) -> list[list[int]]:
    """Even sizes in every round, each person at the table that costs least so far; what is bound is bound."""
    where = [[t if t != FREE else -1 for t in fixed] for fixed in frame.fixed]
    for r in range(frame.past, frame.rounds):
        quota = frame.level(r)
        board = Board(frame, where)
        room = [most - size for most, size in zip(quota, board.sizes[r], strict=True)]
        movers = [u for u, fixed in enumerate(frame.fixed) if fixed[r] == FREE]
        chance.shuffle(movers)
        movers.sort(key=lambda u: -frame.weight[u][r])
        groups = list(board.groups[r])
        for u in movers:
            weight = frame.weight[u][r]
            open_tables = [t for t, cap in enumerate(frame.caps[r]) if cap]
            t = min(
                open_tables,
                key=lambda t: (
                    max(0, weight - room[t]),
                    (groups[t] & frame.apart[u]).bit_count(),
                    board.asked[u][frame.question[r][t]],
                    board.visits[u][frame.place[r][t]],
                    board.met(u, groups[t]),
                    -room[t],
                ),
            )
            room[t] -= weight
            groups[t] |= 1 << u
            where[u][r] = t
    return where


def in_turn(frame: Frame, chance: Chance) -> list[list[int]] | None:
    """A start in which nobody has a question twice: everybody goes round the questions, from as many starts and in
    as many strides as there are; within a question to the table that costs least. None where there are fewer questions
    than rounds, several sessions or a past.
    """
    asked = [
        sorted({q for q, cap in zip(names, caps, strict=True) if cap})
        for names, caps in zip(frame.question, frame.caps, strict=True)
    ]
    n = len(asked[0])
    if frame.past or len(frame.problem.stages) > 1 or n < frame.rounds or any(each != asked[0] for each in asked):
        return None
    strides = [step for step in range(1, n) if gcd(step, n) == 1] or [1]
    where = [[t if t != FREE else -1 for t in fixed] for fixed in frame.fixed]
    movers = [u for u, fixed in enumerate(frame.fixed) if FREE in fixed]
    chance.shuffle(movers)
    for r in range(frame.rounds):
        board = Board(frame, where)
        groups, count = list(board.groups[r]), list(board.sizes[r])
        tables: dict[int, list[int]] = {}
        for t, cap in enumerate(frame.caps[r]):
            if cap:
                tables.setdefault(frame.question[r][t], []).append(t)
        for at, u in enumerate(movers):
            if frame.fixed[u][r] != FREE:
                continue
            choice = tables[asked[0][(at + r * strides[at // n % len(strides)]) % n]]
            share = min(count[t] for t in choice)
            t = min(
                choice,
                key=lambda t: (
                    count[t] >= frame.caps[r][t],
                    count[t] > share + 1,
                    board.visits[u][frame.place[r][t]],
                    board.met(u, groups[t]),
                    count[t],
                ),
            )
            groups[t] |= 1 << u
            count[t] += frame.weight[u][r]
            where[u][r] = t
    return where


def tabu(board: Board, chance: Chance, budget: int, goal: int, stop: Stop | None = None) -> tuple[list[list[int]], int]:
    """Improve a board until its cost is `goal` or `budget` changes were weighed; gives the best seats and what it took.

    A troubled person is drawn; the best change of that person in that round is made even if it costs, and is not undone
    for a few turns.
    """
    frame = board.frame
    rounds = list(range(frame.past, frame.rounds))
    movers = {r: [u for u in range(len(frame.units)) if board.free(u, r)] for r in rounds}
    rounds = [r for r in rounds if movers[r]]
    best, best_cost, used, turn, idle = [list(path) for path in board.where], board.cost, 0, 0, 0
    banned: dict[tuple[int, int, int], int] = {}
    while rounds and used < budget and best_cost > goal:
        turn += 1
        if frame.shared:
            used += TURN
            _cross(board, chance, rounds, movers)
        r, u = _troubled(board, chance, rounds, movers)
        used += TURN
        choice, cheapest = _best(board, r, u, movers[r], banned, turn, best_cost - board.cost, chance)
        used += len(movers[r])
        if choice is None:
            continue
        old, (v, t) = board.where[u][r], choice
        banned[u, r, old] = turn + 6 + chance.below(8)
        if v >= 0:
            banned[v, r, t] = turn + 6 + chance.below(8)
            board.exchange(r, u, v)
        else:
            board.step(r, u, t)
        board.cost += cheapest
        idle += 1
        if board.cost < best_cost:
            best, best_cost, idle = [list(path) for path in board.where], board.cost, 0
        elif idle > 400 + 4 * len(frame.units):
            _shake(board, chance, rounds, movers)
            idle = 0
        if not turn & 31 and stop is not None and stop():
            break
    return best, used


def _troubled(board: Board, chance: Chance, rounds: list[int], movers: dict[int, list[int]]) -> tuple[int, int]:
    """Somebody whose seat could be better, or after a few draws anybody."""
    for _ in range(30):
        r = rounds[chance.below(len(rounds))]
        u = movers[r][chance.below(len(movers[r]))]
        if board.troubled(u, r):
            return r, u
    return r, u


def _best(
    board: Board,
    r: int,
    u: int,
    others: list[int],
    banned: dict[tuple[int, int, int], int],
    turn: int,
    aspire: int,
    chance: Chance,
) -> tuple[tuple[int, int] | None, int]:
    """The cheapest change for u in a round: (v, its table) for an exchange, (-1, a table) for a step; and its price."""
    frame = board.frame
    a = board.where[u][r]
    cheapest, choice, ties = 1 << 60, None, 1
    here = board.groups[r][a]
    only_u = here & ~(1 << u)
    saved = board.saved(u, here)
    caps = frame.caps[r]
    # What u's coming costs at each table as it is; who leaves in exchange is taken off below.
    coming = [
        board.met(u, group) + board.arriving(u, r, t) if t != a and caps[t] else 0
        for t, group in enumerate(board.groups[r])
    ]
    plain = not frame.mixed_languages
    weight = frame.weight[u][r]
    barred = [banned.get((u, r, t), 0) >= turn for t in range(len(caps))]
    for v in others:
        b = board.where[v][r]
        if b == a:
            continue
        if plain and frame.weight[v][r] == weight:
            d = coming[b] - saved - board.met(u, 1 << v) + board.met(v, only_u) - board.saved(v, board.groups[r][b])
            if d > cheapest + 1000000:
                continue
            d += board.arriving(v, r, a)
        else:
            d = board.exchange_delta(r, u, v)
        if d > cheapest or ((barred[b] or banned.get((v, r, a), 0) >= turn) and d >= aspire):
            continue
        if d < cheapest:
            cheapest, choice, ties = d, (v, b), 1
        else:
            ties += 1
            if not chance.below(ties):
                choice = v, b
    sizes = board.sizes[r]
    for t, cap in enumerate(caps):
        if t != a and sizes[t] + weight <= cap and (sizes[t] < sizes[a] or frame.shared):
            d = board.step_delta(r, u, t)
            if d < cheapest and (not barred[t] or d < aspire):
                cheapest, choice = d, (-1, t)
    return choice, cheapest


def _cross(board: Board, chance: Chance, rounds: list[int], movers: dict[int, list[int]]) -> None:
    """Let two people change places in two rounds at once, of whom each has in one round the question that the other has
    in the other: nobody gets a question twice by it, and no single exchange leads there. Not made if it costs anything.
    """
    frame, where = board.frame, board.where
    r, later = (rounds[chance.below(len(rounds))] for _ in range(2))
    u = movers[r][chance.below(len(movers[r]))]
    first, second = frame.question[r], frame.question[later]
    if r == later or not board.free(u, later):
        return
    asked = first[where[u][r]], second[where[u][later]]
    mirrored = [
        v
        for v in movers[r]
        if board.free(v, later) and (second[where[v][later]], first[where[v][r]]) == asked and asked[0] != asked[1]
    ]
    if not mirrored:
        return
    v = mirrored[chance.below(len(mirrored))]
    price = board.exchange_delta(r, u, v)
    board.exchange(r, u, v)
    price += board.exchange_delta(later, u, v)
    if price <= 0:
        board.exchange(later, u, v)
        board.cost += price
    else:
        board.exchange(r, u, v)


def _shake(board: Board, chance: Chance, rounds: list[int], movers: dict[int, list[int]]) -> None:
    """A few exchanges by chance, out of a valley."""
    for _ in range(4):
        r = rounds[chance.below(len(rounds))]
        u, v = (movers[r][chance.below(len(movers[r]))] for _ in range(2))
        if board.where[u][r] != board.where[v][r]:
            board.cost += board.exchange_delta(r, u, v)
            board.exchange(r, u, v)
