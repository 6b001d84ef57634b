"""How good a seating is: the score of finished seats, computed anew from the seats alone.

The search keeps its own running costs; what it says is never believed, this is what counts. The order of the goals is
the order of the fields of `Score`.
"""

from collections.abc import Sequence

import msgspec

from cafe.seating.frame import ABSENT, Frame
from cafe.seating.problem import Score


class Meetings(msgspec.Struct, frozen=True):
    """Who met whom: distinct pairs, repeats, coincidences and third meetings, without the unavoidable ones."""

    distinct: int = 0
    repeats: int = 0
    coincidences: int = 0
    thirds: int = 0


Where = Sequence[Sequence[int]]
"""For every unit its table in each round, from 0; negative when absent."""


def tables_of(frame: Frame, where: Where, r: int) -> list[int]:
    """For every table of a round the mask of who sits there."""
    groups = [0] * len(frame.caps[r])
    for u, path in enumerate(where):
        t = path[r]
        if t >= 0:
            groups[t] |= 1 << u
    return groups


def meetings(frame: Frame, where: Where, rounds: Sequence[Sequence[int]] = ()) -> Meetings:
    """Count the encounters of people: two who travel together meet a third one as two pairs. `rounds` are the tables'
    masks, if they are known.
    """
    n = len(frame.units)
    if frame.steady:
        total = _all_new(frame, where, rounds or [tables_of(frame, where, r) for r in range(frame.rounds)])
        if total >= 0:
            return Meetings(total // 2)
    met: list[list[int]] = [[] for _ in range(n)]  # whom a unit has met at least once, twice, …
    found = [0] * (frame.rounds + 1)  # first, second, third … encounters
    heavy = any(len(unit) > 1 for unit in frame.units)
    for r in range(frame.rounds):
        groups = tables_of(frame, where, r)
        for u, path in enumerate(where):
            if path[r] < 0:
                continue
            carry = groups[path[r]] & ~(1 << u) & ~frame.exempt[u]
            weight = frame.weight[u][r]
            levels = met[u]
            for times in range(len(levels) + 1):
                if not carry:
                    break
                if times == len(levels):
                    levels.append(0)
                again = carry & levels[times]
                fresh = carry ^ again
                found[times] += weight * (_people(frame, fresh, r) if heavy else fresh.bit_count())
                levels[times] |= carry
                carry = again
    first, *more = [count // 2 for count in found]
    thirds = more[1] if len(more) > 1 else 0
    return Meetings(first, sum(more), sum(times * count for times, count in enumerate(more, 1)), thirds)


def _all_new(frame: Frame, where: Where, rounds: Sequence[Sequence[int]]) -> int:
    """How many encounters there are, seen from both sides, if nobody meets anybody twice; -1 if somebody does."""
    total = 0
    for u, path in enumerate(where):
        everybody = count = 0
        hidden = ~(frame.exempt[u] | 1 << u)
        for groups, t in zip(rounds, path, strict=True):
            others = groups[t] & hidden if t >= 0 else 0
            everybody |= others
            count += others.bit_count()
        if count != everybody.bit_count():
            return -1
        total += count
    return total


def _people(frame: Frame, mask: int, r: int) -> int:
    """How many people the units of a mask are in a round."""
    total = 0
    while mask:
        low = mask & -mask
        total += frame.weight[low.bit_length() - 1][r]
        mask ^= low
    return total


def revisits(frame: Frame, where: Where) -> tuple[int, int]:
    """How often somebody has a question again, and how often a table; who stays is not counted. By people."""
    questions = tables = 0
    for u, path in enumerate(where):
        if frame.stays[u]:
            continue
        if frame.steady and len(set(path)) == len(path) and len(frame.problem.stages) == 1 and not frame.shared:
            continue
        seated = [r for r, t in enumerate(path) if t >= 0]
        weight = len(frame.units[u])
        tables += weight * (len(seated) - len({frame.place[r][path[r]] for r in seated}))
        if frame.shared:
            questions += weight * (len(seated) - len({frame.question[r][path[r]] for r in seated}))
    return (questions, tables) if frame.shared else (tables, tables)


def sizes(frame: Frame, where: Where, r: int) -> list[int]:
    """How many people sit at each table of a round."""
    if frame.steady:
        return [group.bit_count() for group in tables_of(frame, where, r)]
    found = [0] * len(frame.caps[r])
    for u, path in enumerate(where):
        if path[r] >= 0:
            found[path[r]] += frame.weight[u][r]
    return found


def score(frame: Frame, where: Where) -> tuple[Score, Meetings]:
    """The score of a seating, and its meetings."""
    hard = uneven = changed = alone = sectors = organisations = known = 0
    announced = frame.problem.announced
    pins = any(t >= 0 for fixed in frame.fixed for t in fixed)
    mix = [
        (masks, same)
        for masks, same in ((frame.sector, "sectors"), (frame.organisation, "organisations"))
        if any(masks)
    ]
    pairs = {"sectors": 0, "organisations": 0}
    rounds = [tables_of(frame, where, r) for r in range(frame.rounds)]
    for r in range(frame.past, frame.rounds):
        groups = rounds[r]
        found = [group.bit_count() for group in groups] if frame.steady else sizes(frame, where, r)
        hard += sum(size - cap for size, cap in zip(found, frame.caps[r], strict=True) if size > cap)
        uneven += max(0, sum(size * size for size in found) - frame.quota[r])
        if pins:
            hard += sum(where[u][r] != fixed[r] for u, fixed in enumerate(frame.fixed) if fixed[r] >= 0)
        if any(frame.apart):
            hard += (
                sum((groups[p[r]] & a).bit_count() for p, a in zip(where, frame.apart, strict=True) if p[r] >= 0) // 2
            )
        if frame.mixed_languages:
            alone += sum(lonely(frame, group) for group in groups)
        for masks, same in mix:
            pairs[same] += (
                sum((groups[p[r]] & m).bit_count() for p, m in zip(where, masks, strict=True) if p[r] >= 0) // 2
            )
        if any(frame.known):
            known += _known(frame, groups)
        if r < len(announced):
            changed += _changed(frame, where, r)
    asked, again = revisits(frame, where)
    met = meetings(frame, where, rounds)
    by_policy = (
        (met.coincidences, met.thirds) if frame.problem.rules.repeats == "spread" else (met.repeats, met.coincidences)
    )
    if mix:
        least = [fewest_pairs(frame, word) for word in ("sector", "organisation")]
        sectors = max(0, pairs["sectors"] - least[0]) if any(frame.sector) else 0
        organisations = max(0, pairs["organisations"] - least[1]) if any(frame.organisation) else 0
    found_score = Score(
        hard,
        asked if frame.shared else 0,
        again,
        uneven // 2,
        changed,
        alone,
        *by_policy,
        sectors,
        organisations,
        known,
    )
    return found_score, met


def lonely(frame: Frame, group: int) -> int:
    """How many of a table share no language with anybody there; somebody alone at a table is not counted."""
    count, rest = 0, group & frame.choosy
    if not group & (group - 1):
        return 0
    while rest:
        low = rest & -rest
        count += not group & frame.shares[low.bit_length() - 1]
        rest ^= low
    return count


def fewest_pairs(frame: Frame, word: str) -> int:
    """The least number of pairs of one sector (or organisation) at a table over the rounds still ahead: each spread
    evenly over the open tables, counted by units.
    """
    total = 0
    for r in range(frame.past, frame.rounds):
        counts: dict[str, int] = {}
        for u, unit in enumerate(frame.units):
            if frame.fixed[u][r] != ABSENT:
                for each in {getattr(frame.problem.people[number], word) for number in unit} - {""}:
                    counts[each] = counts.get(each, 0) + 1
        tables = sum(cap > 0 for cap in frame.caps[r])
        for count in counts.values():
            each, more = divmod(count, tables)
            total += tables * each * (each - 1) // 2 + more * each
    return total


def _known(frame: Frame, groups: Sequence[int]) -> int:
    total = 0
    for pair, times in frame.problem.rules.known.items():
        both = [frame.unit_of[each] for each in pair if each in frame.unit_of]
        if len(both) == 2 and both[0] != both[1]:
            mask = 1 << both[0] | 1 << both[1]
            total += times * any(group & mask == mask for group in groups)
    return total


def _changed(frame: Frame, where: Where, r: int) -> int:
    """How many announced seats of a round are no longer so; who has left or was told nothing is not counted."""
    told, people = frame.problem.announced[r], frame.problem.people
    changed = 0
    for u, unit in enumerate(frame.units):
        if where[u][r] >= 0:
            name = frame.tables[r][where[u][r]]
            changed += sum(people[number].id in told and told[people[number].id] != name for number in unit)
    return changed
