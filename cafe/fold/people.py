"""What facts of the people change."""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from immutables import Map

from cafe import events as e
from cafe.fold.change import changes, remember, with_, without
from cafe.fold.dots import withdraw
from cafe.state import Participant, RoundKey, State, Step


def sit(state: State, who: str, seats: Iterable[e.Seat]) -> State:
    taken = state.seats
    for seat in seats:
        key = RoundKey(seat.block, seat.session, seat.round)
        there = taken.get(key, Map())
        taken = taken.set(key, there.set(who, seat.table) if seat.table else without(there, who))
    return with_(state, seats=taken, rev=state.rev + 1)


def seats_before(state: State, seats: Mapping[str, Iterable[e.Seat]]) -> dict[str, tuple[e.Seat, ...]]:
    """The same seats as they were: what brings them back."""
    return {
        who: tuple(
            msgspec.structs.replace(seat, table=state.table(who, RoundKey(seat.block, seat.session, seat.round)))
            for seat in theirs
        )
        for who, theirs in seats.items()
    }


@changes.register
def _(event: e.Expected, state: State, record: e.Record) -> State:
    expected = state.expected.set(event.who, event)
    kept = _reserved(state, expected) if event.who in state.expected else state.reserved
    kept = kept | {event.card} if event.card else kept
    return with_(state, expected=expected, reserved=kept, rev=state.rev + 1)


@changes.register
def _(event: e.Joined, state: State, record: e.Record) -> State:
    who = event.who
    person = Participant(who, event.group, event.language, record.at, event.card, phone=event.phone)
    if not event.phone:
        state = remember(state, Step(event.kind, who=who))
    state = sit(with_(state, participants=state.participants.set(who, person)), who, event.seats)
    if event.table:
        state = host(state, event.table, who) if event.host else pin(state, who, event.table)
    return state


def absent(state: State, who: str) -> State:
    """The state without somebody who is not in after all; who stands on the list is expected again."""
    return with_(
        state,
        participants=without(state.participants, who),
        seats=Map({key: without(taken, who) for key, taken in state.seats.items()}),
        hosts=Map({table: host for table, host in state.hosts.items() if host != who}),
        hosted=state.hosted - {who},
        pins=without(state.pins, who),
        settled=without(state.settled, who),
        talks=Map({block: without(there, who) for block, there in state.talks.items()}),
        rev=state.rev + 1,
    )


@changes.register
def _(event: e.Paired, state: State, record: e.Record) -> State:
    """From here on it is the phone that says that they are in: there is no tick to be taken back."""
    person = state.participants.get(event.who)
    if person is None:
        return state
    undo = tuple(step for step in state.undo if (step.what, step.who) != ("joined", event.who))
    paired = msgspec.structs.replace(person, phone=True)
    return with_(state, participants=state.participants.set(event.who, paired), undo=undo, rev=state.rev + 1)


def carry(state: State, who: str, card: int) -> State:
    """Gives somebody who had none a card."""
    person = state.participants.get(who)
    if person is None or not card:
        return state
    carrying = msgspec.structs.replace(person, card=card)
    return with_(state, participants=state.participants.set(who, carrying))


def sit_all(state: State, seats: Mapping[str, Iterable[e.Seat]]) -> State:
    for who, theirs in seats.items():
        if who in state.participants:
            state = sit(state, who, theirs)
    return state


@changes.register
def _(event: e.Seated, state: State, record: e.Record) -> State:
    if event.undoable:
        state = remember(state, Step(event.kind, seats=seats_before(state, event.seats)))
    return sit_all(state, event.seats)


@changes.register
def _(event: e.Left, state: State, record: e.Record) -> State:
    before = hosts_before(state, event.hosts)
    step = Step(event.kind, who=event.who, seats=seats_before(state, event.seats), hosts=before)
    gone = leave(remember(state, step), event.who, record.at)
    return sit_all(host_all(gone, event.hosts), event.seats)


def leave(state: State, who: str, at: int) -> State:
    person = state.participants.get(who)
    if person is None:
        return state
    gone = msgspec.structs.replace(person, left=at)
    return with_(state, participants=state.participants.set(who, gone), rev=state.rev + 1)


@changes.register
def _(event: e.Pinned, state: State, record: e.Record) -> State:
    before = seats_before(state, event.seats)
    state = remember(state, Step(event.kind, who=event.who, table=state.pins.get(event.who, 0), seats=before))
    return sit_all(pin(carry(state, event.who, event.card), event.who, event.table), event.seats)


def pin(state: State, who: str, table: int) -> State:
    known = who in state.participants  # Who was forgotten meanwhile does not come back by undo.
    pins = state.pins.set(who, table) if table and known else without(state.pins, who)
    return with_(state, pins=pins, rev=state.rev + 1)


@changes.register
def _(event: e.TableSet, state: State, record: e.Record) -> State:
    before = hosts_before(state, event.hosts)
    state = remember(state, Step(event.kind, table=event.table, seats=seats_before(state, event.seats), hosts=before))
    state = host_all(set_table(state, event.table, closed=event.closed), event.hosts)
    return sit_all(state, event.seats)


def set_table(state: State, table: int, *, closed: bool) -> State:
    tables = state.closed_tables | {table} if closed else state.closed_tables - {table}
    return with_(state, closed_tables=tables, rev=state.rev + 1)


@changes.register
def _(event: e.TablesLaid, state: State, record: e.Record) -> State:
    mine = {table.number for table in state.plan.tables_of(event.group)}
    bare, closed = tuple(sorted(state.bare_tables)), tuple(sorted(state.closed_tables))
    state = remember(state, Step(event.kind, seats=seats_before(state, event.seats), bare=bare, closed=closed))
    others = state.bare_tables - mine, state.closed_tables - mine
    return sit_all(lay(state, others[0].union(event.bare), others[1].union(event.bare)), event.seats)


def lay(state: State, bare: Iterable[int], closed: Iterable[int]) -> State:
    return with_(state, bare_tables=frozenset(bare), closed_tables=frozenset(closed), rev=state.rev + 1)


@changes.register
def _(event: e.Hosted, state: State, record: e.Record) -> State:
    if event.undoable:
        before = seats_before(state, event.seats)
        others = {table: who for table, who in state.hosts.items() if who == event.who and table != event.table}
        step = Step(event.kind, who=state.hosts.get(event.table, ""), table=event.table, seats=before, hosts=others)
        state = remember(state, step)
    state = carry(state, state.hosts.get(event.table, ""), event.card)
    return sit_all(host(state, event.table, event.who), event.seats)


def host(state: State, table: int, who: str) -> State:
    """Somebody hosts one table and no other; who was forgotten hosts none."""
    hosts = {each: other for each, other in state.hosts.items() if each != table and other != who}
    hosted = state.hosted
    if who in state.participants:
        hosts[table], hosted = who, hosted | {who}
    return with_(state, hosts=Map(hosts), hosted=hosted, rev=state.rev + 1)


def host_all(state: State, hosts: Mapping[int, str]) -> State:
    for table, who in hosts.items():
        state = host(state, table, who)
    return state


def hosts_before(state: State, hosts: Iterable[int]) -> dict[int, str]:
    """Who hosts these tables as it is: what brings them back."""
    return {table: state.hosts.get(table, "") for table in hosts}


@changes.register
def _(event: e.Settled, state: State, record: e.Record) -> State:
    if event.who not in state.participants:
        return state
    key = RoundKey(event.seat.block, event.seat.session, event.seat.round)
    return with_(state, settled=state.settled.set(event.who, key), rev=state.rev + 1)


@changes.register
def _(event: e.TalkChosen, state: State, record: e.Record) -> State:
    if event.who not in state.participants:
        return state
    there = state.talks.get(event.block, Map()).set(event.who, event.talk)
    return with_(state, talks=state.talks.set(event.block, there), rev=state.rev + 1)


@changes.register
def _(event: e.LanguageChosen, state: State, record: e.Record) -> State:
    person = state.participants.get(event.who)
    if person is None:
        return state
    changed = msgspec.structs.replace(person, language=event.language)
    return with_(state, participants=state.participants.set(event.who, changed))


@changes.register
def _(event: e.Forgot, state: State, record: e.Record) -> State:
    """Leaves just what a replay of the blanked log leaves: numbers and places are used up, words and links are gone."""
    person = state.participants.get(event.who)
    sent = [idea for idea in state.ideas.values() if idea.by == event.who]
    mine = {idea.id: idea for idea in sent if not idea.for_another}
    others = {idea.id: msgspec.structs.replace(idea, by="") for idea in sent if idea.for_another}
    ideas, order, at_table, on_question = state.ideas, state.order, state.at_table, state.on_question
    for idea in mine.values():
        ideas, order = ideas.delete(idea.id), order.delete(idea.number)
        at_table = at_table.set(idea.place, _blanked(at_table[idea.place], idea.id))
        on_question = on_question.set(idea.question, _blanked(on_question[idea.question], idea.id))
    expected = without(state.expected, event.who)
    for id in [id for id, ballot in state.ballots.items() if ballot.by == event.who]:
        state = withdraw(state, id)
    return with_(
        absent(state, event.who),
        expected=expected,
        reserved=_reserved(state, expected) if event.who in state.expected else state.reserved,
        forgotten=state.forgotten.set(event.who, record.at),
        forgotten_phones=state.forgotten_phones + int(bool(person and person.phone)),
        feedback=Map({id: said for id, said in state.feedback.items() if said.by != event.who}),
        ideas=ideas.update(others),
        order=order,
        at_table=at_table,
        on_question=on_question,
        shown=state.shown - sum(idea.counts for idea in mine.values()),
        staged="" if state.staged in mine else state.staged,
        handovers=Map({at: one for at, one in state.handovers.items() if one.by != event.who}),
        photos=Map({id: one for id, one in state.photos.items() if one.by != event.who}),
        themed=Map({id: theme for id, theme in state.themed.items() if id not in mine}),
        undo=tuple(
            Step(step.what) if step.idea in mine or _ticks(step, event.who) else _free(step, mine)
            for step in state.undo
        ),
    )


def _free(step: Step, ideas: Collection[str]) -> Step:
    """The step without the themes of some ideas."""
    if step.themed.keys().isdisjoint(ideas):
        return step
    return msgspec.structs.replace(step, themed={id: at for id, at in step.themed.items() if id not in ideas})


def _reserved(state: State, expected: Map[str, e.Expected]) -> frozenset[int]:
    """The cards that are kept when nobody else is expected any more: those who go together share one."""
    gone = {each.card for each in state.expected.values()} - {each.card for each in expected.values()}
    return state.reserved - gone


def _ticks(step: Step, who: str) -> bool:
    return step.what == "joined" and step.who == who


def _blanked(listed: Map[int, str], id: str) -> Map[int, str]:
    return listed.set(next(place for place, other in listed.items() if other == id), "")
