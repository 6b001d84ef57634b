"""Closing and closed: thanks, and the numbers of the day; never a ranking."""

from cafe.wall import lines
from screens.block import Talk
from screens.frame import View
from screens.poster import Said, sized


class Closing(Talk):
    """Thanks, and what the room has made."""

    def said(self, view: View) -> tuple[Said, ...]:
        told = lines.closing(view.tr, view.state)
        numbers = "\n".join(line.text for line in told if line.look == "plain")  # in one: they are worth the same
        said = (told[0], lines.Line(numbers), *(line for line in told if line.look == "quiet"))
        return sized((one for one in said if one.text), accent=(14, 0), plain=(9, 2), quiet=(view.aside, 1))


class Closed(Closing):
    """The café is over: what remains is who invited."""
