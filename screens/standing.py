"""The keys with which the facilitator shows and hides the chosen idea or hand-over, and lets an idea stand large."""

from screens import left
from screens.answers import Answers
from screens.board import Board
from screens.queue import Queue


class Standing(Answers):
    """The keys with which ideas stand for everybody, or do not."""

    async def show(self) -> str:
        """The chosen idea is let through, or shown again."""
        return await self._let_stand("shown")

    async def conceal(self) -> str:
        """The chosen idea is hidden; on the tables' page what the chosen table handed over is, or is shown again."""
        if self.app.page != "tables":
            return await self._let_stand("hidden")
        at = left.latest(self.state, self.app.query_one(Board).chosen)
        hidden = at not in self.state.kept_back
        return await self.app.do("keep_back", place=at.word if at else "", hidden=hidden)

    async def _let_stand(self, standing: str) -> str:
        idea = self.app.query_one(Queue).chosen
        if idea is None:
            return self.tr("Choose an idea first.")
        return await self.app.do("stand", id=idea.id, standing=standing)

    async def enlarge(self) -> str:
        """The chosen idea stands large, or no longer. (`stage` is to what an answer gives its commands.)"""
        idea = self.app.query_one(Queue).chosen
        if idea is None:
            return self.tr("Choose an idea first.")
        down = idea.id == self.state.staged
        if no := await self.app.do("stage", id="" if down else idea.id):
            return no
        if down:
            return self.tr("No idea stands large any more")
        return self.tr("It stands large on the wall; Esc takes it down")
