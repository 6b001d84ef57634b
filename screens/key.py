"""What a key of the wall and of the private view is, and what stands on it. Which ones there are: `keys`."""

from typing import Literal

import msgspec

from cafe.i18n import N_

View = Literal["wall", "private", "replay"]

EVERYWHERE: tuple[View, ...] = ("wall", "private", "replay")
SHOWN: tuple[View, ...] = ("wall", "replay")
REPLAY: tuple[View, ...] = ("replay",)


class Key(msgspec.Struct, frozen=True):
    """A key's meaning. `twice`: what the room would notice wants a second press within three seconds. On its own `page`
    of the private view a key means this and nothing else; without one it may act on what is chosen in the lists of
    `homes`, and on other pages, where nobody sees what that is, it says so. `fixed`: no settings file gives it other
    keys. Of a replay's pairs the first half goes back.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    told: str
    views: tuple[View, ...] = ("wall", "private")
    twice: bool = False
    page: str = ""
    homes: tuple[str, ...] = ()
    fixed: bool = False


NAMES = {
    "space": N_("space"),
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "underscore": "_",
    "full_stop": ".",
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "enter": N_("Enter"),
    "escape": "Esc",
    "f1": "F1",
    "ctrl+z": "Ctrl+Z",
    "ctrl+q": "Ctrl+Q",
}
"""What stands on a key, where it is not the key's own name."""
