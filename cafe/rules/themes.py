"""Themes: what the room's ideas are about, as the facilitator groups them, in the harvest or at any time after.

An idea is under one theme at the most. A theme of which nobody may see an idea now is not shown: hidden ideas leave
with their standing and come back with it, those that were taken back or forgotten leave for good.
"""

from typing import NamedTuple

from cafe import events as e
from cafe.rules.decision import Decision, Refused, facilitator
from cafe.rules.dots import standing
from cafe.state import Idea, State
from cafe.text import Unclean, clean_line, key

NAME_UNITS = 80
"""UTF-16 units of a theme's name at the most: it stands large on the wall."""


class Theme(NamedTuple):
    """A theme with the ideas under it that everybody may see, and their dots together where those are shown."""

    number: int
    name: str
    ideas: tuple[Idea, ...]
    dots: int


def under(state: State, theme: int) -> list[Idea]:
    """All ideas under a theme that were not taken back, hidden ones too, in the order in which they came."""
    found = (state.ideas[id] for id, number in state.themed.items() if number == theme)
    return sorted(found, key=lambda idea: idea.number)


def themes(state: State) -> list[Theme]:
    """The themes of which something can be shown, in the order in which they were made. Once dots are shown, the ideas
    of each with the most of them come first.
    """
    dots = standing(state, dict(state.votes)) if state.revealed else {}
    gathered: dict[int, list[Idea]] = {}
    for id, number in state.themed.items():
        if number in state.themes and state.may_stand(state.ideas[id]):  # A JSON that was edited may name any.
            gathered.setdefault(number, []).append(state.ideas[id])
    return [
        Theme(
            number,
            state.themes[number],
            tuple(sorted(gathered[number], key=lambda idea: (-dots.get(idea.id, 0), idea.number))),
            sum(dots.get(idea.id, 0) for idea in gathered[number]),
        )
        for number in sorted(gathered)
    ]


def theme_shown(state: State) -> Theme | None:
    """The theme that stands on the wall, as long as there is anything of it to be seen."""
    if state.phase != "harvest" or not state.theme_shown:
        return None
    return next((theme for theme in themes(state) if theme.number == state.theme_shown), None)


def _named(name: str) -> str:
    try:
        return clean_line(name, units=NAME_UNITS)
    except Unclean as no:
        raise Refused("long_name" if no.code == "too_long" else no.code) from None


def _same(state: State, name: str) -> int:
    """The theme that is called so already, whatever its capitals and accents; 0 for none."""
    return next((number for number, other in state.themes.items() if key(other) == key(name)), 0)


def _there(state: State, theme: int) -> None:
    if theme not in state.themes:
        raise Refused("no_such_theme")


@facilitator
def group(state: State, now: int, ideas: tuple[str, ...], theme: int = 0, name: str = "") -> Decision:
    """Puts ideas under a theme: the one of this number, or a new one of this name. If one is called so it is that one.

    Ideas that are not there any more are passed over; refused when none of them is there.
    """
    found = [id for id in ideas if (idea := state.ideas.get(id)) is not None and not idea.gone]
    if ideas and not found:
        raise Refused("no_such_idea")
    words = "" if theme else _named(name)
    number = theme or _same(state, words)
    if number:
        _there(state, number)
        moved = {id: number for id in found if state.themed.get(id) != number}
        return (e.ThemesChanged("ideas_grouped", ideas=moved),) if moved else ()
    number = state.theme_numbers + 1
    return (e.ThemesChanged("theme_made", {number: words}, dict.fromkeys(found, number)),)


@facilitator
def ungroup(state: State, now: int, ideas: tuple[str, ...]) -> Decision:
    """Takes ideas out of their themes."""
    free = {id: 0 for id in ideas if id in state.themed}
    return (e.ThemesChanged("ideas_ungrouped", ideas=free),) if free else ()


@facilitator
def rename(state: State, now: int, theme: int, name: str) -> Decision:
    """Gives a theme another name. Refused for one that another theme has: those two are to be merged."""
    _there(state, theme)
    words = _named(name)
    if _same(state, words) not in (0, theme):
        raise Refused("name_taken")
    return () if words == state.themes[theme] else (e.ThemesChanged("theme_renamed", {theme: words}),)


@facilitator
def merge(state: State, now: int, theme: int, into: int) -> Decision:
    """Puts all ideas of a theme under another one; the first is no more."""
    _there(state, theme)
    _there(state, into)
    if theme == into:
        return ()
    moved = {idea.id: into for idea in under(state, theme)}
    return (e.ThemesChanged("themes_merged", {theme: ""}, moved),)


@facilitator
def dissolve(state: State, now: int, theme: int) -> Decision:
    """Takes a theme away; its ideas stay, under none."""
    _there(state, theme)
    return (e.ThemesChanged("theme_dissolved", {theme: ""}, {idea.id: 0 for idea in under(state, theme)}),)


@facilitator
def show_theme(state: State, now: int, theme: int) -> Decision:
    """Puts a theme with its ideas on the wall, in the harvest; 0 takes down what stands there."""
    if not theme:
        return (e.ThemeShown(),) if theme_shown(state) else ()
    if state.phase != "harvest":
        raise Refused("no_harvest")
    _there(state, theme)
    if theme not in {each.number for each in themes(state)}:
        raise Refused("empty_theme")
    return () if theme == state.theme_shown else (e.ThemeShown(theme),)
