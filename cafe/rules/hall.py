"""The real room: people leave, cannot move, tables close. Only rounds to come change, and as few seats as can be."""

from cafe import events as e
from cafe import seating
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.rules.people import ahead, places_left
from cafe.state import Participant, RoundKey, State

Moves = dict[str, tuple[e.Seat, ...]]


def later(state: State, group: str) -> list[RoundKey]:
    """The rounds of a group that have not begun: those that may still change."""
    track = state.track(group)
    running = state.key(track) if track and track.phase == "round" else None
    return [key for key in ahead(state, group) if key != running]


def _person(state: State, who: str) -> Participant:
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    return person


@facilitator
def leave(state: State, now: int, who: str) -> Decision:
    """Notes that somebody left: their later seats are free, and so is the table that they hosted."""
    person = _person(state, who)
    if person.left:
        return ()
    given_up = tuple(e.Seat(*key, 0) for key in later(state, person.group) if state.table(who, key))
    hosted = tuple(e.Hosted(table, "") for table, host in state.hosts.items() if host == who)
    return (*hosted, e.Left(who, {who: given_up} if given_up else {}))


@facilitator
def pin(state: State, now: int, who: str, table: int) -> Decision:
    """Lets somebody who cannot move stay at a table in all later rounds of the running session; 0 lets them go on."""
    person = _person(state, who)
    if table and not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    rounds = later(state, person.group)
    if table:
        stays = [key for key in rounds if state.plan.table(table) in state.plan.tables_for(key.block, person.group)]
        seats = tuple(e.Seat(*key, table) for key in stays)
    else:
        dealt = seating.card(state.plan, max(person.card, 1))
        planned = {RoundKey(s.block, s.session, s.round): s for s in seating.seats(state.plan, dealt)}
        seats = tuple(planned[key] for key in rounds if key in planned)
    return (e.Pinned(who, table, {who: seats} if seats else {}),)


@facilitator
def close_table(state: State, now: int, table: int) -> Decision:
    """Closes a table, or merges it into the others: in later rounds each of its people goes where most room is."""
    _table(state, table)
    if table in state.closed_tables:
        return ()
    moves: dict[str, list[e.Seat]] = {}
    for group in state.plan.groups:
        for key in later(state, group.id):
            tables = [t.number for t in state.plan.tables_for(key.block, group.id)]
            open_ones = [number for number in tables if number != table and number not in state.closed_tables]
            if table in tables and open_ones:
                for who, number in _spread(state, key, table, open_ones).items():
                    moves.setdefault(who, []).append(e.Seat(*key, number))
    return (e.TableSet(table, True, {who: tuple(seats) for who, seats in moves.items()}),)


def _spread(state: State, key: RoundKey, table: int, others: list[int]) -> dict[str, int]:
    """New tables for the people of one table in one round: first where they have not been, then where most room is."""
    room = {number: places_left(state, key, number) for number in others}
    found = {}
    for who, number in sorted(state.seats.get(key, {}).items()):
        if number != table:
            continue
        been = {taken.get(who) for other, taken in state.seats.items() if other[:2] == key[:2]}
        best = min(others, key=lambda other: (room[other] <= 0, other in been, -room[other], other))
        room[best] -= 1
        found[who] = best
    return found


@facilitator
def open_table(state: State, now: int, table: int) -> Decision:
    """Opens a table again; the next people who come, and a new evening out, find it."""
    _table(state, table)
    return (e.TableSet(table, False),) if table in state.closed_tables else ()


def _table(state: State, table: int) -> None:
    if not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")


@facilitator
def reseat(state: State, now: int, rev: int, seats: dict[str, list[tuple[int, str, int, int]]]) -> Decision:
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
    return (e.Seated(moves, rule="evened out", undoable=True),) if moves else ()
