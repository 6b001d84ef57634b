"""What a seating is asked for: people, tables, rounds, rules; and what comes back: seats with their score.

The terms are the field's: an *encounter* is two people at one table in one round; a *repeat* is an encounter of two who
have met before; a *coincidence* counts every pair of meetings of a pair (three meetings are two repeats, three
coincidences); a *revisit* is a return to a table. Frozen values only; nothing here computes.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

Policy = Literal["spread", "max-new"]
Mode = Literal["mix", "together", "home"]
Pair = frozenset[str]
Seats = tuple[dict[str, str], ...]
"""For every round (the first one at 0) who sits at which table; nobody stands there who is not in the room."""


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody to be seated. `stays` is the table of a host or of somebody who cannot move. Present from round
    `arrives` (from 1) until before round `leaves`; 0 is to the end. Without languages a person speaks with everybody.
    """

    id: str
    sector: str = ""
    organisation: str = ""
    languages: frozenset[str] = frozenset()
    stays: str = ""
    arrives: int = 1
    leaves: int = 0


class Table(msgspec.Struct, frozen=True, omit_defaults=True):
    """A table: at most `seats` people, 0 is no limit. Tables with the same `question` share it; "" is a question of
    its own. Open from round `opens` until before round `closes`; 0 is to the end.
    """

    id: str
    seats: int = 0
    question: str = ""
    opens: int = 1
    closes: int = 0


class Stage(msgspec.Struct, frozen=True, omit_defaults=True):
    """Consecutive rounds at one set of tables: a session. Returning to a table is counted within a stage."""

    tables: tuple[Table, ...]
    rounds: int


class Rules(msgspec.Struct, frozen=True, omit_defaults=True):
    """What holds beside the order of goals. `apart`: pairs that must not meet; `together`: people who travel as one;
    `known`: how often a pair met at earlier cafés; `repeats`: what is spared where people must meet again: `spread`
    meets many pairs twice and hardly any thrice, `max-new` makes the most new encounters.
    """

    apart: frozenset[Pair] = frozenset()
    together: tuple[frozenset[str], ...] = ()
    known: Mapping[Pair, int] = {}
    repeats: Policy = "spread"
    mode: Mode = "mix"


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A seating to be planned. Rounds are counted from 1 through all stages. `pins` are seats that hold: (round,
    person) → table. `past` are the seats of the first rounds as they were: they hold and are not judged against any
    limit. `announced` are seats that people were told; changing them is a goal's price, not forbidden.
    """

    people: tuple[Person, ...]
    stages: tuple[Stage, ...]
    rules: Rules = Rules()
    pins: Mapping[tuple[int, str], str] = {}
    past: Seats = ()
    announced: Seats = ()

    @property
    def rounds(self) -> int:
        """How many rounds in all."""
        return sum(stage.rounds for stage in self.stages)

    def tables(self, round: int) -> tuple[Table, ...]:
        """The tables of a round's stage, open or not."""
        for stage in self.stages:
            if round <= stage.rounds:
                return stage.tables
            round -= stage.rounds
        raise ValueError("there is no such round")


class Score(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """How good a seating is, less being better, in strict order: two scores compare goal by goal.

    `hard` counts broken rules (seats over a limit, apart met, together parted, pins and stays left); `questions`
    and `revisits` how often somebody who is free to move has a question or a table again; `uneven` by how much sizes
    are further apart than they must be (0: within one, as far as limits and people who stay allow); `changed` announced
    seats; `alone` people without a shared language at their table; `meetings` and `more` the repeated encounters:
    coincidences and then third meetings (`spread`), or repeats and then coincidences (`max-new`); `sectors` and
    `organisations` pairs of one sector at one table that need not be; `known` encounters of pairs known before.
    Encounters that nobody could avoid (two who stay at one table, people who travel together) are not counted.
    """

    hard: int = 0
    questions: int = 0
    revisits: int = 0
    uneven: int = 0
    changed: int = 0
    alone: int = 0
    meetings: int = 0
    more: int = 0
    sectors: int = 0
    organisations: int = 0
    known: int = 0


class Bound(msgspec.Struct, frozen=True, omit_defaults=True):
    """What no seating can go below, given the goals that come before: proved, never guessed. `impossible` says that
    0 repeats are excluded by a theorem although counting does not see it.
    """

    questions: int = 0
    revisits: int = 0
    uneven: int = 0
    repeats: int = 0
    coincidences: int = 0
    impossible: str = ""


class Plan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A planned seating: who sits where in each round, how good it is, and how good it could be at best.

    `algebra` names the design, "" where the seats were searched for; `sizes` are the least and the most people at a
    table in any round; `repeats` and `coincidences` are counted without the unavoidable ones.
    """

    seats: Seats
    score: Score
    bound: Bound
    repeats: int
    coincidences: int
    encounters: int
    sizes: tuple[int, int]
    algebra: str = ""
    seed: int = 0
    policy: Policy = "spread"

    @property
    def proved(self) -> bool:
        """Whether nothing better exists in questions, tables, sizes and repeats, all of it proved."""
        reached = (
            self.coincidences <= self.bound.coincidences
            if self.policy == "spread"
            else self.repeats <= self.bound.repeats
        )
        return reached and self.orderly and self.score.uneven <= self.bound.uneven and not self.score.alone

    @property
    def orderly(self) -> bool:
        """Whether nobody has a question or a table again that need not: the bound of repeats takes it for granted."""
        score, bound = self.score, self.bound
        return not score.hard and score.questions <= bound.questions and score.revisits <= bound.revisits


def room(
    people: Iterable[Person] | int,
    tables: Iterable[Table] | int,
    rounds: int,
    *,
    seats: int = 0,
    hosts: bool = False,
    rules: Rules = Rules(),  # noqa: B008 -- frozen
) -> Problem:
    """The everyday problem: one session. Numbers stand for people and tables named from 1; with `hosts` person i hosts
    table i; `seats` is the limit of every table given by number.
    """
    if isinstance(tables, int):
        tables = [Table(str(number), seats) for number in range(1, tables + 1)]
    tables = tuple(tables)
    if isinstance(people, int):
        stays = [table.id for table in tables] if hosts else []
        people = [
            Person(str(number + 1), stays=stays[number] if number < len(stays) else "") for number in range(people)
        ]
    return Problem(tuple(people), (Stage(tables, rounds),), rules)
