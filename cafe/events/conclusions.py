"""Facts of what the room concludes."""

from cafe.events.event import Event


class Concluded(Event, frozen=True):
    """The facilitator wrote down what the room concludes about a question; an empty text takes it away."""

    kind = "concluded"
    question: str
    text: str = ""
