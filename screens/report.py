"""A table reports to the room: which one, its clock, who is next, what it leaves, and its ideas below its questions.

When its time has run out the clock counts calmly on: nobody is cut off before a room that listens.
"""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from cafe.wall import reports, words
from cafe.wall.dots import MOST
from cafe.wall.questions import Sheet
from screens.frame import ROOMY, Frame, View, margin
from screens.harvest import filled
from screens.poster import Said, Sentences, fitted
from screens.sheets import Sheets
from screens.widgets.clock import BigClock
from screens.widgets.fence import say
from screens.widgets.letters import PLAIN, Letters

LOW = 18
"""In fewer rows none stays blank between what is said: the question is whole before anything is airy."""


def left(view: View) -> tuple[Said, ...]:
    """What the table leaves, in letters where the wall is tall."""
    report = view.state.position.report
    text = reports.handed(view.state, report) if report else ""
    said = say(text, lines=False).plain
    return (Said(view.tr("“{words}”", words=said), "plain", view.aside),) if said else ()


def alone(view: View, sheet: Sheet, room: int) -> tuple[Said, ...]:
    """A question that the table has alone, and its ideas, in letters as far as they stand whole."""
    head = (Said(sheet.question, "accent", 6), Said(sheet.told, "quiet"))
    cards = [words.joined(say(card.text, lines=False).plain, card.note) for card in sheet.cards[:MOST]]
    return filled(
        view.inner,
        room,
        head,
        lambda size: [(Said(_point(text, size), "plain", size, int(size > PLAIN)),) for text in cards],
    )


def _point(text: str, size: int) -> str:
    return text if size > PLAIN else f"• {text}"


class Reporting(Frame):
    """The table and its clock above, its questions and ideas below."""

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="above"):
            yield Letters(id="instruction")
            yield BigClock(id="clock", reserve="00:00")
        yield Static(id="word")
        yield Sentences(id="left")
        yield Sentences(id="large")
        yield Sheets(id="sheets")

    def heading(self, view: View) -> tuple[str, str]:
        """The block's title; which table it is stands large below."""
        return words.title(view.tr, view.state), ""

    def draw(self, view: View) -> None:
        report = view.state.position.report
        if report is None:
            return
        side = margin(view.width)
        tall = max(view.room * 3 // 10, 8 if view.room >= 22 else 4)
        above = self.query_one("#above")
        above.styles.height, above.styles.margin = tall, (0, side, 0, side)
        self.query_one(BigClock).styles.width = max(18, view.inner * 2 // 5)
        self.query_one("#instruction", Letters).text = reports.name(view.tr, view.state, report)
        said, body = self.query_one("#left", Sentences), self.query_one(Sheets)
        said.sentences = left(view)
        most = view.room // 4
        said.display = bool(said.sentences)
        lines = min(most, sum(one.height for one in fitted(said.sentences, view.inner, most)))
        said.styles.height = lines
        large = self.query_one("#large", Sentences)
        gap = int(view.height >= LOW)
        said.styles.margin = body.styles.margin = large.styles.margin = (gap, side, 0, side)
        self.query_one("#word").styles.margin = (0, side, 0, side)
        every = reports.sheets(view.tr, view.state, report)
        body.sheets = (every[view.question - 1],) if 0 < view.question <= len(every) else every
        room = view.room - tall - 2 - (lines + 1 if said.display else 0)
        large.sentences = alone(view, body.sheets[0], room) if len(body.sheets) == 1 and view.height >= ROOMY else ()
        large.display, body.display = bool(large.sentences), not large.sentences
        self.tick(view)

    def tick(self, view: View) -> None:
        """The clock, and the line below it."""
        super().tick(view)
        report = view.state.position.report
        if report is None:
            return
        face = self.query_one(BigClock)
        face.text, face.unit = words.face(view.tr, report.clock, view.now)
        line = words.joined(reports.after(view.tr, report), words.pace(view.tr, report.clock, view.now))
        self.query_one("#word", Static).update(say(line, lines=False), layout=False)
