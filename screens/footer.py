"""The last lines of the private view: the keys that matter on its page, or all that mean something there when help is
asked for.
"""

from collections.abc import Iterator

from textual.content import Content

from cafe.i18n import Translator
from screens.key import Key
from screens.keyboard import USUAL, Keyboard, named

OWN = {
    "ideas": ("stage", "show", "conceal", "mark", "gather", "search", "entry", "tell"),
    "people": ("search", "arrive", "bring", "depart", "keep", "host", "even"),
    "tables": ("conceal", "entry", "shut", "phone", "even", "take_turns"),
    "programme": ("leave_out", "put_in", "repeat", "mend", "note"),
    "network": ("address",),
    "themes": ("present", "retitle", "unite", "dissolve"),
    "laptop": ("copy", "strike"),
}
"""The keys that matter on a page, told before those that matter on all of them."""

MINUTES = "minutes"
COMMON = ("start", "next", MINUTES, "undo")
"""The keys that matter on every page; plus and minus share a word, so that two lines of a narrow window are enough."""


def footer(tr: Translator, page: str, width: int, *, whole: bool, keyboard: Keyboard = USUAL) -> Content:
    """The keys in as many lines of `width` cells as they need; a key and its word stay together."""
    lines = [Content("")]
    for name, label in _told(tr, page, keyboard, whole=whole):
        told = Content.assemble((name, "bold $text-accent"), " ", label)
        if lines[-1].cell_length and lines[-1].cell_length + 2 + told.cell_length > width:
            lines.append(Content(""))
        lines[-1] = Content.assemble(lines[-1], "  ", told) if lines[-1].cell_length else told
    return Content("\n").join(lines)


def _told(tr: Translator, page: str, keyboard: Keyboard, *, whole: bool) -> Iterator[tuple[str, str]]:
    """A key and its word, help first."""
    rest = [key.action for key in _here(page, keyboard)] if whole else [*OWN.get(page, ()), *COMMON]
    for action in ("help", *rest):
        if action == MINUTES:
            yield f"{keyboard.told(tr, 'add')} {keyboard.told(tr, 'take')}", tr("min")
        else:
            yield named(tr, keyboard[action]).split("  ")[0], tr(keyboard[action].label)


def _here(page: str, keyboard: Keyboard) -> list[Key]:
    """The keys that mean something on a page: its own, those of its list, and those of every page; help is told
    before them.
    """
    own = [key for key in keyboard.of("private") if page in (key.page, *key.homes)]
    taken = {name for key in own if key.page for name in key.keys}
    rest = [key for key in keyboard.of("private") if not key.page and not key.homes and key.keys[0] not in taken]
    return [key for key in (*own, *rest) if key.action != "help"]
