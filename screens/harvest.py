"""The harvest: what the room has said, by question; with a vote who has voted, and then what has the most dots.

Ideas alone have dots here: it is never a ranking of people or of tables, and nothing of it is seen before it is shown.
"""

from collections.abc import Callable, Iterable
from itertools import chain

from textual.widget import Widget

from cafe.rules.dots import most_dots, voting
from cafe.state import Idea
from cafe.wall import dots, words
from cafe.wall import shown as on_wall
from cafe.wall.questions import sheets
from screens.frame import Frame, View, margin
from screens.poster import Said, Sentences, fitted
from screens.sheets import Sheets
from screens.widgets import letters
from screens.widgets.fence import say, shown

LARGE = 3
"""Ideas are drawn in letters when so many of them, or all that have dots, stand whole in them."""


def top(view: View) -> tuple[Said, ...]:
    """The ideas with the most dots, as many as stand whole, of all questions or of the one that was asked for."""
    state, tr = view.state, view.tr
    questions = [question for _, question in state.plan.questions()]
    asked = questions[view.question - 1] if 0 < view.question <= len(questions) else None
    listed = most_dots(state, asked.id if asked else "")
    head = Said(asked.text(state.language)[0] if asked else tr("What the room found most important"), "accent", 4)
    if not listed:
        return head, Said(tr("No idea has a dot."), "quiet", 4, 1)
    each = dots.each(listed[0][1])
    return filled(
        view.inner, view.room, (head,), lambda size: [_said(view, *one, size, each) for one in listed[: dots.MOST]]
    )


def filled(
    width: int,
    height: int,
    head: tuple[Said, ...],
    items: Callable[[int], list[tuple[Said, ...]]],
    rest: Callable[[int], tuple[Said, ...]] = lambda _: (),
) -> tuple[Said, ...]:
    """The head and as many of the `items` (made for a size) as stand whole below it, drawn in letters if they can be;
    and the `rest`, told how many have no room.
    """
    for size, least in ((6, LARGE), (4, LARGE), (3, LARGE), (2, LARGE), (1, LARGE), (letters.PLAIN, 1)):
        every = items(size)
        for most in range(min(len(every), height // max(1, size)), min(least, len(every)) - 1, -1):
            found = (*head, *chain.from_iterable(every[:most]), *rest(len(every) - most))
            placed = fitted(found, width, height)
            whole = sum(one.height for one in placed) + sum(one.said.gap for one in placed[1:]) <= height
            said = [one for one in placed if one.said.look == "plain"]  # all of one size: none is worth more by it
            if whole and all(one.picture == letters.sized(shown(one.said.text), width, size) for one in said):
                return found
    return (*head, *rest(len(every)))


def conclusion(view: View) -> tuple[Said, ...]:
    """What the room concludes about the question that was asked for, below it; nothing while that is not written."""
    questions = [question for _, question in view.state.plan.questions()]
    asked = questions[view.question - 1] if 0 < view.question <= len(questions) else None
    text = view.state.conclusions.get(asked.id, "") if asked else ""
    if not asked or not text:
        return ()
    for size in (4, 2, 1, letters.PLAIN):  # It is never smaller than its question.
        found = _concluded(view, asked.text(view.state.language)[0], text, size)
        if any(one.picture for one in fitted(found, view.inner, view.room)[-1:]):
            break
    return found


def _concluded(view: View, question: str, text: str, size: int) -> tuple[Said, ...]:
    return (
        Said(question, "accent", size),
        Said(view.tr("What the room concludes"), "quiet", min(1, size, view.aside), 1),
        Said(text, "plain", 10, 1),
    )


def _said(view: View, idea: Idea, n: int, size: int, each: int) -> tuple[Said, Said]:
    """An idea with its dots, as a shape and a number, and the table at which it was written."""
    told = dots.told(view.tr, idea, n, each)
    return Said(say(idea.text, lines=False).plain, "plain", size, 1), Said(told, "good")


class Harvest(Frame):
    """A sheet for each question, or what has the most dots; a number key gives one question the whole wall."""

    def body(self) -> Iterable[Widget]:
        yield Sheets(id="sheets")
        yield Sentences(id="top")

    def heading(self, view: View) -> tuple[str, str]:
        """With the total of ideas, and in a vote with how many have voted."""
        state, tr, count = view.state, view.tr, on_wall.total(view.state)
        voted = len(state.ballots)
        told = tr.n("{n} person has given dots", "{n} people have given dots", voted) if voting(state) else ""
        return words.title(tr, state), words.joined(words.ideas(tr, count) if count else "", told)

    def draw(self, view: View) -> None:
        side = margin(view.width)
        body, found = self.query_one(Sheets), self.query_one("#top", Sentences)
        concluded = conclusion(view)
        found.display = bool(concluded) or (view.state.revealed and voting(view.state) is not None)
        body.display = not found.display
        body.styles.margin = found.styles.margin = (0, side, 0, side)
        found.sentences = concluded or (top(view) if found.display else ())
        every = sheets(view.tr, view.state)
        body.sheets = (every[view.question - 1],) if 0 < view.question <= len(every) else every
