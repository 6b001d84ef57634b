"""Ideas that come without anybody's own phone: from a table's device, from the facilitator's keys, from paper cards.

They have no author and count the same as all others.
"""

from typing import Literal

from cafe import events as e
from cafe.plan import Plan
from cafe.rules.decision import ID, LANGUAGE, Decision, Refused, command, facilitator
from cafe.rules.ideas import cleaned, repeated
from cafe.state import Place, RoundKey, State


@command
def tell(
    state: State,
    now: int,
    id: str,
    text: str,
    table: int,
    question: str = "",
    place: str = "",
    on: str = "",
    language: str = "",
) -> Decision:
    """Takes an idea from a table's own device. `place` is the word that it was given; else the table's last round."""
    if repeated(state, id, text):
        return ()
    words = cleaned(text)
    if state.closed:
        raise Refused("closed")
    said = Place.read(place)
    begun = [at for at in places(state, table) if state.was_open(at)]
    for at in (said, *begun) if said in begun else begun:
        if at is not None and question in ("", state.question(at).id):
            return _sent(state, id, words, at, "table", on, language)
    raise Refused("never_open")


@facilitator
def enter(
    state: State,
    now: int,
    id: str,
    text: str,
    place: str,
    source: Literal["host", "paper"] = "host",
    language: str = "",
) -> Decision:
    """Takes an idea that somebody said or wrote on paper, for a table in a round; of a closed café too."""
    if repeated(state, id, text):
        return ()
    words = cleaned(text)
    at = Place.read(place)
    if at is None or at not in places(state, at.table):
        raise Refused("never_open")
    return _sent(state, id, words, at, source, "", language)


def _sent(
    state: State, id: str, words: str, at: Place, source: Literal["table", "host", "paper"], on: str, language: str
) -> Decision:
    if not ID.fullmatch(id):
        raise Refused("bad_id")
    running = any(
        track.phase == "round" and state.key(track) == at[:3] and not state.closed for track in state.position.tracks
    )
    built = state.ideas.get(on)
    return (
        e.IdeaSent(
            id=id,
            text=words,
            about=state.plan.sessions[at.session].collect,
            question=state.question(at).id,
            block=at.block,
            session=at.session,
            round=at.round,
            table=at.table,
            group=group_at(state.plan, at.block, at.table),
            language=language if LANGUAGE.fullmatch(language) else state.plan.language,
            on=on if built is not None and not built.gone else "",
            late=not running and source != "paper",
            held=state.plan.wall == "held" and source == "table",
            source=source,
        ),
    )


def group_at(plan: Plan, block: int, table: int) -> str:
    """The group whose people sit at a table in a block; '' for nobody."""
    groups = plan.programme[block].sessions
    return next((group for group in groups if plan.table(table) in plan.tables_for(block, group)), "")


def places(state: State, table: int) -> list[Place]:
    """A table's rounds of the whole day: those that have begun come first, the latest first; then those that have not.

    Paper knows no clock: cards may be of a round that the program never saw.
    """
    plan = state.plan
    if not 0 < table <= len(plan.tables):
        return []
    found = []
    for number, block in enumerate(plan.programme):
        for group, name in block.sessions.items():
            if plan.table(table) in plan.tables_for(number, group):
                rounds = range(1, plan.rounds(number, name) + 1)
                found += [Place(number, name, round, table) for round in rounds]
    begun = [at for at in found if RoundKey(*at[:3]) in state.rounds]
    begun.sort(key=lambda at: (state.rounds[RoundKey(*at[:3])], at), reverse=True)
    return [*dict.fromkeys(begun), *(at for at in dict.fromkeys(found) if at not in set(begun))]
