"""The break: its title and when we continue, in big letters; no countdown while people drink their coffee."""

from cafe.wall import words
from screens.block import Talk
from screens.frame import View
from screens.poster import Said


class Pause(Talk):
    """Title and the planned time of the next block."""

    def said(self, view: View) -> tuple[Said, ...]:
        title = words.block_title(view.tr, view.state.plan, view.state.position.block)
        continues = words.continues(view.tr, view.state, view.now)
        return (
            (Said(title, "accent", 6), Said(continues, "plain", 14, 2)) if continues else (Said(title, "accent", 14),)
        )

    def tick(self, view: View) -> None:
        """The planned time passes."""
        super().tick(view)
        self.draw(view)
