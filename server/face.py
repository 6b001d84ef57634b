"""What the page of the wall says: the same words as on the projected wall, each in its place.

A pure function of the state and the moment. Held and hidden ideas, and names, cannot get here: the ideas come through
`cafe.wall.shown` alone. What only runs on, the clock's time, is no part of it, so that equal faces need no new page.
"""

import msgspec

from cafe import events as e
from cafe.clock import Clock, remaining
from cafe.i18n import Translator
from cafe.i18n import clock as digits
from cafe.live import Pulse
from cafe.rules.dots import voting
from cafe.rules.themes import theme_shown
from cafe.state import Idea, State
from cafe.wall import dots, lines, reports, shown, staged, themes, words
from cafe.wall.lines import Line
from cafe.wall.questions import Asked, Column, Sheet, columns, sheets
from cafe.wall.shown import Card
from cafe.wall.walks import Walks, walks
from cafe.wall.words import Slot

NEWEST = 40
"""Ideas of a page at the most, and of a question in the harvest."""

SIZES = (6.0, 4.8, 3.9, 3.2, 2.7, 2.3, 2.0, 1.7, 1.5)
"""The sizes in which the page sets questions, in hundredths of the width of a window that is 16 to 9."""

WIDTH, HEIGHT = 95.0, 25.0
"""What of such a window questions may take below the clock, in the same hundredths."""


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """The head, the foot and the body; of the body's parts those are empty that the phase does not have.

    `size` is the number, from 1, of the questions' size. `way` stands instead of `walks` where people of one table go
    different ways. An idea on stage stands among the columns, with what it builds on `before` it. `join` and `wifi` are
    what the codes to scan hold.
    """

    phase: str
    mark: str
    title: str
    step: str
    facts: tuple[str, ...]
    now: Slot | None
    after: Slot | None
    message: str
    join: str
    wifi: str = ""
    lines: tuple[Line, ...] = ()
    clock: Clock = Clock()
    stage: str = ""
    mood: str = ""
    before: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    size: int = 1
    total: str = ""
    cards: tuple[Card, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    instruction: str = ""
    word: str = ""
    walks: tuple[Walks, ...] = ()
    way: str = ""


DARK = Face(phase="blank", mark="", title="", step="", facts=(), now=None, after=None, message="", join="")
"""A dark wall: eyes go to whoever speaks."""


def face(tr: Translator, state: State, now: int, pulse: Pulse) -> Face:
    """What stands on the wall at the café time `now`."""
    if pulse.dark:
        return DARK
    idea = shown.on_stage(state)
    phase = "stage" if idea else "down" if state.phones_down else state.phase
    title, step = words.title(tr, state), words.step(tr, state)
    if phase in ("welcome", "talk", "break", "closing", "down"):  # What is on now stands large below.
        title, step = state.plan.title, ""
    plain = Face(
        phase=phase,
        mark=words.mark(tr, state),
        title=title,
        step=step,
        facts=words.facts(state, now),
        now=words.now_slot(tr, state),
        after=words.next_slot(tr, state),
        message=words.message(state, now),
        join=words.join_url(state) if words.joining_is_open(state) else "",
    )
    body = _stage(tr, state, now, idea) if idea else _body(tr, state, now, pulse, phase)
    return msgspec.structs.replace(plain, **body)


def _body(tr: Translator, state: State, now: int, pulse: Pulse, phase: str) -> dict[str, object]:
    """The parts that a phase has."""
    match phase:
        case "lobby":
            way_in = lines.way_in if words.joining_is_open(state) else lambda tr, _: lines.closed_door(tr)
            wifi = state.plan.wifi.code if state.plan.wifi and words.joining_is_open(state) else ""
            return {"lines": (*way_in(tr, state), *lines.here(tr, state, pulse)), "wifi": wifi}
        case "welcome":
            return {"lines": (*lines.talk(tr, state), *lines.etiquette(tr), *lines.here(tr, state, pulse))}
        case "talk":
            return {"lines": lines.speech(tr, state)}
        case "break":
            return {"lines": lines.pause(tr, state, now)}
        case "down":
            return {"lines": lines.phones_down(tr)}
        case "round":
            return _round(tr, state, now)
        case "move":
            return _move(tr, state, now)
        case "harvest" if (theme := theme_shown(state)) is not None:
            return {"sheets": _fewer((themes.sheet(tr, state, theme),)), "step": themes.place(tr, state, theme)}
        case "harvest" if (report := state.position.report) is not None:
            return _report(tr, state, now, report)
        case "harvest" if state.revealed and voting(state) is not None:
            return {"lines": dots.found(tr, state)}
        case "harvest":
            total = shown.total(state)
            return {"sheets": _fewer(sheets(tr, state)), "total": words.ideas(tr, total) if total else ""}
        case _:
            return {"lines": lines.closing(tr, state)}


def _stage(tr: Translator, state: State, now: int, idea: Idea) -> dict[str, object]:
    running = words.lead_clock(state)
    large = (Column("", (Asked("", idea.text),)),)
    return {
        "before": tuple(staged.before(tr, state, idea)),
        "columns": large,
        "size": size(large),
        "word": staged.foot(tr, state, idea),
        "clock": running,
        "stage": stage(running, now) if running.mode != "none" else "",
        "mood": words.now_mood(tr, state, now),
    }


def _round(tr: Translator, state: State, now: int) -> dict[str, object]:
    track = words.lead(state)
    if track is None:
        return {}
    asked = columns(tr, state) if state.wall != "all" else ()
    return {
        "clock": track.clock,
        "stage": stage(track.clock, now),
        "mood": words.mood(tr, track, now),
        "columns": asked,
        "size": size(asked),
        "total": lines.coming(tr, state) if state.wall != "none" else "",
        "cards": tuple(shown.cards(state, tr, most=NEWEST)) if state.wall != "none" else (),
    }


def _report(tr: Translator, state: State, now: int, report: e.Report) -> dict[str, object]:
    handed = reports.handed(state, report)
    return {
        "step": "",
        "clock": report.clock,
        "stage": stage(report.clock, now),
        "mood": words.pace(tr, report.clock, now),
        "instruction": reports.name(tr, state, report),
        "word": reports.after(tr, report),
        "before": (tr("“{words}”", words=handed),) if handed else (),
        "sheets": _fewer(reports.sheets(tr, state, report)),
    }


def _move(tr: Translator, state: State, now: int) -> dict[str, object]:
    track, groups = words.lead(state), walks(state)
    if track is None:
        return {}
    parting = lines.part(groups)
    return {
        "clock": track.clock,
        "stage": stage(track.clock, now),
        "instruction": lines.instruction(tr, track, now),
        "word": lines.beside(tr, state, groups, track),
        "walks": () if parting else groups,
        "way": lines.see_card(tr) if parting else "",
    }


def stage(clock: Clock, now: int) -> str:
    """How a clock stands: "minutes", "last" when seconds are shown, "over"; the page's script knows the same three."""
    left = remaining(clock, now)
    return "over" if left < 0 else "last" if words.is_last(clock, now) else "minutes"


def size(asked: tuple[Column, ...]) -> int:
    """The number of the largest size in which all questions will stand whole; the last one, if need be."""
    wide = WIDTH / max(1, len(asked)) - 3
    fits = (all(_height(column, size, wide) <= HEIGHT for column in asked) for size in SIZES)
    return next((number for number, does in enumerate(fits, 1) if does), len(SIZES))


def _height(column: Column, size: float, wide: float) -> float:
    """About how high a column will be: a bold letter is wider than half its height, and words do not fill lines."""
    letters = max(1, int((wide / size - 1.6) / 0.56 * 0.9))
    rows = sum(-(-len(asked.text) // letters) for asked in column.asked)
    return size * (1.2 * rows + 0.55 * (len(column.asked) - 1)) + (3 if column.heading else 0)


def _fewer(found: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    return tuple(sheet._replace(cards=sheet.cards[:NEWEST]) for sheet in found)


def time(tr: Translator, shown: Face, now: int) -> str:
    """What the clock shows when the page is made; a move that has run out shows none."""
    left = remaining(shown.clock, now)
    if shown.clock.mode == "none" or (shown.phase == "move" and left <= 0):
        return ""
    return digits(left) if shown.phase == "move" else " ".join(words.face(tr, shown.clock, now)).strip()
