"""A round: the questions, the clock, and a live strip of the newest ideas."""

from collections.abc import Iterable
from itertools import product

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from cafe import events as e
from cafe.wall import lines, shown, words
from cafe.wall.questions import Asked, Column, columns
from screens.frame import Frame, View, margin
from screens.questions import Questions, layout, plain
from screens.shares import STRIP, Shares, least, share
from screens.widgets.clock import BigClock
from screens.widgets.fence import say
from screens.widgets.ideas import IdeaWall


def focused(found: tuple[Column, ...], question: int) -> tuple[Column, ...]:
    """Only one question (from 1, in the order of the wall), without a label; all where there is no such one."""
    every = [asked for column in found for asked in column.asked]
    return (Column("", (Asked("", every[question - 1].text),)),) if 0 < question <= len(every) else found


class Round(Frame):
    """Clock above, questions in the middle, ideas below; the questions are never cut."""

    def body(self) -> Iterable[Widget]:
        yield BigClock(id="clock")
        yield Static(id="word")
        yield Questions(id="questions")
        yield Static(id="total")
        yield IdeaWall(id="strip")

    def heading(self, view: View) -> tuple[str, str]:
        """Where the word has no row of its own, the head says it."""
        track = words.lead(view.state)
        title, step = super().heading(view)
        mood = words.mood(view.tr, track, view.now) if track and not self.query_one("#word").display else ""
        return title, words.joined(step, mood)

    def draw(self, view: View) -> None:
        track = words.lead(view.state)
        if track is None:
            return
        side = margin(view.width)
        for widget in self.query("#clock, #word, #questions, #total, #strip"):
            widget.styles.margin = (0, side, 0, side)
        asked = focused(columns(view.tr, view.state), view.question)
        shares = self._shares(view, track, asked)
        self.query_one("#clock").styles.height = shares.clock
        word = self.query_one("#word", Static)
        word.display, word.styles.height = bool(shares.word), shares.word
        questions = self.query_one(Questions)
        questions.display = shares.questions > 0
        questions.styles.height = shares.questions
        questions.columns, questions.rest = asked, view.tr("The other questions are on your phone.")
        self._ideas(view, shares)
        self.tick(view)

    def _shares(self, view: View, track: e.Track, asked: tuple[Column, ...]) -> Shares:
        last, word = words.is_last(track.clock, view.now), bool(words.mood(view.tr, track, view.now))
        if view.state.wall == "all":
            shares = share(view.height, view.room, [0], last=last, word=word, strip=False)
            clock = min(shares.clock, least(view.height, last=last))
            return Shares(clock, shares.word, 0, view.room - clock - shares.word)
        ways = [way.height for way in plain(asked, view.inner)]
        strip = view.state.wall == "strip"
        shares = share(view.height, view.room, ways, last=last, word=word, strip=strip)
        return self._in_letters(view, asked, shares, last=last)

    def _in_letters(self, view: View, asked: tuple[Column, ...], shares: Shares, *, last: bool) -> Shares:
        """Clock and strip give what drawn letters need: the questions are the largest thing on the wall."""
        clock = min(shares.clock, least(view.height, last=last))
        most = min(shares.strip, max(STRIP, view.height // 5))
        strips = (*range(most, min(most, STRIP) - 1, -1), 0)
        for (tallest, gap), word, strip in product(((2, 1), (1, 1), (1, 0)), (shares.word, 0), strips):
            room = view.room - clock - word - strip
            air = int(not word and not asked[0].heading)  # letters do not touch the clock
            found = layout(asked, view.inner, room - air)
            if found.tallest >= tallest and found.gap >= gap:
                return Shares(clock, word, room, strip)
        return shares

    def _ideas(self, view: View, shares: Shares) -> None:
        total, strip = self.query_one("#total", Static), self.query_one(IdeaWall)
        total.display = strip.display = shares.strip >= 2
        if not total.display:
            return
        strip.styles.height = shares.strip - 1
        told = lines.coming(view.tr, view.state)
        label = say(f"{told} " if told else "", lines=False)
        total.update(label + Content("─" * max(0, view.inner - label.cell_length)), layout=False)
        strip.set_cards(shown.cards(view.state, view.tr), large=view.state.wall == "all")

    def tick(self, view: View) -> None:
        """The clock; when the last minutes or overtime begin, the shares change too."""
        super().tick(view)
        track = words.lead(view.state)
        if track is None:
            return
        clock, word = self.query_one(BigClock), self.query_one("#word", Static)
        mood = words.mood(view.tr, track, view.now)
        now = (words.is_last(track.clock, view.now), bool(mood))
        if now != getattr(self, "_drawn", now):
            self._drawn = now
            self.draw(view)
            return
        self._drawn = now
        clock.text, clock.unit = words.face(view.tr, track.clock, view.now)
        word.update(say(mood, lines=False), layout=False)
