"""The real room: people leave, cannot move, tables close. Only rounds to come change, and as few seats as can be."""

from cafe import events as e
from cafe.rules.cards import own_card, own_way, places_left
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.rules.people import staying
from cafe.rules.rounds import later
from cafe.state import Participant, RoundKey, State

Moves = dict[str, tuple[e.Seat, ...]]


def _person(state: State, who: str) -> Participant:
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    return person


@facilitator
def leave(state: State, now: int, who: str, heir: str = "") -> Decision:
    """Notes that somebody left: their later seats are free. A table that they hosted goes to the `heir`, or is free."""
    person = _person(state, who)
    if person.left:
        return ()
    rounds = {key for group in state.plan.groups for key in later(state, group.id) if state.table(who, key)}
    given_up = tuple(e.Seat(*key, 0) for key in sorted(rounds))
    seats = {who: given_up} if given_up else {}
    hosted = [table for table, host in state.hosts.items() if host == who]
    for table in hosted if heir else ():
        if heir == who or heir in state.hosts.values():
            raise Refused("stays_put")
        seats |= staying(state, heir, table)
    return (e.Left(who, seats, dict.fromkeys(hosted, heir)),)


@facilitator
def pin(state: State, now: int, who: str, table: int) -> Decision:
    """Lets somebody who cannot move stay at a table in all later rounds of the running session; 0 lets them go on."""
    person = _person(state, who)
    if person.left:
        raise Refused("not_joined")
    hosts = who in state.hosts.values()
    if not table:
        stays_at = state.pins.get(who, 0)
        freed = {} if hosts else own_way(state, who, stays_at)
        return (e.Pinned(who, 0, freed, 0 if hosts else own_card(state, who).number),) if stays_at else ()
    if hosts and state.hosts.get(table) != who:
        raise Refused("stays_put")
    rounds = later(state, person.group)
    stays = [key for key in rounds if table in {t.number for t in state.plan.tables_for(key.block, person.group)}]
    if table in state.closed_tables or (rounds and not stays):
        raise Refused("no_such_table")
    seats = tuple(e.Seat(*key, table) for key in stays)
    return (e.Pinned(who, table, {who: seats} if seats else {}),)


@facilitator
def close_table(state: State, now: int, table: int) -> Decision:
    """Closes a table, or merges it into the others: in later rounds each of its people goes where most room is.

    Its host goes on with the others. Refused while somebody who cannot move sits there.
    """
    _table(state, table)
    if table in state.closed_tables:
        return ()
    if any(stays == table and not state.participants[who].left for who, stays in state.pins.items()):
        raise Refused("stays_put")
    moves: dict[str, list[e.Seat]] = {}
    for group in state.plan.groups:
        for key in later(state, group.id):
            tables = [t.number for t in state.plan.tables_for(key.block, group.id)]
            open_ones = [number for number in tables if number != table and number not in state.closed_tables]
            if table in tables and not open_ones:
                raise Refused("last_table")
            if table in tables:
                for who, number in _spread(state, key, table, open_ones, moves).items():
                    moves.setdefault(who, []).append(e.Seat(*key, number))
    hosts = {table: ""} if table in state.hosts else {}
    return (e.TableSet(table, True, {who: tuple(seats) for who, seats in moves.items()}, hosts),)


def _spread(
    state: State, key: RoundKey, table: int, others: list[int], moves: dict[str, list[e.Seat]]
) -> dict[str, int]:
    """New tables for the people of one table in one round: first where they have not been and do not go by `moves`,
    then where most room is. Who travels together stays so, where one table has room for all; companions stay so always.
    """
    left = places_left(state, key)
    room = {number: left[number] for number in others}
    people = sorted(who for who, number in state.seats.get(key, {}).items() if number == table)
    whole = max(others, key=lambda other: (room[other], -other))
    if state.plan.sessions[key.session].seating == "together" and room[whole] >= len(people):
        return dict.fromkeys(people, whole)
    found: dict[str, int] = {}
    for who in people:
        if who in found:
            continue
        band = [who, *(each for each in state.companions(who) if each in people and each not in found)]
        been = {taken.get(who) for other, taken in state.seats.items() if other[:2] == key[:2]}
        been |= {seat.table for seat in moves.get(who, ()) if seat.session == key.session}
        best = min(others, key=lambda other: (room[other] < len(band), other in been, -room[other], other))
        room[best] -= len(band)
        found |= dict.fromkeys(band, best)
    return found


@facilitator
def open_table(state: State, now: int, table: int) -> Decision:
    """Opens a table again; the next people who come, and a new evening out, find it."""
    _table(state, table)
    return (e.TableSet(table, False),) if table in state.closed_tables else ()


def _table(state: State, table: int) -> None:
    if not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")


PROPOSED = {"keep": "announced seats kept", "even": "evened out", "mix": "mixed anew"}
"""The rule that stands with seats that were taken from a proposal, by its kind."""


@facilitator
def reseat(
    state: State, now: int, rev: int, seats: dict[str, list[tuple[int, str, int, int]]], kind: str = "even"
) -> Decision:
    """Takes a proposal: seats of later rounds as (block, session, round, table). Refused when the room has changed
    since revision `rev`, on which the proposal was made.
    """
    if rev != state.rev:
        raise Refused("room_changed")
    moves: Moves = {}
    for who, theirs in seats.items():
        person = _person(state, who)
        allowed = set(later(state, person.group))
        for block, session, round, table in theirs:
            key = RoundKey(block, session, round)
            here = state.plan.tables_for(block, person.group) if key in allowed else ()
            if table not in {each.number for each in here} - state.closed_tables:
                raise Refused("no_such_table")
        moves[who] = tuple(e.Seat(*seat) for seat in theirs)
    return (e.Seated(moves, rule=PROPOSED.get(kind, ""), undoable=True),) if moves else ()
