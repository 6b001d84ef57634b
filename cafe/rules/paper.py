"""Paper cards of a day as a spreadsheet: which idea belongs to which table, round and question, or every mistake.

The columns are `table`, `text` and any of `question` (its words, its id, or its number), `round` and `language`; their
names may be of any of the café's languages. The same sheet read again means the same ideas: an id comes of the place,
the words, and which of several equal cards it is, so that a line may be put in or moved.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from cafe import sheet
from cafe.i18n import N_
from cafe.rules.decision import REFUSALS
from cafe.rules.entry import places
from cafe.sheet import Mistake
from cafe.state import Place, State
from cafe.text import Unclean, clean, key

COLUMNS = {
    "en": {"table": "table", "question": "question", "round": "round", "text": "idea", "language": "language"},
    "ro": {"table": "masa", "question": "întrebarea", "round": "runda", "text": "ideea", "language": "limba"},
    "nl": {"table": "tafel", "question": "vraag", "round": "ronde", "text": "idee", "language": "taal"},
    "it": {"table": "tavolo", "question": "domanda", "round": "turno", "text": "idea", "language": "lingua"},
    "hr": {"table": "stol", "question": "pitanje", "round": "krug", "text": "ideja", "language": "jezik"},
    "lt": {"table": "stalas", "question": "klausimas", "round": "ratas", "text": "idėja", "language": "kalba"},
    "fi": {"table": "pöytä", "question": "kysymys", "round": "kierros", "text": "idea", "language": "kieli"},
}
"""The columns as a sheet names them in each language. They are no part of the catalogues: sheets outlive those."""

ALSO = {"text": "text", "masă": "table", "întrebare": "question", "rundă": "round", "limbă": "language"}
"""Other names that people give to them."""


class Card(msgspec.Struct, frozen=True):
    """A card as an idea: its id, its words, the place to which it belongs, and its language."""

    id: str
    text: str
    place: Place
    language: str


class Cards(msgspec.Struct, frozen=True):
    """What came of reading a sheet: the cards, or all mistakes."""

    cards: tuple[Card, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def empty(language: str) -> str:
    """A sheet to fill in, as the spreadsheets of these languages open it: its first line in the café's language."""
    names = COLUMNS.get(language, COLUMNS["en"])
    return "\ufeff" + ";".join(name.capitalize() for name in names.values()) + "\r\n"


def read_cards(raw: bytes | str, state: State) -> Cards:
    """Reads a sheet of paper cards for a café. Nothing is guessed: what cannot be understood is a mistake."""
    rows = sheet.read(raw)
    if isinstance(rows, Mistake):
        return Cards(mistakes=(rows,))
    if not rows:
        return Cards(mistakes=(Mistake(1, N_("There is no card in this sheet.")),))
    (head_line, head), *body = rows
    names = [_column(cell) for cell in head]
    if "table" not in names or "text" not in names:
        told = N_("The first line names the columns: table and text, perhaps question, round and language.")
        return Cards(mistakes=(Mistake(head_line, told),))
    found: list[Card] = []
    mistakes: list[Mistake] = []
    seen: Counter[tuple[str, str]] = Counter()
    for line, row in body:
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        try:
            text, place = clean(cells.get("text", "")), _place(state, cells)
        except Unclean as no:
            mistakes.append(Mistake(line, REFUSALS[no.code]))
        except _Wrong as no:
            mistakes.append(Mistake(line, no.message, no.args_told))
        else:
            seen[place.word, text] += 1
            id = _id(state.epoch, place.word, text, seen[place.word, text])
            found.append(Card(id, text, place, cells.get("language", "").casefold()))
    if len(rows) == 1:
        mistakes.append(Mistake(head_line, N_("There is no card in this sheet.")))
    return Cards(() if mistakes else tuple(found), tuple(mistakes))


class _Wrong(Exception):
    def __init__(self, message: str, **args: str | int) -> None:
        super().__init__(message)
        self.message, self.args_told = message, args


def _column(name: str) -> str:
    """Which column a name means; '' for one that is not ours."""
    return _NAMES.get(key(name), "")


_NAMES = {key(name): column for names in COLUMNS.values() for column, name in names.items()}
_NAMES |= {key(name): column for name, column in ALSO.items()}


def _id(*parts: object) -> str:
    return "paper-" + hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:20]


def _place(state: State, cells: Mapping[str, str]) -> Place:
    """The table and round of a card; raises `_Wrong` when no or more than one question fits."""
    table, round, asked = (cells.get(name, "") for name in ("table", "round", "question"))
    everywhere = places(state, _number(table))
    if not everywhere:
        raise _Wrong(N_("There is no table {table}."), table=table or "?")
    fitting = [at for at in everywhere if not round or at.round == _number(round)]
    fitting = [at for at in fitting if not asked or _means(state, at, asked)]
    if not fitting:
        raise _Wrong(N_("Table {table} never had this question or round."), table=table)
    begun = [at for at in fitting if state.was_open(at)] or fitting
    if len({state.question(at).id for at in begun}) > 1:
        raise _Wrong(N_("Table {table} had several questions: name the card's question."), table=table)
    return begun[0]


def _number(cell: str) -> int:
    digits = cell.rsplit(maxsplit=1)[-1] if cell.split() else ""  # "3" and "Masa 3"
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0


def _means(state: State, at: Place, asked: str) -> bool:
    """Whether a cell means the question that a table had: by its words in any language, its id, or its number."""
    question = state.question(at)
    said: Sequence[str] = (question.id, question.id.rpartition(".")[2], *question.texts.values())
    return key(asked) in map(key, said)
