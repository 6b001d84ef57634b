"""Random rooms to plan: everyday ones, and ones full of rules. The same seed gives the same rooms."""

import random
from collections.abc import Iterator

from cafe.seating.problem import Person, Problem, Rules, Stage, Table, room

SECTORS = ("city", "firms", "schools", "culture", "citizens")
SECTOR_WEIGHTS = (5, 4, 3, 2, 1)


def everyday(count: int, seed: int = 7, *, equal: bool = True) -> Iterator[Problem]:
    """Rooms of 12 to 80 people, 4 to 8 at a table, 2 to 5 rounds, hosts in most; in a third tables share questions in
    turn, at least as many questions as rounds. With `equal` each question lies on as many tables as the others, as an
    organiser would do it; otherwise even sizes and no question twice often exclude each other.
    """
    dice = random.Random(seed)
    for number in range(count):
        people, tables, rounds, questions = _size(dice)
        if number % 3:
            questions = 0
        else:
            while not rounds <= questions < tables or (equal and tables % questions):
                people, tables, rounds, questions = _size(dice)
        hosts = dice.random() < 0.7
        yield room(
            [Person(str(p), stays=str(p) if hosts and p <= tables else "") for p in range(1, people + 1)],
            [Table(str(t + 1), question=f"q{t % questions}" if questions else "") for t in range(tables)],
            rounds,
        )


def _size(dice: random.Random) -> tuple[int, int, int, int]:
    """People, tables, rounds, and how many questions there might be."""
    while True:
        people, rounds = dice.randint(12, 80), dice.randint(2, 5)
        tables = round(people / dice.randint(4, 8))
        if tables >= max(3, rounds):
            return people, tables, rounds, dice.randint(2, 6)


def ruled(count: int, seed: int = 11) -> Iterator[Problem]:
    """Rooms of 10 to 60 people with pairs apart and together, people who stay, languages, uneven limits, sectors,
    people who come late and leave, pins. Some of them cannot be had; then something must say so.
    """
    dice = random.Random(seed)
    for _ in range(count):
        yield _ruled(dice)


def _ruled(dice: random.Random) -> Problem:
    count = dice.randint(10, 60)
    tables = max(3, round(count / dice.randint(4, 7)))
    rounds = dice.randint(2, min(5, tables))
    names = [f"p{number}" for number in range(count)]
    limits = [0] * tables
    if dice.random() < 0.6:
        fair = -(-count // tables)
        limits = [max(2, fair + dice.choice((-1, 0, 1, 1, 2, 3))) for _ in range(tables)]
    questions = dice.choice((0, 0, max(rounds, 2)))
    room_tables = tuple(
        Table(f"t{t}", limits[t], question=f"q{t % questions}" if questions else "") for t in range(tables)
    )
    staying = (
        dict(zip(dice.sample(names, tables), (t.id for t in room_tables), strict=True)) if dice.random() < 0.6 else {}
    )
    for name in dice.sample(names, dice.choice((0, 0, 1, 2))):
        staying[name] = dice.choice(room_tables).id
    people = []
    for name in names:
        languages = frozenset(dice.choice((("ro",), ("ro", "en"), ("en",), ()))) if dice.random() < 0.3 else frozenset()
        late, early = dice.random() < 0.05, dice.random() < 0.05
        people.append(
            Person(
                name,
                dice.choices(SECTORS, SECTOR_WEIGHTS)[0],
                dice.choice(("", "a", "b", "c", "d")),
                languages,
                staying.get(name, ""),
                2 if late else 1,
                rounds if early and rounds > 2 else 0,
            )
        )
    pairs = [frozenset(dice.sample(names, 2)) for _ in range(dice.randint(0, count // 3))]
    together = [frozenset(dice.sample(names, dice.choice((2, 2, 3)))) for _ in range(dice.choice((0, 0, 1, 2)))]
    pins = {}
    for _ in range(dice.choice((0, 0, 0, 2))):
        person = dice.choice(people)
        if not person.stays:
            pins[dice.randint(2, rounds), person.id] = dice.choice(room_tables).id
    half = len(pairs) // 2
    rules = Rules(frozenset(pairs[:half]), tuple(together), dict.fromkeys(pairs[half:], 1))
    return Problem(tuple(people), (Stage(room_tables, rounds),), rules, pins)
