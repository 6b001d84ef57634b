"""Who may come in, where they sit, and how they are forgotten."""

from immutables import Map

from cafe import events as e
from cafe import seating
from cafe.rules.decision import LANGUAGE, Decision, Refused, command, facilitator
from cafe.state import RoundKey, State

RULE = "card"


MOST_CARDS = 9_999


@command
def join(state: State, now: int, who: str, language: str, group: str = "", card: int = 0, table: int = 0) -> Decision:
    """Lets somebody in and seats them in the same breath; nobody else moves. Joining twice changes nothing.

    Who holds a printed `card` gets its way; who scanned a `table`'s code begins there; others get the next card.
    """
    if state.closed:
        raise Refused("closed")
    if not (state.plan.organiser and state.plan.contact):
        raise Refused("not_open")
    if who in state.participants:
        return ()
    dealt = _dealt(state, group, card, table)
    spoken = language if LANGUAGE.fullmatch(language) else state.plan.language
    return (
        e.Joined(
            who, dealt.group, spoken, _ahead(state, dealt), RULE, card=dealt.number, certificate=_proof(state, dealt)
        ),
    )


@facilitator
def bring(state: State, now: int, who: str, card: int = 0, table: int = 0) -> Decision:
    """Seats somebody without a phone: with their printed card, at a table, or with the next card."""
    return join(state, now, who, state.plan.language, card=card, table=table)


def _dealt(state: State, group: str, number: int, table: int) -> seating.Card:
    """The card that somebody gets. Refused when it is somebody else's, or when there is no such group or table."""
    plan, taken = state.plan, held_cards(state)
    if number:
        if not 0 < number <= MOST_CARDS:
            raise Refused("no_such_card")
        if number in taken:
            raise Refused("card_taken")
        return seating.card(plan, number)
    taken |= state.reserved
    if table:
        return _beginning_at(state, table, taken)
    if plan.groups_by == "choose" and group:
        if group not in {each.id for each in plan.groups}:
            raise Refused("no_such_group")
        return seating.free(plan, taken, group)
    return seating.free(plan, taken)


def _beginning_at(state: State, table: int, taken: frozenset[int]) -> seating.Card:
    """The next card that nobody has and that sits at `table` now, or in the first round to come."""
    if not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    for number in range(1, len(taken) + 40 * len(state.plan.tables)):
        dealt = seating.card(state.plan, number)
        seats = _ahead(state, dealt) if number not in taken else ()
        if seats and seats[0].table == table:
            return dealt
    return seating.free(state.plan, taken)


def held_cards(state: State) -> frozenset[int]:
    """The numbers of the cards that people hold; those of hosts, who stay, and of people who left are free."""
    hosts = frozenset(state.hosts.values())
    there = (person for person in state.participants.values() if person.id not in hosts and not person.left)
    return frozenset(person.card for person in there)


def _ahead(state: State, dealt: seating.Card) -> tuple[e.Seat, ...]:
    """A card's seats in the rounds that are still to come, the running one included; never at a closed table."""
    rounds = set(ahead(state, dealt.group))
    seats = (s for s in seating.seats(state.plan, dealt) if RoundKey(s.block, s.session, s.round) in rounds)
    return tuple(_opened(state, dealt.group, seat) for seat in seats)


def _opened(state: State, group: str, seat: e.Seat) -> e.Seat:
    """The seat, or one at the table with the most room where that table is closed."""
    if seat.table not in state.closed_tables:
        return seat
    key = RoundKey(seat.block, seat.session, seat.round)
    tables = [table.number for table in state.plan.tables_for(seat.block, group)]
    others = [number for number in tables if number not in state.closed_tables] or tables
    return e.Seat(*key, max(others, key=lambda number: (places_left(state, key, number), -number)))


def _proof(state: State, dealt: seating.Card) -> str:
    """The algebra that proves that holders of cards up to this one meet nobody twice; '' where they must."""
    found = seating.way(state.plan, dealt.group)
    return f"difference matrix over {found.algebra}" if dealt.place < found.without_repeats else ""


def ahead(state: State, group: str) -> list[RoundKey]:
    """The rounds that a group still has before it, the running one included."""
    keys = []
    for number, block in enumerate(state.plan.programme):
        name = block.sessions.get(group)
        if name is None or number < state.position.block:
            continue
        track = state.track(group) if number == state.position.block else None
        first = state.key(track).round if track else 1
        keys += [RoundKey(number, name, r) for r in range(first, state.plan.sessions[name].rounds + 1)]
    return keys


@command
def sit(state: State, now: int, who: str, table: int) -> Decision:
    """Corrects where somebody sits in the present round: "I sit elsewhere". Later seats stay as announced."""
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    track = state.track(person.group)
    if track is None or not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    if state.plan.table(table) not in state.plan.tables_for(state.position.block, person.group):
        raise Refused("no_such_table")
    key = state.key(track)
    if state.table(who, key) == table:
        return ()
    return (e.Seated({who: (e.Seat(*key, table),)}, rule="said so"),)


@facilitator
def host(state: State, now: int, who: str, table: int) -> Decision:
    """Makes somebody the host of a table of their group: they stay there in the running session, or in the next."""
    return _hosting(state, who, table, undoable=True)


@facilitator
def unhost(state: State, now: int, table: int) -> Decision:
    """Lets a host go on with the others, along their card's way."""
    who = state.hosts.get(table, "")
    if who not in state.participants:
        raise Refused("no_hosts")
    dealt = seating.card(state.plan, max(state.participants[who].card, 1))
    stays = {key for key in ahead(state, dealt.group) if state.table(who, key) == table}
    seats = tuple(s for s in _ahead(state, dealt) if RoundKey(s.block, s.session, s.round) in stays)
    return (e.Hosted(table, "", {who: seats} if seats else {}, undoable=True),)


def _hosting(state: State, who: str, table: int, *, undoable: bool) -> Decision:
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    if not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    rounds = ahead(state, person.group)
    stays = [key for key in rounds if key.block == rounds[0].block]
    if state.plan.table(table) not in (
        state.plan.tables_for(stays[0].block, person.group) if stays else state.plan.tables_of(person.group)
    ):
        raise Refused("no_such_table")
    freed = tuple(e.Hosted(other, "") for other, host in state.hosts.items() if host == who and other != table)
    seats = tuple(e.Seat(*key, table) for key in stays)
    return (*freed, e.Hosted(table, who, {who: seats} if seats else {}, undoable))


@command
def stay(state: State, now: int, who: str) -> Decision:
    """I stay: makes somebody the host of the table where they sit. The first who says so is it."""
    place = state.place(who)
    if state.plan.hosts != "volunteer" or place is None or not state.position.tracks:
        raise Refused("no_hosts")
    if state.hosts.get(place.table, who) != who:
        raise Refused("host_taken")
    return () if state.hosts.get(place.table) == who else _hosting(state, who, place.table, undoable=False)


@command
def choose(state: State, now: int, who: str, table: int) -> Decision:
    """Takes a place at a table for the next round, where people choose; a full table is refused."""
    coming = state.coming(who)
    if coming is None or state.plan.sessions[coming.session].seating != "choose":
        raise Refused("no_choice")
    key = RoundKey(*coming[:3])
    group = state.participants[who].group
    if table not in {each.number for each in state.plan.tables_for(key.block, group)}:
        raise Refused("no_such_table")
    if coming.table == table:
        return ()
    if places_left(state, key, table) <= 0:
        raise Refused("table_full")
    return (e.Seated({who: (e.Seat(*key, table),)}, rule="chosen"),)


def places_left(state: State, key: RoundKey, table: int) -> int:
    """How many more people a table takes in a round."""
    taken = sum(other == table for other in state.seats.get(key, Map()).values())
    return state.plan.table(table).seats - taken


@command
def read_in(state: State, now: int, who: str, language: str) -> Decision:
    """Remembers the language in which somebody reads."""
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    if person.language == language or not LANGUAGE.fullmatch(language):
        return ()
    return (e.LanguageChosen(who, language),)


@command
def forget(state: State, now: int, who: str) -> Decision:
    """Forgets a person and, while the café is open, their own ideas with them."""
    if who not in state.participants:
        raise Refused("not_joined")
    return (e.Forgot(who),)


@facilitator
def purge(state: State, now: int, people: int) -> Decision:
    """Removes every name; the ideas stay."""
    return (e.NamesPurged(people),)
