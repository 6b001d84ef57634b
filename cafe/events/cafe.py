"""Facts of the café as a whole: made, started, come back, closed."""

from cafe.events.event import Event, Position
from cafe.plan import Plan


class Opened(Event, frozen=True):
    """The café was made, from this plan; `trial` marks one that is thrown away.

    `reserved` are the numbers of cards that are printed with somebody's name: nobody else is dealt one.
    """

    kind = "opened"
    epoch: str
    code: str
    plan: Plan
    text: str
    trial: bool = False
    reserved: tuple[int, ...] = ()


class Started(Event, frozen=True):
    """The program was started on this file.

    `heads` are the writers that this one continues, with their last seq; `offset` is the laptop's local time in ms
    east of UTC.
    """

    kind = "started"
    heads: dict[str, int]
    offset: int
    version: str


class Addressed(Event, frozen=True):
    """Phones are told this address from now on, and this `code`; '' is the one of before."""

    kind = "addressed"
    url: str
    code: str = ""


class Returned(Event, frozen=True):
    """The program came back after `away` ms: running clocks stand still with what was left when it stopped."""

    kind = "returned"
    away: int
    position: Position


class CaughtUp(Event, frozen=True):
    """The wall clock's time was taken instead: the deadlines of before hold."""

    kind = "caught_up"
    position: Position


class PlanTaken(Event, frozen=True):
    """A plan file that was changed meanwhile was taken in, as far as it does not touch the past.

    `file` is the plan as it stands in the file, where that is not the one that holds.
    """

    kind = "plan_taken"
    plan: Plan
    text: str
    file: Plan | None = None


class HeadsCounted(Event, frozen=True):
    """The organiser said how many people were there: phones are not people."""

    kind = "heads_counted"
    people: int


class Closed(Event, frozen=True):
    """The café ended. From here on no idea can be linked to whoever sent it."""

    kind = "closed"
