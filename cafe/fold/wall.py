"""What facts of the wall change."""

from cafe import events as e
from cafe.fold.change import changes, remember, with_
from cafe.state import State, Step


@changes.register
def _(event: e.WallSet, state: State, record: e.Record) -> State:
    return with_(remember(state, Step(event.kind, wall=state.wall)), wall=event.ideas, rev=state.rev + 1)


@changes.register
def _(event: e.LanguageSet, state: State, record: e.Record) -> State:
    return with_(state, language=event.language, rev=state.rev + 1)


@changes.register
def _(event: e.PhonesLaid, state: State, record: e.Record) -> State:
    return with_(remember(state, Step(event.kind, down=state.phones_down)), phones_down=event.down, rev=state.rev + 1)
