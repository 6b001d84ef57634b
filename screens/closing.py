"""Closing and closed: thanks, and the numbers of the day; never a ranking."""

from cafe.wall import shown, words
from screens.block import Talk
from screens.frame import View
from screens.poster import Said


def numbers(view: View) -> list[str]:
    """Ideas, conversations and people of the day, as far as there are any."""
    state, tr = view.state, view.tr
    ideas, people = shown.total(state), state.head_count or len(state.participants)
    told = (words.ideas(tr, ideas) if ideas else "", words.conversations(tr, state))
    return [*filter(None, told), *([words.people(tr, people)] if people else [])]


class Closing(Talk):
    """Thanks, and what the room has made."""

    def said(self, view: View) -> tuple[Said, ...]:
        thanks = Said(view.tr("Thank you!"), "accent", 9)
        return (thanks, *(Said(told, "plain", 6, 1 + (at == 0)) for at, told in enumerate(numbers(view))))


class Closed(Closing):
    """The café is over: what remains is who invited."""

    def said(self, view: View) -> tuple[Said, ...]:
        plan = view.state.plan
        return (*super().said(view), *(Said(line, "quiet", 1, 1) for line in (plan.organiser, plan.contact) if line))
