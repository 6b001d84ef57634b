"""What facts of the vote change."""

from collections.abc import Mapping

from immutables import Map

from cafe import events as e
from cafe.fold.change import changes, remember, with_, without
from cafe.state import Ballot, State, Step


def _counted(votes: Map[str, int], dots: Mapping[str, int], sign: int) -> Map[str, int]:
    for idea, n in dots.items():
        count = votes.get(idea, 0) + sign * n
        votes = votes.set(idea, count) if count else without(votes, idea)
    return votes


def withdraw(state: State, id: str) -> State:
    """The state without a ballot and its dots."""
    before = state.ballots.get(id)
    if before is None:
        return state
    return with_(state, ballots=without(state.ballots, id), votes=_counted(state.votes, before.dots, -1))


@changes.register
def _(event: e.DotsGiven, state: State, record: e.Record) -> State:
    if not event.id:
        return state
    before = state.ballots.get(event.id)
    ballot = Ballot(event.dots, event.by, before.rev + 1 if before else 1)
    state = withdraw(state, event.id)
    votes = _counted(state.votes, event.dots, 1)
    return with_(state, ballots=state.ballots.set(event.id, ballot), votes=votes)


@changes.register
def _(event: e.VoteSet, state: State, record: e.Record) -> State:
    return reveal(remember(state, Step(event.kind)), shown=event.shown)


def reveal(state: State, *, shown: bool) -> State:
    return with_(state, revealed=shown, rev=state.rev + 1)
