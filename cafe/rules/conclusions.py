"""What the room concludes about a question, in a few lines that the facilitator writes for everybody to read."""

from cafe import events as e
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.rules.ideas import cleaned
from cafe.state import State


@facilitator
def conclude(state: State, now: int, question: str, text: str) -> Decision:
    """Writes the conclusion of a question, or other words; an empty one takes it away. After the café too."""
    if question not in {asked.id for _, asked in state.plan.questions()}:
        raise Refused("no_such_question")
    words = cleaned(text) if text.strip() else ""
    return () if words == state.conclusions.get(question, "") else (e.Concluded(question, words),)
