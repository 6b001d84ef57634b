"""Everything on the wall can be read in each of its three looks."""

import pytest
from textual.color import Color
from textual.theme import Theme

from screens.themes import THEMES


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it (relative luminance, 1:1 to 21:1)."""

    def luminance(name: str) -> float:
        parts = [part / 255 for part in Color.parse(name).rgb]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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


def test_the_three_looks_have_their_names() -> None:
    """Night, day and contrast can be asked for by name."""
    assert [theme.name for theme in THEMES] == ["night", "day", "contrast"]
