"""What the room found most important, in words: never a ranking of people or of tables, ideas alone have dots."""

from cafe.i18n import Translator
from cafe.rules.dots import most_dots
from cafe.state import Idea, State
from cafe.wall import words
from cafe.wall.lines import Line

MOST = 7
"""Nobody remembers more ideas than that."""

DRAWN = 30
"""So many dots are drawn at most: where an idea has more, each stands for several, and the number says how many."""


def each(most: int) -> int:
    """How many dots a drawn one stands for, where an idea has `most` at the most."""
    return -(-most // DRAWN)


def marks(tr: Translator, n: int, each: int) -> str:
    """Dots as a shape and a number; a drawn one stands for `each`."""
    return f"{'●' * -(-n // each)} {tr.n('{n} dot', '{n} dots', n)}"


def told(tr: Translator, idea: Idea, n: int, each: int) -> str:
    """An idea's dots, and the table at which it was written."""
    return words.joined(marks(tr, n, each), tr("table {number}", number=idea.place.table) if idea.place.table else "")


def found(tr: Translator, state: State) -> tuple[Line, ...]:
    """The ideas with the most dots, each with its own."""
    listed = most_dots(state)[:MOST]
    head = Line(tr("What the room found most important"), "accent")
    if not listed:
        return head, Line(tr("No idea has a dot."), "quiet")
    one = each(listed[0][1])
    pairs = ((Line(idea.text), Line(told(tr, idea, n, one), "good")) for idea, n in listed)
    return head, *(line for pair in pairs for line in pair)
