"""The break: its title, when we continue, in big letters, and in whole minutes with what; nobody is hurried."""

from cafe.wall import lines
from screens.block import Talk
from screens.frame import ROOMY, TALL, View
from screens.poster import Said, sized
from screens.widgets.letters import PLAIN

LOW = 18
"""In fewer rows the letters are for the time alone."""


class Pause(Talk):
    """Title and the planned time of the next block."""

    def said(self, view: View) -> tuple[Said, ...]:
        said = lines.pause(view.tr, view.state, view.now)
        if len(said) == 1:
            return sized(said, accent=(14, 0))
        title, continues, rest = said
        small = 6 if view.height >= TALL else 4 if view.height >= ROOMY else 3 if view.height >= LOW else PLAIN
        return Said(*title, 6 if view.height >= LOW else PLAIN), Said(*continues, 14, 2), Said(*rest, small, 1)

    def tick(self, view: View) -> None:
        """The planned time passes."""
        super().tick(view)
        self.draw(view)
