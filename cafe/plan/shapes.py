"""The sign of a table beside its number: a shape, never a colour, the same on the wall and on paper."""

SHAPES = "●▲■◆★✚○△□◇☆✖"
"""One for each table, in turn."""


def shape(table: int) -> str:
    """The sign of a table."""
    return SHAPES[(table - 1) % len(SHAPES)]
