"""How facts change the state: `evolve(state, record)` is the only way to a new one.

It decides nothing, refuses nothing and looks at no clock, so that a file folds to the same state on every machine and
for ever. One function per fact, a page per matter as in `cafe.events`; a fact of a newer version changes nothing.
"""

from collections.abc import Iterable

from immutables import Map

from cafe import events as e
from cafe.fold import cafe, conclusions, dots, feedback, handovers, ideas, people, programme, themes, undo, wall
from cafe.fold.change import UNDO_DEPTH, changes
from cafe.state import State

__all__ = ["PAGES", "UNDO_DEPTH", "evolve", "fold"]

PAGES = (cafe, programme, undo, wall, people, ideas, handovers, feedback, dots, conclusions, themes)
"""Where what each fact changes is written: imported, so that it is known."""


def evolve(state: State, record: e.Record) -> State:
    """The state after one more record of this room."""
    return changes(record.event, state, record)


def fold(records: Iterable[e.Record], rooms: Map[str, State] = Map()) -> Map[str, State]:  # noqa: B008 (persistent)
    """Every room's state. Any interleaving that keeps each room's own order folds to the same."""
    for record in records:
        rooms = rooms.set(record.room, evolve(rooms.get(record.room, State(room=record.room)), record))
    return rooms
