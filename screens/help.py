"""The keys, made from the table of keys: whatever is added there stands here."""

from collections.abc import Iterable

from textual.widget import Widget

from cafe.i18n import N_, Translator
from screens.frame import Frame, View, margin
from screens.keylist import KeyList
from screens.keys import Key, keys_of

NAMES = {
    "space": N_("space"),
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "underscore": "_",
    "full_stop": ".",
    "question_mark": "?",
    "slash": "/",
    "f1": "F1",
    "ctrl+z": "Ctrl+Z",
    "ctrl+q": "Ctrl+Q",
}
"""What stands on a key, where it is not the key's own name."""

_MOST = 4
"""An action with more keys is told by the first and the last."""


def named(tr: Translator, key: Key) -> str:
    """The keys of an action as people call them."""
    if len(key.keys) > _MOST:
        return f"{key.keys[0]} … {key.keys[-1]}"
    return "  ".join(tr(NAMES[one]) if one in NAMES else one for one in key.keys)


class Help(Frame):
    """A line for each key of the wall."""

    def body(self) -> Iterable[Widget]:
        yield KeyList(id="keys")

    def heading(self, view: View) -> tuple[str, str]:
        """What this is, and how to leave it."""
        return view.tr("Keys"), view.tr("any key closes this")

    def draw(self, view: View) -> None:
        side = margin(view.width)
        body = self.query_one(KeyList)
        body.styles.margin = (0, side, 0, side)
        tr = view.tr
        body.rows = tuple((named(tr, key), tr(key.told)) for key in keys_of("wall"))
