"""Ideas on the wall: the newest first, each whole, literally as written, however many there are."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from cafe.wall.shown import Card
from screens.themes import NIGHT
from screens.widgets import ideas
from screens.widgets.fence import INSTEAD, say, shown
from screens.widgets.ideas import IdeaWall
from tests.hostile import HONEST, HOSTILE
from tests.screens import raster

WORDS = (
    *HOSTILE.values(),
    *HONEST.values(),
    "lone \ud800 surrogate",
    "e" + "\u0301" * 40,
    "👩‍👩‍👧 🇷🇴 日本語テキスト العربية",
    "",
    "   ",
)

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


class Wall(App[None]):
    """A wall that shows nothing but ideas."""

    def __init__(self, cards: Sequence[Card] = ()) -> None:
        super().__init__()
        self.cards = cards

    def compose(self) -> ComposeResult:
        yield IdeaWall()

    def on_mount(self) -> None:
        self.register_theme(NIGHT)
        self.theme = "night"
        self.wall.set_cards(self.cards)

    @property
    def wall(self) -> IdeaWall:
        return self.query_one(IdeaWall)


def on_wall(app: Wall, size: tuple[int, int], look: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    """Run the wall at this size and look at it."""

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await look(pilot)

    asyncio.run(run())


def cards(count: int, words: str = "Spații de lucru comune în clădiri nefolosite") -> list[Card]:
    """`count` cards, the newest first."""
    return [Card(str(k), f"{words} {k}", f"masa {k % 6 + 1}") for k in range(count, 0, -1)]


@pytest.mark.parametrize("width", [20, 40, 80, 130])
def test_hostile_words_are_shown_and_do_nothing(width: int) -> None:
    """Whatever a phone sends, the wall keeps its width, obeys nothing, and passes no control character on."""
    hostile = [Card(str(k), words[:500], words[:500]) for k, words in enumerate(WORDS)]
    app = Wall([*hostile, Card("last", "a quiet one", "masa 2")])

    async def look(_pilot: Pilot[None]) -> None:
        strips = app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {width}
        text = "".join(strip.text for strip in strips)
        assert app.wall.in_view == len(app.cards)
        assert "a quiet one" in text
        assert not CONTROLS.search(text)
        assert text.encode("utf-8")
        assert not any(style and style.meta.keys() - {"offset"} for strip in strips for _text, style, _c in strip)

    on_wall(app, (width, 3000), look)


def test_markup_is_literal() -> None:
    """Square brackets are letters like any other."""
    app = Wall([Card("1", "[red]x[/red] [/]", "[b]masa[/b]")])

    async def look(_pilot: Pilot[None]) -> None:
        assert "[red]x[/red] [/]  [b]masa[/b]" in raster.words(app)[0]

    on_wall(app, (80, 24), look)


def test_the_last_fence_replaces_what_no_terminal_should_get() -> None:
    """Controls, overrides and lone surrogates become one visible sign each; honest words stay as typed."""
    assert shown("a\x1b[31mb\x9bc\u202ed\ud800e\u2028f") == f"a{INSTEAD}[31mb{INSTEAD}c{INSTEAD}d{INSTEAD}e{INSTEAD}f"
    assert shown("Știu: 5 € – „așa”\n👩‍👩‍👧") == "Știu: 5 € – „așa”\n👩‍👩‍👧"
    assert say("a\nb\r", lines=False).plain == f"a b{INSTEAD}"


def test_the_newest_idea_stands_first_and_each_is_whole() -> None:
    """The first lines are the newest idea; an idea that has no room is not begun."""
    app = Wall(cards(40, "Un birou unic pentru autorizații de evenimente, cu program lung și cu oameni care răspund"))

    async def look(_pilot: Pilot[None]) -> None:
        rows = raster.words(app)
        assert "40" in "".join(rows[:3])
        text = " ".join(rows)
        assert text.count("Un birou") == text.count("masa ") == app.wall.in_view

    for size in [(40, 12), (80, 24), (80, 13), (130, 31), (200, 55)]:
        on_wall(app := Wall(app.cards), size, look)


def test_wide_walls_have_two_columns() -> None:
    """From 110 cells on ideas stand in two columns, read down the first and then the second."""
    app = Wall(cards(60))

    async def look(_pilot: Pilot[None]) -> None:
        assert "nefolosite 60" in raster.words(app)[0][:60]
        assert app.wall.columns == 2
        assert f"nefolosite {60 - app.wall.in_view // 2}" in raster.words(app)[0][60:]

    on_wall(app, (120, 34), look)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the cards whose lines were broken, in their order."""
    ids: list[str] = []
    real = ideas.wrapped

    def counted(card: Card, width: int, size: int) -> object:
        ids.append(card.id)
        return real(card, width, size)

    monkeypatch.setattr(ideas, "wrapped", counted)
    return ids


def test_only_what_is_new_is_laid_out_again(laid_out: list[str]) -> None:
    """Each new idea costs its own lines, not those of all that were there."""
    app = Wall(cards(200))

    async def look(_pilot: Pilot[None]) -> None:
        laid_out.clear()
        app.wall.set_cards([Card("new", "Autobuz de noapte"), *app.cards[:199]])
        assert laid_out == ["new"]
        app.wall.set_cards([Card("new", "Autobuz de zi"), *app.cards[:199]])
        assert laid_out == ["new", "new"]

    on_wall(app, (80, 24), look)


def test_thousands_of_ideas_do_not_stutter(laid_out: list[str]) -> None:
    """Of five thousand ideas and a new one only the new one is laid out."""
    many = cards(5000)
    app = Wall(many)

    async def look(pilot: Pilot[None]) -> None:
        laid_out.clear()
        for k in range(5):
            app.wall.set_cards([Card(f"new {k}", "Autobuz de noapte"), *many])
        assert laid_out == [f"new {k}" for k in range(5)]
        await pilot.pause()
        assert "Autobuz" in raster.words(app)[0]

    on_wall(app, (120, 34), look)


def test_the_wall_can_be_scrolled_to_the_oldest() -> None:
    """What has no place on the first page is on a later one."""
    app = Wall(cards(100))

    async def look(pilot: Pilot[None]) -> None:
        app.wall.scroll_end(animate=False)
        await pilot.pause()
        assert any("nefolosite 1 " in f"{row} " for row in raster.words(app))

    on_wall(app, (80, 24), look)


@pytest.mark.parametrize("last", [(80, 24), (40, 12), (200, 55)])
def test_after_any_resizing_the_ideas_are_as_if_freshly_started(last: tuple[int, int]) -> None:
    """Dragging the window about leaves no trace: at each size the lines are broken anew."""
    seen, fresh = asyncio.run(raster.dragged(Wall(cards(30)), Wall(cards(30)), last))
    assert seen == fresh
