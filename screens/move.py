"""The move: one instruction, a clock, and who goes where; when the time has run out it waits."""

from collections.abc import Iterable
from textwrap import wrap

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from cafe.clock import remaining
from cafe.i18n import clock
from cafe.wall import lines, words
from cafe.wall.walks import Walks, walks
from screens.arrows import Arrows, Way, Ways
from screens.frame import Frame, View, margin
from screens.widgets.clock import BigClock
from screens.widgets.fence import say
from screens.widgets.letters import Letters

LETTERS = 22
"""From this many rows on the instruction may stand in two lines of letters."""


def ways(view: View, group: Walks, *, several: bool) -> Ways:
    """The tables of a group and where the people of each go."""
    tr = view.tr
    heading = tr("Group {name}", name=group.group) if several else ""
    return Ways(
        heading,
        tuple(
            Way(walk.table, walk.to, tr("table {number}", number=walk.table), tr("table {number}", number=walk.to))
            for walk in group.arrows
        ),
    )


class Move(Frame):
    """Instruction and clock above, the tables below."""

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="above"):
            yield Letters(id="instruction")
            yield BigClock(id="clock", reserve="0:00")
        yield Static(id="word")
        yield Letters(id="way")
        yield Arrows(id="arrows")

    def draw(self, view: View) -> None:
        track = words.lead(view.state)
        if track is None:
            return
        side = margin(view.width)
        groups = walks(view.state)
        told = wrap(lines.beside(view.tr, view.state, groups, track), view.inner)
        # Eight rows hold the instruction in two lines of letters; a small window keeps its rows for the tables.
        tall = max(view.room * 3 // 10, 8 if view.room >= LETTERS else 4)
        above, word = self.query_one("#above"), self.query_one("#word", Static)
        above.styles.height = tall
        above.styles.margin = (0, side, 0, side)
        self.query_one(BigClock).styles.width = max(18, view.inner * 2 // 5)
        word.display = bool(told)
        word.styles.height = max(1, len(told))
        word.styles.margin = (int(view.room >= LETTERS), side, 0, side)
        word.update(say("\n".join(told)), layout=False)
        arrows, way = self.query_one(Arrows), self.query_one("#way", Letters)
        way.display, arrows.display = lines.part(groups), not lines.part(groups)
        way.text = lines.see_card(view.tr)
        way.styles.margin = arrows.styles.margin = (1, side, 0, side)
        arrows.groups = tuple(ways(view, group, several=len(groups) > 1) for group in groups if group.arrows)
        self.tick(view)

    def tick(self, view: View) -> None:
        """The clock, and the instruction when the time has run out: it waits, and counts no overtime."""
        super().tick(view)
        track = words.lead(view.state)
        if track is None:
            return
        left = remaining(track.clock, view.now)
        face = self.query_one(BigClock)
        face.display = left > 0
        face.text = clock(max(0, left))
        self.query_one("#instruction", Letters).text = lines.instruction(view.tr, track, view.now)
