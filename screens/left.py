"""What is to be known of one table on the private view's page of tables: its word for the next, its photographs, and
the address of its own device.
"""

from textual.content import Content

from cafe.i18n import Translator
from cafe.rules.entry import places
from cafe.state import Place, State
from cafe.wall import words
from screens.keyboard import USUAL, Keyboard
from screens.widgets.fence import say


def latest(state: State, table: int) -> Place | None:
    """The table's last round in which it left a word."""
    return next((at for at in places(state, table) if at in state.handovers), None)


def at_table(tr: Translator, state: State, table: int, keyboard: Keyboard = USUAL) -> Content:
    """Lines about the chosen table; nothing where none is chosen."""
    if not table:
        return Content("")
    lines = []
    at = latest(state, table)
    if at is not None:
        hidden = at in state.kept_back
        told = tr("Left in round {round}", round=at.round) + (f" ({tr('hidden')})" if hidden else "")
        lines.append(Content.assemble((told + ": ", "bold"), say(state.handovers[at].text, lines=False)))
    taken = [photo for photo in state.photos.values() if photo.place.table == table]
    if taken:
        told = tr.n("{n} photograph of the tablecloth", "{n} photographs of the tablecloth", len(taken))
        out = sum(photo.hidden for photo in taken)
        told = f"{told} ({tr.n('{n} taken out', '{n} taken out', out)})" if out else told
        key = Content.assemble((keyboard.told(tr, "photo"), "bold $text-accent"), " ", tr(keyboard["photo"].label))
        lines.append(Content.assemble(told, " · ", key))
    if state.url and not state.closed:
        device = f"{words.address(state)}/t/{state.code}/{table}"
        lines.append(say(tr("A device for the whole table: {address}", address=device), "$text-muted", lines=False))
    return Content("\n").join(lines)
