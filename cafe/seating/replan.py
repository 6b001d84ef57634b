"""The real room: people come late, leave, stay where they are, tables close; only the future changes, and as little of
it as can be.

`replan` offers up to three proposals with their price. `keep` changes no announced seat that need not change: a late
person is seated in the running round at once and nobody else moves. `even` moves as few people as make sizes even
again. `mix` plans everything ahead anew. Nothing that has happened changes, and pins hold. Undo is the caller's: the
seats before are still there.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from cafe.seating.board import Board
from cafe.seating.chair import cheapest, settle
from cafe.seating.chance import Chance
from cafe.seating.frame import ABSENT, FREE, Frame
from cafe.seating.goals import score, sizes
from cafe.seating.planner import Where, replaced
from cafe.seating.problem import Person, Problem, Score, Seats, Table
from cafe.seating.search import Stop, tabu

Kind = Literal["keep", "even", "mix"]


class Change(msgspec.Struct, frozen=True):
    """An announced seat that is no longer so; `old` is "" for one that was not announced, `new` for one given up."""

    round: int
    person: str
    old: str
    new: str


class Proposal(msgspec.Struct, frozen=True):
    """One way on: seats of all rounds, what changes, and the price.

    `changed` are announced seats that change, without those of people who come or leave. `uneven` is by how much the
    largest table of a round ahead exceeds the smallest, `over` how many people sit over a limit, `repeats` the
    repeated encounters of the whole.
    """

    kind: Kind
    seats: Seats
    score: Score
    changes: tuple[Change, ...]
    changed: int
    uneven: int
    over: int
    repeats: int
    problem: Problem


class News(msgspec.Struct, frozen=True, omit_defaults=True):
    """What has happened in the room since the seats were planned.

    `arrivals` come now, `departures` are people who left; `stays` says who remains where they sit now (a host who
    volunteers, somebody who cannot move), `moves_again` who no longer does; `closed` are tables that are closed or
    merged into another from the next round, `opened` new ones; `pins` are seats to hold: (round, person) → table.
    """

    arrivals: tuple[Person, ...] = ()
    departures: tuple[str, ...] = ()
    stays: Mapping[str, str] = {}
    moves_again: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    opened: tuple[Table, ...] = ()
    pins: Mapping[tuple[int, str], str] = {}


def replan(
    problem: Problem,
    seats: Seats,
    news: News,
    *,
    round: int,
    kinds: Sequence[Kind] = ("keep", "even"),
    seed: int = 0,
    budget: int = 20_000,
    stop: Stop | None = None,
) -> list[Proposal]:
    """What could be done about `news` while `round` is running (0: before the first).

    `problem` and `seats` are those that hold now. Rounds up to `round` are past for everybody who is there; who arrives
    is seated in the running round, too. Proposals come in the order of `kinds`, without doubles.
    """
    after = renewed(problem, seats, news, round)
    where, frame, loose = _keep(after, seats, news, round)
    found: list[Proposal] = []
    for kind in kinds:
        if kind == "even":
            where_then = _even(frame, where, loose)
        elif kind == "mix":
            where_then = _mix(frame, where, seed, budget, stop)
        else:
            where_then = where
        proposal = _proposal(kind, frame, where_then, seats)
        if all(proposal.seats != other.seats for other in found):
            found.append(proposal)
    return found


def needs_choice(proposals: Sequence[Proposal]) -> bool:
    """Whether people should choose: keeping all breaks a rule. Otherwise the first is taken by itself."""
    return bool(proposals) and (proposals[0].over > 0 or proposals[0].score.hard > 0)


def renewed(problem: Problem, seats: Seats, news: News, round: int) -> Problem:
    """The problem as it is now: the past as it was, the newcomers in it from the running round on."""
    gone, known = set(news.departures), {person.id for person in problem.people}
    people = []
    for person in problem.people:
        if person.id in gone:
            if round:
                people.append(msgspec.structs.replace(person, leaves=round + 1, stays=""))
            continue
        stays = "" if person.id in news.moves_again else person.stays
        people.append(msgspec.structs.replace(person, stays=news.stays.get(person.id, stays)))
    now = max(round, 1)
    for person in news.arrivals:
        if person.id in known:
            people = [each for each in people if each.id != person.id]
        people.append(msgspec.structs.replace(person, arrives=now, leaves=0))
    stages = []
    for stage in problem.stages:
        tables = [
            msgspec.structs.replace(table, closes=round + 1) if table.id in news.closed else table
            for table in stage.tables
        ]
        tables += [msgspec.structs.replace(table, opens=round + 1) for table in news.opened]
        stages.append(msgspec.structs.replace(stage, tables=tuple(tables)))
    pins = {key: table for key, table in problem.pins.items() if key[1] not in gone and key[0] > round}
    return replaced(
        problem,
        people=tuple(people),
        stages=tuple(stages),
        pins={**pins, **news.pins},
        past=tuple(seats[:round]),
        announced=seats,
    )


def _keep(problem: Problem, seats: Seats, news: News, round: int) -> tuple[Where, Frame, set[int]]:
    """Everybody keeps their seats; who has none is put where it costs least. Gives also who was put so."""
    if news.arrivals and round:
        problem = _seat_now(problem, {person.id for person in news.arrivals}, set(news.departures), round)
    frame = Frame(problem)
    where: Where = [list(fixed) for fixed in frame.fixed]
    missing: list[int] = []
    for u, unit in enumerate(frame.units):
        for r in range(frame.past, frame.rounds):
            if frame.fixed[u][r] != FREE:
                continue
            told = [seats[r].get(problem.people[n].id, "") for n in unit] if r < len(seats) else [""]
            t = next((frame.index[r][name] for name in told if name in frame.index[r]), -1)
            where[u][r] = t if t >= 0 and frame.caps[r][t] else -1
        if FREE in frame.fixed[u] and any(
            where[u][r] < 0 and frame.fixed[u][r] == FREE for r in range(frame.past, frame.rounds)
        ):
            missing.append(u)
    board = _board(frame, where)
    vacated = [
        [frame.index[r].get(seats[r].get(name, ""), -1) if r < len(seats) else -1 for r in range(frame.rounds)]
        for name in news.departures
    ]
    gaps = {(u, r) for u in missing for r, t in enumerate(where[u]) if t < 0 and frame.fixed[u][r] == FREE}
    for at, u in enumerate(missing):
        settle(board, where, u, missing[at + 1 :], vacated)
    _trade(board, where, gaps)
    if problem.rules.mode == "home" and frame.rounds > 1:
        _home(frame, where, missing)
    return where, frame, set(missing)


def _seat_now(problem: Problem, arriving: set[str], gone: set[str], round: int) -> Problem:
    """The past with the newcomers in it, at the table of the running round that costs least: nobody else moves. The
    chairs of who has just left are free.
    """
    before = replaced(problem, past=problem.past[: round - 1], rules=msgspec.structs.replace(problem.rules, mode="mix"))
    frame = Frame(before)
    r = round - 1
    where: Where = [list(fixed) for fixed in frame.fixed]
    now = problem.past[r]
    for u, unit in enumerate(frame.units):
        for later in range(r, frame.rounds):
            name = problem.people[unit[0]].id
            told = now.get(name, "") if later == r and name not in gone else ""
            if where[u][later] >= FREE:
                where[u][later] = frame.index[r].get(told, -1) if later == r else -1
    board = _board(frame, where)
    seated = dict(now)
    for person in problem.people:
        if person.id in arriving and person.id not in seated:
            u = frame.unit_of[person.id]
            if where[u][r] < 0:
                home = frame.fixed[u][r]
                where[u][r] = home if home >= 0 else cheapest(board, where, u, r)
                board.put(u, r, where[u][r])
            seated[person.id] = frame.tables[r][where[u][r]]
    return replaced(problem, past=(*problem.past[:r], seated))


def _board(frame: Frame, where: Where) -> Board:
    return Board(frame, [[t if t >= 0 else ABSENT for t in path] for path in where])


def _trade(board: Board, where: Where, gaps: set[tuple[int, int]]) -> None:
    """Exchange seats that nobody was told yet (unit, round), where that spares a repeated encounter."""
    for r in range(board.frame.past, board.frame.rounds):
        loose = sorted(u for u, gap in gaps if gap == r)
        for at, u in enumerate(loose):
            for v in loose[at + 1 :]:
                if board.where[u][r] != board.where[v][r] and board.exchange_delta(r, u, v) < 0:
                    board.exchange(r, u, v)
        for u in loose:
            where[u][r] = board.where[u][r]


def _home(frame: Frame, where: Where, newcomers: Sequence[int]) -> None:
    """In the mode home, a newcomer's last round is where the first one was."""
    last = frame.rounds - 1
    for u in newcomers:
        first = next((r for r, t in enumerate(where[u]) if t >= 0), last)
        name = frame.tables[first][where[u][first]]
        t = frame.index[last].get(name, -1)
        if first < last and t >= 0 and frame.fixed[u][last] == FREE and frame.caps[last][t]:
            where[u][last] = t


def _even(frame: Frame, where: Where, loose: set[int]) -> Where:
    """As few moves as make sizes as even as they can be; newcomers move first, as nobody told them yet."""
    path = [list(each) for each in where]
    board = Board(frame, path)
    for r in range(frame.past, frame.rounds):
        while True:
            count, caps = board.sizes[r], frame.caps[r]
            low = min((t for t, cap in enumerate(caps) if count[t] < cap), key=lambda t: count[t], default=-1)
            if low < 0:
                break
            over = [t for t, cap in enumerate(caps) if count[t] > cap]
            most = max(count)
            high = over or [t for t, size in enumerate(count) if size == most and size - count[low] > 1]
            least = [t for t, cap in enumerate(caps) if count[t] < cap and count[t] == count[low]]
            ways = [
                (board.step_delta(r, u, t), u not in loose, u, t)
                for u in range(len(frame.units))
                if board.free(u, r) and board.where[u][r] in high and frame.weight[u][r] == 1
                for t in least
            ]
            if not ways:
                break
            _, _, u, t = min(ways)
            board.step(r, u, t)
    return [list(each) for each in board.where]


def _mix(frame: Frame, where: Where, seed: int, budget: int, stop: Stop | None) -> Where:
    """Everything ahead anew, from the even seats."""
    board = Board(frame, _even(frame, where, set()))
    found, _ = tabu(board, Chance(seed), budget, 0, stop)
    even = [list(path) for path in _even(frame, where, set())]
    free = _without_announcements(frame)
    return min((found, even), key=lambda each: score(free, each)[0])


def _without_announcements(frame: Frame) -> Frame:
    return Frame(replaced(frame.problem, announced=()))


def _proposal(kind: Kind, frame: Frame, where: Where, before: Seats) -> Proposal:
    seats = frame.seats(where)
    judged, met = score(frame, where)
    changes = []
    for r in range(frame.rounds):
        old, new = (before[r] if r < len(before) else {}), seats[r]
        for name in (*new, *(each for each in old if each not in new)):
            if old.get(name, "") != new.get(name, ""):
                changes.append(Change(r + 1, name, old.get(name, ""), new.get(name, "")))
    uneven = over = 0
    for r in range(frame.past, frame.rounds):
        found = [(size, cap) for size, cap in zip(sizes(frame, where, r), frame.caps[r], strict=True) if cap or size]
        uneven = max(uneven, max(size for size, _ in found) - min(size for size, _ in found))
        over += sum(max(0, size - cap) for size, cap in found)
    changed = sum(bool(change.old and change.new) for change in changes)
    return Proposal(kind, seats, judged, tuple(changes), changed, uneven, over, met.repeats, frame.problem)
