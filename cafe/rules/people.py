"""Who may come in, where they sit, and how they are forgotten."""

from collections.abc import Iterable, Sequence

from immutables import Map

from cafe import events as e
from cafe import seating
from cafe.rules.company import Seats, best, spoken
from cafe.rules.decision import LANGUAGE, Decision, Refused, command, facilitator
from cafe.rules.rounds import ahead, all_day, later
from cafe.state import RoundKey, State

RULE = "card"


MOST_CARDS = 9_999


@command
def join(
    state: State,
    now: int,
    who: str,
    language: str,
    group: str = "",
    card: int = 0,
    table: int = 0,
    like: Sequence[str] = (),
) -> Decision:
    """Lets somebody in and seats them in the same breath; nobody else moves. Joining twice changes nothing.

    Who holds a printed `card` gets its way, and is the person for whom it was printed or to whom it was given; who
    scanned a `table`'s code begins there; others get the next card, chosen so that they meet few who are `like` them.
    """
    language = language if LANGUAGE.fullmatch(language) else state.plan.language
    known = _holder(state, card) or who
    person = state.participants.get(known)
    if person is None:
        return _coming(state, known, language, group, card, table, like, phone=True)
    if person.phone:
        if known != who:
            raise Refused("card_taken")
        return ()
    _open(state)
    return (e.Paired(known), *((e.LanguageChosen(known, language),) if language != person.language else ()))


@facilitator
def bring(state: State, now: int, who: str, card: int = 0, table: int = 0) -> Decision:
    """Seats somebody without a phone: with their printed card, at a table, or with the next card."""
    if who in state.participants:
        return ()
    known = _holder(state, card) or who
    if known in state.participants:
        raise Refused("card_taken")
    return _coming(state, known, state.plan.language, card=card, table=table, phone=False)


@facilitator
def arrive(state: State, now: int, who: str) -> Decision:
    """Ticks off somebody who was expected: they have come, and their card and seats are theirs."""
    if who in state.participants:
        return ()
    if who not in state.expected:
        raise Refused("not_joined")
    return _coming(state, who, state.plan.language, phone=False)


def _open(state: State) -> None:
    if state.closed:
        raise Refused("closed")
    if not (state.plan.organiser and state.plan.contact):
        raise Refused("not_open")


def _holder(state: State, card: int) -> str:
    """Whose card a number is: of the person for whom it was printed, or of who carries it; '' for nobody's.

    Of those who go together on one card it is that of the next who comes.
    """
    if not card:
        return ""
    hosts = frozenset(state.hosts.values())
    there = (p.id for p in state.participants.values() if p.card == card and not p.left and p.id not in hosts)
    return next((each.who for each in state.to_come if each.card == card), next(there, ""))


def _coming(
    state: State,
    who: str,
    language: str,
    group: str = "",
    card: int = 0,
    table: int = 0,
    like: Sequence[str] = (),
    *,
    phone: bool,
) -> Decision:
    """Somebody comes in: as the person who was expected, or as one more."""
    _open(state)
    guest = state.expected.get(who)
    if guest and guest.table:
        seats = all_day(state, guest.table)
        return (
            e.Joined(
                who,
                guest.group,
                language,
                seats,
                "stays",
                table=guest.table,
                host=guest.host and guest.table not in state.hosts,
                phone=phone,
            ),
        )
    if guest and guest.card:
        dealt = seating.card(state.plan, guest.card)
    else:
        tongues = frozenset((language.partition("-")[0],)) | spoken(state, who)
        wanted = guest.group if guest else group if state.plan.groups_by == "choose" else ""
        dealt = _dealt(state, wanted, card, table, tongues, like)
    seats, proof = _ahead(state, dealt, 0 if card else table), _proof(state, dealt)
    return (e.Joined(who, dealt.group, language, seats, RULE, card=dealt.number, certificate=proof, phone=phone),)


def _dealt(
    state: State, group: str, number: int, table: int, tongues: frozenset[str], like: Sequence[str]
) -> seating.Card:
    """The card that somebody gets. Refused when it is somebody else's, or when there is no such group or table."""
    plan, taken = state.plan, held_cards(state)
    if number:
        if not 0 < number <= MOST_CARDS:
            raise Refused("no_such_card")
        if number in taken:
            raise Refused("card_taken")
        return seating.card(plan, number)
    if table:
        return _beginning_at(state, table, taken | state.reserved)
    return next_card(state, group, tongues, like)


def next_card(state: State, group: str, tongues: frozenset[str], like: Sequence[str]) -> seating.Card:
    """The card, of those that nobody has, that gives somebody the best company. Refused when there is no such group."""
    if group and group not in {each.id for each in state.plan.groups}:
        raise Refused("no_such_group")
    free = seating.free(state.plan, held_cards(state) | state.reserved, group or None, state.bare_tables)
    return best(state, _ways(state, free), tongues, like)


def _ways(state: State, cards: Iterable[seating.Card]) -> dict[seating.Card, Seats]:
    return {card: _ahead(state, card) for card in cards}


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
    return seating.free(state.plan, taken)[0]


def held_cards(state: State) -> frozenset[int]:
    """The numbers of the cards that people hold; those of hosts, who stay, and of people who left are free."""
    hosts = frozenset(state.hosts.values())
    there = (person for person in state.participants.values() if person.id not in hosts and not person.left)
    return frozenset(person.card for person in there if person.card)


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


def own_way(state: State, who: str, table: int) -> dict[str, tuple[e.Seat, ...]]:
    """The seats of somebody's card in the rounds to come, for those in which they stay at `table` as it is; none in
    those of another group, to which they were host.
    """
    person = state.participants[who]
    theirs = _ahead(state, own_card(state, who)._replace(group=person.group))
    on = {RoundKey(seat.block, seat.session, seat.round): seat for seat in theirs}
    rounds = sorted({key for group in state.plan.groups for key in later(state, group.id)})
    seats = tuple(on.get(key, e.Seat(*key, 0)) for key in rounds if state.table(who, key) == table)
    return {who: seats} if seats and not person.left else {}


def own_card(state: State, who: str) -> seating.Card:
    """The card along which somebody goes on who stayed: their own, or the next one if they have none any more."""
    person, band = state.participants[who], {who, *state.companions(who)}
    others = {each.card for each in state.participants.values() if each.id not in band and not each.left}
    if person.card and person.card not in others:
        return seating.card(state.plan, person.card)
    return seating.free(state.plan, held_cards(state) | state.reserved, person.group)[0]


def missing(state: State) -> dict[str, tuple[e.Seat, ...]]:
    """The seats of everybody who is there in those rounds to come in which they have none yet: by their card, or at the
    table at which they stay.
    """
    found = {}
    hosted = {who: table for table, who in state.hosts.items()}
    for person in state.here:
        home = state.pins.get(person.id, hosted.get(person.id, 0))
        if not person.card:
            planned = all_day(state, home)
        elif all(state.table(person.id, key) for key in ahead(state, person.group)):
            continue
        else:
            dealt = seating.card(state.plan, person.card)._replace(group=person.group)
            planned = tuple(e.Seat(s.block, s.session, s.round, home or s.table) for s in _ahead(state, dealt))
        seats = tuple(s for s in planned if not state.table(person.id, RoundKey(s.block, s.session, s.round)))
        if seats:
            found[person.id] = seats
    return found


@command
def sit(state: State, now: int, who: str, table: int) -> Decision:
    """Corrects where somebody sits in the present round: "I sit elsewhere". Later seats stay as announced."""
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    group = state.group_of(who)
    track = state.track(group)
    if track is None or not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    if state.plan.table(table) not in state.plan.tables_for(state.position.block, group):
        raise Refused("no_such_table")
    key = state.key(track)
    seat = e.Seat(*key, table)
    there = (e.Settled(who, seat),) if track.phase == "move" and state.settled.get(who) != key else ()
    if state.table(who, key) == table:
        return there
    return (e.Seated({who: (seat,)}, rule="said so"), *there)


@command
def settle(state: State, now: int, who: str) -> Decision:
    """I am seated: in a move, tells the facilitator so. At another time it is a courtesy and changes nothing."""
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    track = state.track(person.group)
    if track is None or track.phase != "move":
        return ()
    key = state.key(track)
    table = state.table(who, key)
    return (e.Settled(who, e.Seat(*key, table)),) if table and state.settled.get(who) != key else ()


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
    seats = freed | (staying(state, heir, table) if heir else {})
    return (e.Hosted(table, heir, seats, undoable=True, card=own_card(state, who).number),)


def _hosting(state: State, who: str, table: int, *, undoable: bool) -> Decision:
    seats = staying(state, who, table)
    before = state.hosts.get(table, who)
    freed = {} if before == who or before in state.pins else own_way(state, before, table)
    card = own_card(state, before).number if freed else 0
    return (e.Hosted(table, who, freed | seats, undoable, card),)


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
    """How many more people a table takes in a round; the chair of a host who is expected is kept."""
    taken = sum(other == table for other in state.seats.get(key, Map()).values())
    hosts = sum(each.host and each.table == table for each in state.to_come)
    return state.plan.table(table).seats - taken - hosts


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
    """Forgets a person and, while the café is open, their own ideas with them; what somebody else said stays."""
    if who not in state.participants and who not in state.expected:
        raise Refused("not_joined")
    return (e.Forgot(who),)


@facilitator
def erase(state: State, now: int, who: str) -> Decision:
    """Forgets somebody who asks for it and has no phone."""
    return forget(state, now, who)


@facilitator
def purge(state: State, now: int, people: int) -> Decision:
    """Removes every name; the ideas stay."""
    return (e.NamesPurged(people),)
