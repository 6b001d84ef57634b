"""What a table may leave for the next people: a hand-over in words, and photographs of its tablecloth.

Its host leaves it. Where a table has no host, one of its people may, the first who does; nobody writes over another's.
It can be changed until the next round begins.
"""

import re

from cafe import events as e
from cafe.rules.decision import LANGUAGE, Decision, Refused, command, facilitator
from cafe.rules.ideas import cleaned
from cafe.state import Place, State

MOST_PHOTOS = 4
"""Photographs of one table in one round."""

_ID = re.compile(r"[0-9a-f]{16,64}")


def may_hand_over(state: State, who: str, place: Place) -> bool:
    """Whether somebody who sits at a place speaks for it: its host, or without a host the first who does."""
    host = state.hosts.get(place.table)
    if host is not None:
        return host == who
    written = state.handovers.get(place)
    taken = [photo.by for photo in state.photos_of(place)]
    return not ({written.by if written else who, *taken} - {who})


def _place(state: State, who: str, word: str) -> Place:
    """The place for which somebody speaks now. Refused when its round is over, or when somebody else speaks for it."""
    if who not in state.participants:
        raise Refused("not_joined")
    if state.closed:
        raise Refused("closed")
    place = state.place(who)
    if place is None or state.track(state.group_of(who)) is None or word not in ("", place.word):
        raise Refused("handed_on")
    if not may_hand_over(state, who, place):
        raise Refused("others_hand_over")
    return place


@command
def hand_over(state: State, now: int, who: str, text: str, place: str = "", language: str = "") -> Decision:
    """Leaves words for the next people at one's table, or other words; none takes them back.

    `place` is the word of the snapshot for which it was written: when the next round has begun it is too late.
    """
    at = _place(state, who, place)
    words = cleaned(text) if text.strip() else ""
    before = state.handovers.get(at)
    if words == (before.text if before else ""):
        return ()
    spoken = language if LANGUAGE.fullmatch(language) else state.participants[who].language
    return (e.HandedOver(*at, text=words, language=spoken if words else "", by=who),)


@facilitator
def keep_back(state: State, now: int, place: str, hidden: bool) -> Decision:
    """Hides what a table handed over, from phones and report, or shows it again."""
    at = Place.read(place)
    if at is None or at not in state.handovers:
        raise Refused("no_hand_over")
    return () if (at in state.kept_back) == hidden else (e.HandOverStood(*at, hidden=hidden),)


@command
def photograph(state: State, now: int, who: str, id: str, place: str = "") -> Decision:
    """Takes a photograph of the tablecloth; the same one again changes nothing."""
    at = _place(state, who, place)
    if not _ID.fullmatch(id):
        raise Refused("bad_id")
    if id in state.photos:
        return ()
    if sum(not photo.hidden for photo in state.photos_of(at)) >= MOST_PHOTOS:
        raise Refused("enough_photos")
    return (e.PhotoTaken(id, *at, by=who),)


@facilitator
def stand_photo(state: State, now: int, id: str, hidden: bool) -> Decision:
    """Takes a photograph out of the report and off its sender's phone, or in again; after the end, out for good."""
    photo = state.photos.get(id)
    if photo is None:
        raise Refused("no_such_photo")
    if photo.hidden == hidden:
        return ()
    return (e.PhotoTakenBack(id),) if state.closed else (e.PhotoStood(id, hidden),)


@command
def photographs_back(state: State, now: int, who: str) -> Decision:
    """Takes one's photographs of the present table and round back."""
    if who not in state.participants:
        raise Refused("not_joined")
    if state.closed:
        raise Refused("closed")
    place = state.place(who)
    mine = [photo for photo in state.photos_of(place) if photo.by == who] if place else []
    return tuple(e.PhotoTakenBack(photo.id) for photo in mine)
