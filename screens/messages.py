"""Everything that the parts of the wall tell one another, on one page."""

from textual.message import Message


class Changed(Message):
    """Something on the wall may look different now: the state, the window, the hour, or what a key did.

    It carries nothing, so that many of them fold into one: whoever hears it redraws from the state.
    """

    def can_replace(self, message: Message) -> bool:
        """A second one that waits says no more than the first."""
        return isinstance(message, Changed)
