"""What facts of the room's conclusions change."""

from cafe import events as e
from cafe.fold.change import changes, remember, with_, without
from cafe.state import State, Step


@changes.register
def _(event: e.Concluded, state: State, record: e.Record) -> State:
    before = Step(event.kind, about=event.question, conclusion=state.conclusions.get(event.question, ""))
    return conclude(remember(state, before), event.question, event.text)


def conclude(state: State, question: str, text: str) -> State:
    said = state.conclusions
    said = said.set(question, text) if text else without(said, question)
    return with_(state, conclusions=said, rev=state.rev + 1)
