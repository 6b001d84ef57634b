"""Facts of the harvest's vote: dots that people put on ideas."""

from cafe.events.event import Event


class DotsGiven(Event, frozen=True):
    """Somebody's whole ballot: how many dots on which idea; with the same id it replaces the earlier.

    `by` serves changing and forgetting only, and is cut from the log when the café closes. A forgotten one is empty.
    """

    kind = "dots_given"
    id: str = ""
    dots: dict[str, int] = {}
    by: str = ""


class VoteSet(Event, frozen=True):
    """The facilitator closed the vote and showed what it found, or went on collecting dots."""

    kind = "vote_set"
    shown: bool
