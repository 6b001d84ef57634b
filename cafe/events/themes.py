"""Facts of the themes under which the facilitator puts the room's ideas."""

from cafe.events.event import Event


class ThemesChanged(Event, frozen=True):
    """The facilitator did `what` to the themes: those of these numbers have these `names` now, '' for one that is no
    more; these `ideas` stand under those themes now, 0 for none. An idea stands under one theme at the most.
    """

    kind = "themes_changed"
    what: str
    names: dict[int, str] = {}
    ideas: dict[str, int] = {}


class ThemeShown(Event, frozen=True):
    """A theme with its ideas stands on the wall in the harvest; 0 takes down what stands there."""

    kind = "theme_shown"
    theme: int = 0
