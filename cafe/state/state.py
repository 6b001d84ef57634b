"""The state itself, with the questions that screens, pages and rules ask it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

import msgspec
from immutables import Map

from cafe import events as e
from cafe.clock import Clock
from cafe.plan import MINUTE, Plan, Question, Session, Table
from cafe.state.phases import BEGINS, Phase
from cafe.state.values import Ballot, Feedback, HandOver, Idea, Participant, Photo, Place, RoundKey, Step


class State(msgspec.Struct, frozen=True):
    """One room of a café. Maps are persistent; numbers of ideas count from 0 and are never used twice.

    `plan` is what holds now, `file` what the plan's file said when it was last taken in, and `taken` what was taken
    from it; `edits` counts how often the programme has changed, `notes` are the facilitator's own, by block. `hosted`
    are those who host a table or once did. `themed` is the theme of an idea; numbers of `themes` are never used twice
    either.
    """

    room: str = ""
    epoch: str = ""
    code: str = ""
    plan: Plan = Plan(title="")
    text: str = ""
    file: Plan = Plan(title="")
    taken: Plan = Plan(title="")
    trial: bool = False
    reserved: frozenset[int] = frozenset()
    url: str = ""
    opened: int = 0
    closed: int = 0
    head_count: int = 0
    offsets: tuple[tuple[int, int], ...] = ()
    position: e.Position = e.Position()
    before_return: e.Position | None = None
    away: int = 0
    edits: int = 0
    notes: Map[int, str] = Map()
    began: Map[int, int] = Map()
    ended: Map[int, int] = Map()
    rounds: Map[RoundKey, int] = Map()
    rounds_ended: Map[RoundKey, int] = Map()
    expected: Map[str, e.Expected] = Map()
    participants: Map[str, Participant] = Map()
    forgotten: Map[str, int] = Map()
    forgotten_phones: int = 0
    seats: Map[RoundKey, Map[str, int]] = Map()
    hosts: Map[int, str] = Map()
    hosted: frozenset[str] = frozenset()
    pins: Map[str, int] = Map()
    closed_tables: frozenset[int] = frozenset()
    bare_tables: frozenset[int] = frozenset()
    ideas: Map[str, Idea] = Map()
    order: Map[int, str] = Map()
    numbers: int = 0
    shown: int = 0
    at_table: Map[Place, Map[int, str]] = Map()
    on_question: Map[str, Map[int, str]] = Map()
    handovers: Map[Place, HandOver] = Map()
    kept_back: frozenset[Place] = frozenset()
    photos: Map[str, Photo] = Map()
    wall: Literal["strip", "all", "none"] = "strip"
    staged: str = ""
    message: e.Message | None = None
    messages: tuple[str, ...] = ()
    language: str = "en"
    phones_down: bool = False
    settled: Map[str, RoundKey] = Map()
    talks: Map[int, Map[str, int]] = Map()
    feedback: Map[str, Feedback] = Map()
    ballots: Map[str, Ballot] = Map()
    votes: Map[str, int] = Map()
    revealed: bool = False
    conclusions: Map[str, str] = Map()
    themes: Map[int, str] = Map()
    theme_numbers: int = 0
    themed: Map[str, int] = Map()
    theme_shown: int = 0
    undo: tuple[Step, ...] = ()
    rev: int = 0

    # ------------------------------------------------------------------------------------ where we are

    @property
    def phase(self) -> Phase:
        """The phase of the café; with tracks in different ones, that of the track that is furthest behind."""
        block, tracks = self.position.block, self.position.tracks
        if self.closed or block >= len(self.plan.programme) > 0:
            return "closed"
        if block < 0:
            return "lobby"
        return min(tracks, key=stage_of).phase if tracks else BEGINS[self.plan.programme[block].kind]

    @property
    def step(self) -> str:
        """The name of the step that the café is in; a command that leaves it must say this name."""
        tracks = ",".join(f"{t.session}:{t.phase}{t.round}" for t in self.position.tracks)
        turn = f"report{self.position.report.table}" if self.position.report else ""
        return f"{self.position.block}/{tracks}{turn}" if not self.closed else "closed"

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks of this moment: of the tracks, or of the table that reports."""
        report = self.position.report
        return (*(track.clock for track in self.position.tracks), *((report.clock,) if report else ()))

    @property
    def trail(self) -> str:
        """The name of the action that undo would take back; who takes it back may say this name."""
        return f"{len(self.undo)}/{self.undo[-1].what}" if self.undo else ""

    def track(self, group: str) -> e.Track | None:
        """The running track of a group."""
        return next((t for t in self.position.tracks if group in t.groups), None)

    def key(self, track: e.Track) -> RoundKey:
        """The round that a track is in, or that it is moving to."""
        return RoundKey(self.position.block, track.session, track.round + (track.phase == "move"))

    def session(self, track: e.Track) -> Session:
        return self.plan.sessions[track.session]

    # ----------------------------------------------------------------------------------------- people

    def table(self, who: str, key: RoundKey) -> int:
        """Where a participant sits in a round; 0 for nowhere."""
        return self.seats.get(key, Map()).get(who, 0)

    def tables(self, key: RoundKey, group: str) -> list[Table]:
        """The tables of a group in a round; a closed one is among them while somebody still sits there."""
        taken = set(self.seats.get(key, Map()).values()) if self.closed_tables else set()
        tables = self.plan.tables_for(key.block, group)
        return [each for each in tables if each.number not in self.closed_tables or each.number in taken]

    @property
    def here(self) -> list[Participant]:
        """Everybody who has not left, in the order in which they came."""
        people = (person for person in self.participants.values() if not person.left)
        return sorted(people, key=lambda person: (person.joined, person.card, person.id))

    def companions(self, who: str) -> tuple[str, ...]:
        """Those of the list who go the whole way with somebody."""
        guest = self.expected.get(who)
        return guest.together if guest else ()

    @property
    def to_come(self) -> list[e.Expected]:
        """Who is expected and has not come."""
        return [each for who, each in self.expected.items() if who not in self.participants]

    def group_of(self, who: str) -> str:
        """The group with which a participant sits in the running block: a host may have another group's people."""
        own = self.participants[who].group
        rounds = {
            track.groups: RoundKey(self.position.block, track.session, track.round) for track in self.position.tracks
        }
        sits = [groups for groups, key in rounds.items() if self.table(who, key)]
        return own if not sits or any(own in groups for groups in sits) else sits[0][0]

    def place(self, who: str) -> Place | None:
        """Where a participant sits now, or sat last in this café's begun rounds; None without a table."""
        person = self.participants.get(who)
        track = self.track(self.group_of(who)) if person else None
        if track:
            key = RoundKey(self.position.block, track.session, track.round)
            table = self.table(who, key)
            return Place(*key, table) if table else None
        seated = [key for key in self.rounds if self.table(who, key)]
        if not seated:
            return None
        key = max(seated, key=lambda k: (self.rounds[k], k))
        return Place(*key, self.table(who, key))

    def coming(self, who: str) -> Place | None:
        """The next seat of a participant: of the round to which people move, or of the next session."""
        person = self.participants.get(who)
        if person is None:
            return None
        track = self.track(self.group_of(who))
        if track and (track.phase == "move" or track.round < track.rounds):
            key = RoundKey(self.position.block, track.session, track.round + 1)
            return Place(*key, table) if (table := self.table(who, key)) else None
        now, parts = self.position.block, self.plan.programme
        ahead = (key for key in self.seats if now < key.block < len(parts) and parts[key.block].skipped is None)
        later = [key for key in ahead if self.table(who, key)]
        if not later:
            return None
        key = min(later)
        return Place(*key, self.table(who, key))

    def hears(self, who: str) -> Place | None:
        """The talk that somebody hears now, as a place without a table; None while they have not chosen one."""
        block = self.position.block
        if self.phase != "talk":
            return None
        number = self.talks.get(block, Map()).get(who, 0)
        return None if self.plan.programme[block].talks and not number else Place(block, "", number, 0)

    def seated_now(self, track: e.Track) -> tuple[int, int]:
        """In a move: how many people say that they are seated, of how many who have a seat."""
        key = self.key(track)
        there = [who for who in self.seats.get(key, Map()) if who in self.participants]
        return sum(self.settled.get(who) == key for who in there), len(there)

    def question(self, place: Place) -> Question:
        """What was asked at a table, or the talk that a question to its speaker is about."""
        if not place.session:
            return self.plan.talk(place.block, place.round)
        return self.plan.question(place.session, place.round, place.table)

    def was_open(self, place: Place) -> bool:
        """Whether that table has had that round, or whether that talk has begun."""
        if not place.session:
            talks = len(self.plan.programme[place.block].talks) if place.block in self.began else 0
            talked = place.block in self.began and self.plan.programme[place.block].kind == "talk"
            return talked and not place.table and (0 < place.round <= talks if talks else not place.round)
        return RoundKey(*place[:3]) in self.rounds and 0 < place.table <= len(self.plan.tables)

    # ------------------------------------------------------------------------------------------ ideas

    def may_stand(self, idea: Idea) -> bool:
        """Whether everybody may see an idea now: shown, and with `wall = "after"` only once its round is over."""
        return idea.counts and (self.plan.wall != "after" or RoundKey(*idea.place[:3]) in self.rounds_ended)

    def may_be_large(self, idea: Idea) -> bool:
        """Whether it may be put on stage: what everybody may see, or a question to a speaker that is let through so."""
        return self.may_stand(idea) or (idea.stands and idea.to_speaker)

    def newest(self, among: Map[int, str] | None = None) -> Iterator[Idea]:
        """Ideas that are not taken back, newest first: of the whole café, or of one of its lists."""
        listed = self.order if among is None else among
        top = self.numbers if among is None else len(listed)
        for number in range(top - 1, -1, -1):
            idea = self.ideas.get(listed.get(number, ""))
            if idea is not None and not idea.gone:
                yield idea

    def oldest(self, among: Map[int, str]) -> Iterator[Idea]:
        """Ideas of a list that are not taken back, oldest first."""
        for number in range(len(among)):
            idea = self.ideas.get(among.get(number, ""))
            if idea is not None and not idea.gone:
                yield idea

    # ------------------------------------------------------------------------------------------ hand-overs

    def handed_to(self, place: Place) -> HandOver | None:
        """What the people before left at this table for those who sit there now; None when it is hidden."""
        before = place._replace(round=place.round - 1)
        return None if before in self.kept_back else self.handovers.get(before)

    def photos_of(self, place: Place) -> list[Photo]:
        """The photographs of a table in a round, in the order in which they came."""
        found = (photo for photo in self.photos.values() if photo.place == place)
        return sorted(found, key=lambda photo: (photo.at, photo.id))

    # ------------------------------------------------------------------------------------------- time

    def local(self, at: int) -> datetime:
        """Café time as a date and time where the laptop stood then."""
        offset = next((o for since, o in reversed(self.offsets) if since <= at), 0)
        zone = timezone(timedelta(milliseconds=offset))
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).astimezone(zone)

    def moment(self, minutes: int, now: int) -> int:
        """The café time of a planned time of day (minutes after midnight), on the day of `now`."""
        day = self.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return int(day.timestamp() * 1000) + minutes * MINUTE


def stage_of(track: e.Track) -> tuple[int, bool]:
    """How far a track is, for comparing two."""
    return track.round, track.phase == "move"


def length(track: e.Track, round: int) -> int:
    """Milliseconds of a round of this track."""
    return int(track.minutes[round - 1] * MINUTE + 0.5)
