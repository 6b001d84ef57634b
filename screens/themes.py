"""The wall's three looks: night, day (for bright rooms) and contrast (for poor projectors).

Text keeps a contrast of at least 7:1 on every ground that it may stand on, accents 4.5:1; quiet text is quiet by its
hue, never by being dim. The names of the variables are Textual's own, so that any other theme works as well.
"""

from textual.theme import Theme

from cafe.settings import LOOKS


def _theme(
    name: str, *, dark: bool, ground: str, raised: str, ink: str, quiet: str, accent: str, alert: str, good: str
) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        background=ground,
        surface=ground,
        panel=raised,
        foreground=ink,
        primary=accent,
        secondary=quiet,
        accent=accent,
        warning=accent,
        error=alert,
        success=good,
        text_alpha=1.0,
        variables={
            "text": ink,
            "text-muted": quiet,
            "text-accent": accent,
            "text-primary": accent,
            "text-warning": accent,
            "text-error": alert,
            "text-success": good,
            "text-secondary": quiet,
            "block-cursor-background": accent,
            "block-cursor-foreground": ground,
            "block-cursor-blurred-background": raised,
            "block-cursor-blurred-foreground": ink,
        },
    )


NIGHT = _theme(
    "night", dark=True, ground="#0b0e14", raised="#1a2030",
    ink="#fbf7ec", quiet="#b4c2d6", accent="#ffb547", alert="#ffad9c", good="#8fe3a6",
)  # fmt: skip
DAY = _theme(
    "day", dark=False, ground="#fffef8", raised="#efebdf",
    ink="#101218", quiet="#3a4556", accent="#7d3c00", alert="#a30f2d", good="#0b5d2a",
)  # fmt: skip
CONTRAST = _theme(
    "contrast", dark=True, ground="#000000", raised="#000000",
    ink="#ffffff", quiet="#e0e0e0", accent="#ffff00", alert="#ffadad", good="#7dff9b",
)  # fmt: skip

THEMES = (NIGHT, DAY, CONTRAST)

PLAIN_DAY = _theme(
    "day", dark=False, ground="#ffffff", raised="#ffffff",
    ink="#000000", quiet="#000000", accent="#0000aa", alert="#aa0000", good="#000000",
)  # fmt: skip
"""Day in sixteen colours: of the usual ones quiet and accent would come nearest to greys and a yellow."""

FEW = ("standard", "windows", None)
"""Names of colours by which a terminal says that it has sixteen, or none."""


def looks(colours: str | None) -> tuple[Theme, ...]:
    """The looks as a terminal with such colours can show them."""
    return (NIGHT, PLAIN_DAY, CONTRAST) if colours in FEW else THEMES


def first(wanted: str, colours: str | None) -> str:
    """The look to begin with: the one that somebody wants, or the one that a terminal with such colours can show."""
    return wanted if wanted in LOOKS else CONTRAST.name if colours in FEW else NIGHT.name
