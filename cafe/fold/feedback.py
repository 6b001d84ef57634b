"""What facts of what people say about the day change."""

from cafe import events as e
from cafe.fold.change import changes, with_, without
from cafe.state import Feedback, State


@changes.register
def _(event: e.FeedbackGiven, state: State, record: e.Record) -> State:
    if not event.id:  # Forgotten: counted where it stood, as it was then.
        return with_(state, rev=state.rev + 1)
    said = Feedback(event.words, event.language, event.by)
    feedback = state.feedback.set(event.id, said) if event.words else without(state.feedback, event.id)
    return with_(state, feedback=feedback, rev=state.rev + 1)
