"""The wire's view of the state for one participant: pure functions of the state.

What a phone is told is decided here alone, and in `seen` what of the ideas, so that the page, the snapshot and the
stream can never differ.
"""

from collections.abc import Sequence

import msgspec
from immutables import Map

from cafe import events as e
from cafe.clock import Clock, remaining
from cafe.i18n import translator
from cafe.plan import MINUTE, Question, clock
from cafe.rules.cards import places_left
from cafe.rules.feedback import own
from cafe.rules.handovers import may_hand_over
from cafe.rules.wall import STANDS
from cafe.state import Phase, Place, RoundKey, State
from server import dots, sentences
from server.choices import Choice
from server.seen import Shown, sees_all

VERSION = 1
LAST_MINUTES = 3 * MINUTE
"""In this much of a round phones ask who stays and who goes where; with `writing = "end"` they take ideas in it."""


class Told(msgspec.Struct, frozen=True):
    """What the facilitator tells everybody; it stands until a café time."""

    text: str
    until: int


class Asked(msgspec.Struct, frozen=True):
    """A question in the reader's language, where it is there in it."""

    id: str
    text: str
    lang: str


class Left(msgspec.Struct, frozen=True):
    """What the people before left at the reader's table."""

    text: str
    lang: str


class Turn(msgspec.Struct, frozen=True):
    """The table that reports to the room, the one after it (0 after the last), and the reader's own (0 for none)."""

    table: int
    next: int
    mine: int


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of the `state` event. `table` is where one sits (or will), `to` where one goes in a move.

    `q` and `place` (the wire's `in`) are those that an idea sent now belongs to: after a round, still its own.
    `choices` are the tables of "I sit elsewhere", `choose` those of the next round where people pick one, `stay` says
    whether the reader may stay as a host; both are offered from the café time `soon` on. `texts`, `traits` and `parts`
    are what the page says and shows, `host` whether the reader stays at their table. `handed` is what the people before
    left there; `hand` is what the reader's table leaves, None for who does not speak for it; `photos` are the reader's.
    `harvest` is the vote, `ballot` the buttons for dots by idea; `report` is whose turn it is to report to the room.
    `talks` are the talks at the same time, `link` is where the reader's is heard online.
    """

    rev: int
    phase: Phase
    round: int
    rounds: int
    table: int | None
    tables: int
    to: int | None
    q: Asked | None
    place: str = msgspec.field(name="in")
    clock: Clock
    people: int
    card: int
    host: bool
    stay: bool
    handed: Left | None
    hand: str | None
    photos: int
    choices: tuple[Choice, ...]
    choose: tuple[Choice, ...]
    talks: tuple[Choice, ...]
    link: str
    harvest: dots.Harvest | None = None
    ballot: dict[str, tuple[Choice, ...]] = {}
    report: Turn | None = None
    soon: int | None
    opens: int | None
    title: str
    until: str
    message: Told | None = None
    texts: dict[str, str]
    traits: dict[str, dict[str, str]]
    parts: tuple[str, ...]


class Snapshot(View, frozen=True, kw_only=True):
    """Everything that a phone needs: the view, and the ideas that this reader may see."""

    v: int = VERSION
    epoch: str
    now: int
    rate: float
    seq: int
    ideas: list[Shown]
    questions: list[Asked]


def asked(question: Question, language: str) -> Asked:
    return Asked(question.id, *question.text(language))


def view(state: State, who: str, now: int) -> View:
    """What `who` is told about the café at the café time `now`. They must be in."""
    person, plan = state.participants[who], state.plan
    group = state.group_of(who)
    track = None if state.closed else state.track(group)
    phase: Phase = track.phase if track else state.phase
    place, coming = state.hears(who) or state.place(who), state.coming(who)
    seat = place if track else coming
    if phase == "talk" and place and place.session:
        place = None  # Which talk they hear is to be chosen first.
    question = None
    if place and phase != "closed":
        question = state.question(place)
    elif track:
        session = state.session(track)
        if session.per == "round" or len(session.questions) == 1:
            question = session.question(0, track.round)
    block = state.position.block
    running = 0 <= block < len(plan.programme) and not state.closed
    tr = translator(person.language)
    stays, choose, hand = _may_stay(state, who, track), _choose(state, who, track), _hand(state, who, place, track)
    poll = dots.harvest(state, who)
    told = View(
        rev=state.rev,
        phase=phase,
        round=track.round if track else 0,
        rounds=track.rounds if track else 0,
        table=seat.table if seat and phase != "closed" else None,
        tables=len(plan.tables),
        to=coming.table if coming and phase == "move" else None,
        q=asked(question, person.language) if question else None,
        place=place.word if place and phase != "closed" else "",
        clock=msgspec.structs.replace(track.clock, left=remaining(track.clock, now)) if track else Clock(),
        people=len(state.participants),
        card=person.card,
        host=bool(seat and state.hosts.get(seat.table) == who),
        stay=stays,
        handed=_handed(state, place) if place and phase == "round" else None,
        hand=hand,
        photos=sum(photo.by == who and not photo.hidden for photo in state.photos_of(place)) if place and track else 0,
        choices=_choices(state, track, group, coming if phase == "move" else seat) if track else (),
        choose=choose,
        talks=_talks(state, who) if phase == "talk" else (),
        link=_link(state, who) if phase == "talk" else "",
        harvest=poll,
        ballot=dots.buttons(tr, poll, _questions_to_speakers(state, who) if poll else ()),
        report=_turn(state, who),
        soon=_last_minutes(track) if track and (stays or choose or hand is not None) else None,
        opens=_last_minutes(track) if track and phase == "round" and plan.writing == "end" else None,
        title=plan.block_title(block) if running else "",
        until=clock(plan.planned_end(block)) if running else "",
        message=told_on_phones(state),
        texts={},
        traits={},
        parts=(),
    )
    hosted = bool(coming and phase == "move" and state.hosts.get(coming.table, who) != who)
    parts = sentences.parts(
        told,
        hosted=hosted,
        everything=sees_all(state, who),
        down=state.phones_down and phase != "move",
        arrived=bool(coming and state.settled.get(who) == coming[:3]),
        answered=bool(own(state, who)[0]),
    )
    texts, traits = sentences.texts(tr, plan, told), sentences.traits(plan, told, person.language)
    return msgspec.structs.replace(told, texts=texts, traits=traits, parts=parts)


def harvest(state: State, told: View) -> dict[str, object]:
    """The wire's `harvest` event: the vote, with the ideas on which dots may lie."""
    return {**msgspec.to_builtins(told.harvest), "items": [idea.id for idea in state.ideas.values() if idea.counts]}


def _questions_to_speakers(state: State, who: str) -> list[str]:
    """What somebody asked the speakers: it stands on their phone alone."""
    listed = (ids.values() for question, ids in state.on_question.items() if question.startswith("talk."))
    found = (state.ideas.get(id) for ids in listed for id in ids)
    return [idea.id for idea in found if idea and idea.by == who and idea.to_speaker]


def told_on_phones(state: State) -> Told | None:
    """What the facilitator tells everybody, unless it is for the wall alone."""
    said = state.message
    return Told(said.text, said.at + STANDS["phones"]) if said and said.to != "wall" else None


def _choices(state: State, track: e.Track, group: str, seat: Place | None) -> tuple[Choice, ...]:
    """The tables at which somebody of a group may sit now."""
    here = seat.table if seat else 0
    tables = state.tables(state.key(track), group)
    return tuple(Choice(table.number, str(table.number), table.number == here) for table in tables)


def _talks(state: State, who: str) -> tuple[Choice, ...]:
    """The talks at the same time, of which people choose one; nothing where there is one alone."""
    block = state.position.block
    chosen = state.talks.get(block, Map()).get(who, 0)
    talks = enumerate(state.plan.programme[block].talks, 1)
    return tuple(Choice(number, talk.title, number == chosen) for number, talk in talks)


def _link(state: State, who: str) -> str:
    """Where the talk that somebody hears is heard online; '' for nowhere."""
    heard = state.hears(who)
    block = state.plan.programme[state.position.block]
    return (block.talks[heard.round - 1] if heard.round else block).link if heard else ""


def _may_stay(state: State, who: str, track: e.Track | None) -> bool:
    """Whether somebody may say "I stay at this table": it has no host, and another round comes."""
    place = state.place(who)
    if state.plan.hosts != "volunteer" or place is None or track is None or track.round >= track.rounds:
        return False
    return place.table not in state.hosts


def _turn(state: State, who: str) -> Turn | None:
    """Which table reports now; the reader's own is the one at which they sat last."""
    report, place = state.position.report, state.place(who)
    return Turn(report.table, report.next, place.table if place else 0) if report else None


def _handed(state: State, place: Place) -> Left | None:
    said = state.handed_to(place)
    return Left(said.text, said.language) if said else None


def _hand(state: State, who: str, place: Place | None, track: e.Track | None) -> str | None:
    """What somebody's table leaves for the next people; None for who does not speak for it."""
    if place is None or track is None or not may_hand_over(state, who, place):
        return None
    said = state.handovers.get(place)
    return said.text if said else ""


def _choose(state: State, who: str, track: e.Track | None) -> tuple[Choice, ...]:
    """The tables of the next round and how many places each has left, where people pick theirs."""
    coming = state.coming(who)
    if track is None or coming is None or coming.block != state.position.block:
        return ()
    if who in state.hosts.values() or who in state.pins:
        return ()
    if state.session(track).seating != "choose":
        return ()
    person, key = state.participants[who], RoundKey(*coming[:3])
    tr, room, found = translator(person.language), places_left(state, key), []
    for table in state.tables(key, person.group):
        left, here = room[table.number], table.number == coming.table
        told = tr.n("{n} place left", "{n} places left", left) if left > 0 else tr("full")
        told = tr("your place") if here else told
        name = f"{table.number} {table.name}".strip()
        found.append(Choice(table.number, f"{name} · {told}", here, full=left <= 0 and not here))
    return tuple(found)


def alike(one: View, other: View) -> bool:
    """Whether two views differ in nothing that must be told at once: only in the moment and in how many are in."""
    same = msgspec.structs.replace(other.clock, left=one.clock.left) if one.clock.mode == "run" else other.clock
    texts = other.texts | {"people": one.texts["people"]}
    return msgspec.structs.replace(other, rev=one.rev, people=one.people, clock=same, texts=texts) == one


def _last_minutes(track: e.Track) -> int:
    """The café time at which a round's last minutes begin, as things stand; in a move they have begun."""
    time = track.clock
    if track.phase == "move":
        return 0
    if time.mode == "run":
        return time.ends - LAST_MINUTES
    return 0 if time.left <= LAST_MINUTES else 2**52


def snapshot(state: State, who: str, visible: Sequence[Shown], *, now: int, rate: float, seq: int) -> Snapshot:
    """All that a phone needs to begin, or to begin again."""
    language = state.participants[who].language
    here = view(state, who, now)
    named = {idea.q for idea in visible}
    return Snapshot(
        **{field: getattr(here, field) for field in View.__struct_fields__},
        epoch=state.epoch,
        now=now,
        rate=rate,
        seq=seq,
        ideas=list(visible),
        questions=[asked(q, language) for _, q in state.plan.questions() if q.id in named],
    )
