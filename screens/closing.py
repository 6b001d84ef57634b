"""Closing and closed: thanks, and the numbers of the day; never a ranking."""

from screens import shown, words
from screens.block import Talk
from screens.frame import View
from screens.poster import Said


def numbers(view: View) -> str:
    """Ideas and people of the day."""
    state, tr = view.state, view.tr
    people = state.head_count or len(state.participants)
    told = [words.ideas(tr, shown.total(state))] if shown.total(state) else []
    return " · ".join([*told, *([words.people(tr, people)] if people else [])])


class Closing(Talk):
    """Thanks, and what the room has made."""

    def said(self, view: View) -> tuple[Said, ...]:
        told = numbers(view)
        return (
            Said(view.tr("Thank you!"), "accent", 14),
            *((Said(told, "plain", 8, 2),) if told else ()),
        )


class Closed(Closing):
    """The café is over: what remains is who invited."""

    def said(self, view: View) -> tuple[Said, ...]:
        plan = view.state.plan
        return (*super().said(view), *(Said(line, "quiet", 1, 1) for line in (plan.organiser, plan.contact) if line))
