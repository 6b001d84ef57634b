"""The harvest's vote: each person has a few dots to put on ideas, while a block of the plan has them.

It is open from the beginning of that block; the facilitator closes it by showing what it found, and may open it again.
A ballot is always sent whole, or as the number of dots that an idea shall have, so that nothing counts twice.
"""

from cafe import events as e
from cafe.plan import Block
from cafe.rules.decision import ID, Decision, Refused, command, facilitator
from cafe.state import Ballot, Idea, State


def voting(state: State) -> Block | None:
    """The running block, if it has dots."""
    if state.phase != "harvest":
        return None
    block = state.plan.programme[state.position.block]
    return block if block.dots else None


def per_idea(block: Block) -> int:
    """How many dots one person may put on one idea."""
    return min(block.per_idea or block.dots, block.dots)


def voted(state: State) -> bool:
    """Whether this café has had a vote."""
    programme = state.plan.programme
    return bool(state.ballots) or any(programme[at].dots for at in state.began if at < len(programme))


def own(state: State, who: str) -> tuple[str, Ballot]:
    """Somebody's ballot, with its id; '' and an empty one while there is none."""
    return next(((id, one) for id, one in state.ballots.items() if one.by == who), ("", Ballot({}, who, 0)))


def standing(state: State, dots: dict[str, int]) -> dict[str, int]:
    """The dots that lie on ideas which everybody may see: others are free again."""
    return {id: n for id, n in dots.items() if n and (idea := state.ideas.get(id)) and state.may_stand(idea)}


def most_dots(state: State, question: str = "") -> list[tuple[Idea, int]]:
    """The ideas that have dots, with how many: most first, of equals the older one. Of one question, or of all."""
    found = [(state.ideas[id], n) for id, n in standing(state, dict(state.votes)).items()]
    return sorted(
        ((idea, n) for idea, n in found if question in ("", idea.question)), key=lambda one: (-one[1], one[0].number)
    )


@command
def ballot(state: State, now: int, who: str, id: str, dots: dict[str, int], rev: int | None = None) -> Decision:
    """Puts somebody's dots as they shall lie, in place of those before; the same ballot again changes nothing.

    `id` is a random one for a first ballot, `rev` the revision that the sender knows: an older one than the present is
    refused, so that what was late on its way undoes nothing. Ideas that are not there any more are passed over.
    """
    if who not in state.participants:
        raise Refused("not_joined")
    block = voting(state)
    if block is None or state.revealed:
        raise Refused("no_vote")
    mine, before = own(state, who)
    wanted = standing(state, dots)
    if wanted == before.dots:
        return ()
    if rev is not None and rev < before.rev:
        raise Refused("room_changed")
    if min(wanted.values(), default=0) < 0 or max(wanted.values(), default=0) > per_idea(block):
        raise Refused("dots_on_one")
    if sum(wanted.values()) > block.dots:
        raise Refused("no_dot_left")
    if not ID.fullmatch(mine or id):
        raise Refused("bad_id")
    return (e.DotsGiven(mine or id, wanted, who),)


@command
def dot(state: State, now: int, who: str, id: str, idea: str, n: int) -> Decision:
    """Lets somebody's dots on one idea be `n`; `id` is a random one for a first ballot."""
    if idea not in state.ideas:
        raise Refused("no_such_idea")
    return ballot(state, now, who, id, {**own(state, who)[1].dots, idea: n})


@facilitator
def vote(state: State, now: int, shown: bool) -> Decision:
    """Closes the vote and shows what it found, or goes on collecting."""
    if voting(state) is None:
        raise Refused("no_vote")
    return () if shown == state.revealed else (e.VoteSet(shown),)
