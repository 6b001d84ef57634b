"""A button of a form that a phone fills with what can be chosen: a table, a talk, a number of dots."""

import msgspec


class Choice(msgspec.Struct, frozen=True):
    """Something that somebody may choose. `text` is what its button says; `here` marks the one that is theirs already,
    `full` one that cannot be pressed.
    """

    number: int
    text: str
    here: bool
    full: bool = False
