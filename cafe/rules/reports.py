"""The tables report to the room, one after another, each with its own clock.

The row begins when the facilitator says so, in the harvest, or with a block that the plan has for it. `next` goes to
the next table and after the last one back to the harvest; a table that has run out of time counts calmly on.
"""

import msgspec
from immutables import Map

from cafe import events as e
from cafe.clock import running
from cafe.plan import MINUTE
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.state import State

replace = msgspec.structs.replace

LEAST, MOST = 0.5, 60.0
"""Minutes of a table."""


def order(state: State) -> tuple[int, ...]:
    """The tables that have something to report: where people sat or wrote; all open ones where nobody did."""
    sat = {table for key in state.rounds for table in state.seats.get(key, Map()).values()}
    wrote = {place.table for place in state.at_table if place.session}
    open_ones = {table.number for table in state.plan.tables} - state.closed_tables
    tables = {table for table in sat | wrote if 0 < table <= len(state.plan.tables)}
    return tuple(sorted(tables or open_ones))


def share(state: State, block: int, tables: int) -> float:
    """The minutes of each table: the block's planned ones dealt out evenly, in half minutes, one at the least."""
    planned = state.plan.planned_end(block) - state.plan.programme[block].at
    return max(1.0, planned * 2 // max(1, tables) / 2)


def row(state: State, block: int, now: int, minutes: float = 0) -> e.Report | None:
    """The row as it begins, with the first table's clock running; None where no table could report."""
    tables = order(state)
    each = min(max(LEAST, minutes), MOST) if minutes else share(state, block, len(tables))
    return e.Report(tables, 0, each, running(now, int(each * MINUTE))) if tables else None


def turn(position: e.Position, now: int) -> e.Position:
    """The position in which the next table of the row reports; after the last one without a row."""
    report = position.report
    if report is None or report.at + 1 >= len(report.tables):
        return replace(position, report=None)
    clock = running(now, int(report.minutes * MINUTE))
    return replace(position, report=replace(report, at=report.at + 1, clock=clock))


def _running(state: State) -> e.Report:
    if state.position.report is None:
        raise Refused("no_report")
    return state.position.report


@facilitator
def report_back(state: State, now: int, step: str, minutes: float = 0) -> Decision:
    """Lets the tables report, so many minutes each; without a number the block's minutes are dealt out."""
    if step != state.step:
        raise Refused("already_left")
    if state.phase != "harvest":
        raise Refused("no_harvest")
    if state.position.report is not None:
        raise Refused("reports_already")
    begun = row(state, state.position.block, now, minutes)
    if begun is None:
        raise Refused("no_report")
    return (e.ReportSet(replace(state.position, report=begun)),)


@facilitator
def pass_over(state: State, now: int, table: int) -> Decision:
    """Takes a table that is still to come out of the row, or in again at its place; the one that reports gives way to
    the next. Refused for one that has reported.
    """
    report = _running(state)
    if not 0 < table <= len(state.plan.tables):
        raise Refused("no_such_table")
    if table == report.table:
        return (e.ReportSet(turn(state.position, now)),)
    begun, coming = report.tables[: report.at + 1], report.tables[report.at + 1 :]
    if table in begun:
        raise Refused("has_reported")
    out = table in coming
    coming = tuple(each for each in coming if each != table) if out else tuple(sorted((*coming, table)))
    changed = replace(report, tables=(*begun, *coming))
    return (e.ReportSet(replace(state.position, report=changed), "passed_over" if out else "called"),)


@facilitator
def end_reports(state: State, now: int, step: str) -> Decision:
    """Ends the row and goes back to the harvest."""
    _running(state)
    if step != state.step:
        raise Refused("already_left")
    return (e.ReportSet(replace(state.position, report=None)),)
