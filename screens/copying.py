"""The keys of the laptop's page: a copy to a stick or a folder, and a copy that is no more."""

from collections.abc import Callable

import msgspec
from textual.content import Content

from cafe.copies import TROUBLES, Copy
from cafe.file import NotSaved
from cafe.live import Laptop
from cafe.rules import Refused
from cafe.stage import Wish
from screens.actions import refusal
from screens.answers import Answers
from screens.choice import Choice
from screens.widgets.fence import say


class Copying(Answers):
    """The keys of the laptop's page."""

    @property
    def laptop(self) -> Laptop:
        return self.stage.live.pulse.laptop

    async def copy(self) -> str:
        """Asks where to, and copies."""
        self.app.run_worker(self._copy(), group="copying", exclusive=True)
        return ""

    async def _copy(self) -> None:
        tr, seen = self.tr, self.laptop
        folders = list(dict.fromkeys(filter(None, (seen.folder, *seen.sticks))))
        at: int | None = len(folders)
        if folders:
            answers = [*(say(folder, lines=False) for folder in folders), Content(tr("Another folder"))]
            known = tr("The names that people gave are in a copy: keep the stick as you keep the laptop.")
            at = await self.app.push_screen_wait(Choice(tr, tr("Where shall copies go?"), answers, known=known))
        if at is None:
            return
        if at < len(folders):
            told, _ = await self._to(folders[at])
            self.app.tell(told)
            return
        told = ""

        async def take(typed: str) -> str:
            nonlocal told
            told, whole = await self._to(typed.strip()) if typed.strip() else ("", True)
            return "" if whole else told

        asked = tr("Which folder shall copies go to?") if folders else tr("No stick is seen. Which folder instead?")
        if await self.typed(asked, "", take) is not None:
            self.app.tell(told)

    async def _to(self, folder: str) -> tuple[str, bool]:
        """Copies to a folder; what is to be said then, and whether nothing went wrong so far."""
        tr = self.tr
        writing = tr("A copy is being written to {folder} …", folder=folder)
        self.app.tell(writing)
        troubles = {code: tr(told, folder=folder) for code, told in TROUBLES.items()}
        told = {"writing": writing, "stopped": "", **troubles}
        said = await self._wish("copy", folder, told, self._made)
        return said, said not in troubles.values()

    def _made(self, answer: str) -> str:
        """What is to be said of a copy that was made."""
        copy = msgspec.json.decode(answer, type=Copy)
        ideas = self.tr.n("{n} idea", "{n} ideas", copy.ideas)
        return self.tr("The copy is whole: {ideas}, in {folder}", ideas=ideas, folder=copy.folder)

    async def strike(self) -> str:
        """Takes a copy off the list that somebody has deleted by hand."""
        if not self.laptop.copies:
            return self.tr("There is no copy yet.")
        self.app.run_worker(self._strike(), group="copying", exclusive=True)
        return ""

    async def _strike(self) -> None:
        tr, paths = self.tr, [copy.path for copy in self.laptop.copies]
        answers = [say(path, lines=False) for path in paths]
        at = await self.app.push_screen_wait(Choice(tr, tr("Which copy have you deleted?"), answers))
        if at is not None:
            told = {"": tr("It is off the list."), "there": tr("It is still there: delete it first.")}
            self.app.tell(await self._wish("strike", paths[at], told))

    async def _wish(self, wish: Wish, about: str, told: dict[str, str], other: Callable[[str], str] = str) -> str:
        """What is to be said of an answer: a sentence of `told`, or what `other` makes of it."""
        try:
            answer = await self.stage.wish(wish, about)
        except (Refused, NotSaved) as no:
            return refusal(self.stage, no)
        return told[answer] if answer in told else other(answer)
