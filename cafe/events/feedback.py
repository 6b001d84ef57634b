"""Facts of what people say about the day itself."""

from cafe.events.event import Event


class FeedbackGiven(Event, frozen=True):
    """Somebody's answers to the questions about the day, by the question; with the same id they replace the earlier.

    `by` serves changing and forgetting only, and is cut from the log when the café closes. A forgotten one is empty.
    """

    kind = "feedback_given"
    id: str = ""
    words: dict[str, str] = {}
    language: str = ""
    by: str = ""
