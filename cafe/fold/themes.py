"""What facts of the themes change."""

from collections.abc import Mapping

from cafe import events as e
from cafe.fold.change import changes, remember, with_, without
from cafe.state import State, Step


@changes.register
def _(event: e.ThemesChanged, state: State, record: e.Record) -> State:
    names = {number: state.themes.get(number, "") for number in event.names}
    ideas = {id: state.themed.get(id, 0) for id in event.ideas if id in state.ideas}
    return regroup(remember(state, Step(event.what, names=names, themed=ideas)), event.names, event.ideas)


def regroup(state: State, names: Mapping[int, str], ideas: Mapping[str, int]) -> State:
    """Gives themes their names and ideas their themes; an idea that is not there any more is under none."""
    themes, themed = state.themes, state.themed
    for number, name in names.items():
        themes = themes.set(number, name) if name else without(themes, number)
    for id, number in ideas.items():
        idea = state.ideas.get(id)
        stays = number and idea is not None and not idea.gone
        themed = themed.set(id, number) if stays else without(themed, id)
    numbers = max((state.theme_numbers, *names))
    return with_(state, themes=themes, themed=themed, theme_numbers=numbers, rev=state.rev + 1)


@changes.register
def _(event: e.ThemeShown, state: State, record: e.Record) -> State:
    return present(remember(state, Step(event.kind, theme=state.theme_shown)), event.theme)


def present(state: State, theme: int) -> State:
    """A theme stands on the wall, or none does. One that is gone is not seen, and is again once it is back."""
    return with_(state, theme_shown=theme, rev=state.rev + 1)
