"""The keys of the tables' page with which the facilitator lets the tables report to the room, one after another.

`next` goes on to the next one, as everywhere; plus and minus change the clock of the one that reports.
"""

from cafe.rules.reports import LEAST, MOST, order, share
from cafe.state import State
from screens.answers import Answers
from screens.board import Board
from screens.minutes import minutes, unfit


class Turns(Answers):
    """The keys with which tables report."""

    async def take_turns(self) -> str:
        """The tables report, so many minutes each as are typed; once more ends that."""
        tr, state = self.tr, self.state
        if state.position.report is not None:
            return await self.app.do("end_reports", step=state.step) or tr("The tables have reported")
        if state.phase == "harvest" and order(state):
            self.app.run_worker(self._begin(state), group="edits", exclusive=True)
            return ""
        return await self.app.do("report_back", step=state.step)

    async def _begin(self, state: State) -> None:
        tr, tables = self.tr, len(order(state))
        asked = tr.n("{n} table reports: how many minutes?", "{n} tables report: how many minutes each?", tables)
        each = tr.number(share(state, state.position.block, tables))

        async def take(typed: str) -> str:
            given = {"step": state.step, "minutes": minutes(typed)}
            return unfit(tr, typed, LEAST, MOST) or await self.app.do("report_back", **given)

        if await self.typed(asked, each, take) is not None:
            key = self.app.keyboard.told(tr, "next")
            self.app.tell(tr("The first table reports; {key} goes on to the next", key=key))

    async def pass_over(self) -> str:
        """The chosen table does not report, or does after all."""
        table = self.app.query_one(Board).chosen
        report = self.state.position.report
        if not table:
            return self.tr("Choose a table first.")
        told = self.tr("Table {number} reports after all", number=table)
        if report and table in report.tables:
            told = self.tr("Table {number} does not report", number=table)
        return await self.app.do("pass_over", table=table) or told
