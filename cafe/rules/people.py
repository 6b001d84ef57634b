"""Who may come in, where they sit, and how they are forgotten."""

from collections.abc import Sequence

from cafe import events as e
from cafe import seating
from cafe.rules.cards import RULE, deal, own_card, own_way, places_left, proof, way_on
from cafe.rules.company import spoken
from cafe.rules.decision import LANGUAGE, Decision, Refused, command, facilitator
from cafe.rules.rounds import ahead, all_day
from cafe.state import RoundKey, State


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
        dealt = deal(state, wanted, card, table, tongues, like)
    seats = way_on(state, dealt, 0 if card else table)
    return (
        e.Joined(
            who, dealt.group, language, seats, RULE, card=dealt.number, certificate=proof(state, dealt), phone=phone
        ),
    )


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
    if places_left(state, key)[table] <= 0:
        raise Refused("table_full")
    return (e.Seated({who: (e.Seat(*key, table),)}, rule="chosen"),)


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
