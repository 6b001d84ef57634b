"""A theme in words, for the terminal and for the page: its name, how many ideas it has, and their dots once shown."""

from cafe.i18n import Translator
from cafe.rules.themes import Theme, themes
from cafe.state import State
from cafe.wall import dots, shown, words
from cafe.wall.questions import Sheet
from cafe.wall.shown import Card


def marks(tr: Translator, state: State, theme: Theme) -> str:
    """Its dots as a shape and a number, where they are shown."""
    most = max((each.dots for each in themes(state)), default=0)
    return dots.marks(tr, theme.dots, dots.each(most)) if theme.dots else ""


def told(tr: Translator, state: State, theme: Theme) -> str:
    """How many ideas it has, and its dots."""
    return words.joined(words.ideas(tr, len(theme.ideas)), marks(tr, state, theme))


def place(tr: Translator, state: State, theme: Theme) -> str:
    """Which one it is, as in "theme 2 of 3"."""
    numbers = [each.number for each in themes(state)]
    return tr("theme {number} of {themes}", number=numbers.index(theme.number) + 1, themes=len(numbers))


def sheet(tr: Translator, state: State, theme: Theme) -> Sheet:
    """It as a sheet, with its ideas as cards."""
    cards = tuple(
        Card(idea.id, idea.text, tr("table {number}", number=idea.place.table) if idea.place.table else "")
        for idea in theme.ideas[: shown.MOST]
    )
    return Sheet(theme.name, told(tr, state, theme), cards)
