"""Everything on the wall can be read in each of its three looks."""

import pytest
from textual.color import Color
from textual.theme import Theme

from screens.themes import THEMES

FIGURES = {
    "night": {"ink": (18.0, 9.9, 7.0, 4.6), "quiet": (10.7, 6.1, 4.4, 3.1), "accent": (11.0, 6.2, 4.5, 3.1),
              "alert": (10.8, 6.1, 4.4, 3.1), "good": (12.6, 7.0, 5.1, 3.5)},
    "day": {"ink": (18.5, 10.3, 7.3, 4.8), "quiet": (9.6, 6.9, 5.5, 4.0), "accent": (8.3, 6.2, 5.0, 3.8),
            "alert": (7.8, 5.9, 4.9, 3.7), "good": (8.0, 6.0, 4.9, 3.7)},
    "contrast": {"ink": (21.0, 11.0, 7.7, 5.0), "quiet": (15.9, 8.5, 6.0, 4.0), "accent": (19.6, 10.3, 7.2, 4.7),
                 "alert": (11.8, 6.4, 4.6, 3.2), "good": (16.6, 8.8, 6.2, 4.1)},
}  # fmt: skip
"""What is left of each colour's contrast on the wall's ground, by how much of the projector's white the room's light
is: none, 5 % (dark), 10 % (curtains drawn) and 20 % (a bright hall).
"""
FLARES = (0.0, 0.05, 0.1, 0.2)


def contrast(one: str, other: str, flare: float = 0.0) -> float:
    """The contrast of two colours as WCAG 2.2 defines it (relative luminance, 1:1 to 21:1).

    `flare` is the light of the room on the screen, as a part of the projector's white; it is added to both.
    """

    def luminance(name: str) -> float:
        parts = [part / 255 for part in Color.parse(name).rgb]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05 + flare) / (dark + 0.05 + flare)


def test_the_measure_is_right() -> None:
    """Black on white is 21:1, and a colour on itself is 1:1."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#8a4500", "#8a4500") == 1


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_and_accents_stand_out(theme: Theme) -> None:
    """Text has a contrast of 7:1 at least, quiet text too; accents and warnings 4.5:1, on every ground."""
    colours = theme.to_color_system().generate()
    for ground in ("background", "surface", "panel"):
        for text in ("foreground", "text", "text-muted"):
            assert contrast(colours[text], colours[ground]) >= 7, (text, ground)
        for accent in ("primary", "secondary", "accent", "warning", "error", "success"):
            assert contrast(colours[accent], colours[ground]) >= 4.5, (accent, ground)
        for words in ("text-accent", "text-error", "text-warning", "text-success", "text-primary", "text-secondary"):
            assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_clock_in_each_state_is_seen_from_afar(theme: Theme) -> None:
    """The figures, the accent and the alert keep 7:1 on the wall's own ground."""
    for colour in (theme.foreground, theme.accent, theme.error):
        assert colour
        assert theme.background
        assert contrast(colour, theme.background) >= 7


def inks(theme: Theme) -> dict[str, str]:
    """The colours of a look's words."""
    named = {"ink": "foreground", "quiet": "secondary", "accent": "accent", "alert": "error", "good": "success"}
    return {name: str(getattr(theme, field)) for name, field in named.items()}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_light_of_the_room_leaves_so_much(theme: Theme) -> None:
    """As on a projector: in a bright hall words keep 4.5:1 and every other colour 3:1, the least for large letters."""
    found = {
        name: tuple(round(contrast(ink, str(theme.background), flare), 1) for flare in FLARES)
        for name, ink in inks(theme).items()
    }
    assert found == FIGURES[theme.name]
    assert found["ink"][-1] >= 4.5
    assert min(figures[-1] for figures in found.values()) >= 3


def test_day_is_the_look_for_bright_rooms() -> None:
    """Where the room is bright the weakest colour of day is stronger than that of the dark looks."""
    weakest = {name: min(figures[-1] for figures in inks.values()) for name, inks in FIGURES.items()}
    assert max(weakest, key=weakest.__getitem__) == "day"


def test_the_three_looks_have_their_names() -> None:
    """Night, day and contrast can be asked for by name."""
    assert [theme.name for theme in THEMES] == ["night", "day", "contrast"]
