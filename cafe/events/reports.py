"""Facts of the tables that report to the room."""

from cafe.events.event import Event, Position


class ReportSet(Event, frozen=True):
    """Tables report to the room one after another: it is another one's turn, the row changed, or it is over. `what` is
    what was done to the row.
    """

    kind = "report_set"
    position: Position
    what: str = "report_set"
