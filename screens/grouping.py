"""The keys with which the facilitator puts ideas under themes: on the page of ideas, and on that of the themes.

Each answers with a sentence; all can be taken back with undo.
"""

from textual.content import Content

from cafe.rules.themes import theme_shown
from screens.answers import Answers
from screens.choice import Choice
from screens.grouped import Grouped
from screens.queue import Queue
from screens.widgets.fence import say, shown


class Grouping(Answers):
    """The keys with which ideas are put under themes."""

    def _chosen(self) -> tuple[int, str]:
        return self.app.query_one(Grouped).chosen

    def _name(self, theme: int) -> str:
        return shown(self.state.themes.get(theme, ""), lines=False)

    def _no_theme(self) -> str:
        """What a key says that has no theme to act on."""
        return self.tr("Choose a theme first.") if self.state.themes else self.tr("There is no theme yet.")

    # ------------------------------------------------------------------------------------ the page of ideas

    async def mark(self) -> str:
        """The chosen idea is marked for a theme, or no longer."""
        if self.app.query_one(Queue).chosen is None:
            return self.tr("Choose an idea first.")
        marked = self.app.query_one(Queue).mark()
        if not marked:
            return self.tr("No idea is marked any more.")
        return self.tr.n(
            "{n} idea is marked; {key} puts it under a theme",
            "{n} ideas are marked; {key} puts them under a theme",
            marked,
            key=self.app.keyboard.told(self.tr, "gather"),
        )

    async def gather(self) -> str:
        """The marked ideas, or the chosen one, come under a theme: one that is there, a new one, or none."""
        ideas = self.app.query_one(Queue).marked
        if ideas:
            self.app.run_worker(self._gather(ideas), group="edits", exclusive=True)
        return "" if ideas else self.tr("Choose an idea first.")

    async def _gather(self, ideas: tuple[str, ...]) -> None:
        tr, numbers = self.tr, sorted(self.state.themes)
        asked = tr.n("Under which theme shall {n} idea be?", "Under which theme shall {n} ideas be?", len(ideas))
        free = any(id in self.state.themed for id in ideas)
        answers = [
            *(say(self.state.themes[number], lines=False) for number in numbers),
            Content(tr("A new theme …")),
            *((Content(tr("No theme")),) if free else ()),
        ]
        at: int | None = 0
        if len(answers) > 1:
            at = await self.app.push_screen_wait(Choice(tr, asked, answers))
        if at is None:
            return
        if at < len(numbers):
            name = self._name(numbers[at])
            told = await self._under(ideas, theme=numbers[at]) or tr("Under the theme “{name}”", name=name)
        elif at > len(numbers):
            told = await self.app.do("ungroup", ideas=ideas) or tr("Under no theme any more")
        else:
            new = await self.typed(tr("What is the new theme called?"), "", lambda name: self._under(ideas, name=name))
            if new is None:
                return
            told = tr("Under the theme “{name}”", name=shown(new, lines=False))
        self.app.query_one(Queue).unmark()
        self.app.tell(told)

    async def _under(self, ideas: tuple[str, ...], **theme: object) -> str:
        return await self.app.do("group", ideas=ideas, **theme)

    # ----------------------------------------------------------------------------------- the page of themes

    async def present(self) -> str:
        """The chosen theme stands on the wall, or no longer."""
        theme, _ = self._chosen()
        on_wall = theme_shown(self.state)
        if not theme:
            return self._no_theme()
        down = on_wall is not None and on_wall.number == theme
        told = self.tr("No theme stands on the wall any more") if down else self.tr("It stands large on the wall")
        return await self.app.do("show_theme", theme=0 if down else theme) or told

    async def retitle(self) -> str:
        """The chosen theme has another name."""
        theme, _ = self._chosen()
        if not theme:
            return self._no_theme()
        self.app.run_worker(self._retitle(theme), group="edits", exclusive=True)
        return ""

    async def _retitle(self, theme: int) -> None:
        asked = self.tr("What is the theme called?")

        async def take(name: str) -> str:
            return await self.app.do("rename", theme=theme, name=name)

        if await self.typed(asked, self.state.themes.get(theme, ""), take) is not None:
            self.app.tell(self.tr("The theme has another name."))

    async def unite(self) -> str:
        """The chosen theme goes into another one, or the chosen idea alone goes there."""
        theme, idea = self._chosen()
        if idea:
            self.app.run_worker(self._gather((idea,)), group="edits", exclusive=True)
        elif theme and len(self.state.themes) < 2:
            return self.tr("There is no other theme.")
        elif theme:
            self.app.run_worker(self._unite(theme), group="edits", exclusive=True)
        else:
            return self._no_theme()
        return ""

    async def _unite(self, theme: int) -> None:
        others = [number for number in sorted(self.state.themes) if number != theme]
        answers = [say(self.state.themes[number], lines=False) for number in others]
        asked = self.tr("Into which theme does “{name}” go?", name=self._name(theme))
        at = await self.app.push_screen_wait(Choice(self.tr, asked, answers))
        if at is not None:
            told = self.tr("They are one theme: {name}", name=self._name(others[at]))
            self.app.tell(await self.app.do("merge", theme=theme, into=others[at]) or told)

    async def dissolve(self) -> str:
        """The chosen theme is no more, or the chosen idea is out of it."""
        theme, idea = self._chosen()
        if idea:
            return await self.app.do("ungroup", ideas=(idea,)) or self.tr("Under no theme any more")
        if not theme:
            return self._no_theme()
        told = self.tr("The theme “{name}” is gone; its ideas stay", name=self._name(theme))
        return await self.app.do("dissolve", theme=theme) or told
