"""What the facilitator may want to look at: words of a list, and the same words twice from one person.

A flag is a mark in the private view and nothing else: nothing is held, hidden or lost by it, and nobody is named.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from cafe.state import Idea
from cafe.text import key

Flag = Literal["words", "twice"]


@cache
def lists() -> dict[str, re.Pattern[str]]:
    """The words of each language, to be found whole; a star stands for any ending."""
    read = tomllib.loads((files("screens") / "flags.toml").read_text("utf-8"))
    return {
        language: re.compile(rf"\b(?:{'|'.join(words)})\b".replace("*", r"\w*")) for language, words in read.items()
    }


@lru_cache(maxsize=2048)
def rude(text: str, *languages: str) -> bool:
    """Whether a word stands in it that is on the list of one of these languages."""
    words = key(text)
    return any(lists()[language].search(words) for language in languages if language in lists())


def flag(idea: Idea, language: str) -> Flag | None:
    """The flag of an idea, if it has one; `language` is the wall's."""
    if rude(idea.text, idea.language, language):
        return "words"
    return "twice" if idea.again else None
