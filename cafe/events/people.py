"""Facts of the people: who is in, and where they sit."""

from cafe.events.event import Event, Seat


class Expected(Event, frozen=True):
    """Somebody of the list will come, or a host whom the plan names; who they are stands in the table of people alone.

    `card` is the number of the card that is printed for them, 0 for who stays at `table`, as its `host` or because they
    cannot move. They speak `languages`, are to sit `apart` from these others, and go `together` with those, on one
    card.
    """

    kind = "expected"
    who: str
    group: str
    card: int = 0
    table: int = 0
    host: bool = False
    languages: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


class Joined(Event, frozen=True):
    """Somebody is in, in this group and with these seats from now on; `card` is the number of their way.

    Who stays at `table` does so all day, as its `host` or because they cannot move. `phone` says that they came with
    one; who came without was let in by the facilitator, who can take that back.
    """

    kind = "joined"
    who: str
    group: str
    language: str
    seats: tuple[Seat, ...] = ()
    rule: str = ""
    seed: int = 0
    certificate: str = ""
    card: int = 0
    table: int = 0
    host: bool = False
    phone: bool = True


class Paired(Event, frozen=True):
    """Somebody who was in without a phone has one now: the same person on the same seats."""

    kind = "paired"
    who: str


class Seated(Event, frozen=True):
    """Seats of some people were set anew: {participant: seats}; seats not named stay, table 0 is no seat.

    `undoable` marks what the facilitator did and can take back.
    """

    kind = "seated"
    seats: dict[str, tuple[Seat, ...]]
    rule: str = ""
    seed: int = 0
    certificate: str = ""
    undoable: bool = False


class Hosted(Event, frozen=True):
    """Somebody stays at a table as its host; an empty `who` frees the table, and who had no card gets `card`.

    `undoable` marks what the facilitator did and can take back.
    """

    kind = "hosted"
    table: int
    who: str
    seats: dict[str, tuple[Seat, ...]] = {}
    undoable: bool = False
    card: int = 0


class Left(Event, frozen=True):
    """Somebody left the room: their seats in the rounds to come are free. A phone that sleeps has not left.

    `hosts` says who hosts the table now that they hosted: an heir, whose seats come with it, or "" for nobody.
    """

    kind = "left"
    who: str
    seats: dict[str, tuple[Seat, ...]] = {}
    hosts: dict[int, str] = {}


class Pinned(Event, frozen=True):
    """Somebody cannot move: they stay at a table from now on; 0 lets them move again, along `card` if they had none."""

    kind = "pinned"
    who: str
    table: int
    seats: dict[str, tuple[Seat, ...]] = {}
    card: int = 0


class TableSet(Event, frozen=True):
    """A table was closed (its people go to others in the rounds to come) or opened again.

    `hosts` says that a closed table's host is one no longer.
    """

    kind = "table_set"
    table: int
    closed: bool
    seats: dict[str, tuple[Seat, ...]] = {}
    hosts: dict[int, str] = {}


class TablesLaid(Event, frozen=True):
    """Before the first round of a group it was settled at how many of its tables it sits in the whole café: at all but
    those that stand `bare`.
    """

    kind = "tables_laid"
    group: str
    bare: tuple[int, ...]
    seats: dict[str, tuple[Seat, ...]] = {}


class Settled(Event, frozen=True):
    """Somebody says that they sit where they go in a move: everybody's doing so ends the waiting."""

    kind = "settled"
    who: str
    seat: Seat


class TalkChosen(Event, frozen=True):
    """Somebody goes to one of a block's parallel talks, numbered from 1."""

    kind = "talk_chosen"
    who: str
    block: int
    talk: int


class LanguageChosen(Event, frozen=True):
    """A participant reads the page in this language."""

    kind = "language_chosen"
    who: str
    language: str


class Forgot(Event, frozen=True):
    """A participant is forgotten: the person and their own words are gone from the file, this fact stays."""

    kind = "forgot"
    who: str


class NamesPurged(Event, frozen=True):
    """The time for keeping names was over: all of them are gone, the ideas stay."""

    kind = "names_purged"
    people: int
