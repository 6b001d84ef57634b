"""The last fence before the terminal: whatever a guest wrote, nothing but visible characters passes.

Words are cleaned where they enter the café; this file does not trust that. It must never interpret markup.
"""

import unicodedata

from textual.content import Content
from textual.style import Style

INSTEAD = "\ufffd"

# Cc: C0 and C1 controls. Cs: lone surrogates, which no terminal can be sent. Zl, Zp: breaks that terminals do not know.
_REFUSED = {"Cc", "Cs", "Zl", "Zp"}
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}


def _harmless(character: str) -> bool:
    return unicodedata.category(character) not in _REFUSED and ord(character) not in _BIDI


def shown(text: str, *, lines: bool = True) -> str:
    """`text` with U+FFFD for every control, override or lone surrogate; with `lines`, line feeds stay, else blanks."""
    text = text.replace("\t", " ")
    if not lines:
        text = text.replace("\n", " ")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(c if c == "\n" or _harmless(c) else INSTEAD for c in text)


def say(text: str, style: Style | str = "", *, lines: bool = True) -> Content:
    """A guest's words as Content: literal, never markup, never a control character."""
    content = Content(shown(text, lines=lines), strip_control_codes=False)
    return content.stylize(style) if style else content
