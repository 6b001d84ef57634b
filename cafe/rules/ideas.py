"""What may happen to an idea: it is sent, changed and taken back by its author, shown and hidden by the facilitator."""

from typing import Literal

from cafe import events as e
from cafe.rules.decision import ID, LANGUAGE, Decision, Refused, command, facilitator
from cafe.state import Idea, Place, RoundKey, State
from cafe.text import Unclean, clean


def cleaned(text: str) -> str:
    """An idea's words as they will be stored. Raises `Refused` with the reason of `Unclean`."""
    try:
        return clean(text)
    except Unclean as no:
        raise Refused(no.code) from None


def repeated(state: State, id: str, text: str) -> bool:
    """Whether an idea that needs no author is there already. Refused when other words stand under its id."""
    known = state.ideas.get(id)
    if known is None:
        return False
    if known.by or cleaned(text) not in (known.first, known.text):
        raise Refused("other_text")
    return True


@command
def send(
    state: State,
    now: int,
    who: str,
    id: str,
    text: str,
    question: str = "",
    place: str = "",
    on: str = "",
    language: str = "",
    other: bool = False,
    again: bool = False,
) -> Decision:
    """Takes an idea. The same one again changes nothing, in any phase; after its round it is marked late.

    Of a closed café's ideas nobody knows the author: whoever has the id and the words is the one who sent them.
    `place` is the word that the snapshot gave for the table and round; without it the sender's own seat counts.
    `other` marks what a table's host writes for somebody without a phone, also when it arrives after they have stopped
    being one. `again` words that the same person has sent.
    """
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    known = state.ideas.get(id)
    if known is not None:
        same = known.by in (who, "") and known.question == (question or known.question)
        if same and cleaned(text) in (known.first, known.text):
            return ()
        raise Refused("other_text")
    words = cleaned(text)
    if not ID.fullmatch(id):
        raise Refused("bad_id")
    if state.closed:
        raise Refused("closed")
    at = _where(state, who, question, place)
    built = state.ideas.get(on)
    group = _group(state, at, person.group)
    track = state.track(group)
    talking = track is not None and track.phase == "round" and state.key(track) == at[:3]
    hearing = not at.session and at.block == state.position.block
    return (
        e.IdeaSent(
            id=id,
            text=words,
            about=state.plan.sessions[at.session].collect if at.session else "question",
            question=state.question(at).id,
            block=at.block,
            session=at.session,
            round=at.round,
            table=at.table,
            group=group,
            language=language if LANGUAGE.fullmatch(language) else person.language,
            on=on if built is not None and not built.gone else "",
            late=not (talking or hearing),
            held=bool(at.session) and state.plan.wall == "held",
            by=who,
            source="host" if other and who in state.hosted else "phone",
            again=again and not other,
        ),
    )


def _where(state: State, who: str, question: str, word: str) -> Place:
    """The table and round that an idea belongs to, or the talk whose speaker is asked. Refused for a question that was
    never open there.
    """
    said = Place.read(word)
    if said is not None and (not said.session or state.table(who, RoundKey(*said[:3])) != said.table):
        said = said if _of_group(state, said, state.participants[who].group) else None
    seat = state.place(who)
    for at in (said, state.hears(who), seat, *_earlier(state, who)):
        if at is not None and state.was_open(at) and question in ("", state.question(at).id):
            return at
    raise Refused("never_open")


def _of_group(state: State, place: Place, group: str) -> bool:
    """Whether that table is one of the group's in that round: a phone speaks for no other group's table."""
    if not 0 <= place.block < len(state.plan.programme):
        return False
    if not place.session:
        return True  # a talk is everybody's
    if state.plan.programme[place.block].sessions.get(group) != place.session:
        return False
    return place.table in {table.number for table in state.plan.tables_for(place.block, group)}


def _group(state: State, place: Place, own: str) -> str:
    """The group that has a table in that round: a host may stay at it with another group than their own."""
    groups = (own, *(group.id for group in state.plan.groups))
    return next((group for group in groups if _of_group(state, place, group)), own)


def _earlier(state: State, who: str) -> list[Place]:
    """Where somebody sat in rounds that have begun, the latest first."""
    seated = [(state.rounds[key], key) for key in state.rounds if state.table(who, key)]
    return [Place(*key, state.table(who, key)) for _, key in sorted(seated, reverse=True)]


def _own(state: State, who: str, id: str) -> Idea:
    idea = state.ideas.get(id)
    if idea is None:
        raise Refused("no_such_idea")
    if idea.by != who or not who:
        raise Refused("closed" if state.closed else "not_yours")
    return idea


@command
def change(state: State, now: int, who: str, id: str, text: str) -> Decision:
    """Mends one's own idea; where ideas are let through one by one, other words wait again."""
    idea = _own(state, who, id)
    if idea.gone:
        raise Refused("no_such_idea")
    words = cleaned(text)
    held = state.plan.wall == "held" and not idea.to_speaker
    return () if words == idea.text else (e.IdeaChanged(id, words, held=held),)


@command
def take_back(state: State, now: int, who: str, id: str) -> Decision:
    """Takes one's own idea back; twice is the same as once."""
    return () if _own(state, who, id).gone else (e.IdeaTakenBack(id),)


@facilitator
def stand(state: State, now: int, id: str, standing: Literal["shown", "held", "hidden"]) -> Decision:
    """Shows, holds or hides an idea."""
    idea = state.ideas.get(id)
    if idea is None or idea.gone:
        raise Refused("no_such_idea")
    return () if idea.standing == standing else (e.IdeaStood(id, standing),)
