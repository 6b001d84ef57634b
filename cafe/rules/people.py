"""Who may come in, where they sit, and how they are forgotten."""

from cafe import events as e
from cafe import seating
from cafe.rules.decision import LANGUAGE, Decision, Refused, command, facilitator
from cafe.state import RoundKey, State


@command
def join(state: State, now: int, who: str, language: str, group: str = "") -> Decision:
    """Lets somebody in and seats them in the same breath; nobody else moves. Joining twice changes nothing."""
    if state.closed:
        raise Refused("closed")
    if not (state.plan.organiser and state.plan.contact):
        raise Refused("not_open")
    if who in state.participants:
        return ()
    names = [g.id for g in state.plan.groups]
    if state.plan.groups_by == "choose" and group and group not in names:
        raise Refused("no_such_group")
    chosen = group if state.plan.groups_by == "choose" and group else _emptiest(state)
    seats = seating.arrive(state.plan, chosen, ahead(state, chosen), occupied(state))
    spoken = language if LANGUAGE.fullmatch(language) else state.plan.language
    return (e.Joined(who, chosen, spoken, seats, rule=seating.RULE),)


def _emptiest(state: State) -> str:
    """The group with the most room for the people that it has: groups grow in step with their seats."""
    sizes = {g.id: 0 for g in state.plan.groups}
    for person in state.participants.values():
        sizes[person.group] = sizes.get(person.group, 0) + 1
    groups = state.plan.groups
    if not groups:
        return ""
    return min(groups, key=lambda g: sizes[g.id] / max(1, g.tables * g.seats)).id


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


def occupied(state: State) -> dict[RoundKey, dict[int, int]]:
    """How many people sit at each table in each round."""
    counts: dict[RoundKey, dict[int, int]] = {}
    for key, taken in state.seats.items():
        tables = counts.setdefault(key, {})
        for table in taken.values():
            tables[table] = tables.get(table, 0) + 1
    return counts


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
    return (*freed, e.Hosted(table, who), *((e.Seated({who: seats}, rule="host"),) if seats else ()))


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
