"""The only door for people's words: what may be kept, what is dropped, and how two texts are found to be the same.

Text is cleaned once, before it is stored, so that what is stored is what is shown and exported. It keeps every honest
word as it was typed, in every script, and must never let through what steers a terminal, turns the reading direction,
or cannot be seen. Pure: no markup is interpreted here and none is escaped, that is each surface's way out.
"""

import re
from collections.abc import Callable
from typing import Final, Literal
from unicodedata import category, combining, normalize

Reason = Literal["empty", "too_long", "too_many_lines", "not_text"]

MARKS_ON_A_LETTER: Final = 3
VIRAMA: Final = 9  # the combining class of the sign that takes an Indic consonant its vowel
RAW_PER_UNIT: Final = 8  # more raw characters than this per allowed unit are refused unread


class Unclean(ValueError):
    """A text that cannot be taken; `code` says why, in a word that the surfaces translate."""

    def __init__(self, code: Reason) -> None:
        super().__init__(code)
        self.code: Final[Reason] = code


def clean(text: str, *, units: int = 500, lines: int = 12) -> str:
    """The text as it will be kept: at most `units` UTF-16 units (as a browser's `maxlength` counts) and `lines` lines.

    Whole escape sequences, controls, direction marks and invisible characters are dropped; line ends are newlines, tabs
    are spaces, runs of blanks are one, and at most one line in a row is empty; the rest is NFC and otherwise as typed.
    Cleaning twice changes nothing more. Raises Unclean; nothing is ever cut short silently.
    """
    kept = _kept(text, units)
    if kept.count("\n") >= lines:
        raise Unclean("too_many_lines")
    return _measured(kept, units)


def clean_line(text: str, *, units: int = 80) -> str:
    """A name or a title: cleaned as by `clean`, on one line, newlines read as spaces. Raises Unclean."""
    return _measured(re.sub(r"\s*\n\s*", " ", _kept(text, units)), units)


def key(text: str) -> str:
    """What two texts share when a person would call them the same: for search, doubles and sorting, never for display.

    Cedilla and comma below, accents, case, width and punctuation make no difference; vowel signs of Indic scripts and
    the Japanese voicing mark do. A text without any letter or digit is its own key. Never raises.
    """
    folded = normalize("NFKD", normalize("NFKD", text).casefold())
    words = " ".join(folded.translate(_WORDS).split()) or " ".join(folded.split())
    return normalize("NFC", words)


# --- escape sequences, whole, in 7 and 8 bits (ECMA-48) ---------------------------------------------------------------

_BODY = r"[^\x07\x18\x1a\x1b\x80-\x9f]*+"
_BODY_OF_A_LINE = r"[^\n\r\x07\x18\x1a\x1b\x80-\x9f]*+"
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colours, cursor, modes
    rf"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])(?:{_BODY}(?:\x07|\x1b\\|\x9c)|{_BODY_OF_A_LINE})"  # OSC, DCS and their kin
    r"|\x1b[ -/]*+[0-~]?"  # reset, charsets and the other short ones
)
# The vertical tab is how word processors break a line inside a paragraph; people paste it.
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Nothing in here can be dropped, composed or joined, so that most texts need no second look.
_PLAIN = re.compile(r"[\n\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u20ac]*+")
_BLANKS = re.compile(r"[^\S\n]{2,}")


def _kept(text: str, units: int) -> str:
    """What is left of a text; refused when it is far too long to look at, or is no text at all."""
    if len(text) > RAW_PER_UNIT * units:
        raise Unclean("too_long")
    if re.search("[\ud800-\udfff]", text):
        raise Unclean("not_text")
    text = _LINE_END.sub("\n", _ESCAPE.sub("", text))
    if not _PLAIN.fullmatch(text):
        text = normalize("NFC", text.translate(_SEEN))
        text = _without(text, _loose_marks)
        text = normalize("NFC", _without(text, _loose_joiners))
    lines = (line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _measured(text: str, units: int) -> str:
    if not text:
        raise Unclean("empty")
    if len(text.encode("utf-16-le")) > 2 * units:
        raise Unclean("too_long")
    return text


# --- what a character is good for -------------------------------------------------------------------------------------

_BLANK_GLYPHS = frozenset(map(ord, "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\U0001d159\u034f"))
_NUMBER_SIGNS = frozenset(map(ord, "\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")) | set(range(0x600, 0x606))
_PICTURES = (
    *(range(0x1F000, 0x1F1E6), range(0x1F200, 0x1FB00), range(0x2190, 0x2200), range(0x2300, 0x2400)),
    *(range(0x2460, 0x2500), range(0x25A0, 0x27C0), range(0x2900, 0x2980), range(0x2B00, 0x2C00)),
)
_OTHER_PICTURES = frozenset(map(ord, "©®‼⁉™ℹ〰〽㊗㊙"))
_JOINING = (  # scripts whose letters change their shape with the joiners: Arabic to Sinhala, Myanmar, Khmer, Javanese …
    *(range(0x600, 0xE00), range(0x1000, 0x10A0), range(0x1780, 0x18B0), range(0x1B00, 0x1C00)),
    *(range(0xA800, 0xAB00), range(0xABC0, 0xAC00), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD)),
    range(0x10A00, 0x12000),
)
_HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))


def _among(code: int, ranges: tuple[range, ...]) -> bool:
    return any(code in one for one in ranges)


def _kind(code: int) -> str:
    """One letter for what a character is good for; nothing for what is dropped.

    n newline, s blank, x as it is, k keycap base, e picture, t skin tone, h Han, l letter of a joining script;
    m mark, V virama, c keycap; j and z the joiners, v emoji style, i ideograph variant.
    """
    what = category(char := chr(code))
    if char == "\n":
        return "n"
    if what == "Cn":  # emoji that are newer than this Python's tables are pictures all the same
        return "e" if 0x1F300 <= code < 0x1FB00 else ""
    if what == "Cf":
        return {0x200D: "j", 0x200C: "z"}.get(code, "x" if code in _NUMBER_SIGNS else "")
    if what in ("Cc", "Co", "Cs", "Zl", "Zp") or code in _BLANK_GLYPHS or 0xFE00 <= code < 0xFE0E:
        return ""
    if what in ("Mn", "Me") or combining(char) == VIRAMA:
        if code in (0xFE0E, 0xFE0F):
            return "v"
        if 0xE0100 <= code < 0xE01F0:
            return "i"
        return "c" if code == 0x20E3 else "V" if combining(char) == VIRAMA else "m"
    if what == "Zs":
        return "s"
    if char in "0123456789#*":
        return "k"
    if 0x1F3FB <= code < 0x1F400:
        return "t"
    if _among(code, _PICTURES) or code in _OTHER_PICTURES:
        return "e"
    if _among(code, _HAN):
        return "h"
    return "l" if what[0] in "LM" and _among(code, _JOINING) else "x"


class _Table(dict[int, str]):
    """A table for str.translate that looks a character up when it is first met, and remembers only so many."""

    def __init__(self, look_up: Callable[[int], str], given: dict[int, str] | None = None) -> None:
        super().__init__(given or {})
        self._look_up = look_up

    def __missing__(self, code: int) -> str:
        found = self._look_up(code)
        if len(self) < 8192:  # a guest who sends every character there is must not fill the laptop
            self[code] = found
        return found


def _in_words(code: int) -> str:
    what, accent = category(chr(code)), combining(chr(code))
    if what == "Cf" or 10 <= accent <= 36 or accent >= 200:  # joiners, points of Hebrew and Arabic, accents
        return ""
    return chr(code) if what[0] in "LNM" else " "


_KINDS = _Table(_kind)
_SEEN = _Table(lambda code: chr(code) if _kind(code) else "", {ord("\t"): " "})
_WORDS = _Table(_in_words, dict(zip(map(ord, "đłøıħŧðæœþ"), ("d", "l", *"oihtd", "ae", "oe", "th"), strict=True)))


# --- marks and joiners that hang on nothing, or on too much -----------------------------------------------------------

_HANGING = re.compile("[mVcjzvi]++")
_JOINED = re.compile(
    "et?v?(?:jet?v?){0,4}"  # a picture, its tone and style, and up to four joined to it
    "|kv(?=c)"
    "|hi"
    "|l[mc]*+V[mVc]*+[jz]"  # after a virama a joiner is meant, also at the end of a word (RFC 5892, appendix A)
    "|l[mVc]*+[jz](?=[jz]*+[lmVc])"  # between two letters
    "|(?P<loose>[jzvi]++)"
)

Spans = list[tuple[int, int]]


def _loose_marks(kinds: str) -> Spans:
    """Marks on nothing (they would land on what stands before the text), and those past the third on a letter."""
    spans: Spans = []
    for run in _HANGING.finditer(kinds):
        start = run.start()
        allowed = 0 if start == 0 or kinds[start - 1] in "sn" else MARKS_ON_A_LETTER
        marks = [at for at in range(start, run.end()) if kinds[at] in "mVc"]
        if len(marks) > allowed:
            spans.append((marks[allowed], marks[-1] + 1))
    return spans


def _loose_joiners(kinds: str) -> Spans:
    """Joiners, style and variant selectors where they join or choose nothing."""
    return [found.span() for found in _JOINED.finditer(kinds) if found.lastgroup]


def _without(text: str, loose: Callable[[str], Spans]) -> str:
    """The text without the loose spans; `loose` sees one letter per character, so that offsets are the same."""
    kinds = text.translate(_KINDS)
    if not _HANGING.search(kinds):
        return text
    parts, end = [], 0
    for start, after in loose(kinds):
        parts.append(text[end:start])
        end = after
    return "".join(parts) + text[end:]
