"""What facts of hand-overs and photographs change."""

from immutables import Map
from msgspec.structs import replace

from cafe import events as e
from cafe.fold.change import changes, remember, with_, without
from cafe.state import HandOver, Photo, Place, State, Step


@changes.register
def _(event: e.HandedOver, state: State, record: e.Record) -> State:
    place = Place(event.block, event.session, event.round, event.table)
    said = HandOver(event.text, event.language, event.by, record.at)
    there = state.handovers.set(place, said) if event.text else without(state.handovers, place)
    return with_(state, handovers=there, rev=state.rev + 1)


@changes.register
def _(event: e.HandOverStood, state: State, record: e.Record) -> State:
    place = Place(event.block, event.session, event.round, event.table)
    return keep_back(remember(state, Step(event.kind, place=place.word)), place, hidden=event.hidden)


def keep_back(state: State, place: Place, *, hidden: bool) -> State:
    """Hides what was handed over there, or shows it again; whatever is written there later stands the same."""
    places = state.kept_back | {place} if hidden else state.kept_back - {place}
    return with_(state, kept_back=places, rev=state.rev + 1)


@changes.register
def _(event: e.PhotoTaken, state: State, record: e.Record) -> State:
    if not event.id:
        return with_(state, rev=state.rev + 1)
    place = Place(event.block, event.session, event.round, event.table)
    photo = Photo(event.id, place, event.by, record.at)
    return with_(state, photos=state.photos.set(event.id, photo), rev=state.rev + 1)


@changes.register
def _(event: e.PhotoStood, state: State, record: e.Record) -> State:
    return hide_photo(remember(state, Step(event.kind, photo=event.id)), event.id, hidden=event.hidden)


def hide_photo(state: State, id: str, *, hidden: bool) -> State:
    """Takes a photograph out, or in again; one that is gone stays gone."""
    photo = state.photos.get(id)
    there = state.photos.set(id, replace(photo, hidden=hidden)) if photo else state.photos
    return with_(state, photos=there, rev=state.rev + 1)


@changes.register
def _(event: e.PhotoTakenBack, state: State, record: e.Record) -> State:
    return with_(state, photos=without(state.photos, event.id), rev=state.rev + 1)


@changes.register
def _(event: e.NamesPurged, state: State, record: e.Record) -> State:
    """Photographs go with the names: faces and handwriting may be on them."""
    return with_(state, photos=Map(), rev=state.rev + 1)
