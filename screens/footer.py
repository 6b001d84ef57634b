"""The last lines of the private view: the keys that matter on its page, or all of them when help is asked for."""

from collections.abc import Iterator

from textual.content import Content

from cafe.i18n import Translator
from screens.keys import keys_of, named

OWN = {
    "ideas": ("stage", "show", "conceal", "search", "entry", "tell"),
    "people": ("search", "arrive", "bring", "depart", "keep", "host", "even"),
    "tables": ("conceal", "entry", "shut", "even"),
    "programme": ("leave_out", "put_in", "repeat", "mend", "note"),
    "network": ("address",),
}
"""The keys that matter on a page, told before those that matter on all of them."""

MINUTES = "minutes"
COMMON = ("start", "next", MINUTES, "undo")
"""The keys that matter on every page; plus and minus share a word, so that two lines of a narrow window are enough."""

MEANT = {key.action: key for key in keys_of("private")}


def footer(tr: Translator, page: str, width: int, *, whole: bool) -> Content:
    """The keys in as many lines of `width` cells as they need; a key and its word stay together."""
    lines = [Content("")]
    for name, label in _told(tr, page, whole=whole):
        told = Content.assemble((name, "bold $text-accent"), " ", label)
        if lines[-1].cell_length and lines[-1].cell_length + 2 + told.cell_length > width:
            lines.append(Content(""))
        lines[-1] = Content.assemble(lines[-1], "  ", told) if lines[-1].cell_length else told
    return Content("\n").join(lines)


def _told(tr: Translator, page: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """A key and its word, help first."""
    rest = [action for action in MEANT if action != "help"] if whole else [*OWN.get(page, ()), *COMMON]
    for action in ("help", *rest):
        if action == MINUTES:
            yield "+ -", tr("min")
        else:
            yield named(tr, MEANT[action]).split("  ")[0], tr(MEANT[action].label)
