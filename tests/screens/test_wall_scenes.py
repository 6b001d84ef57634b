"""Every screen of the wall, in every language and at every size: whole, in its frame, and as if freshly started."""

import asyncio
import re
from pathlib import Path

import pytest

from cafe.i18n import AVAILABLE, SOURCE
from cafe.wall import words
from cafe.wall.questions import columns
from cafe.wall.shown import on_stage
from cafe.wall.staged import before
from screens.wall import WallApp
from tests.pseudo import pseudo
from tests.screens import raster
from tests.screens.pictures import PLAN, SCENES, Scene, silent
from tests.screens.room import Wall, still, wall, widths

SIZES = ((200, 55), (160, 45), (120, 34), (80, 24), (60, 18))
TIGHT = ((80, 24), (60, 18))


def titles(held: Wall) -> list[str]:
    """What may end in dots: a group's heading, what an idea on stage builds on; and the keys 1 … 0 stand so."""
    state, tr = held.state, held.tr
    idea = on_stage(state)
    known = [column.heading for column in columns(tr, state)] if state.phase == "round" else []
    return [*known, *(before(tr, state, idea) if idea else ()), "[", "1 "]


def cut(held: Wall) -> list[str]:
    """What is said on the wall and does not stand there whole: words that end in dots and are no title, or a widget
    that has no room for its words. Head and programme may shorten titles.
    """
    begun = [part for row in held.rows[1:-1] for part in re.findall(r"((?:\S| \S)*) ?…", row)]
    known = titles(held)
    found = [part for part in begun if not any(title.startswith(part.strip()) for title in known)]
    shown = [widget for widget in held.app.screen.query("*") if widget.display and widget.region.height]
    return found + [repr(widget) for widget in shown if not getattr(widget, "fits", True)]


async def spoken(held: Wall, language: str) -> None:
    """The wall in another language."""
    await held.room.do("speak", language=language)
    await held.settle()


async def fresh(held: Wall) -> list[list[raster.Cell]]:
    """What another wall of the same café shows that is begun now, after the same keys."""
    app = WallApp(held.room, clock=still)
    for kept in ("cover", "question", "_pressed", "_step"):
        setattr(app, kept, getattr(held.app, kept))
    async with app.run_test(size=held.app.size) as pilot:
        other = Wall(held.room, app, pilot)
        await other.settle()
        app.theme = held.app.theme
        await other.settle()
        return raster.cells(app)


ALIKE = {"press_again", "still", "stage_and_phones_down", "wifi", "closed"}
"""Screens that differ from another one by a line."""
TRIED = [scene for scene in SCENES if scene[0] not in ALIKE]


@pytest.mark.parametrize("scene", TRIED, ids=[scene[0] for scene in TRIED])
def test_every_screen_is_whole_and_forgets_other_windows(tmp_path: Path, scene: Scene) -> None:
    """At five sizes, in seven languages and one much longer where room is short, no word is cut and no row leaves the
    window; and after the window was dragged from size to size the screen is as if freshly started.
    """
    _, at, come = scene

    async def look() -> None:
        async with wall(tmp_path, PLAN, people=24, at=at) as held:
            await come(held)
            if words.lead_clock(held.state).mode == "run":
                await held.room.do("pause")
            await silent(held)
            for size in SIZES:
                await held.resize(size)
                for language in AVAILABLE if size in TIGHT else ("ro",):
                    await spoken(held, language)
                    assert widths(held.app) == {size[0]}
                    assert not cut(held), (size, language)
            with pseudo():
                await held.room.do("speak", language=SOURCE)
                for size in (TIGHT[1], SIZES[0], TIGHT[0]):
                    await held.resize(size)
                    assert widths(held.app) == {size[0]}
                    assert not cut(held), (size, "longer")
            await spoken(held, "ro")
            await held.resize((80, 24), (200, 55), (40, 12), (80, 24))
            assert (await fresh(held))[1:] == raster.cells(held.app)[1:]

    asyncio.run(look())
