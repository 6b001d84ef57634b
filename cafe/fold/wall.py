"""What facts of the wall change."""

from cafe import events as e
from cafe.fold.change import changes, remember, with_
from cafe.state import State, Step

KEPT_MESSAGES = 5
"""Messages that can be chosen again."""


@changes.register
def _(event: e.WallSet, state: State, record: e.Record) -> State:
    return with_(remember(state, Step(event.kind, wall=state.wall)), wall=event.ideas, rev=state.rev + 1)


@changes.register
def _(event: e.LanguageSet, state: State, record: e.Record) -> State:
    return with_(state, language=event.language, rev=state.rev + 1)


@changes.register
def _(event: e.PhonesLaid, state: State, record: e.Record) -> State:
    return with_(remember(state, Step(event.kind, down=state.phones_down)), phones_down=event.down, rev=state.rev + 1)


@changes.register
def _(event: e.StageSet, state: State, record: e.Record) -> State:
    return put_on_stage(remember(state, Step(event.kind, idea=state.staged)), event.idea)


def put_on_stage(state: State, id: str) -> State:
    """An idea stands large, or none does: one that is hidden, taken back or forgotten has left the stage."""
    idea = state.ideas.get(id)
    return with_(state, staged=id if idea is not None and idea.stands else "", rev=state.rev + 1)


@changes.register
def _(event: e.MessageSet, state: State, record: e.Record) -> State:
    """What was said stays among the last ones, also when it is taken back: it can be mended and said again."""
    state = remember(state, Step(event.kind, message=state.message))
    if not event.text:
        return with_(state, message=None, rev=state.rev + 1)
    others = tuple(text for text in state.messages if text != event.text)
    said = (*others, event.text)[-KEPT_MESSAGES:]
    return with_(state, message=e.Message(event.text, event.to, record.at), messages=said, rev=state.rev + 1)
