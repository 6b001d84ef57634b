"""A sentence about a seating: a template with its values, to be said in any language by a translator."""

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Words(Protocol):
    """What a translator can do (`cafe.i18n.Translator`)."""

    def __call__(self, message: str, /, **values: str | int) -> str:
        """The message in the language."""
        ...

    def n(self, one: str, many: str, n: int, /, **values: str | int) -> str:
        """The form of a message that its count takes."""
        ...


class Sentence(msgspec.Struct, frozen=True):
    """A template and its values, which may be sentences themselves ("7 tables"). With `many` it is a count of `n`."""

    message: str
    args: Mapping[str, "str | int | Sentence"] = {}
    many: str = ""
    n: int = 0

    def say(self, tr: Words) -> str:
        """The sentence in a language."""
        values = {name: each.say(tr) if isinstance(each, Sentence) else each for name, each in self.args.items()}
        return tr.n(self.message, self.many, self.n, **values) if self.many else tr(self.message, **values)


def counted(one: str, many: str, n: int, /, **args: str | int | Sentence) -> Sentence:
    """A sentence with a count `n`, or a part of one: `counted("{n} table", "{n} tables", 7)`."""
    return Sentence(one, args, many, n)


def so_many_people(n: int) -> Sentence:
    """As in "23 people"."""
    return counted("{n} person", "{n} people", n)


def so_many_tables(n: int) -> Sentence:
    """As in "5 tables"."""
    return counted("{n} table", "{n} tables", n)


def so_many_rounds(n: int) -> Sentence:
    """As in "3 rounds"."""
    return counted("{n} round", "{n} rounds", n)


def so_many_questions(n: int) -> Sentence:
    """As in "3 questions"."""
    return counted("{n} question", "{n} questions", n)
