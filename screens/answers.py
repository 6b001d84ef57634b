"""What the keys of the private view answer: the ground on which the keys of each of its pages stand."""

from typing import TYPE_CHECKING

from cafe.i18n import Translator
from cafe.state import State
from screens.line import Line, Take

if TYPE_CHECKING:
    from screens.private import PrivateApp


class Answers:
    """The keys of one page of a private view; a key's answer is the sentence that its method gives."""

    def __init__(self, app: "PrivateApp") -> None:
        self.app, self.stage = app, app.stage

    @property
    def tr(self) -> Translator:
        return self.app.tr

    @property
    def state(self) -> State:
        return self.stage.state

    async def typed(self, asked: str, before: str, take: Take) -> str | None:
        """What was typed into a line and has been taken; None where nothing was."""
        return await self.app.push_screen_wait(Line(self.tr, asked, before, take))
