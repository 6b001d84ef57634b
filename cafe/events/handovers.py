"""Facts of what a table leaves for the next people: its hand-over in words, and photographs of its tablecloth."""

from cafe.events.event import Event


class HandedOver(Event, frozen=True):
    """What a table says to those who come next; an empty text takes it back, and a forgotten one has no author.

    `by` serves changing and forgetting only, and is cut from the log when the café closes.
    """

    kind = "handed_over"
    block: int
    session: str
    round: int
    table: int
    text: str = ""
    language: str = ""
    by: str = ""


class HandOverStood(Event, frozen=True):
    """The facilitator hid a table's hand-over, or showed it again."""

    kind = "hand_over_stood"
    block: int
    session: str
    round: int
    table: int
    hidden: bool


class PhotoTaken(Event, frozen=True):
    """A photograph of a table's cloth came; the picture itself stands in the file, not in the log.

    A forgotten one has neither id nor author; `by` is cut from the log when the café closes.
    """

    kind = "photo_taken"
    id: str = ""
    block: int = -1
    session: str = ""
    round: int = 0
    table: int = 0
    by: str = ""


class PhotoStood(Event, frozen=True):
    """The facilitator took a photograph out of report and phones, or in again; what is out at the end goes."""

    kind = "photo_stood"
    id: str
    hidden: bool


class PhotoTakenBack(Event, frozen=True):
    """Whoever sent a photograph took it back, or after the end the facilitator: the picture is gone from the file."""

    kind = "photo_taken_back"
    id: str
