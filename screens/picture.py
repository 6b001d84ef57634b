"""What a terminal shows, cell by cell, so that only what differs is sent to it.

Textual sends every row that changed whole, with its colours before each word: a talking hall would cost a terminal of
200 x 55 some seventy kilobytes a second, most of them cells that stand there already. Over SSH, and to a terminal that
draws slowly, that is felt.
"""

import re

_PIECE = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<calm>\x1b\[\?(?:25|2026)[hl]|\x07)"
    r"|(?P<words>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<line>\r?\n)"
    r"|(?P<other>\x1b\[[\x20-\x3f]*[\x40-\x7e]|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^\[\]P^_X]|[\x00-\x1f\x7f-\x9f])"
)
_BEGUN = re.compile(r"\x1b(?:\[[\x20-\x3f]*|[\]P^_X][^\x07\x1b]*\x1b?)?$")
"""A sequence whose end comes with the next piece of data."""
_CERTAIN = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u21ff\u2500-\u25fc\U0001fb00-\U0001fbff]+"
)
"""Signs that take one cell in every terminal; a row with others is never compared."""
_STEP = 6
"""Cells that are cheaper to write once more than to step over."""


_Cell = tuple[str, str]
"""Colours, and a sign."""


class Picture:
    """Follows what was sent. It knows moves, colours and words; whatever else a terminal is told makes it forget."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, _Cell]] = {}
        self._rest = ""
        self._style = ""
        self._at: tuple[int, int] | None = None  # where Textual believes that it stands: row and column, from 1
        self._there: tuple[int, int] | None = None  # and where the terminal does, if that is known
        self._worn: str | None = None  # the colours of the terminal
        self._out: list[str] = []

    def forget(self) -> None:
        """The terminal may show anything now."""
        self._rows.clear()
        self._there = self._worn = None

    def news(self, data: str) -> str:
        """Of what is to be drawn, as Textual says it, what is not there yet."""
        data, self._out = self._rest + data, []
        begun = _BEGUN.search(data)
        data, self._rest = (data[: begun.start()], begun[0]) if begun else (data, "")
        for piece in _PIECE.finditer(data):
            match piece.lastgroup:
                case "column":
                    self._at = int(piece["row"]), int(piece["column"])
                case "style":
                    told = piece["style"]
                    self._style = "" if told in ("", "0") else f"{self._style};{told}".strip(";")
                case "line" if self._at:
                    self._at = self._at[0] + 1, 1
                case "line":
                    self._out.append(piece[0])
                case "words":
                    self._words(piece["words"])
                case "calm":
                    self._out.append(piece[0])
                case _:
                    self._meet()
                    self._wear()
                    self._out.append(piece[0])
                    self.forget()
                    self._at = None
        self._meet()
        return "".join(self._out)

    def _words(self, words: str) -> None:
        if self._at and not _CERTAIN.fullmatch(words):
            # How wide they are is the terminal's to say: it alone knows where it stands, until it is told to move.
            self._meet()
            self._rows.pop(self._at[0], None)
            self._at = self._there = None
        if self._at is None:
            self._wear()
            self._out.append(words)
            return
        row, column = self._at
        cells, style = self._rows.setdefault(row, {}), self._style
        for at, sign in enumerate(words, column):
            cell = (style, sign)
            if cells.get(at) != cell:
                self._step(row, at)
                self._wear()
                self._out.append(sign)
                cells[at] = cell
                self._there = row, at + 1
        self._at = row, column + len(words)

    def _step(self, row: int, column: int) -> None:
        """Brings the terminal's cursor here: over a few cells by writing them once more."""
        if self._there == (row, column):
            return
        if self._there and self._there[0] == row and 0 < column - self._there[1] <= _STEP:
            between = [self._rows[row].get(x, ("?", "")) for x in range(self._there[1], column)]
            if all(style == self._worn for style, _ in between):
                self._out += [sign for _, sign in between]
                return
        self._out.append(f"\x1b[{row};{column}H")

    def _meet(self) -> None:
        """Brings the cursor to where it was told to be."""
        if self._at and self._at != self._there:
            self._out.append(f"\x1b[{self._at[0]};{self._at[1]}H")
            self._there = self._at

    def _wear(self) -> None:
        """Brings the terminal to the colours that it was told."""
        if self._worn != self._style:
            self._out.append(f"\x1b[0;{self._style}m" if self._style else "\x1b[0m")
            self._worn = self._style
