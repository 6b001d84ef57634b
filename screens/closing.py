"""Closing and closed: thanks, and the numbers of the day; never a ranking."""

from cafe.wall import lines
from screens.block import Talk
from screens.frame import View
from screens.poster import Said, sized


class Closing(Talk):
    """Thanks, and what the room has made."""

    def said(self, view: View) -> tuple[Said, ...]:
        thanks, *rest = sized(lines.closing(view.tr, view.state), accent=(9, 0), plain=(6, 1), quiet=(1, 1))
        return (thanks, *(said._replace(gap=2) for said in rest[:1]), *rest[1:])


class Closed(Closing):
    """The café is over: what remains is who invited."""
