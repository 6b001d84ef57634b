"""What every export is made from: one room's state, its log, and the pictures for its reports."""

from collections.abc import Mapping

import msgspec

from cafe.events import Record
from cafe.state import Idea, State


class Harvested(msgspec.Struct, frozen=True):
    """A café to be exported. `pictures` maps the paths of the plan's logos to what the files hold."""

    state: State
    records: tuple[Record, ...] = ()
    pictures: Mapping[str, bytes] = {}

    def ideas(self) -> list[Idea]:
        """Every idea that nobody took back, in the order in which they came; hidden and held ones too."""
        return list(self.state.newest())[::-1]

    def questions(self) -> dict[str, str]:
        """The full text of every question of the plan by its id, in the café's language."""
        plan = self.state.plan
        return {question.id: question.text(plan.language)[0] for _, question in plan.questions()}
