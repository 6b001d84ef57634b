"""Phones down: for a moment nothing is to be read and nothing to be written, here or in anybody's hand."""

from cafe.wall import lines
from screens.block import Talk
from screens.frame import TALL, View
from screens.poster import Said, sized


class Listen(Talk):
    """One request, what it is for, and that nothing is lost by it."""

    def heading(self, view: View) -> tuple[str, str]:
        """The café's name: not even the step is to be read now."""
        return view.state.plan.title, ""

    def said(self, view: View) -> tuple[Said, ...]:
        tall = view.height >= TALL
        return sized(
            lines.phones_down(view.tr),
            accent=(14 if tall else 8, 0),
            plain=(6 if tall else 4, 2),
            quiet=(view.aside, 2),
        )
