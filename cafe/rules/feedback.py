"""What people are asked about the day itself when it ends, and how they answer: nobody must, and nobody is named."""

from cafe import events as e
from cafe.i18n import N_
from cafe.rules.decision import ID, LANGUAGE, Decision, Refused, command
from cafe.rules.ideas import cleaned
from cafe.state import State

ASKED = {
    "took": N_("What do you take with you from today?"),
    "next": N_("What should be different next time?"),
}
"""The questions about the day, in their order."""


@command
def feed_back(state: State, now: int, who: str, id: str, words: dict[str, str], language: str = "") -> Decision:
    """Answers the questions about the day, or some of them. Sent again, it replaces what the same person said before.

    `id` is a random one for somebody's first answer. An empty answer is none.
    """
    person = state.participants.get(who)
    if person is None:
        raise Refused("not_joined")
    if state.closed:
        raise Refused("closed")
    said = {about: cleaned(words[about]) for about in ASKED if words.get(about, "").strip()}
    mine, before = own(state, who)
    if said == before:
        return ()
    if not ID.fullmatch(mine or id):
        raise Refused("bad_id")
    spoken = language if LANGUAGE.fullmatch(language) else person.language
    return (e.FeedbackGiven(mine or id, said, spoken, who),)


def own(state: State, who: str) -> tuple[str, dict[str, str]]:
    """What somebody has said about the day so far, with its id; '' and nothing while they have not."""
    return next(((id, said.words) for id, said in state.feedback.items() if said.by == who), ("", {}))
