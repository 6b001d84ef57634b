"""What facts of the ideas change."""

import msgspec
from immutables import Map

from cafe import events as e
from cafe.fold.change import Key, changes, remember, with_, without
from cafe.state import Idea, Place, State, Step


def _put(state: State, idea: Idea) -> State:
    before = state.ideas.get(idea.id)
    shown = state.shown + idea.counts - (before.counts if before else 0)
    staged = "" if idea.id == state.staged and not idea.stands else state.staged
    themed = without(state.themed, idea.id) if idea.gone else state.themed
    return with_(state, ideas=state.ideas.set(idea.id, idea), shown=shown, staged=staged, themed=themed)


def _push(lists: Map[Key, Map[int, str]], name: Key, id: str) -> Map[Key, Map[int, str]]:
    listed = lists.get(name, Map())
    return lists.set(name, listed.set(len(listed), id))


@changes.register
def _(event: e.IdeaSent, state: State, record: e.Record) -> State:
    number, place = state.numbers, Place(event.block, event.session, event.round, event.table)
    state = with_(
        state,
        numbers=number + 1,
        at_table=_push(state.at_table, place, event.id),
        on_question=_push(state.on_question, event.question, event.id),
    )
    if not event.id:
        return state
    idea = Idea(
        id=event.id,
        number=number,
        text=event.text,
        first=event.text,
        about=event.about,
        question=event.question,
        place=place,
        group=event.group,
        language=event.language,
        on=event.on,
        answers=event.answers,
        late=event.late,
        standing="held" if event.held else "shown",
        gone=False,
        by=event.by,
        source=event.source,
        at=record.at,
        again=event.again,
    )
    return with_(_put(state, idea), order=state.order.set(number, event.id))


@changes.register
def _(event: e.IdeaChanged, state: State, record: e.Record) -> State:
    idea = state.ideas.get(event.id)
    if idea is None:
        return state
    standing = "held" if event.held and idea.standing == "shown" else idea.standing
    return _put(state, msgspec.structs.replace(idea, text=event.text, standing=standing))


@changes.register
def _(event: e.IdeaTakenBack, state: State, record: e.Record) -> State:
    idea = state.ideas.get(event.id)
    return state if idea is None else _put(state, msgspec.structs.replace(idea, gone=True))


def stand(state: State, id: str, standing: str) -> State:
    idea = state.ideas.get(id)
    return state if idea is None else _put(state, msgspec.structs.replace(idea, standing=standing))


@changes.register
def _(event: e.IdeaStood, state: State, record: e.Record) -> State:
    idea = state.ideas.get(event.id)
    if idea is None:
        return remember(state, Step(event.kind))
    return stand(remember(state, Step(event.kind, idea=idea.id, standing=idea.standing)), idea.id, event.standing)
