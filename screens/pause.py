"""The break: its title, when we continue, in big letters, and in whole minutes with what; nobody is hurried."""

from cafe.wall import words
from screens.block import TALL, Talk
from screens.frame import ROOMY, View
from screens.poster import Said

LOW = 18
"""In fewer rows the letters are for the time alone."""


class Pause(Talk):
    """Title and the planned time of the next block."""

    def said(self, view: View) -> tuple[Said, ...]:
        title = words.block_title(view.tr, view.state.plan, view.state.position.block)
        continues = words.continues(view.tr, view.state, view.now)
        if not continues:
            return (Said(title, "accent", 14),)
        small = 6 if view.height >= TALL else 4 if view.height >= ROOMY else 1
        rest = Said(words.rest(view.tr, view.state, view.now), "plain", small, 1)
        large = 6 if view.height >= LOW else 1
        return Said(title, "accent", large), Said(continues, "plain", 14, 2), rest

    def tick(self, view: View) -> None:
        """The planned time passes."""
        super().tick(view)
        self.draw(view)
