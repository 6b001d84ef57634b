"""The questions of the wall: in a round each with the tables that have it, in the harvest each with its ideas."""

from itertools import islice
from typing import NamedTuple

from immutables import Map

from cafe import events as e
from cafe.i18n import Translator
from cafe.state import State
from cafe.wall import shown, words
from cafe.wall.shown import Card


class Asked(NamedTuple):
    """A question and the label before it: the tables that have it."""

    label: str
    text: str


class Column(NamedTuple):
    """The questions of one session, under a heading when there are several."""

    heading: str
    asked: tuple[Asked, ...]


class Sheet(NamedTuple):
    """A question, how many ideas it has in words, the ideas, newest first, and what the room concludes about it."""

    question: str
    told: str
    cards: tuple[Card, ...]
    concluded: str = ""


def columns(tr: Translator, state: State) -> tuple[Column, ...]:
    """The questions of the running sessions, each with the tables that have it, in the wall's language if there."""
    tracks = state.position.tracks
    return tuple(_column(tr, state, track, several=len(tracks) > 1) for track in tracks)


def _column(tr: Translator, state: State, track: e.Track, *, several: bool) -> Column:
    session, tables = state.session(track), _tables(state, track)
    if session.per == "round" or not tables:
        asked = [(session.question(0, track.round), "")]
        if session.per == "table":
            asked = [(question, str(number)) for number, question in enumerate(session.questions, 1)]
    else:
        places: dict[str, list[int]] = {}
        for table in tables:
            places.setdefault(session.question(state.plan.table(table).place, track.round).id, []).append(table)
        asked = [(q, " ".join(map(str, places[q.id]))) for q in session.questions if q.id in places]
    names = ", ".join(name for name in track.groups if name)
    heading = tr("Group {name}: {session}", name=names, session=session.title) if several else ""
    return Column(heading, tuple(Asked(label, question.text(state.language)[0]) for question, label in asked))


def _tables(state: State, track: e.Track) -> list[int]:
    return sorted({table.number for group in track.groups for table in state.tables(state.key(track), group)})


def sheets(tr: Translator, state: State) -> tuple[Sheet, ...]:
    """One sheet for each question of the café: its words, how many ideas it has, and the newest of them."""
    found = []
    for _, question in state.plan.questions():
        listed = state.on_question.get(question.id, Map())
        ideas = list(islice(shown.newest(state, listed), shown.MOST))
        cards = tuple(Card(idea.id, idea.text) for idea in ideas)
        text, _ = question.text(state.language)
        told = words.ideas(tr, len(ideas)) if ideas else tr("no ideas yet")
        found.append(Sheet(text, told, cards, state.conclusions.get(question.id, "")))
    return tuple(found)
