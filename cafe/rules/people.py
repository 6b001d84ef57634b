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
            who,
            dealt.group,
            spoken,
            _ahead(state, dealt, 0 if card else table),
            RULE,
            card=dealt.number,
            certificate=_proof(state, dealt),
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
    rounds = {group.id: set(ahead(state, group.id)) for group in state.plan.groups}
    for number in range(1, len(taken) + 40 * len(state.plan.tables) if table not in state.closed_tables else 1):
        dealt = seating.card(state.plan, number)
        seats = seating.seats(state.plan, dealt, state.bare_tables) if number not in taken else ()
        first = next((s for s in seats if RoundKey(s.block, s.session, s.round) in rounds[dealt.group]), None)
        if first and first.table == table:
            return dealt
    return seating.free(state.plan, taken)


def held_cards(state: State) -> frozenset[int]:
    """The numbers of the cards that people hold; those of hosts, who stay, and of people who left are free."""
    hosts = frozenset(state.hosts.values())
    there = (person for person in state.participants.values() if person.id not in hosts and not person.left)
    return frozenset(person.card for person in there)


def _ahead(state: State, dealt: seating.Card, at: int = 0) -> tuple[e.Seat, ...]:
    """A card's seats in the rounds that are still to come, the running one included; never at a closed table, nor at a
    full one while another has room. Who sits down `at` a table begins there, full or not.
    """
    rounds = set(ahead(state, dealt.group))
    way = seating.seats(state.plan, dealt, state.bare_tables)
    seats = [s for s in way if RoundKey(s.block, s.session, s.round) in rounds]
    here = seats[:1] if seats and seats[0].table == at and at not in state.closed_tables else []
    return (*here, *(_opened(state, dealt.group, seat) for seat in seats[len(here) :]))


def _opened(state: State, group: str, seat: e.Seat) -> e.Seat:
    """The seat, or one at the table with the most room where that table is closed, or full while others are not."""
    key = RoundKey(seat.block, seat.session, seat.round)
    tables = [table.number for table in state.plan.tables_for(seat.block, group)]
    others = [number for number in tables if number not in state.closed_tables] or tables
    if seat.table in others and places_left(state, key, seat.table) > 0:
        return seat
    most = max(others, key=lambda number: (places_left(state, key, number), -number))
    return seat if seat.table in others and places_left(state, key, most) <= 0 else e.Seat(*key, most)


def _proof(state: State, dealt: seating.Card) -> str:
    """The algebra that proves that holders of cards up to this one meet nobody twice; '' where they must."""
    found = seating.way(state.plan, dealt.group, state.bare_tables)
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


def later(state: State, group: str) -> list[RoundKey]:
    """The rounds of a group that have not begun: those that may still change."""
    track = state.track(group)
    running = state.key(track) if track and track.phase == "round" else None
    return [key for key in ahead(state, group) if key != running]


def own_way(state: State, who: str, table: int) -> dict[str, tuple[e.Seat, ...]]:
    """The seats of somebody's card in the rounds to come, for those in which they stay at `table` as it is."""
    person = state.participants[who]
    dealt = seating.card(state.plan, max(person.card, 1))._replace(group=person.group)
    stays = {key for key in later(state, person.group) if state.table(who, key) == table}
    seats = tuple(s for s in _ahead(state, dealt) if RoundKey(s.block, s.session, s.round) in stays)
    return {who: seats} if seats and not person.left else {}


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
def unhost(state: State, now: int, table: int, heir: str = "") -> Decision:
    """Lets a host go on with the others, along their card's way; an `heir` may take the table over."""
    who = state.hosts.get(table, "")
    if who not in state.participants:
        raise Refused("no_hosts")
    freed = {} if who in state.pins else own_way(state, who, table)
    return (e.Hosted(table, heir, freed | (staying(state, heir, table) if heir else {}), undoable=True),)


def _hosting(state: State, who: str, table: int, *, undoable: bool) -> Decision:
    seats = staying(state, who, table)
    before = state.hosts.get(table, who)
    freed = {} if before == who or before in state.pins else own_way(state, before, table)
    return (e.Hosted(table, who, freed | seats, undoable),)


def staying(state: State, who: str, table: int) -> dict[str, tuple[e.Seat, ...]]:
    """The seats of a host of a table, in the running session or in the next. Refused for a table that is not theirs."""
    person = state.participants.get(who)
    if person is None or person.left:
        raise Refused("not_joined")
    if not 0 < table <= len(state.plan.tables) or table in state.closed_tables:
        raise Refused("no_such_table")
    if state.pins.get(who, table) != table:
        raise Refused("stays_put")
    rounds = ahead(state, person.group)
    stays = [key for key in rounds if key.block == rounds[0].block]
    if state.plan.table(table) not in (
        state.plan.tables_for(stays[0].block, person.group) if stays else state.plan.tables_of(person.group)
    ):
        raise Refused("no_such_table")
    return {who: tuple(e.Seat(*key, table) for key in stays)} if stays else {}


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
    if who in state.pins or who in state.hosts.values():
        raise Refused("stays_put")
    key = RoundKey(*coming[:3])
    group = state.participants[who].group
    if table not in {each.number for each in state.plan.tables_for(key.block, group)} - state.closed_tables:
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
