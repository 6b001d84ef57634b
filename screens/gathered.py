"""A theme of the room's ideas on the wall: its name large, how many ideas it has, and the ideas. Its dots, once they
are shown, are those of ideas: it is never a ranking of people or of tables. (The wall's colours are in `themes`.)
"""

from collections.abc import Iterable

from textual.widget import Widget

from cafe.rules.themes import Theme, theme_shown
from cafe.state import Idea
from cafe.wall import shown, themes, words
from screens.frame import TALL, Frame, View, margin
from screens.harvest import filled
from screens.poster import Said, Sentences, fitted
from screens.widgets.fence import say
from screens.widgets.letters import PLAIN

NAME = 9
"""Rows that a line of its name may take; of the height it has two fifths at the most, of a tall one a third."""


def name(theme: Theme) -> tuple[Said, ...]:
    """Its name, as large as it may be."""
    return (Said(theme.name, "accent", NAME),)


def said(view: View, theme: Theme, room: int) -> tuple[Said, ...]:
    """What stands below its name: how many ideas it has, those that stand whole, and how many more phones have."""
    marks = themes.marks(view.tr, view.state, theme)
    count = Said(words.ideas(view.tr, len(theme.ideas)), "good", view.aside)
    head = (count, *((Said(marks, "good"),) if marks else ()))
    ideas = theme.ideas[: shown.MOST]

    gap = int(2 * len(ideas) + len(head) + 1 <= room)

    def rest(more: int) -> tuple[Said, ...]:
        left = len(theme.ideas) - len(ideas) + more
        told = view.tr.n("… and {n} more idea, on the phones", "… and {n} more ideas, on the phones", left)
        return (Said(told, "quiet", min(1, view.aside), 1),) if left else ()

    return filled(view.inner, room, head, lambda size: [(_said(idea, size, gap),) for idea in ideas], rest)


def _said(idea: Idea, size: int, gap: int) -> Said:
    """An idea in letters, or with a point before it in plain text, where lines stand closer if there are many."""
    text = say(idea.text, lines=False).plain
    return Said(text, "plain", size, 1) if size > PLAIN else Said(f"• {text}", "plain", PLAIN, gap)


class Gathered(Frame):
    """One theme and nothing beside it."""

    def body(self) -> Iterable[Widget]:
        yield Sentences(id="name")
        yield Sentences(id="theme")

    def heading(self, view: View) -> tuple[str, str]:
        """With which of the themes it is."""
        theme = theme_shown(view.state)
        return words.title(view.tr, view.state), themes.place(view.tr, view.state, theme) if theme else ""

    def draw(self, view: View) -> None:
        theme, side = theme_shown(view.state), margin(view.width)
        if theme is None:
            return
        named, body = self.query_one("#name", Sentences), self.query_one("#theme", Sentences)
        named.styles.margin = (0, side, 1, side)
        body.styles.margin = (0, side, 0, side)
        named.sentences = name(theme)
        most = view.room // 3 if view.height >= TALL else view.room * 2 // 5
        tall = min(sum(one.height for one in fitted(named.sentences, view.inner, most)), view.room - 1)
        named.styles.height = tall
        body.sentences = said(view, theme, view.room - tall - 1)
