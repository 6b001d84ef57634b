"""Talks at the same time: people choose which one they hear, and may choose another."""

from immutables import Map

from cafe import events as e
from cafe.rules.decision import Decision, Refused, command
from cafe.state import State


@command
def attend(state: State, now: int, who: str, talk: int) -> Decision:
    """Goes to a talk of the running block, numbered from 1."""
    if who not in state.participants:
        raise Refused("not_joined")
    block = state.position.block
    if state.phase != "talk" or not 0 < talk <= len(state.plan.programme[block].talks):
        raise Refused("no_such_talk")
    return () if state.talks.get(block, Map()).get(who) == talk else (e.TalkChosen(who, block, talk),)
