"""The grid of every screen: the head, the body of the phase, and in the last row the programme or a short answer."""

from collections.abc import Iterable

import msgspec
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from cafe.i18n import Translator
from cafe.live import Pulse
from cafe.state import State
from cafe.wall import words
from screens.keyboard import USUAL, Keyboard
from screens.messages import Changed
from screens.poster import Said, Telling, fitted
from screens.widgets.fence import say
from screens.widgets.header import Head
from screens.widgets.letters import PLAIN, SMALLEST
from screens.widgets.programme import ProgrammeBar

_SHORT = 8  # cells: of a title that has fewer nothing could be understood

_NOTICE = 3  # rows that the answer to a key has at the most
_TOLD = 5  # rows that a line of a message may take: read from the back row, and never the largest thing
_FEW = 6
_SHARE = 5  # a message has at the most this part of the height

ROOMY = 30
"""From this many rows on a blank one stands below the head and above the programme."""
TALL = 45
"""From this many rows on plain text is too small for the back of a hall."""


class View(msgspec.Struct, frozen=True):
    """All that a screen draws from: the state and its words, café time, the window, and what the keys have set.

    `question` is the one that is shown alone, from 1; 0 for all. `notice` is the answer to the last key;
    `hint`: none was pressed yet. `pulse` is what is true only at this moment; `page` is that
    of the help, from 0.
    """

    state: State
    tr: Translator
    now: int
    width: int
    height: int
    question: int = 0
    notice: str = ""
    hint: bool = False
    pulse: Pulse = Pulse()
    keyboard: Keyboard = USUAL
    page: int = 0

    @property
    def room(self) -> int:
        """Rows between the head and the programme, less what a message takes."""
        return max(0, self.height - 2 - (2 if self.height >= ROOMY else 0) - self._told)

    @property
    def message(self) -> Said | None:
        """What the facilitator tells the room, in letters where there is room for them."""
        text = words.message(self.state, self.now)
        return Said(text, "accent", _TOLD if self.height >= ROOMY else PLAIN) if text else None

    @property
    def message_height(self) -> int:
        """Rows of the message: few if these are enough for letters."""
        if not self.message:
            return 0
        few, most = (fitted((self.message,), self.inner, rows, "center")[0] for rows in (_FEW, self.height // _SHARE))
        return few.height if few.picture and few.height <= most.height else most.height

    @property
    def _told(self) -> int:
        """Rows of it that are the body's: in a low window the first one is the programme's."""
        return self.message_height + (1 if self.height >= ROOMY else -1) if self.message else 0

    @property
    def aside(self) -> int:
        """The size of what is said beside the main thing: as low as the window, and never plain where that is small."""
        return SMALLEST if self.height >= TALL else 1 if self.height >= ROOMY else PLAIN

    @property
    def inner(self) -> int:
        """Columns between the margins."""
        return max(1, self.width - 2 * margin(self.width))


def margin(width: int) -> int:
    """Blank columns at each side."""
    return 4 if width >= 160 else 2 if width >= 100 else 1


class Look(Screen[None]):
    """A screen of the wall: it redraws from a view and knows nothing else. When it comes to light it asks for one."""

    def redraw(self, view: View) -> None:
        """Shows this view."""
        raise NotImplementedError

    def tick(self, view: View) -> None:
        """Shows what time alone has changed."""
        self.redraw(view)

    def on_screen_resume(self) -> None:
        """Comes to light."""
        self.app.post_message(Changed())

    def on_resize(self) -> None:
        """Another window, other shares."""
        self.app.post_message(Changed())


class Frame(Look):
    """A screen with the common grid; `body` gives what is between, and `draw` fills it."""

    roomy = True
    """Whether blank rows stand around the body where there is room for them."""

    def compose(self) -> ComposeResult:
        """The grid."""
        yield Head(id="head")
        yield from self.body()
        yield Telling(id="message")
        yield ProgrammeBar(id="programme")
        yield Static(id="notice")

    def body(self) -> Iterable[Widget]:
        """The widgets of the phase."""
        return ()

    def draw(self, view: View) -> None:
        """Fills the body."""

    def heading(self, view: View) -> tuple[str, str]:
        """The left side of the head: a title, which may be shortened, and what follows it whole."""
        return words.title(view.tr, view.state), words.step(view.tr, view.state)

    def redraw(self, view: View) -> None:
        """Shows this view: the grid, then the body."""
        side = margin(view.width)
        gap = int(view.height >= ROOMY and self.roomy)
        head, programme = self.query_one(Head), self.query_one(ProgrammeBar)
        head.styles.margin = (0, side, gap, side)
        programme.styles.margin = (gap, side, 0, side)
        programme.now, programme.next = words.now_slot(view.tr, view.state), words.next_slot(view.tr, view.state)
        self._message(view, side)
        self._notice(view, side, gap)
        self.tick(view)
        self.draw(view)

    def tick(self, view: View) -> None:
        """The head holds the time of day."""
        head = self.query_one(Head)
        before, (title, after) = words.mark(view.tr, view.state), self.heading(view)
        time, *way_in = words.facts(view.state, view.now)
        kept = cell_len(words.joined(before, "", after)) + sum(cell_len(fact) + 3 for fact in (time, *way_in))
        head.facts = (time, *way_in) if kept <= view.inner else tuple(way_in)  # the time gives way to where we are
        room = (
            view.inner - sum(cell_len(fact) + 3 for fact in head.facts) - cell_len(words.joined(before, "", after)) - 3
        )
        title = say(title, lines=False).truncate(room, ellipsis=True).plain if room >= _SHORT else ""
        head.title = words.joined(before, title, after)

    def _message(self, view: View, side: int) -> None:
        """What the facilitator tells stands below the body; in a low window in the programme's place."""
        message = self.query_one(Telling)
        message.display = bool(view.message) and (view.height >= ROOMY or not view.notice)
        message.styles.height = view.message_height
        message.styles.margin = (int(view.height >= ROOMY), side, 0, side)
        message.set_class(view.height < ROOMY, "low")
        message.sentences = (view.message,) if view.message else ()

    def _notice(self, view: View, side: int, gap: int) -> None:
        """The answer to a key stands for three seconds where the programme is, so that nothing moves."""
        notice = self.query_one("#notice", Static)
        notice.display = bool(view.notice)
        self.query_one(ProgrammeBar).display = not view.notice and (not view.message or view.height >= ROOMY)
        room = max(1, view.inner - 2)
        lines = [line.rstrip() for line in say(view.notice, lines=False).wrap(room)][:_NOTICE] or [Content("")]
        notice.styles.height = len(lines)
        notice.styles.margin = (max(0, gap - len(lines) + 1), side, 0, side)
        rows = [Content(" ") + line.pad_right(max(0, room - line.cell_length)) + Content(" ") for line in lines]
        notice.update(Content("\n").join(rows), layout=False)  # its height is set above
