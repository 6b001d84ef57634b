"""How a fact changes the state: one function per fact, found by its type."""

from functools import singledispatch
from typing import TypeVar

import msgspec
from immutables import Map

from cafe import events as e
from cafe.state import State, Step

UNDO_DEPTH = 20
Key = TypeVar("Key")
Value = TypeVar("Value")


@singledispatch
def changes(event: e.Event, state: State, record: e.Record) -> State:
    """A fact that changes nothing that this version knows of."""
    return state


def with_(state: State, **changed: object) -> State:
    """The state with these fields changed."""
    return msgspec.structs.replace(state, **changed)


def remember(state: State, step: Step) -> State:
    """Notes how it was before something that the facilitator can take back."""
    return with_(state, undo=(*state.undo, step)[-UNDO_DEPTH:])


def without(among: Map[Key, Value], key: Key) -> Map[Key, Value]:
    """The map without a key, whether it was there or not."""
    return among.delete(key) if key in among else among
