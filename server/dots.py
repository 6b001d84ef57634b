"""What one reader is told of the harvest's vote: their own dots, what is left, and results once they are shown."""

from collections.abc import Iterable

import msgspec

from cafe.i18n import Translator
from cafe.rules.dots import most_dots, own, per_idea, standing, voting
from cafe.state import State
from server.choices import Choice

SHAPES = 8
"""So many dots are drawn one by one; more are a number alone."""


class Harvest(msgspec.Struct, frozen=True):
    """The vote for one reader. `dots` are those that each person has, `left` the reader's own that are free; `mine`
    maps ideas to the reader's dots, `results` to everybody's once they are shown. `rev` is that of the reader's ballot.
    """

    rev: int
    open: bool
    dots: int
    left: int
    max_per: int
    mine: dict[str, int]
    results: dict[str, int]


def harvest(state: State, who: str) -> Harvest | None:
    """The vote as `who` sees it; None where none is on."""
    block = voting(state)
    if block is None:
        return None
    _, ballot = own(state, who)
    mine = standing(state, ballot.dots)
    left = max(0, block.dots - sum(mine.values()))
    results = {idea.id: n for idea, n in most_dots(state)} if state.revealed else {}
    return Harvest(ballot.rev, not state.revealed, block.dots, left, per_idea(block), mine, results)


def buttons(tr: Translator, told: Harvest | None, asked: Iterable[str] = ()) -> dict[str, tuple[Choice, ...]]:
    """The buttons of an idea by its id, under '' those of every other idea; a button says how many dots it makes. What
    was `asked` of a speaker has none: no dot can lie on it.

    There are always two, so that no finger and no focus loses one; when results are shown, one that cannot be pressed.
    """
    if told is None:
        return {}
    if not told.open:
        return {id: (Choice(0, shape(tr, n), False, full=True),) for id, n in told.results.items()}
    given = {id: _pair(tr, told, n) for id, n in told.mine.items()}
    return {"": _pair(tr, told, 0), **dict.fromkeys(asked, ()), **given}


def _pair(tr: Translator, told: Harvest, n: int) -> tuple[Choice, ...]:
    full = not told.left or n >= told.max_per
    given = shape(tr, n) if n else ""
    more = (tr("one more") if n else tr("Give a dot")) if not full else "" if n else tr("No dot left")
    return (
        Choice(n + 1, " · ".join(filter(None, (given, more))), n > 0, full=full),
        Choice(max(0, n - 1), tr("Take one back"), False, full=not n),
    )


def shape(tr: Translator, n: int) -> str:
    """Dots as a shape and in words."""
    return f"{'●' * n if n <= SHAPES else '●'} {tr.n('{n} dot', '{n} dots', n)}"


def left(tr: Translator, told: Harvest | None) -> str:
    """What the reader can do, in words."""
    if told is None:
        return ""
    if not told.open:
        return tr("The vote is closed. Thank you.")
    if not told.left:
        return tr("All your dots are given. You can still take one back and put it elsewhere.")
    return tr.n(
        "You have {n} dot to give to what is most important to you.",
        "You have {n} dots to give to what is most important to you.",
        told.left,
    )
