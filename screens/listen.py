"""Phones down: for a moment nothing is to be read and nothing to be written, here or in anybody's hand."""

from screens.block import TALL, Talk
from screens.frame import View
from screens.poster import Said


class Listen(Talk):
    """One request, what it is for, and that nothing is lost by it."""

    def heading(self, view: View) -> tuple[str, str]:
        """The café's name: not even the step is to be read now."""
        return view.state.plan.title, ""

    def said(self, view: View) -> tuple[Said, ...]:
        tr, tall = view.tr, view.height >= TALL
        return (
            Said(tr("Phones down, please"), "accent", 14 if tall else 8),
            Said(tr("Now we look at one another and listen."), "plain", 6 if tall else 1, 2),
            Said(tr("What you were writing stays on your phone."), "quiet", 4 if tall else 1, 2),
        )
