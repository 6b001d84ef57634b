"""How somebody likes the wall and the private view: what the settings file and the command line made of it."""

import msgspec

from screens.keyboard import USUAL, Keyboard


class Taste(msgspec.Struct, frozen=True):
    """The keys, the look ('' for the one that suits the terminal), and whether time makes itself heard and seen.

    `trouble` is what the facilitator should know about the settings file: a sentence, not yet translated.
    """

    keyboard: Keyboard = USUAL
    theme: str = ""
    sound: bool = False
    flash: bool = False
    trouble: str = ""
